"""Events: everything that changed state, in a hash chain per draft. Audit trail, feed and notices read this table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, and_, false, func, or_, select
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


@dataclass(frozen=True, slots=True)
class Told:
    """What a live update needs of an event."""

    draft_id: int
    number: int
    kind: str
    user_id: int | None
    facts: Mapping[str, Any]


def after(session: Session, seen: Mapping[int, int], limit: int) -> list[Told]:
    """The events of some drafts after the last one that was seen of each, by draft and number: `limit` at the most."""
    of_draft = [and_(Event.draft_id == draft_id, Event.number > number) for draft_id, number in seen.items()]
    rows = session.execute(
        select(Event.draft_id, Event.number, Event.kind, Event.user_id, Event.facts)
        .where(or_(false(), *of_draft))
        .order_by(Event.draft_id, Event.number)
        .limit(limit)
    )
    return [Told(*row) for row in rows]


def last_number(session: Session, draft_id: int) -> int:
    """The number of a draft's newest event; 0 before the first."""
    return session.scalar(select(func.max(Event.number)).where(Event.draft_id == draft_id)) or 0


def last_moment(session: Session, draft_id: int) -> datetime | None:
    """When the last thing that was recorded of a draft happened."""
    return session.scalar(select(func.max(Event.happened_at)).where(Event.draft_id == draft_id))


def hash_of(session: Session, draft_id: int, number: int) -> str:
    """The hash of an event, which names everything that was recorded up to it; empty where there is none."""
    return session.scalar(select(Event.hash).where(Event.draft_id == draft_id, Event.number == number)) or ""


def record(
    session: Session,
    draft: Draft,
    kind: str,
    /,
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
