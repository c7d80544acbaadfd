"""All amendments of a draft with their edits, read once for as long as none of them changes (services.by_record)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.domain.edits import Edit, InsertClauses, Respace
from app.domain.lifecycle import OPEN, State
from app.services.by_record import ByRecord
from app.services.owning import may_know
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.db import is_writing
from app.store.drafts import Draft
from app.store.memberships import Entry


@dataclass(frozen=True)
class Proposed:
    """`key` stands for all of it where that follows which is kept; None while it may still be taken back. What pages
    look up in it is looked up once."""

    key: object | None
    rows: tuple[AmendmentRow, ...]  # by their numbers, to be read only
    edits: Mapping[int, tuple[Edit, ...]]  # the current ones, by row id
    about: Mapping[int, frozenset[str]]  # the clauses of which a page shows a change, by row id

    def edits_of(self, row: AmendmentRow) -> tuple[Edit, ...]:
        return self.edits.get(row.id, ())

    def changed_by(self, row: AmendmentRow) -> frozenset[str]:
        return self.about.get(row.id, frozenset())

    @cached_property
    def submitted(self) -> tuple[AmendmentRow, ...]:
        """Those of which everybody may know."""
        return tuple(row for row in self.rows if row.discarded_at is None and State(row.state) is not State.DRAFT)

    @cached_property
    def unsubmitted(self) -> tuple[AmendmentRow, ...]:
        """Those of which their institution alone may know."""
        return tuple(row for row in self.rows if row.discarded_at is None and State(row.state) is State.DRAFT)

    def _own(self, entry: Entry) -> list[AmendmentRow]:
        return [row for row in self.unsubmitted if may_know(entry, row)]

    def known_to(self, entry: Entry) -> tuple[AmendmentRow, ...]:
        """The amendments of which somebody may know, by their numbers."""
        own = self._own(entry)
        return tuple(sorted((*self.submitted, *own), key=lambda row: row.number)) if own else self.submitted

    def numbers_for(self, entry: Entry) -> Mapping[int, int]:
        """Their numbers, by row id."""
        own = self._own(entry)
        return {**self._numbers, **{row.id: row.number for row in own}} if own else self._numbers

    def edits_for(self, entry: Entry) -> Mapping[int, tuple[Edit, ...]]:
        """What they change, by number."""
        own = self._own(entry)
        return {**self._edits, **{row.number: self.edits_of(row) for row in own}} if own else self._edits

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        return {row.id: row.number for row in self.submitted}

    @cached_property
    def _edits(self) -> Mapping[int, tuple[Edit, ...]]:
        return {row.number: self.edits_of(row) for row in self.submitted}

    @cached_property
    def open_about(self) -> Mapping[int, frozenset[str]]:
        """What each open one changes, by number."""
        return {row.number: self.changed_by(row) for row in self.submitted if State(row.state) in OPEN}

    @cached_property
    def touching(self) -> Mapping[str, int]:
        """How many open ones change something of each clause."""
        return Counter(clause_id for about in self.open_about.values() for clause_id in about)

    def told_at(self, clause_id: str, entry: Entry) -> list[AmendmentRow]:
        """Those that the page of a clause tells of: to the clause, and of which words may stand in the text."""
        found = {*self._at.get(clause_id, ()), *self._settled}
        return sorted((row for row in found if may_know(entry, row)), key=lambda row: row.number)

    @cached_property
    def _at(self) -> Mapping[str, Sequence[AmendmentRow]]:
        found: dict[str, list[AmendmentRow]] = {}
        for row in self.rows:
            for clause_id in self.changed_by(row):
                found.setdefault(clause_id, []).append(row)
        return found

    @cached_property
    def _settled(self) -> tuple[AmendmentRow, ...]:
        return tuple(row for row in self.rows if row.settled_version is not None or row.partly_since is not None)


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
