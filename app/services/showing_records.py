"""Records as pages and files. One that is not issued yet is there for facilitators alone."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from app.domain.errors import Outdated
from app.domain.permissions import Action, check_can
from app.domain.render import render_document
from app.services import showing
from app.services.pages_records import RecordLine, RecordPage, RecordsPage
from app.services.showing_session import session_head
from app.services.sittings import is_presiding
from app.store import records, sittings
from app.store.memberships import Entry
from app.store.records import NoSuchRecord, RecordDocument


class IssuedAlready(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Record {number} is issued: it stays as it is. Write a new one to correct it.")
        self.number = number


def index(session: Session, *, slug: str, user_id: int | None, language: str) -> RecordsPage:
    """The records of a draft. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    held = [row for row in sittings.of_draft(session, entry.draft.id) if row.opened_at is not None]
    numbers = {row.id: row.number for row in held}
    lines = [_line(row, numbers) for row in reversed(records.of_draft(session, entry.draft.id))]
    presiding = is_presiding(entry)
    return RecordsPage(
        head,
        tuple(line for line in lines if line.issued_at is not None),
        tuple(line for line in lines if line.issued_at is None and presiding),
        tuple(session_head(row) for row in reversed(held)) if presiding else (),
        presiding,
    )


def record_page(session: Session, *, slug: str, number: int, user_id: int | None, language: str) -> RecordPage:
    """Raises NoSuchDraft, RoleMayNot, NoSuchRecord."""
    entry = showing.enter_to_read(session, slug, user_id)
    row = visible(session, entry, number)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    numbers = {one.id: one.number for one in sittings.of_draft(session, entry.draft.id)}
    newer = _newer(row, records.of_draft(session, entry.draft.id))
    return RecordPage(
        head, _line(row, numbers), row.body, render_document(row.body), len(row.body.encode()),
        file_name(entry, row), newer, is_presiding(entry),
    )  # fmt: skip


def page_to_edit(session: Session, *, slug: str, number: int, user_id: int | None, language: str) -> RecordPage:
    """The same for whoever may edit it. Raises NoSuchDraft, NoSuchRecord, RoleMayNot, IssuedAlready."""
    page = record_page(session, slug=slug, number=number, user_id=user_id, language=language)
    if page.draft.role is not None:
        check_can(page.draft.role, Action.HOLD_SESSIONS)
    if page.record.issued_at is not None:
        raise IssuedAlready(number)
    return page


def markdown(session: Session, *, slug: str, number: int, user_id: int | None) -> tuple[bytes, str]:
    """The record, byte for byte, and the name of its file. Raises NoSuchDraft, RoleMayNot, NoSuchRecord."""
    entry = showing.enter_to_read(session, slug, user_id)
    row = visible(session, entry, number)
    return row.body.encode(), file_name(entry, row)


def visible(session: Session, entry: Entry, number: int) -> RecordDocument:
    """A record that is there for somebody. Raises NoSuchRecord."""
    row = records.find(session, entry.draft.id, number)
    if row.issued_at is None and not is_presiding(entry):
        raise NoSuchRecord(number)
    return row


def file_name(entry: Entry, row: RecordDocument) -> str:
    return f"{entry.draft.slug}-record-{row.number}.{row.language}.md"


def _newer(row: RecordDocument, rows: Iterable[RecordDocument]) -> int | None:
    """A later record of the same, in the same language, that was issued."""
    same = [
        one.number
        for one in rows
        if one.issued_at is not None
        and one.number > row.number
        and (one.kind, one.sitting_id, one.language) == (row.kind, row.sitting_id, row.language)
    ]
    return max(same, default=None)


def _line(row: RecordDocument, sessions: Mapping[int, int]) -> RecordLine:
    return RecordLine(
        row.number, row.kind, sessions.get(row.sitting_id or 0), row.language, row.title, row.version, row.revision,
        row.saved_at, row.issued_at, row.sha256 or "",
    )  # fmt: skip
