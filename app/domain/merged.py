"""What a merge gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.clauses import Clause, write
from app.domain.collisions import Collision
from app.domain.edits import ClauseId, Law
from app.domain.fates import Fate
from app.domain.provenance import Origin, Origins, whole


@dataclass(frozen=True, slots=True)
class MergedClause:
    """A clause of the result, where its words come from, and the id it keeps. An inserted clause's id is derived from
    the amendment's key and the place in it, so it does not depend on the order of merging."""

    id: ClauseId
    clause: Clause
    origins: Origins
    changed: bool
    amendments: tuple[str, ...] = ()  # keys of the amendments whose edits stand in it


@dataclass(frozen=True)
class Merged:
    """The result. `touched` holds the clauses that amendments reached; `clauses` is the whole law in order, unsettled
    stretches keep their base words; `collisions` are all of them, settled or not, in the order of the text; `removed`
    names the amendments that took a clause out. `order` is None where clauses stand as in the law.

    Only what was touched is computed at once, so that a merge costs what it changes; the rest when it is asked for.
    """

    law: Law = field(repr=False)
    origins: Mapping[ClauseId, Origins] = field(repr=False)
    touched: Mapping[ClauseId, MergedClause]
    order: tuple[ClauseId, ...] | None
    collisions: tuple[Collision, ...]
    fates: Mapping[str, Fate]
    removed: Mapping[ClauseId, tuple[str, ...]]

    @cached_property
    def clauses(self) -> tuple[MergedClause, ...]:
        return tuple(map(self.clause, self.law if self.order is None else self.order))

    def clause(self, clause_id: ClauseId) -> MergedClause:
        """How one clause reads in the result. Raises KeyError for a clause that was taken out."""
        if clause_id in self.touched:
            return self.touched[clause_id]
        return MergedClause(clause_id, self.law[clause_id], origins_in(self.law, self.origins, clause_id), False)

    @property
    def text(self) -> str:
        ids = self.law if self.order is None else self.order
        return write(self.touched[id].clause if id in self.touched else self.law[id] for id in ids)


def origins_in(law: Law, origins: Mapping[ClauseId, Origins], clause_id: ClauseId) -> Origins:
    """Where the words of a clause of the base come from; of the first version where nothing is said."""
    return origins.get(clause_id) or whole(law[clause_id].body, Origin(1))
