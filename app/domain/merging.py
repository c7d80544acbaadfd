"""One merge under way: the law, its tree where it is needed, and what has been put together so far."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from app.domain.collisions import Collision, Settlement, Settling
from app.domain.edits import ClauseId, Law
from app.domain.merged import MergedClause, origins_in
from app.domain.provenance import Origins
from app.domain.tree import Tree


class Merging:
    """`touched` holds the clauses reached so far, `removed` who took a clause out."""

    def __init__(self, law: Law, settlements: Mapping[str, Settlement], origins: Mapping[ClauseId, Origins]) -> None:
        self.law, self.given_origins = law, origins
        self.settling = Settling(settlements)
        self.touched: dict[ClauseId, MergedClause] = {}
        self.removed: dict[ClauseId, tuple[str, ...]] = {}

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.law)

    def result(self, clause_id: ClauseId) -> MergedClause:
        """How a clause reads so far."""
        found = self.touched.get(clause_id)
        return found or MergedClause(clause_id, self.law[clause_id], self.origins(clause_id), False)

    def origins(self, clause_id: ClauseId) -> Origins:
        return origins_in(self.law, self.given_origins, clause_id)

    @cached_property
    def usual_space(self) -> str:
        """The white space that most clauses of the law have behind them; a blank line where there are none."""
        tails = Counter(clause.tail for clause in list(self.law.values())[:-1] if "\n" in clause.tail)
        return tails.most_common(1)[0][0] if tails else "\n\n"

    def collisions_in_order(self) -> tuple[Collision, ...]:
        found = self.settling.collisions
        if len(found) < 2:
            return tuple(found)
        met = {collision.clause_id for collision in found}
        order = {clause_id: place for place, clause_id in enumerate(self.law) if clause_id in met}
        return tuple(sorted(found, key=lambda c: (order.get(c.clause_id, -1), c.start, c.key)))
