"""Amendments from whole texts: what somebody's copy of a law changes in it, as edits.

Merging the amendment alone gives the copy, byte for byte. What stayed is matched first, so that an amendment claims no
more words than it changed. Where clauses were taken apart in a way that no edits of single clauses say, they are
deleted and inserted anew; as the last resort the whole copy stands in for the law.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from app.domain.clauses import Clause, write
from app.domain.compare import longest_rising
from app.domain.edits import (
    Amendment,
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    Respace,
    edits_between,
)
from app.domain.links import HEADINGS, Links, parents
from app.domain.matching import match
from app.domain.merge import merge
from app.domain.splits import gaps
from app.domain.tree import Place


def amendment_from(key: str, law: Law, copy: Sequence[Clause]) -> Amendment:
    """The amendment that turns the law into the copy (its clauses, as `parse` reads them)."""
    wanted = write(copy)
    for moves in (True, False):
        amendment = Amendment(key, tuple(_Derivation.of(law, copy, moves=moves).edits()))
        if not amendment.edits or merge(law, [amendment]).text == wanted:
            return amendment
    return Amendment(key, tuple(_whole(law, wanted)))


def _whole(law: Law, text: str) -> Iterator[Edit]:
    yield InsertClauses(None, text)
    ids = list(law)
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or law[ids[at]].depth <= law[ids[start]].depth:
            yield DeleteClause(ids[start], write(law[id] for id in ids[start:at]))
            start = at


@dataclass(slots=True)
class _Derivation:
    """Where law and copy differ; `staying` and `moved` link positions in the copy to those in the law."""

    ids: list[ClauseId]
    old: list[Clause]
    new: Sequence[Clause]
    before: ClauseId | None  # the clause in front of the stretch
    staying: Mapping[int, int]
    moved: Mapping[int, int]
    parents: Sequence[int | None]
    kept: Set[int]

    @classmethod
    def of(cls, law: Law, copy: Sequence[Clause], *, moves: bool) -> "_Derivation":
        ids, old = list(law), list(law.values())
        start, old_end, new_end = _differing(old, copy)
        mine, theirs = old[start:old_end], copy[start:new_end]
        link = _with_restated(match(mine, theirs)).back
        at = sorted(link)
        staying = _with_what_they_stand_in(
            mine, {new: link[new] for new in longest_rising(at, [link[new] for new in at])}
        )
        rest = {new: one for new, one in link.items() if new not in staying}
        moved = _whole_moves(mine, theirs, rest, link) if moves else {}
        before = ids[start - 1] if start else None
        return cls(ids[start:old_end], mine, theirs, before, staying, moved, parents(mine), set(staying.values()))

    def edits(self) -> Iterator[Edit]:
        kept = {**self.staying, **self.moved}
        for new, old in sorted(kept.items()):
            yield from _edits_of(self.ids[old], self.old[old], self.new[new])
        yield from self.deletions(set(kept.values()))
        yield from self.arrivals()

    def deletions(self, kept: set[int]) -> Iterator[Edit]:
        end = 0
        for at in range(len(self.old)):
            if at in kept or at < end:
                continue
            end = _end(self.old, at)
            yield DeleteClause(self.ids[at], write(self.old[at:end]))

    def arrivals(self) -> Iterator[Edit]:
        """New and moved clauses in the order of the copy, each behind the last clause that stays before it."""
        last: int | None = None
        at, deepest = 0, 10**6
        while at < len(self.new):
            if at in self.staying:
                last, deepest = self.staying[at], 10**6
                at += 1
                continue
            depth = min(self.new[at].depth, deepest)
            after, place = self.place(last, depth)
            if at in self.moved:
                yield MoveClause(self.ids[self.moved[at]], after, place)
                at = _end(self.new, at)
            else:
                end = self.end_of_run(at)
                yield InsertClauses(after, write(self.new[at:end]), place)
                at = end
            deepest = depth

    def end_of_run(self, start: int) -> int:
        """How far new clauses follow each other that can be inserted as one: until one of a higher level comes."""
        at = start + 1
        while at < len(self.new) and at not in self.staying and at not in self.moved:
            if self.new[at].depth < self.new[start].depth:
                break
            at += 1
        return at

    def place(self, last: int | None, depth: int) -> tuple[ClauseId | None, Place]:
        """Behind the clause of this depth that the last staying clause is or stands in; else right behind it."""
        if last is None:
            return self.before, "after" if self.before is None else "inside"
        above = last
        while self.old[above].depth > depth:
            parent = self.parents[above]
            if parent is None:
                break
            above = parent
        if self.old[above].depth >= depth and not self.something_stays_below(above, last):
            return self.ids[above], "after"
        return self.ids[last], "inside"

    def something_stays_below(self, above: int, last: int) -> bool:
        """Whether clauses stay below `above` and behind `last`: what stood behind all of it would come too late."""
        return any(at in self.kept for at in range(last + 1, _end(self.old, above)))


def _differing(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[int, int, int]:
    """Start and ends of the stretch in which two texts differ, widened to whole articles."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    same = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    behind = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], same))
    while start and not (start < len(old) and old[start - 1].kind in HEADINGS):
        start -= 1
    start = max(start - 1, 0)
    depth = min((c.depth for c in (*old[start : len(old) - behind], *new[start : len(new) - behind])), default=0)
    while behind and old[len(old) - behind].depth > depth:
        behind -= 1
    return start, len(old) - behind, len(new) - behind


def _end(clauses: Sequence[Clause], at: int) -> int:
    """Where the clauses below one end."""
    end = at + 1
    while end < len(clauses) and clauses[end].depth > clauses[at].depth:
        end += 1
    return end


def _with_restated(links: Links) -> Links:
    """A clause of one number, or the only one between two that stayed, is restated, however little the words have in
    common: for an amendment it is the same place in the law."""
    waiting: list[tuple[int | None, int | None]] = [(None, None), *((old, new) for old, new in links.link.items())]
    while waiting:
        above, under = waiting.pop()
        mine, theirs = links.unlinked(above, under)
        for old, new in _restated(links, mine, theirs):
            links.connect(old, new, 0.5)
            waiting.append((old, new))
    return links


def _restated(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
    by_label = {(links.old[at].kind, links.old[at].label): at for at in reversed(mine) if links.old[at].label}
    for new in theirs:
        old = by_label.pop((links.new[new].kind, links.new[new].label), None)
        if old is not None:
            yield old, new
    for olds, news in gaps(links, *_without_labels(links, mine, theirs)):
        if len(olds) == len(news) == 1 and links.old[olds[0]].kind is links.new[news[0]].kind:
            yield olds[0], news[0]


def _without_labels(links: Links, mine: Sequence[int], theirs: Sequence[int]) -> tuple[list[int], list[int]]:
    return [at for at in mine if not links.old[at].label], [at for at in theirs if not links.new[at].label]


def _with_what_they_stand_in(old: Sequence[Clause], staying: Mapping[int, int]) -> dict[int, int]:
    """Only clauses all of whose headings stay too: a deletion takes along what stands below."""
    above, linked = parents(old), set(staying.values())
    kept: set[int] = set()
    for at in sorted(linked):
        if above[at] is None or above[at] in kept:
            kept.add(at)
    return {new: one for new, one in staying.items() if one in kept}


def _whole_moves(
    old: Sequence[Clause], new: Sequence[Clause], rest: Mapping[int, int], link: Mapping[int, int]
) -> dict[int, int]:
    """Clauses that moved with everything below them, all of it in order."""
    moved: dict[int, int] = {}
    for at, one in sorted(rest.items()):
        size = _end(new, at) - at
        whole = size == _end(old, one) - one and all(link.get(at + n) == one + n for n in range(size))
        if whole and at not in moved and all(at + n in rest for n in range(size)):
            moved.update({at + n: one + n for n in range(size)})
    return moved


def _edits_of(clause_id: ClauseId, old: Clause, new: Clause) -> Iterable[Edit]:
    if old.lead != new.lead:
        yield Relabel(clause_id, old.lead, new.lead)
    yield from edits_between(clause_id, old.body, new.body)
    if old.tail != new.tail:
        yield Respace(clause_id, old.tail, new.tail)
