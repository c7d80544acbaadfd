"""The outbox: letters that are to go out by e-mail. They wait here while the mail server is down.

A letter that was sent, or given up, keeps no text and no address: only that it was.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime


class LetterRow(Base):
    """`kind` says what it is (invitation, way_back, confirm_address, digest, consultation); `due_at` when it is to be
    tried next; `tries` how often it was."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    unsubscribe: Mapped[str] = mapped_column(Text, default="")  # the address that ends such letters
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    problem: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name="state_known"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index("ix_letters_due", "state", "due_at"),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is written: `html` may be empty, `unsubscribe` too."""

    kind: str
    address: str
    subject: str
    text: str
    html: str = ""
    unsubscribe: str = ""


def put(session: Session, letter: Letter, now: datetime) -> None:
    """Lay a letter into the outbox, in the transaction of what it tells of."""
    session.add(
        LetterRow(
            kind=letter.kind, address=letter.address, subject=letter.subject, text=letter.text, html=letter.html,
            unsubscribe=letter.unsubscribe, due_at=now,
        )
    )  # fmt: skip
    session.flush()
