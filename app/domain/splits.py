"""A clause that was split into several, or several that were joined into one.

The clause stands between the same neighbours on both sides, and its words are found in all the parts together, much
more of them than in any part alone. It keeps its identity in the part that begins as it did, else in the one with most
of its words; the other parts are said to belong to it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from app.domain.links import LEAD, TEXTS, Links

TOGETHER = 0.6
"""How much of the clause must stand in its parts together."""
OPENING = 2
"""How many words of a beginning are looked at."""


def link_splits_and_joins(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> None:
    """Find both among unlinked siblings; the parts are noted in `links.parts_new` and `links.parts_old`."""
    for olds, news in gaps(links, mine, theirs):
        if len(olds) == 1 and len(news) > 1:
            found = _principal(links, 0, olds[0], news)
            if found is not None:
                links.connect(olds[0], found[0], found[1])
                links.parts_new[found[0]] = tuple(at for at in news if at != found[0])
        elif len(news) == 1 and len(olds) > 1:
            found = _principal(links, 1, news[0], olds)
            if found is not None:
                links.connect(found[0], news[0], found[1])
                links.parts_old[news[0]] = tuple(at for at in olds if at != found[0])


def known_splits_and_joins(links: Links) -> None:
    """The same where it is known in which part each clause lives on: the parts beside it that are no clause of the
    other text."""
    for new, old in list(links.back.items()):
        mine, theirs = links.old[old], links.new[new]
        if mine.body == theirs.body or mine.kind not in TEXTS or theirs.kind not in TEXTS:
            continue
        olds, news = _run_around(links, 0, old), _run_around(links, 1, new)
        if olds is None or news is None or olds[0] != news[0]:
            continue
        if len(olds[1]) == 1 and len(news[1]) > 1 and _principal(links, 0, old, news[1]) is not None:
            links.parts_new[new] = tuple(at for at in news[1] if at != new)
        elif len(news[1]) == 1 and len(olds[1]) > 1 and _principal(links, 1, new, olds[1]) is not None:
            links.parts_old[new] = tuple(at for at in olds[1] if at != old)


Ends = tuple[int | None, int | None]


def _run_around(links: Links, side: int, at: int) -> tuple[Ends, list[int]] | None:
    """The unlinked siblings right before and behind a clause with itself, and between which linked ones (as old
    positions) they stand; None where other than running text is among them."""
    clauses, known = (links.new, links.back) if side else (links.old, links.link)
    row = links.new_children[links.new_parents[at]] if side else links.old_children[links.old_parents[at]]
    first = last = bisect_left(row, at)
    while first and row[first - 1] not in known:
        first -= 1
    while last + 1 < len(row) and row[last + 1] not in known:
        last += 1
    run = row[first : last + 1]
    if any(clauses[place].kind not in TEXTS for place in run):
        return None
    ends = [row[place] if 0 <= place < len(row) else None for place in (first - 1, last + 1)]
    before, behind = (links.back[end] if side and end is not None else end for end in ends)
    return (before, behind), run


def gaps(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> list[tuple[list[int], list[int]]]:
    """Runs of unlinked text between the same two linked neighbours (or the ends of the row)."""
    if not mine or not theirs:
        return []
    row = links.old_children[links.old_parents[mine[0]]]
    other = links.new_children[links.new_parents[theirs[0]]]
    olds = _runs(row, {at: at for at in row if at in links.link})
    news = _runs(other, links.back)
    return [
        (olds[ends], news[ends])
        for ends in olds.keys() & news.keys()
        if all(links.old[at].kind in TEXTS for at in olds[ends])
        and all(links.new[at].kind in TEXTS for at in news[ends])
    ]


def _runs(row: Sequence[int], linked: Mapping[int, int]) -> dict[tuple[int | None, int | None], list[int]]:
    """Runs of unlinked siblings between linked ones; `linked` gives the old position of a linked sibling."""
    runs: dict[tuple[int | None, int | None], list[int]] = {}
    before: int | None = None
    run: list[int] = []
    for at in [*row, None]:
        if at is not None and at not in linked:
            run.append(at)
            continue
        behind = linked[at] if at is not None else None
        if run:
            runs[before, behind] = run
        before, run = behind, []
    return runs


def _principal(links: Links, side: int, whole: int, parts: Sequence[int]) -> tuple[int, float] | None:
    """The part in which a clause lives on, and how sure that is; None when it was not split into these."""
    likeness = links.likeness
    shares = [likeness.share(side, whole, [part]) for part in parts]
    together = likeness.share(side, whole, parts)
    best = max(shares)
    if together < TOGETHER or together < best + LEAD or min(likeness.share(1 - side, p, [whole]) for p in parts) == 0:
        return None
    opening = likeness.opening(side, whole, OPENING)
    for part, share in zip(parts, shares, strict=True):
        if share > 0 and likeness.opening(1 - side, part, OPENING) == opening:
            return part, together
    return parts[shares.index(best)], together
