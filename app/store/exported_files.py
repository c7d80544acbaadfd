"""Files made of versions, kept under the key of what they were made of, so that they are made once.

What is kept is no more than a cache: nothing is lost when it is taken out. The bytes stand in `files`, which
publications keep for good; those that nothing names any more go.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, Text, delete, exists, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft, Version, VersionText
from app.store.events import Event
from app.store.files import File, FilePiece
from app.store.institutions import InstitutionName
from app.store.jobs import ExportJob
from app.store.publications import PublicationFile
from app.store.users import Membership, User

NOTED_EVERY = timedelta(hours=1)
"""That a file was fetched is noted this often at the most, so that fetching rarely writes."""


class ExportedFile(Base):
    __tablename__ = "exported_files"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    file_name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    fetched_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is there to be fetched."""

    file_name: str
    media_type: str
    sha256: str
    byte_count: int
    made_at: datetime
    fetched_at: datetime


def made(session: Session, keys: Collection[str]) -> dict[str, Made]:
    """Those that are there, by key."""
    rows = session.execute(
        select(ExportedFile, File.byte_count)
        .join(File, File.sha256 == ExportedFile.sha256)
        .where(ExportedFile.key.in_(keys))
    )
    return {
        row.key: Made(row.file_name, row.media_type, row.sha256, size, row.made_at, row.fetched_at)
        for row, size in rows
    }


def add(session: Session, key: str, draft_id: int, file_name: str, media_type: str, sha256: str, now: datetime) -> None:
    """Keep a file under its key; where another process was first, its row stays."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(ExportedFile)
        .values(
            key=key, draft_id=draft_id, file_name=file_name, media_type=media_type, sha256=sha256, made_at=now,
            fetched_at=now,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip


def note_fetched(session: Session, key: str, now: datetime) -> None:
    session.execute(update(ExportedFile).where(ExportedFile.key == key).values(fetched_at=now))


def prune(session: Session, most_files: int, most_bytes: int) -> int:
    """Keep only what was fetched last, within both bounds; the bytes of the rest go where nothing else names them. How
    many were taken out."""
    rows = session.execute(
        select(ExportedFile.key, File.byte_count)
        .join(File, File.sha256 == ExportedFile.sha256)
        .order_by(ExportedFile.fetched_at.desc(), ExportedFile.key)
    ).all()
    kept_bytes, out = 0, []
    for number, (key, byte_count) in enumerate(rows):
        kept_bytes += byte_count
        if number >= most_files or kept_bytes > most_bytes:
            out.append(key)
    if out:
        session.execute(delete(ExportedFile).where(ExportedFile.key.in_(out)))
    _forget_unnamed(session)
    return len(out)


def _forget_unnamed(session: Session) -> None:
    """Take out the bytes that neither a publication, nor a job, nor a key names. Who keeps a file at this moment is
    waited for: it may be one of these. (On SQLite there is one writer at a time.)"""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE files IN SHARE ROW EXCLUSIVE MODE"))
    named = [exists().where(one.sha256 == File.sha256) for one in (PublicationFile, ExportJob, ExportedFile)]
    gone = list(session.scalars(select(File.sha256).where(~named[0], ~named[1], ~named[2])))
    if gone:
        session.execute(delete(FilePiece).where(FilePiece.sha256.in_(gone)))
        session.execute(delete(File).where(File.sha256.in_(gone)))


def begin_reading(session: Session) -> None:
    """Start a transaction that sees the database as it is now, to its end: as SQLite's always do. A file must follow
    from what its key names, and from nothing that comes in between."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def text_sizes(session: Session, draft_id: int, number: int) -> dict[str, int]:
    """How many bytes a version has, by the languages it is written in."""
    rows = session.execute(
        select(VersionText.language, VersionText.byte_count)
        .join(Version, Version.id == VersionText.version_id)
        .where(Version.draft_id == draft_id, Version.number == number)
    )
    return {row.language: row.byte_count for row in rows}


def names_behind(session: Session, draft: Draft) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What people and institutions are called, which no event of the draft records."""
    acted = select(Event.user_id).where(Event.draft_id == draft.id)
    member = select(Membership.user_id).where(Membership.draft_id == draft.id)
    people = session.execute(
        select(User.id, User.name, User.full_name).where(User.id.in_(acted) | User.id.in_(member)).order_by(User.id)
    )
    institutions = session.execute(
        select(InstitutionName.institution_id, InstitutionName.language, InstitutionName.name).order_by(
            InstitutionName.institution_id, InstitutionName.language
        )
    )
    return [tuple(row) for row in people], [tuple(row) for row in institutions]


def byte_counts(session: Session, sha256s: Collection[str | None]) -> dict[str, int]:
    """How many bytes the files of these fingerprints have."""
    rows = session.execute(select(File.sha256, File.byte_count).where(File.sha256.in_([one for one in sha256s if one])))
    return {row.sha256: row.byte_count for row in rows}


def kept_altogether(session: Session) -> tuple[int, int]:
    """How many files are kept, and of how many bytes together."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(File.byte_count), 0))
        .select_from(ExportedFile)
        .join(File, File.sha256 == ExportedFile.sha256)
    ).one()
    return row[0], int(row[1])
