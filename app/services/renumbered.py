"""The text that a consolidation makes: the merged one, or that with its numbers run on and references rewritten.

Renumbering is nobody's amendment: its words are new with the version and name nobody who brought them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.domain.edits import Amendment, ClauseId, Law
from app.domain.merge import Merged, MergedClause, merge
from app.domain.provenance import Origin, Origins, join
from app.domain.references import Unresolved
from app.domain.renumbering import NewLabel, renumbering

RENUMBERING = "renumbering"
"""The key of the edits while they are merged; it stands in no origin that is stored."""


@dataclass(frozen=True, slots=True)
class Made:
    """`order` are the clauses of the text by id; `touched` those that amendments or the renumbering reached; the others
    read as in the law before. `unfollowed` are the references that a person must look at."""

    law: Law
    order: Collection[ClauseId]
    touched: Mapping[ClauseId, MergedClause]
    labels: tuple[NewLabel, ...] = ()
    unfollowed: tuple[Unresolved, ...] = ()


def made_of(merged: Merged, language: str, *, renumber: bool) -> Made:
    """The text of a merge, renumbered where that is wanted and there is something to do."""
    as_merged = Made(merged.amended, merged.law if merged.order is None else merged.order, merged.touched)
    if not renumber:
        return as_merged
    found = renumbering(merged.amended, language)
    if not found.edits:
        return replace(as_merged, unfollowed=found.unfollowed)
    origins = {clause.id: clause.origins for clause in merged.clauses}
    again = merge(merged.amended, [Amendment(RENUMBERING, found.edits)], {}, origins)
    touched = {id: _named(clause, merged.clause(id)) for id, clause in again.touched.items()}
    return Made(again.amended, as_merged.order, {**merged.touched, **touched}, found.labels, found.unfollowed)


def _named(clause: MergedClause, before: MergedClause) -> MergedClause:
    """A clause after the renumbering, with the amendments that reached it before."""
    changed = before.changed or clause.clause != before.clause
    return replace(clause, origins=_by_nobody(clause.origins), changed=changed, amendments=before.amendments)


def _by_nobody(origins: Origins) -> Origins:
    if not any(RENUMBERING in origin.amendments for _, origin in origins):
        return origins
    return join((length, Origin(0) if RENUMBERING in origin.amendments else origin) for length, origin in origins)
