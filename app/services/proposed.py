"""All amendments of a draft with their edits, read once for as long as none of them changes (services.by_record)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.edits import Edit, InsertClauses, Respace
from app.services.by_record import ByRecord
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.db import is_writing
from app.store.drafts import Draft


@dataclass(frozen=True, slots=True)
class Proposed:
    """`key` stands for all of it where that follows which is kept; None while it may still be taken back."""

    key: object | None
    rows: tuple[AmendmentRow, ...]  # by their numbers, to be read only
    edits: Mapping[int, tuple[Edit, ...]]  # the current ones, by row id
    about: Mapping[int, frozenset[str]]  # the clauses of which a page shows a change, by row id

    def edits_of(self, row: AmendmentRow) -> tuple[Edit, ...]:
        return self.edits.get(row.id, ())

    def changed_by(self, row: AmendmentRow) -> frozenset[str]:
        return self.about.get(row.id, frozenset())


def _read(session: Session, draft_id: int) -> Proposed:
    edits = amendments.edits_of(session, draft_id)
    about = {row_id: changed_by(own) for row_id, own in edits.items()}
    key = None if is_writing(session) else object()
    return Proposed(key, tuple(amendments.read_of(session, draft_id)), edits, about)


_KEPT = ByRecord(_read, "amendments", "edits")


def proposed(session: Session, draft: Draft) -> Proposed:
    """Two statements, and none while they are kept. A transaction that writes reads them anew."""
    return _KEPT.of(session, draft)


def changed_by(edits: Iterable[Edit]) -> frozenset[str]:
    """The clauses of which a page shows a change: of an insertion the one it stands behind."""
    shown = (edit for edit in edits if not isinstance(edit, Respace))
    about = (edit.after if isinstance(edit, InsertClauses) else edit.clause_id for edit in shown)
    return frozenset(clause_id for clause_id in about if clause_id)
