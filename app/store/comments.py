"""Comments and their replies, on a clause or on an amendment."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class Comment(Base):
    """`version` is the one it was made on; `quote` the words it is about, at `quote_start` of the body then."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text, default="")
    quote_start: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("(clause_id IS NULL) <> (amendment_id IS NULL)", name="about_one_thing"),
        CheckConstraint(
            "kind IN ('comment', 'question', 'position', 'drafting', 'experience', 'proposal', 'advice', 'support',"
            " 'reservation', 'concern', 'parking_lot')",
            name="kind_known",
        ),
        CheckConstraint("length(body) > 0", name="body_not_empty"),
        Index("ix_comments_draft", "draft_id", "created_at"),
    )
