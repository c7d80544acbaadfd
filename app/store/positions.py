"""Positions: an institution's stance on the exact text of a clause or an amendment. Every change is a new row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class Position(Base):
    """`text_sha256` binds it to the words it was given on; `stance` is a step of the scale, 1 the most in favour."""

    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    stance: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("(clause_id IS NULL) <> (amendment_id IS NULL)", name="about_one_thing"),
        CheckConstraint("stance BETWEEN 1 AND 9", name="stance_on_scale"),
        Index("ix_positions_clause", "clause_id", "institution_id"),
        Index("ix_positions_amendment", "amendment_id", "institution_id"),
    )
