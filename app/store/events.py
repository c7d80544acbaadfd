"""Events: everything that changed state, in a hash chain per draft. Audit trail, feed and notices read this table."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ScalarSelect,
    String,
    UniqueConstraint,
    and_,
    column,
    false,
    func,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app.domain.attribution import (
    CONTRIBUTIONS,
    DECLARED,
    TIMED,
    Mode,
    keeps_institution,
    keeps_person,
    strictest,
    told_at,
)
from app.domain.events import NO_PREVIOUS, RecordedEvent, fingerprint
from app.store import digests
from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft

_SITTINGS = table(
    "sittings", column("draft_id"), column("opened_at"), column("closed_at"), column("attribution")
)  # of `store.sittings`, which reads this table


OF_A_HASH = 16
"""So many characters of an event's hash tell it from every other."""
UNSEEN = {"synchronize_session": False}  # nobody reads it of the objects of the session


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
    digests: Mapped[dict[str, str] | None] = mapped_column(JSON, deferred=True)  # of the rows written with it
    salt: Mapped[str | None] = mapped_column(String(32), deferred=True)  # of these digests; not in the hash

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


def held_attribution(draft_id: int | InstrumentedAttribute[int]) -> ScalarSelect[str | None]:
    """The attribution of the session that is being held in a draft, as part of another statement."""
    held = _SITTINGS.c
    is_held = held.opened_at.is_not(None) & held.closed_at.is_(None)
    return select(held.attribution).where(held.draft_id == draft_id, is_held).limit(1).scalar_subquery()


def record(
    session: Session,
    draft: Draft,
    kind: str,
    made_in: Mode | None = Mode.NAMED,
    /,
    *,
    now: datetime,
    user_id: int | None,
    institution_id: int | None = None,
    **facts: Any,
) -> Event:
    """Chain one more event to a draft whose row this transaction holds (`drafts.lock`).

    What the attribution of the draft, or of the session that is being held, does not let be stored is left out here,
    whatever the caller gives: see `domain.attribution`. `made_in`: the mode in which what it is about was
    contributed, which may be stricter than what holds now; None: a facilitator did it in office, and stays named.
    """
    last, held = _last(session, draft)
    held = strictest(made_in or Mode.NAMED, held)
    mode = strictest(draft.attribution, held)
    if kind in CONTRIBUTIONS | DECLARED and made_in is not None:
        user_id = user_id if keeps_person(draft.attribution, held) else None
    if kind in CONTRIBUTIONS and made_in is not None:
        institution_id = institution_id if keeps_institution(draft.attribution, held) else None
    here = now.astimezone(session.info.get("zone", UTC))
    happened_at = now if kind in TIMED else told_at(mode, here, last.happened_at if last else None)
    number, previous_hash = (last.number + 1, last.hash) if last else (1, NO_PREVIOUS)
    salt = secrets.token_hex(16)
    written = digests.taken(session, salt)
    event = Event(
        draft_id=draft.id,
        number=number,
        kind=kind,
        user_id=user_id,
        institution_id=institution_id,
        facts=facts,
        happened_at=happened_at,
        previous_hash=previous_hash,
        hash=fingerprint(
            draft=draft.slug,
            number=number,
            kind=kind,
            user_id=user_id,
            institution_id=institution_id,
            facts=facts,
            happened_at=happened_at,
            previous_hash=previous_hash,
            digests=written,
        ),
        digests=written or None,
        salt=salt if written else None,
    )
    session.add(event)
    session.flush()
    tables = {key.partition(":")[0] for key in written}
    before = (session.scalar(select(Draft.written).where(Draft.id == draft.id)) or {}) if tables else {}
    changed = {"written": before | dict.fromkeys(sorted(tables), event.hash[:OF_A_HASH])} if tables else {}
    stored = update(Draft).where(Draft.id == draft.id).values(last_hash=event.hash, **changed)
    session.execute(stored, execution_options=UNSEEN)
    return event


def _last(session: Session, draft: Draft) -> tuple[Event | None, str | None]:
    """The newest event of a draft, and the attribution of the session that is being held in it."""
    found = session.execute(
        select(Event, held_attribution(draft.id))
        .where(Event.draft_id == draft.id)
        .order_by(Event.number.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else (None, None)


def chain(session: Session, draft: Draft) -> list[RecordedEvent]:
    """Everything that was recorded of a draft, in order, with the digests of what was written."""
    columns = (
        Event.number, Event.kind, Event.user_id, Event.institution_id, Event.facts, Event.happened_at,
        Event.previous_hash, Event.hash, Event.digests, Event.salt,
    )  # fmt: skip
    rows = session.execute(select(*columns).where(Event.draft_id == draft.id).order_by(Event.number))
    return [
        RecordedEvent(
            draft.slug, number, kind, user_id, institution_id, facts, happened_at, previous_hash, said, digested or {},
            salt or "",
        )
        for number, kind, user_id, institution_id, facts, happened_at, previous_hash, said, digested, salt in rows
    ]  # fmt: skip


def newest_hash(session: Session, draft_id: int) -> str | None:
    """The hash of the newest event as the draft itself says it; None where nothing was recorded since it says so."""
    return session.scalar(select(Draft.last_hash).where(Draft.id == draft_id))


def any_of(session: Session, draft_id: int, kinds: Collection[str]) -> bool:
    """Whether anything of these kinds was recorded in a draft."""
    asked = select(Event.id).where(Event.draft_id == draft_id, Event.kind.in_(kinds))
    return session.scalar(asked.limit(1)) is not None
