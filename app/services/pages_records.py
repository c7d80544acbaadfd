"""What pages show of records: their list, one as it is read, and one that is edited still."""

from dataclasses import dataclass
from datetime import datetime

from app.services.pages import DraftHead
from app.services.pages_session import SessionHead


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record. `kind` session, workshop or communique; `session` the number of its session."""

    number: int
    kind: str
    session: int | None
    language: str
    title: str
    version: int
    revision: int
    saved_at: datetime
    issued_at: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """Issued records, the last first; for facilitators also those that are not issued, and the sessions that were
    opened, of which one can be written."""

    draft: DraftHead
    issued: tuple[RecordLine, ...]
    open: tuple[RecordLine, ...]
    sessions: tuple[SessionHead, ...]
    presiding: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record: its Markdown and the same as HTML. `newer`: a later one of the same that was issued."""

    draft: DraftHead
    record: RecordLine
    body: str
    html: str
    byte_count: int
    file_name: str
    newer: int | None
    presiding: bool
