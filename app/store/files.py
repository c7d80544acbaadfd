"""Files kept for good under the SHA-256 of what is in them: the same bytes are stored once, in pieces, so that a large
file is neither written nor read in one."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base

PIECE_BYTES = 1024 * 1024
"""The most that is read or written at once."""
BYTES_IN_MEMORY = 8 * PIECE_BYTES
"""A file that is larger waits on the disk until its SHA-256 is known."""


class File(Base):
    """What is known of a file beside its bytes."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    byte_count: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120))

    __table_args__ = (CheckConstraint("byte_count >= 0", name="byte_count_from_none"),)


class FilePiece(Base):
    """A stretch of a file; an empty file has none."""

    __tablename__ = "file_pieces"

    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # 0, 1, 2, …
    data: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`sha256` is in hexadecimal."""

    sha256: str
    byte_count: int
    media_type: str = ""


def keep(session: Session, pieces: Iterable[bytes], media_type: str) -> StoredFile:
    """Keep a file; one that is kept already stays as it is, with the type it was kept under first."""
    with tempfile.SpooledTemporaryFile(BYTES_IN_MEMORY) as waiting:
        digest = hashlib.sha256()
        byte_count = 0
        for piece in pieces:
            digest.update(piece)
            byte_count += len(piece)
            waiting.write(piece)
        kept = StoredFile(digest.hexdigest(), byte_count, media_type)
        if _is_new(session, kept):
            waiting.seek(0)
            _write(session, kept.sha256, waiting)
    return kept


def pieces(session: Session, sha256: str) -> Iterator[bytes]:
    """The bytes of a file, read as they are asked for, no cursor held in between; of one that is not kept none."""
    found = find(session, sha256)
    for position in range(-(-found.byte_count // PIECE_BYTES) if found else 0):
        asked = select(FilePiece.data).where(FilePiece.sha256 == sha256, FilePiece.position == position)
        yield session.scalars(asked).one()


def find(session: Session, sha256: str) -> StoredFile | None:
    """What is kept under this SHA-256."""
    row = session.execute(
        select(File.sha256, File.byte_count, File.media_type).where(File.sha256 == sha256.lower())
    ).first()
    return StoredFile(*row) if row else None


def _is_new(session: Session, file: StoredFile) -> bool:
    """Whether this transaction is the one that keeps it; another one that does so at this moment is waited for."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    stored = session.execute(
        dialect.insert(File)
        .values(sha256=file.sha256, byte_count=file.byte_count, media_type=file.media_type)
        .on_conflict_do_nothing()
        .returning(File.sha256)
    )
    return stored.first() is not None


def _write(session: Session, sha256: str, source: IO[bytes]) -> None:
    position = 0
    while piece := source.read(PIECE_BYTES):
        session.execute(insert(FilePiece).values(sha256=sha256, position=position, data=piece))
        position += 1
