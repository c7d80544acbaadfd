"""Events: everything that changed state, in a hash chain per draft. Audit trail, feed and notices read this table."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.events import NO_PREVIOUS, fingerprint
from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    happened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        UniqueConstraint("draft_id", "previous_hash"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )


def last_of(session: Session, draft_id: int, kinds: Collection[str]) -> Event | None:
    """The newest event of these kinds."""
    asked = select(Event).where(Event.draft_id == draft_id, Event.kind.in_(kinds))
    return session.scalars(asked.order_by(Event.number.desc()).limit(1)).first()


def record(
    session: Session,
    draft: Draft,
    kind: str,
    *,
    now: datetime,
    user_id: int | None,
    institution_id: int | None = None,
    **facts: Any,
) -> Event:
    """Chain one more event to a draft whose row this transaction holds (`drafts.lock`)."""
    last = session.scalars(
        select(Event).where(Event.draft_id == draft.id).order_by(Event.number.desc()).limit(1)
    ).first()
    number, previous_hash = (last.number + 1, last.hash) if last else (1, NO_PREVIOUS)
    event = Event(
        draft_id=draft.id,
        number=number,
        kind=kind,
        user_id=user_id,
        institution_id=institution_id,
        facts=facts,
        happened_at=now,
        previous_hash=previous_hash,
        hash=fingerprint(
            draft=draft.slug,
            number=number,
            kind=kind,
            user_id=user_id,
            institution_id=institution_id,
            facts=facts,
            happened_at=now,
            previous_hash=previous_hash,
        ),
    )
    session.add(event)
    session.flush()
    return event
