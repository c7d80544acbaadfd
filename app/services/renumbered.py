"""The text that a consolidation makes: the merged one, or that with its numbers run on and references rewritten.

Renumbering is nobody's amendment: its words are new with the version and name nobody who brought them.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.domain.edits import Amendment, ClauseId, Law
from app.domain.merge import Merged, MergedClause, merge
from app.domain.provenance import Origin, Origins, join
from app.domain.rebase import Renumbered
from app.domain.references import Unresolved
from app.domain.renumbering import NewLabel, renumbering

RENUMBERING = "renumbering"
"""The key of the edits while they are merged; it stands in no origin that is stored."""


@dataclass(frozen=True, slots=True)
class Made:
    """`order` are the clauses of the text by id; `touched` those that amendments or the renumbering reached; the others
    read as in the law before. `unfollowed` are the references that a person must look at; `renumbered` is the text as
    it was before its numbers ran on."""

    law: Law
    order: Collection[ClauseId]
    touched: Mapping[ClauseId, MergedClause]
    labels: tuple[NewLabel, ...] = ()
    unfollowed: tuple[Unresolved, ...] = ()
    renumbered: Renumbered | None = None


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
    return Made(
        again.amended, as_merged.order, {**merged.touched, **touched}, found.labels, found.unfollowed,
        Renumbered(merged.amended, again.standing),
    )  # fmt: skip


def with_new_ids(made: Made, law: Law, draft_id: int, version: int) -> Made:
    """The text with ids for its new clauses that no clause had before. A merge names them after the amendment and its
    place alone: so it would name another one alike, once the first is deleted or its version revoked."""
    ids = {id: _new_id(draft_id, version, id) for id in made.touched if id not in law}
    if not ids:
        return made
    order = [ids.get(id, id) for id in made.order]
    texts = {ids.get(id, id): made.law[id] for id in made.order}
    touched = {ids.get(id, id): replace(clause, id=ids.get(id, id)) for id, clause in made.touched.items()}
    labels = tuple(replace(one, clause_id=ids.get(one.clause_id, one.clause_id)) for one in made.labels)
    return replace(made, law=texts, order=order, touched=touched, labels=labels)


def _new_id(draft_id: int, version: int, clause_id: ClauseId) -> ClauseId:
    return hashlib.sha256(repr((draft_id, version, clause_id)).encode()).hexdigest()[:20]


def _named(clause: MergedClause, before: MergedClause) -> MergedClause:
    """A clause after the renumbering, with the amendments that reached it before."""
    changed = before.changed or clause.clause != before.clause
    return replace(clause, origins=_by_nobody(clause.origins), changed=changed, amendments=before.amendments)


def _by_nobody(origins: Origins) -> Origins:
    if not any(RENUMBERING in origin.amendments for _, origin in origins):
        return origins
    return join((length, Origin(0) if RENUMBERING in origin.amendments else origin) for length, origin in origins)
