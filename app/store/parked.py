"""The parking lot: matters put aside in a session, with who takes care of them and until when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.db import Base, UTCDateTime


class ParkedMatter(Base):
    """A matter that is not settled where it came up. `owner_id` is an institution, `owner_words` anybody else."""

    __tablename__ = "parked_matters"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # 1, 2, … within the draft
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sittings.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    words: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    owner_words: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None]
    parked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    parked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_words: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the parking itself was undone

    __table_args__ = (UniqueConstraint("draft_id", "number"),)


class NoSuchMatter(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no matter {number} in the parking lot of this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> ParkedMatter:
    """Raises NoSuchMatter."""
    asked = select(ParkedMatter).where(
        ParkedMatter.draft_id == draft_id, ParkedMatter.number == number, ParkedMatter.withdrawn_at.is_(None)
    )
    row = session.scalars(asked).first()
    if row is None:
        raise NoSuchMatter(number)
    return row


def of_draft(session: Session, draft_id: int) -> list[ParkedMatter]:
    """What was parked, by number; without what was parked by mistake."""
    asked = select(ParkedMatter).where(ParkedMatter.draft_id == draft_id, ParkedMatter.withdrawn_at.is_(None))
    return list(session.scalars(asked.order_by(ParkedMatter.number)))


def next_number(session: Session, draft_id: int) -> int:
    return (session.scalar(select(func.max(ParkedMatter.number)).where(ParkedMatter.draft_id == draft_id)) or 0) + 1
