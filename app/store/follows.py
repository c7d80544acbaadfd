"""What a person follows, and up to where they have seen what happened."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class Follow(Base):
    """A clause that a person follows with all below it; without a clause the whole draft."""

    __tablename__ = "follows"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("user_id", "draft_id", "clause_id"),)


class Visit(Base):
    """The last event of a draft that a person has seen; what came later is new for them."""

    __tablename__ = "visits"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    event_number: Mapped[int]
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("event_number >= 0", name="event_number_not_negative"),)
