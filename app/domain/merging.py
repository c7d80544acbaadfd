"""One merge under way: the law, its tree where it is needed, and what has been put together so far."""

from collections.abc import Mapping
from functools import cached_property

from app.domain.clauses import Clause
from app.domain.collisions import Collision, Settlement, Settling
from app.domain.edits import ClauseId
from app.domain.indexed import Index
from app.domain.merged import MergedClause, origins_in
from app.domain.provenance import Origins
from app.domain.tree import Tree


class Merging:
    """`touched` holds the clauses reached so far, `removed` who took a clause out, `lost` also new ones taken out,
    `arrived` the new clauses that stand and those that were moved, with all below them."""

    def __init__(
        self,
        index: Index,
        settlements: Mapping[str, Settlement],
        origins: Mapping[ClauseId, Origins],
    ) -> None:
        self.index, self.law, self.given_origins = index, index.law, origins
        self.settling = Settling(settlements)
        self.touched: dict[ClauseId, MergedClause] = {}
        self.standing: dict[ClauseId, tuple[tuple[int, int, str], ...]] = {}
        self.removed: dict[ClauseId, tuple[str, ...]] = {}
        self.lost: set[ClauseId] = set()
        self.arrived: set[ClauseId] = set()

    @cached_property
    def tree(self) -> Tree:
        return self.index.tree.over()

    def result(self, clause_id: ClauseId) -> MergedClause:
        """How a clause reads so far."""
        found = self.touched.get(clause_id)
        return found or MergedClause(clause_id, self.law[clause_id], self.origins(clause_id), False)

    def clause(self, clause_id: ClauseId) -> Clause:
        """Its clause alone."""
        found = self.touched.get(clause_id)
        return found.clause if found else self.law[clause_id]

    def origins(self, clause_id: ClauseId) -> Origins:
        return origins_in(self.law, self.given_origins, clause_id)

    @property
    def usual_space(self) -> str:
        return self.index.usual_space

    def collisions_in_order(self) -> tuple[Collision, ...]:
        found = self.settling.collisions
        if len(found) < 2:
            return tuple(found)
        order = self.index.places
        return tuple(sorted(found, key=lambda c: (order.get(c.clause_id, -1), c.start, c.key)))
