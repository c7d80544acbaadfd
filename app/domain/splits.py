"""A clause that was split into several, or several that were joined into one.

The clause stands between the same neighbours on both sides, and its words are found in all the parts together, much
more of them than in any part alone. It keeps its identity in the part that begins as it did, else in the one with most
of its words; the other parts are said to belong to it.
"""

from collections.abc import Mapping, Sequence

from app.domain.links import LEAD, TEXTS, Links

TOGETHER = 0.6
"""How much of the clause must stand in its parts together."""
OPENING = 2
"""How many words of a beginning are looked at."""


def link_splits_and_joins(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> None:
    """Find both among unlinked siblings; the parts are noted in `links.parts_new` and `links.parts_old`."""
    for olds, news in _gaps(links, mine, theirs):
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


def _gaps(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> list[tuple[list[int], list[int]]]:
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
