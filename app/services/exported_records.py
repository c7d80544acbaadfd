"""A record that was issued, as what its files are made of. One that is not issued leaves the house in no format."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.record_facts import RecordKind
from app.exports.record import IssuedRecord
from app.services.exporting import Wanted
from app.store import records
from app.store.memberships import Entry
from app.store.records import NoSuchRecord, RecordDocument

FIRST = (RecordKind.WORKSHOP, RecordKind.SESSION, RecordKind.COMMUNIQUE)
"""Which record is meant where no number is named."""


class NoRecordIssued(NotFound):
    def __init__(self, language: str, version: int | None) -> None:
        on = "" if version is None else f" on version {version}"
        super().__init__(f"No record{on} is issued in “{language}”.")
        self.language, self.version = language, version


class RecordInOtherLanguage(Invalid):
    def __init__(self, number: int, language: str) -> None:
        super().__init__(f"Record {number} is written in “{language}” alone.")
        self.number, self.language = number, language


def record(session: Session, wanted: Wanted, entry: Entry) -> IssuedRecord:
    """The record with the number that is named; else the last one in the language, and on the version if one is named,
    that tells of the whole workshop, and without one that of a session.

    Two statements at most. Raises NoSuchRecord, RecordInOtherLanguage, NoRecordIssued.
    """
    if wanted.record is not None:
        return _told(entry, _numbered(session, wanted.record, wanted.language, entry), wanted.zone)
    language = wanted.language or entry.draft.language
    rows = [
        row for row in records.of_draft(session, entry.draft.id)
        if row.issued_at is not None and row.language == language and wanted.version in (None, row.version)
    ]  # fmt: skip
    if not rows:
        raise NoRecordIssued(language, wanted.version)
    return _told(entry, _meant(rows), wanted.zone)


def _numbered(session: Session, number: int, language: str | None, entry: Entry) -> RecordDocument:
    row = records.find(session, entry.draft.id, number)
    if row.issued_at is None:
        raise NoSuchRecord(number)
    if language not in (None, row.language):
        raise RecordInOtherLanguage(number, row.language)
    return row


def _meant(rows: Sequence[RecordDocument]) -> RecordDocument:
    """The last of the kind that comes first."""
    return min(rows, key=lambda row: (FIRST.index(RecordKind(row.kind)), -row.number))


def _told(entry: Entry, row: RecordDocument, zone: tzinfo) -> IssuedRecord:
    issued: datetime = row.issued_at or row.saved_at
    return IssuedRecord(
        entry.draft.slug, row.number, row.kind, row.language, row.title, row.body, row.version,
        issued.astimezone(zone), row.sha256 or "",
    )  # fmt: skip
