"""Small groups: some institutions with a range of clauses of their own, who report back with amendments."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.db import Base, UTCDateTime


class SmallGroup(Base):
    """A group and its task. `clauses` are ids, each with all below it; `members` are ids of institutions; `amendments`
    the numbers of those it reported back with."""

    __tablename__ = "small_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # 1, 2, … within the draft
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sittings.id"))
    name: Mapped[str] = mapped_column(Text)
    task: Mapped[str] = mapped_column(Text, default="")
    clauses: Mapped[list[str]] = mapped_column(JSON)
    members: Mapped[list[int]] = mapped_column(JSON)
    rapporteur_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    formed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    formed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    report: Mapped[str] = mapped_column(Text, default="")
    amendments: Mapped[list[Any]] = mapped_column(JSON)
    reported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dissolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("draft_id", "number"),)


class NoSuchGroup(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no small group {number} in this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> SmallGroup:
    """Raises NoSuchGroup."""
    row = session.scalars(
        select(SmallGroup).where(SmallGroup.draft_id == draft_id, SmallGroup.number == number)
    ).first()
    if row is None:
        raise NoSuchGroup(number)
    return row


def of_draft(session: Session, draft_id: int) -> list[SmallGroup]:
    """Every small group of a draft, by number."""
    return list(session.scalars(select(SmallGroup).where(SmallGroup.draft_id == draft_id).order_by(SmallGroup.number)))


def next_number(session: Session, draft_id: int) -> int:
    return (session.scalar(select(func.max(SmallGroup.number)).where(SmallGroup.draft_id == draft_id)) or 0) + 1
