"""Amendments as edits to a base version. Carrying one onto a new version adds edits for it and keeps the former."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class AmendmentRow(Base):
    """A proposal by an institution to change one or more clauses of one version."""

    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # A1, A2, … within the draft
    language: Mapped[str] = mapped_column(String(8))
    made_on: Mapped[int]  # the version it was proposed on
    base_version: Mapped[int]  # the version its current edits start from
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str] = mapped_column(Text, default="")
    rationale: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    carried: Mapped[str | None] = mapped_column(String(20))  # outcome of the last carrying
    settled_version: Mapped[int | None]  # the version that adopted or did not adopt it
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn', 'taken_up', 'adopted', 'adopted_in_part', 'not_adopted',"
            " 'superseded')",
            name="state_known",
        ),
        CheckConstraint(
            "carried IS NULL OR carried IN ('unchanged', 'shifted', 'incorporated', 'needs_author')",
            name="carried_known",
        ),
        CheckConstraint("base_version >= made_on", name="base_not_earlier"),
    )


class EditRow(Base):
    """One edit of an amendment, as it applies to one base version. `old` holds the words it starts from."""

    __tablename__ = "edits"

    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), primary_key=True)
    base_version: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    start: Mapped[int | None]
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str | None] = mapped_column(String(10))
    anchor_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))

    __table_args__ = (
        CheckConstraint(
            "kind IN ('replace_words', 'restate', 'insert', 'delete', 'move', 'relabel')", name="kind_known"
        ),
        CheckConstraint("place IS NULL OR place IN ('after', 'inside')", name="place_known"),
    )
