"""New addresses where a merge gave clauses other places or numbers, without looking at the rest of the law.

An address follows from the clause above it and from the clauses before it that would have the same. So clauses are
named in the order of the text, and a clause that got another name, or left one, has those named anew that it touches.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import heapify, heappop, heappush

from app.domain.edits import ClauseId
from app.domain.merging import Merging
from app.domain.numbered import NAMELESS, Group, Named, Numbered, is_text, name_of
from app.domain.tree import Rows

Spot = tuple[int, int]  # the place of a clause in the base, and how far behind it one stands that was not there


class Readdressing:
    """`arrived` are the new clauses and those that were moved, with all below them; `renamed` got another number."""

    def __init__(
        self, merging: Merging, numbered: Numbered, rows: Rows, arrived: Iterable[ClauseId], renamed: Iterable[ClauseId]
    ) -> None:
        self.merging, self.numbered, self.rows = merging, numbered, rows
        self.arrived = set(arrived)
        self.spots = self._spots()
        self.above: dict[ClauseId, ClauseId | None] = {}
        self.named: dict[ClauseId, Named] = {}
        self.members: dict[Group, list[tuple[Spot, ClauseId]]] = {}
        self.waiting: list[tuple[Spot, ClauseId]] = [(self._spot(id), id) for id in {*self.arrived, *renamed}]
        self.called = {clause_id for _, clause_id in self.waiting}

    def _spots(self) -> dict[ClauseId, Spot]:
        spots: dict[ClauseId, Spot] = {}
        for clause_id in self.arrived:
            before = self.rows.before(clause_id)
            if before in self.arrived:
                continue
            place = -1 if before is None else self.merging.index.places[before]
            at: ClauseId | None = clause_id
            number = 1
            while at is not None and at in self.arrived:
                spots[at] = (place, number)
                at, number = self.rows.behind(at), number + 1
        return spots

    def _spot(self, clause_id: ClauseId) -> Spot:
        return self.spots.get(clause_id) or (self.merging.index.places[clause_id], 0)

    def names(self) -> dict[ClauseId, str]:
        """The addresses of all clauses that may have another one now."""
        heapify(self.waiting)
        self._leave()
        while self.waiting:
            self._name(heappop(self.waiting)[1])
        return {clause_id: name for clause_id, (name, _) in self.named.items()}

    def _leave(self) -> None:
        """Clauses that are gone, or stand elsewhere, are counted no more where they were."""
        gone = [*self.merging.removed, *(id for id in self.arrived if id in self.numbered.groups)]
        leaving: dict[Group, set[ClauseId]] = {}
        for clause_id in gone:
            for group in self.numbered.groups[clause_id]:
                leaving.setdefault(group, set()).add(clause_id)
        for group, ids in leaving.items():
            places = self.merging.index.places
            first = min(places[clause_id] for clause_id in ids)
            kept = [((places[id], 0), id) for id in self.numbered.members[group] if id not in ids]
            self.members[group] = kept
            for behind in kept[bisect_left(kept, ((first, 0), "")) :]:
                self._call(*behind)

    def _members(self, group: Group) -> list[tuple[Spot, ClauseId]]:
        if group not in self.members:
            places = self.merging.index.places
            self.members[group] = [((places[id], 0), id) for id in self.numbered.members.get(group, ())]
        return self.members[group]

    def _name(self, clause_id: ClauseId) -> None:
        here = (self._spot(clause_id), clause_id)
        clause, above = self.merging.clause(clause_id), self._above(clause_id)
        before = () if clause_id in self.arrived else self.numbered.groups[clause_id]
        named, groups = name_of(
            clause,
            self._named(above) if above is not None else NAMELESS,
            lambda group: bisect_left(self._members(group), here),
        )
        for group in before:
            if group not in groups:
                self._members(group).remove(here)
                self._wake(group, here)
        for group in groups:
            if group not in before:
                insort(self._members(group), here)
                self._wake(group, here)
        self.named[clause_id] = named
        if self.numbered.named.get(clause_id) != named:
            self._wake_below(clause_id)

    def _call(self, spot: Spot, clause_id: ClauseId) -> None:
        """To be named when its turn comes, once: whatever calls it stands before it."""
        if clause_id not in self.called:
            self.called.add(clause_id)
            heappush(self.waiting, (spot, clause_id))

    def _wake(self, group: Group, here: tuple[Spot, ClauseId]) -> None:
        members = self._members(group)
        for behind in members[bisect_left(members, here) :]:
            if behind != here:
                self._call(*behind)

    def _wake_below(self, clause_id: ClauseId) -> None:
        for below in self.rows.tree.children[clause_id]:
            self._call(self._spot(below), below)
            if is_text(self.merging.clause(below)):
                self._wake_below(below)

    def _named(self, clause_id: ClauseId) -> Named:
        return self.named.get(clause_id) or self.numbered.named[clause_id]

    def _above(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause above, by depth: the nearest before it that is less deep, passing over texts without a label."""
        if clause_id not in self.arrived:
            return self.numbered.above[clause_id]
        if clause_id not in self.above:
            self.above[clause_id] = next(self._less_deep(clause_id), None)
        return self.above[clause_id]

    def _less_deep(self, clause_id: ClauseId) -> Iterator[ClauseId]:
        depth = self.merging.clause(clause_id).depth
        before = self.rows.before(clause_id)
        while before is not None:
            clause = self.merging.clause(before)
            if clause.depth < depth and not is_text(clause):
                yield before
            before = self._above(before)


def readdress_around(merging: Merging, rows: Rows, arrived: Iterable[ClauseId], renamed: Iterable[ClauseId]) -> bool:
    """Give the clauses that a merge reached the addresses they now have. False, and nothing done, where only the whole
    law can tell: its addresses were not its own, or something came that is less deep than what it stands beside."""
    numbered = merging.index.numbered
    reached, numbers = list(arrived), list(renamed)
    relabelled_texts = any(is_text(merging.law[id]) != is_text(merging.clause(id)) for id in numbers)
    if numbered is None or relabelled_texts or not _as_deep(merging, rows, reached):
        return False
    for clause_id, address in Readdressing(merging, numbered, rows, reached, numbers).names().items():
        before = merging.result(clause_id)
        if before.clause.address != address:
            merging.touched[clause_id] = replace(before, clause=before.clause._replace(address=address))
    return True


def _as_deep(merging: Merging, rows: Rows, arrived: Iterable[ClauseId]) -> bool:
    for clause_id in arrived:
        above = rows.tree.parent[clause_id]
        if merging.clause(clause_id).depth <= (-1 if above is None else merging.clause(above).depth):
            return False
    return True
