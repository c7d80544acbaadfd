"""Where the clauses of a merge's result stand, in which order and below which, told without going through all of it.

What stayed is ordered by its place in the base; what came or was moved stands so far behind the last clause before it
that stayed. A clause stands below the nearest one before it that is less deep: of what stayed that is the clause it
stood below, unless something less deep came between (a new heading catches the articles behind it).
"""

from collections.abc import Callable, Mapping, Set
from heapq import heapify, heappop, heappush

from app.domain.edits import ClauseId
from app.domain.tree import Rows, Tree

Spot = tuple[int, int]  # the place of a clause in the base, and how far behind it one stands that was not there


class Whereabouts:
    """`places` are those of the base; `arrived` the new clauses and those that were moved, with all below them;
    `caught` what stayed and yet stands below another clause now."""

    def __init__(
        self, rows: Rows, places: Mapping[ClauseId, int], arrived: Set[ClauseId], depth: Callable[[ClauseId], int]
    ) -> None:
        self.rows, self.arrived, self.caught = rows, arrived, set[ClauseId]()
        self._places, self._depth = places, depth
        self._spots: dict[ClauseId, Spot] = {}
        self._above: dict[ClauseId, ClauseId | None] = {}
        firsts = [clause_id for clause_id in arrived if self.rows.before(clause_id) not in arrived]
        self._look(firsts, {clause_id: self._run(clause_id) for clause_id in firsts})

    def spot(self, clause_id: ClauseId) -> Spot:
        """Spots rise in the order of the text."""
        return self._spots.get(clause_id) or (self._places[clause_id], 0)

    def above(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause that one stands below; None at the top."""
        return self._above[clause_id] if clause_id in self._above else self.rows.tree.parent[clause_id]

    def _run(self, first: ClauseId) -> list[ClauseId]:
        """What arrived in a row, with the spots of it."""
        before = self.rows.before(first)
        place = -1 if before is None else self._places[before]
        run: list[ClauseId] = []
        at: ClauseId | None = first
        while at is not None and at in self.arrived:
            run.append(at)
            self._spots[at] = (place, len(run))
            at = self.rows.behind(at)
        return run

    def _look(self, firsts: list[ClauseId], runs: Mapping[ClauseId, list[ClauseId]]) -> None:
        """Find what everything that arrived stands below, and what it catches, in the order of the text."""
        waiting = [(self.spot(clause_id), clause_id) for clause_id in firsts]
        heapify(waiting)
        while waiting:
            clause_id = heappop(waiting)[1]
            following: ClauseId | None = None
            if clause_id in runs:
                for arrived in runs[clause_id]:
                    self._above[arrived] = self._nearest(arrived)
                following = self.rows.behind(runs[clause_id][-1])
            elif (above := self._nearest(clause_id)) != self.above(clause_id):
                self._above[clause_id] = above
                self.caught.add(clause_id)
                following = self.rows.past(clause_id)
            if following is not None and following not in self.arrived:
                heappush(waiting, (self.spot(following), following))

    def _nearest(self, clause_id: ClauseId) -> ClauseId | None:
        depth = self._depth(clause_id)
        before = self.rows.before(clause_id)
        while before is not None and self._depth(before) >= depth:
            before = self.above(before)
        return before

    def grown(self) -> Tree:
        """The tree that a reading of the result would give: only what stands below another clause is put elsewhere."""
        tree = self.rows.tree.over()
        parent = self.rows.tree.parent
        elsewhere = [id for id in {*self.arrived, *self.caught} if self.above(id) != parent[id]]
        for clause_id in elsewhere:
            tree.take(clause_id)
        for clause_id in elsewhere:
            tree.add(clause_id, self._above[clause_id], self.spot)
        return tree
