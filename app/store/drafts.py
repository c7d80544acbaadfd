"""Drafts, their versions, and their clauses: a clause text is stored once and valid from one version to another."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime

POSITION = String(200).with_variant(String(200, collation="C"), "postgresql")
"""Fractional keys compare byte by byte on both databases."""


class Draft(Base):
    """A proposed law being worked on. `language` is the authentic one."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    attribution: Mapped[str] = mapped_column(String(20), default="named")
    scale: Mapped[list[list[str]] | None] = mapped_column(JSON)  # (name, meaning) by step; None: the usual scale
    days_off: Mapped[list[str] | None] = mapped_column(JSON)  # holidays as ISO dates, for deadlines
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_hash: Mapped[str | None] = mapped_column(String(64), deferred=True)  # of the newest event: tells if it is gone
    written: Mapped[dict[str, str] | None] = mapped_column(JSON, default=dict)  # by table, the event that wrote it last

    __table_args__ = (
        CheckConstraint("attribution IN ('named', 'institution_only', 'unattributed')", name="attribution_known"),
    )


class Version(Base):
    """An immutable text of a draft, numbered 1, 2, 3…"""

    __tablename__ = "versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]
    made_from: Mapped[int | None]  # the number of the version it was made from
    revokes: Mapped[int | None]  # the version it takes back, restoring the text before that
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("made_from < number", name="made_from_earlier"),
        CheckConstraint("revokes IS NULL OR revokes >= 1", name="revokes_a_version"),
    )


class VersionText(Base):
    """One language of a version: the fingerprint and size of its Markdown."""

    __tablename__ = "version_texts"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    byte_count: Mapped[int]


class ClauseIdentity(Base):
    """The permanent opaque id of a clause. Comments, positions, amendments and provenance hang on it."""

    __tablename__ = "clauses"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)


class ClauseText(Base):
    """How a clause reads in one language from `first_version` to `last_version` (None: still).

    `position` orders the clauses of a version as text; `origins` says where each word comes from; `html` is its body
    rendered once.
    """

    __tablename__ = "clause_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"))
    language: Mapped[str] = mapped_column(String(8))
    first_version: Mapped[int]
    last_version: Mapped[int | None]
    position: Mapped[str] = mapped_column(POSITION)
    kind: Mapped[str] = mapped_column(String(20))
    depth: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    lead: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    tail: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))  # of lead + body + tail
    origins: Mapped[list[list[object]]] = mapped_column(JSON)
    html: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("clause_id", "language", "first_version"),
        CheckConstraint("last_version IS NULL OR last_version >= first_version", name="validity_forward"),
        Index("ix_clause_texts_reading", "draft_id", "language", "first_version", "last_version"),
        Index("ix_clause_texts_clause", "clause_id", "language"),
        Index(
            "ix_clause_texts_standing",
            "draft_id",
            "language",
            "position",
            "depth",
            postgresql_where=text("last_version IS NULL"),
            sqlite_where=text("last_version IS NULL"),
        ),  # partial: PostgreSQL does not walk one along positions whose column before is IS NULL
    )


class Publication(Base):
    """A version issued to the outside under a permanent address. `language` is the first of those it is issued in, and
    `sha256` that of the Markdown in it; title pages and files stand in `store.publications`."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    visibility: Mapped[str] = mapped_column(String(10), default="public")
    token: Mapped[str | None] = mapped_column(String(64), unique=True)  # of its address by link, once it had one
    former: Mapped[int | None]  # the number of the publication that its files compare it with
    agreement: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # how much was agreed when it was published
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_because: Mapped[str] = mapped_column(Text, default="", server_default="")

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint("visibility IN ('public', 'link', 'members')", name="visibility_known"),
        CheckConstraint("visibility != 'link' OR token IS NOT NULL", name="link_with_token"),
        CheckConstraint("former < number", name="former_before"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_because != ''", name="withdrawn_with_reason"),
    )
