"""A merged text as pages speak of it: where a clause stands in it and how it is cited, without looking through it."""

from app.domain.clauses import Clause
from app.domain.edits import ClauseId
from app.domain.merge import Merged
from app.domain.tree import Rows
from app.domain.whereabouts import Spot
from app.services import showing
from app.services.amending import Table

Place = tuple[Spot, int, int]
FIRST: Spot = (-1, 0)


class AmendedText:
    """The result of a merge beside the text it was made from."""

    def __init__(self, merged: Merged, on_table: Table) -> None:
        self.merged, self.base, self._stored = merged, on_table.text, on_table.stored
        self._beside, self._was_beside = Rows(merged.amended.tree), Rows(merged.index.tree)
        self._kept_before: dict[ClauseId, ClauseId | None] = {}
        for clause_id in sorted(merged.removed, key=self.base.order.__getitem__):
            self._kept_before[clause_id] = self._kept(self.base.order[clause_id] - 1)

    def clause(self, clause_id: ClauseId) -> Clause:
        touched = self.merged.touched.get(clause_id)
        return touched.clause if touched is not None else self.base.law[clause_id]

    def cited(self, clause_id: ClauseId) -> str:
        """How a clause of the result is cited."""
        path = [self.clause(clause_id)]
        above = self.merged.whereabouts.above(clause_id)
        while above is not None and not _stands_alone(path[0]):
            path.insert(0, self.clause(above))
            above = self.merged.whereabouts.above(above)
        return showing.citations(path)[-1]

    def place(self, clause_id: ClauseId) -> Place:
        """Where a clause is shown; one that was taken out, behind what stood before it."""
        if clause_id not in self.merged.removed:
            return self.merged.whereabouts.spot(clause_id), 0, 0
        before = self._kept_before[clause_id]
        spot = FIRST if before is None else self.merged.whereabouts.spot(before)
        return spot, 1, self.base.order[clause_id]

    def behind(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause that one stands behind in the result, of its own level or the one it is the first in."""
        return self._beside.beside(clause_id)

    def was_behind(self, clause_id: ClauseId) -> ClauseId | None:
        """The same in the text before."""
        return self._was_beside.beside(clause_id)

    def _kept(self, at: int) -> ClauseId | None:
        """The last clause up to a place in the base that was not taken out; those before it are known already."""
        if at < 0:
            return None
        before = self._stored[at].id
        return self._kept_before[before] if before in self.merged.removed else before


def _stands_alone(clause: Clause) -> bool:
    """Whether a clause is cited without what it stands in."""
    return clause.kind in showing.LEVELS and bool(clause.label or clause.body)
