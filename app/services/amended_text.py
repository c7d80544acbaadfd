"""A merged text as pages speak of it: where a clause stands in it and how it is cited, without looking through it."""

from collections.abc import Sequence

from app.domain.clauses import Clause
from app.domain.edits import ClauseId
from app.domain.merge import Merged
from app.services import showing
from app.services.amending import Table

Place = tuple[int, int, int]


class AmendedText:
    """The result of a merge beside the text it was made from."""

    def __init__(self, merged: Merged, on_table: Table) -> None:
        self.merged, self.base, self._stored = merged, on_table.text, on_table.stored
        self._order: Sequence[ClauseId] | None = merged.order
        self._places = self.base.order if merged.order is None else {id: at for at, id in enumerate(merged.order)}

    def clause(self, clause_id: ClauseId) -> Clause:
        touched = self.merged.touched.get(clause_id)
        return touched.clause if touched is not None else self.base.law[clause_id]

    def cited(self, clause_id: ClauseId) -> str:
        """How a clause of the result is cited."""
        path = [self.clause(clause_id)]
        at = self._places[clause_id]
        while at and not _stands_alone(path[0]):
            at -= 1
            above = self.clause(self._at(at))
            if above.depth < path[0].depth:
                path.insert(0, above)
        return showing.citations(path)[-1]

    def place(self, clause_id: ClauseId) -> Place:
        """Where a clause is shown; one that was taken out, behind what stood before it."""
        if clause_id in self._places and clause_id not in self.merged.removed:
            return self._places[clause_id], 0, 0
        at = number = self.base.order[clause_id]
        while at and (at == number or self._is_gone(self._stored[at].id)):
            at -= 1
        before = self._stored[at].id
        return (-1 if self._is_gone(before) else self._places[before]), 1, number

    def behind(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause that one stands behind in the result, of its own level or the one it is the first in."""
        at = self._places[clause_id]
        depth = self.clause(clause_id).depth
        while at:
            at -= 1
            if self.clause(self._at(at)).depth <= depth:
                return self._at(at)
        return None

    def was_behind(self, clause_id: ClauseId) -> ClauseId | None:
        """The same in the text before."""
        at = self.base.order[clause_id]
        depth = self.base.law[clause_id].depth
        while at:
            at -= 1
            if self._stored[at].clause.depth <= depth:
                return self._stored[at].id
        return None

    def _at(self, place: int) -> ClauseId:
        return self._stored[place].id if self._order is None else self._order[place]

    def _is_gone(self, clause_id: ClauseId) -> bool:
        return clause_id in self.merged.removed


def _stands_alone(clause: Clause) -> bool:
    """Whether a clause is cited without what it stands in."""
    return clause.kind in showing.LEVELS and bool(clause.label or clause.body)
