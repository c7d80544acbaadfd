"""Which clause of a new text is which of an old one: equal text first, then numbers, words and neighbours together.

Links are only made where the words support them; of two answers that are about as likely, neither is taken.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import groupby

from app.domain.clauses import Clause, Kind
from app.domain.links import HEADINGS, LEAD, TEXTS, Links
from app.domain.rivals import rivals_of
from app.domain.splits import link_splits_and_joins

NEEDED = (0.5, 0.4, 0.28, 0.2)
"""Likeness from which two clauses at corresponding places are one reworded, by how much else agrees: the number, the
neighbour before, the neighbour behind."""
IN_PLACE = 0.3
"""How much of the words of two articles of one number must be the same, at the same places, to say no more about it."""
OTHER_NUMBER = 0.85
"""Likeness from which an article counts as the same under another number."""
ELSEWHERE = 0.8
"""Likeness from which text counts as the same although nothing but the words says so."""
NEARBY = 0.6
"""The same inside one article."""
FORMULA = 4
"""Equal text of fewer words ("Repealed.") is no sign of identity."""
LARGEST_SEARCH = 100_000
"""Pairs of clauses that are looked at in one place; above, only corresponding places are."""
MOST_WEIGHED = 2 * LARGEST_SEARCH
"""Pairs that are weighed in one place altogether. Each round may bring others, and of hundreds of clauses that read
alike each round links but one: beyond this they stay unlinked, as what is ambiguous does."""
MOST_LOOKS = 1_000_000
"""Pairs that are weighed in a whole comparison, long ones counting more; beyond this, what is left stays unlinked.
(Twenty years of the Code civil take 21,000.)"""
WORDS_A_LOOK = 100
"""How many words of two clauses are counted while a pair is weighed otherwise."""


def match(old: Sequence[Clause], new: Sequence[Clause]) -> Links:
    """Link two texts. Equal clauses are linked first; only the rest is searched."""
    links = Links(old, new, looks=MOST_LOOKS)
    _link_equal_in_place(links)
    _link_equal_elsewhere(links)
    _link_headings(links)
    _link_inside(links)
    _link_reworded_nearby(links)
    _link_reworded_elsewhere(links)
    return links


def _link_equal_in_place(links: Links) -> None:
    """The same words at the same address. Bare numbers of articles say too little and are left for later."""
    old, new = links.old, links.new
    places = {clause.address: at for at, clause in enumerate(old)}
    for at, clause in enumerate(new):
        found = places.get(clause.address)
        if found is None:
            continue
        before, body = old[found], clause.body
        if before.body == body and before.kind is clause.kind and (body or _stands_alone(new, at)):
            links.connect(found, at)
    _link_articles_in_place(links, places)


def _stands_alone(clauses: Sequence[Clause], at: int) -> bool:
    return at + 1 == len(clauses) or clauses[at + 1].depth <= clauses[at].depth


def _link_articles_in_place(links: Links, places: Mapping[str, int]) -> None:
    """Articles of one number, where a good part of the words below stayed as they were."""
    mine, theirs = _sizes(links.old, links.old_parents), _sizes(links.new, links.new_parents)
    back, new, unders, aboves = links.back, links.new, links.new_parents, links.old_parents
    same: dict[tuple[int, int], int] = defaultdict(int)
    for at, found in back.items():
        under, above = unders[at], aboves[found]
        if under is not None and above is not None and under not in back:
            same[above, under] += len(new[at].body)
    for (above, under), size in same.items():
        in_place = above == places.get(new[under].address) and links.old[above].kind is new[under].kind
        if in_place and size >= IN_PLACE * min(mine[above], theirs[under]):
            links.connect(above, under)


def _sizes(clauses: Sequence[Clause], above: Sequence[int | None]) -> list[int]:
    """How many characters stand in each clause and below it."""
    sizes = [len(clause.body) for clause in clauses]
    for at in range(len(clauses) - 1, -1, -1):
        parent = above[at]
        if parent is not None:
            sizes[parent] += sizes[at]
    return sizes


def _link_equal_elsewhere(links: Links) -> None:
    """Words that stand once in either text are the same clause wherever they stand, if they are no mere formula."""
    left = {clause.body for at, clause in enumerate(links.new) if at not in links.back}
    mine = _unique(links.old, links.link, left)
    theirs = _unique(links.new, links.back, left)
    for body, at in theirs.items():
        found = mine.get(body, -1)
        if found >= 0 and links.old[found].kind is links.new[at].kind and links.likeness.word_count(1, at) >= FORMULA:
            links.connect(found, at)


def _unique(clauses: Sequence[Clause], linked: Mapping[int, int], among: Set[str]) -> dict[str, int]:
    """Bodies that stand once among the clauses, with their position; -1 where that is linked already."""
    found: dict[str, int] = {}
    for at, clause in enumerate(clauses):
        if clause.body in among:
            found[clause.body] = -1 if clause.body in found or at in linked else at
    return {body: at for body, at in found.items() if at >= 0}


# Headings


def _link_headings(links: Links) -> None:
    """A heading is the one under which most of the same words stand, if they are most of its words; else the one of
    the same number, if title or words are related."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for old, new in links.link.items():
        above, under = links.old_parents[old], links.new_parents[new]
        while above is not None and under is not None and under not in links.back:
            if above not in links.link and links.old[above].kind is links.new[under].kind:
                votes[under][above] += len(links.old[old].body)
            above, under = links.old_parents[above], links.new_parents[under]
    ranked = sorted(votes, key=lambda under: -votes[under].most_common(1)[0][1])
    for under in ranked:
        for above, _ in votes[under].most_common(2):
            _try_heading(links, above, under)
    _link_numbered(links)


def _link_numbered(links: Links) -> None:
    places = {
        clause.address: at for at, clause in enumerate(links.old) if at not in links.link and clause.kind in HEADINGS
    }
    for at, clause in enumerate(links.new):
        if at not in links.back and clause.kind in HEADINGS and clause.address in places:
            _try_heading(links, places[clause.address], at)


def _try_heading(links: Links, above: int, under: int) -> None:
    """Link two headings whose words say that they are one; note them as possible where they say it half."""
    if under in links.back or above in links.link:
        return
    likeness = _heading_likeness(links, above, under)
    if likeness >= _needed_for_heading(links, above, under):
        links.connect(above, under, min(likeness, 1.0))
    elif likeness >= NEEDED[0]:
        links.possible[under] = (*links.possible.get(under, ()), above)


def _needed_for_heading(links: Links, above: int, under: int) -> float:
    article = links.new[under].kind is Kind.ARTICLE
    if links.same_number(above, under):
        return NEEDED[2] if article else NEEDED[1]
    return OTHER_NUMBER if article else NEEDED[0]


def _heading_likeness(links: Links, above: int, under: int) -> float:
    """Likeness of all the words below two headings, or of their titles where both have one and it is greater."""
    below = links.likeness.of(above, under, below=True)
    titled = links.likeness.weight(0, above) and links.likeness.weight(1, under)
    return max(below, links.likeness.of(above, under)) if titled and links.same_number(above, under) else below


# Text below linked headings


def _link_inside(links: Links) -> None:
    """Among the clauses below two linked ones, pair those that are left, then look inside each pair."""
    waiting = _holders_of_unlinked(links)
    while waiting:
        above, under = waiting.pop()
        mine, theirs = links.unlinked(above, under)
        if not mine or not theirs:
            continue
        _link_equal_siblings(links, mine, theirs)
        link_splits_and_joins(links, *links.unlinked(above, under))
        _pair(links, *links.unlinked(above, under))
        _keep_whole_lists(links, mine)
        waiting += [(links.back[at], at) for at in theirs if at in links.back]


def _holders_of_unlinked(links: Links) -> list[tuple[int | None, int | None]]:
    """Linked clauses with something unlinked below them on both sides, the top among them."""
    old = {links.old_parents[at] for at in range(len(links.old)) if at not in links.link}
    new = {links.new_parents[at] for at in range(len(links.new)) if at not in links.back}
    pairs: list[tuple[int | None, int | None]] = [(None, None)] if None in old and None in new else []
    unders = sorted(at for at in new if at is not None)
    return pairs + [(links.back[at], at) for at in unders if links.back.get(at, -1) in old]


def _link_equal_siblings(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> None:
    """The same words below the same clause, be they ever so few, where they stand there once on both sides."""
    counts = Counter(links.old[at].body for at in mine), Counter(links.new[at].body for at in theirs)
    found = {links.old[at].body: at for at in mine}
    for at in theirs:
        body = links.new[at].body
        once = body and counts[0][body] == counts[1][body] == 1
        if once and links.old[found[body]].kind is links.new[at].kind:
            links.connect(found[body], at)


def _pair(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> None:
    """Link what is alike in words, number and neighbours, best first; the ambiguous stays unlinked.

    Each link makes neighbours of others, so it is done again until nothing more is found.
    """
    found, weighed = True, 0
    while found and weighed <= MOST_WEIGHED and _may_weigh(links, mine, theirs, below=True):
        before = len(links.link)
        _pair_once(links, mine, theirs)
        found, weighed = len(links.link) > before, weighed + len(mine) * len(theirs)
        mine, theirs = [at for at in mine if at not in links.link], [at for at in theirs if at not in links.back]


def _may_weigh(links: Links, mine: Sequence[int], theirs: Sequence[int], *, below: bool = False) -> bool:
    """Whether each of some clauses may be held to each of others; what it takes is no longer left for the rest."""
    pairs = len(mine) * len(theirs)
    if pairs > LARGEST_SEARCH:
        return False
    words = len(theirs) * sum(links.likeness.word_count(0, at, below) for at in mine)
    words += len(mine) * sum(links.likeness.word_count(1, at, below) for at in theirs)
    return links.spend(pairs + words // WORDS_A_LOOK)


def _pair_once(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> None:
    scores = {(one, other): score for one in mine for other in theirs if (score := _score(links, one, other)) > 0}
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    rivals = rivals_of(ranked)
    linked: dict[int, int] = {}  # old → its rank
    doubtful: dict[int, int] = {}  # new → rank of what was left open last
    for rank, ((one, other), score) in enumerate(ranked):
        if one in links.link or other in links.back:
            continue
        if rivals[other].has_beside(one, score - LEAD, links.link) and not links.same_number(one, other):
            doubtful[other] = rank
            continue
        links.connect(one, other, min(score, 1.0))
        linked[one] = rank
    for other, rank in doubtful.items():
        if other not in links.back:
            above = rivals[other].above(ranked[rank][1] - LEAD)
            links.possible[other] = tuple(sorted(at for at in above if linked.get(at, rank) >= rank))


def _score(links: Links, one: int, other: int) -> float:
    """How likely two clauses are the same, 0 where they are not; above 1 where number and neighbours agree too."""
    mine, theirs = links.old[one], links.new[other]
    if mine.kind in HEADINGS:
        return _heading_score(links, one, other) if mine.kind is theirs.kind else 0
    if mine.kind is not theirs.kind and not (mine.kind in TEXTS and theirs.kind in TEXTS):
        return 0
    likeness = links.likeness.of(one, other)
    if not (_stands_alone(links.old, one) and _stands_alone(links.new, other)):
        likeness = max(likeness, links.likeness.of(one, other, below=True))
    agreeing = links.same_number(one, other) + links.neighbours(one, other)
    return likeness + 0.1 * agreeing if likeness >= NEEDED[agreeing] else 0


def _heading_score(links: Links, one: int, other: int) -> float:
    likeness = _heading_likeness(links, one, other)
    needed = _needed_for_heading(links, one, other)
    if links.same_number(one, other) and links.neighbours(one, other) == 2:
        needed = NEEDED[3]
    return likeness if likeness >= needed else 0


def _keep_whole_lists(links: Links, mine: Sequence[int]) -> None:
    """Numbering an unnumbered list, or the reverse, is one act: where part of the list is not there any more, the list
    was written anew, and which item is which stays open."""
    if not mine:
        return
    row = links.old_children[links.old_parents[mine[0]]]
    for _, run in groupby(row, key=lambda at: links.old[at].kind):
        items = list(run)
        if all(at in links.link for at in items):
            continue
        for at in items:
            if at in links.link and links.old[at].kind is not links.new[links.link[at]].kind:
                links.dissolve(at)


# Text that was carried elsewhere


def _link_reworded_nearby(links: Links) -> None:
    """Text that went up or down inside its article."""
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for side, (clauses, linked) in enumerate(((links.old, links.link), (links.new, links.back))):
        articles = [at for at, clause in enumerate(clauses) if clause.kind is Kind.ARTICLE]
        for at in _left(clauses, linked):
            above = bisect_right(articles, at) - 1
            article = articles[above] if above >= 0 else -1
            under = article if side else links.link.get(article, -1)
            if under >= 0:
                groups.setdefault(under, ([], []))[side].append(at)
    for mine, theirs in groups.values():
        _link_alike(links, mine, theirs, NEARBY, FORMULA)


def _link_reworded_elsewhere(links: Links) -> None:
    """Words that came from another place and changed a little on the way: only when nothing else is as like."""
    _link_alike(links, _left(links.old, links.link), _left(links.new, links.back), ELSEWHERE, 2 * FORMULA)


def _left(clauses: Sequence[Clause], linked: Mapping[int, int]) -> list[int]:
    """Running text that is not linked."""
    return [at for at, clause in enumerate(clauses) if at not in linked and clause.kind in TEXTS]


def _link_alike(links: Links, mine: Sequence[int], theirs: Sequence[int], needed: float, shortest: int) -> None:
    mine = [at for at in mine if links.likeness.word_count(0, at) >= shortest]
    theirs = [at for at in theirs if links.likeness.word_count(1, at) >= shortest and at not in links.possible]
    if not _may_weigh(links, mine, theirs):
        return
    for other in theirs:
        scores = ((links.likeness.of(one, other), one) for one in mine if one not in links.link)
        ranked = sorted(scores, reverse=True)[:2]
        if not ranked or ranked[0][0] < needed:
            continue
        if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - LEAD:
            links.possible[other] = tuple(sorted(at for _, at in ranked))
            continue
        links.connect(ranked[0][1], other, ranked[0][0])
