"""Reservations and explanations of position: what an institution has printed with a clause.

A withdrawn one is kept.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.db import Base, UTCDateTime


class Explanation(Base):
    """What an institution attaches to a clause, on a version and the words it had there (`text_sha256`)."""

    __tablename__ = "explanations"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_for: Mapped[bool] = mapped_column(default=False)  # by a facilitator, from paper or by word of mouth
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (CheckConstraint("kind IN ('reservation', 'explanation')", name="kind_known"),)


class NoSuchExplanation(NotFound):
    def __init__(self) -> None:
        super().__init__("This reservation or explanation is not in the draft.")


def find(session: Session, draft_id: int, explanation_id: int) -> Explanation:
    """Raises NoSuchExplanation."""
    asked = select(Explanation).where(Explanation.draft_id == draft_id, Explanation.id == explanation_id)
    row = session.scalars(asked).first()
    if row is None:
        raise NoSuchExplanation
    return row


def of_draft(session: Session, draft_id: int) -> list[Explanation]:
    """Every one ever attached in a draft, in the order they were."""
    return list(session.scalars(select(Explanation).where(Explanation.draft_id == draft_id).order_by(Explanation.id)))


def count(session: Session, draft_id: int) -> int:
    """How many are printed."""
    standing = Explanation.draft_id == draft_id, Explanation.withdrawn_at.is_(None)
    return session.scalar(select(func.count()).select_from(Explanation).where(*standing)) or 0


def of_clause(session: Session, clause_id: str) -> list[Explanation]:
    """Those of one clause, the withdrawn among them."""
    asked = select(Explanation).where(Explanation.clause_id == clause_id).order_by(Explanation.id)
    return list(session.scalars(asked))
