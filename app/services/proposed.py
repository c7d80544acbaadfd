"""All amendments of a draft with their edits, read once for as long as none of them changes.

`Draft.amended_hash` names the last event that wrote an amendment or an edit, and nothing is written without an event:
what was read under it holds until there is another one.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.edits import Edit, InsertClauses, Respace
from app.services.kept import Kept
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.db import is_writing
from app.store.drafts import Draft

MOST = 8
"""Of how many drafts a process keeps them."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """`key` names the state of the database that this is of; None while that may still be taken back."""

    key: Hashable | None
    rows: tuple[AmendmentRow, ...]  # by their numbers, to be read only
    edits: Mapping[int, tuple[Edit, ...]]  # the current ones, by row id
    about: Mapping[int, frozenset[str]]  # the clauses of which a page shows a change, by row id

    def edits_of(self, row: AmendmentRow) -> tuple[Edit, ...]:
        return self.edits.get(row.id, ())

    def changed_by(self, row: AmendmentRow) -> frozenset[str]:
        return self.about.get(row.id, frozenset())


_KEPT: Kept[Proposed] = Kept(MOST)


def proposed(session: Session, draft: Draft) -> Proposed:
    """Two statements, and none while they are kept. A transaction that writes reads them anew."""
    if draft.amended_hash is None or is_writing(session):
        return _read(session, draft, None)
    key = (str(session.get_bind().engine.url), draft.id, draft.amended_hash)
    return _KEPT.get(key, lambda: _read(session, draft, key))


def _read(session: Session, draft: Draft, key: Hashable | None) -> Proposed:
    edits = amendments.edits_of(session, draft.id)
    about = {row_id: changed_by(own) for row_id, own in edits.items()}
    return Proposed(key, tuple(amendments.read_of(session, draft.id)), edits, about)


def changed_by(edits: Iterable[Edit]) -> frozenset[str]:
    """The clauses of which a page shows a change: of an insertion the one it stands behind."""
    shown = (edit for edit in edits if not isinstance(edit, Respace))
    about = (edit.after if isinstance(edit, InsertClauses) else edit.clause_id for edit in shown)
    return frozenset(clause_id for clause_id in about if clause_id)
