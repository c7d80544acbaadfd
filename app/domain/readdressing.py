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
from app.domain.whereabouts import Spot, Whereabouts


class Readdressing:
    """`renamed` are the clauses that got another number."""

    def __init__(
        self, merging: Merging, numbered: Numbered, whereabouts: Whereabouts, renamed: Iterable[ClauseId]
    ) -> None:
        self.merging, self.numbered, self.whereabouts = merging, numbered, whereabouts
        self.arrived, self._spot = whereabouts.arrived, whereabouts.spot
        self.named: dict[ClauseId, Named] = {}
        self.members: dict[Group, list[tuple[Spot, ClauseId]]] = {}
        called = {*self.arrived, *whereabouts.caught, *renamed, *self._below_texts(renamed)}
        self.waiting: list[tuple[Spot, ClauseId]] = [(self._spot(clause_id), clause_id) for clause_id in called]
        self.called = called

    def _below_texts(self, renamed: Iterable[ClauseId]) -> Iterator[ClauseId]:
        """A text that got a number is above what stands below it, and one that lost its number is not any more."""
        for clause_id in renamed:
            if is_text(self.merging.law[clause_id]) != is_text(self.merging.clause(clause_id)):
                yield from (below for below in self.whereabouts.rows.tree.below(clause_id) if below != clause_id)

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
        for below in self.whereabouts.rows.tree.children[clause_id]:
            self._call(self._spot(below), below)
            if is_text(self.merging.clause(below)):
                self._wake_below(below)

    def _named(self, clause_id: ClauseId) -> Named:
        return self.named.get(clause_id) or self.numbered.named[clause_id]

    def _above(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause that a clause's address begins with; texts without a label are above nothing."""
        above = self.whereabouts.above(clause_id)
        while above is not None and is_text(self.merging.clause(above)):
            above = self.whereabouts.above(above)
        return above


def readdress_around(merging: Merging, rows: Rows, renamed: Iterable[ClauseId]) -> bool:
    """Give the clauses that a merge reached the addresses they now have. False, and nothing done, where only the whole
    law can tell: its addresses were not its own."""
    numbered = merging.index.numbered
    if numbered is None:
        return False
    whereabouts = Whereabouts(rows, merging.index.places, merging.arrived, lambda id: merging.clause(id).depth)
    for clause_id, address in Readdressing(merging, numbered, whereabouts, set(renamed)).names().items():
        before = merging.result(clause_id)
        if before.clause.address != address:
            merging.touched[clause_id] = replace(before, clause=before.clause._replace(address=address))
    return True
