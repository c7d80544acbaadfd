"""Records of a session or of the whole workshop, and communiqués: edited until they are issued, then immutable."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, and_, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.amendments import LARGEST_NUMBER
from app.store.db import Base, UTCDateTime
from app.store.events import Event


class RecordDocument(Base):
    """A document in one language. `body` is Markdown; `revision` rises with every saving; `sha256` is that of the body
    as it was issued."""

    __tablename__ = "records"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # 1, 2, … within the draft
    kind: Mapped[str] = mapped_column(String(12))
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sittings.id"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int]  # of the draft, to which it refers
    revision: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    discarded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint("kind IN ('session', 'workshop', 'communique')", name="kind_known"),
        CheckConstraint("(kind = 'session') = (sitting_id IS NOT NULL)", name="session_named"),
        CheckConstraint("(issued_at IS NULL) = (sha256 IS NULL)", name="issued_with_fingerprint"),
    )


class NoSuchRecord(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no record {number} in this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> RecordDocument:
    """Raises NoSuchRecord."""
    if number > LARGEST_NUMBER:
        raise NoSuchRecord(number)
    asked = select(RecordDocument).where(
        RecordDocument.draft_id == draft_id, RecordDocument.number == number, RecordDocument.discarded_at.is_(None)
    )
    row = session.scalars(asked).first()
    if row is None:
        raise NoSuchRecord(number)
    return row


def of_draft(session: Session, draft_id: int) -> list[RecordDocument]:
    """Every record of a draft by number, without what was discarded."""
    asked = select(RecordDocument).where(RecordDocument.draft_id == draft_id, RecordDocument.discarded_at.is_(None))
    return list(session.scalars(asked.order_by(RecordDocument.number)))


def next_number(session: Session, draft_id: int) -> int:
    return (session.scalar(select(func.max(RecordDocument.number)).where(RecordDocument.draft_id == draft_id)) or 0) + 1


def submitted_during(session: Session, draft_id: int, spans: Collection[tuple[int, int | None]]) -> set[int]:
    """The numbers of the amendments that were submitted within stretches of the record: first and last event, None
    where it goes on."""
    within = [
        and_(Event.number >= first, Event.number <= last) if last is not None else Event.number >= first
        for first, last in spans
    ]
    asked = select(Event.facts).where(
        Event.draft_id == draft_id, Event.kind == "amendment_submitted", or_(false(), *within)
    )
    return {facts["amendment"] for facts in session.scalars(asked)}
