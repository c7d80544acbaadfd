"""How a person wants to be told what is new, up to where they were told, and the private addresses of feeds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy import update as changing
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft
from app.store.events import Event
from app.store.users import Membership, User


class NoticeWish(Base):
    """How often letters come: `instant`, `daily` or `never`. Without a row: never. `stop_hash` is of the token in each
    letter that ends them."""

    __tablename__ = "notice_wishes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    frequency: Mapped[str] = mapped_column(String(10))
    stop_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("frequency IN ('instant', 'daily', 'never')", name="frequency_known"),)


class Notified(Base):
    """The last event of a draft that a person was told of by letter."""

    __tablename__ = "notified"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    event_number: Mapped[int]


class Feed(Base):
    """The private address of a draft's feed for one person; making another one ends the former."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("user_id", "draft_id"),)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody for whom it is time to look what is new. `next_at` is when it was to be: who changes it first has it."""

    user_id: int
    address: str
    language: str | None
    frequency: str
    next_at: datetime


def wish_of(session: Session, user_id: int) -> NoticeWish | None:
    return session.get(NoticeWish, user_id, populate_existing=True)


def wish_stopped_by(session: Session, stop_hash: str) -> NoticeWish | None:
    """The wish that the token in a letter ends."""
    return session.scalars(select(NoticeWish).where(NoticeWish.stop_hash == stop_hash)).first()


def set_wish(session: Session, user_id: int, frequency: str, next_at: datetime | None) -> None:
    wish = wish_of(session, user_id)
    if wish is None:
        session.add(NoticeWish(user_id=user_id, frequency=frequency, next_at=next_at))
    else:
        wish.frequency, wish.next_at = frequency, next_at
    session.flush()


def next_due(session: Session, now: datetime) -> Due | None:
    """Who has waited longest. Of those who are told at once only whoever something may be new for."""
    query = (
        select(User.id, User.email, User.language, NoticeWish.frequency, NoticeWish.next_at)
        .join(NoticeWish, NoticeWish.user_id == User.id)
        .where(
            NoticeWish.next_at <= now,
            NoticeWish.frequency != "never",
            User.email_confirmed_at.is_not(None),
            User.email.is_not(None),
            User.closed_at.is_(None),
            User.kind == "person",
            or_(NoticeWish.frequency == "daily", _is_behind()),
        )
        .order_by(NoticeWish.next_at, User.id)
        .limit(1)
    )
    found = session.execute(query).first()
    return Due(found[0], found[1] or "", *found[2:4], found[4] or now) if found else None


def _is_behind() -> ColumnElement[bool]:
    """Whether anything happened in a draft of the person since they were told last."""
    told = (
        select(Notified.event_number)
        .where(Notified.user_id == Membership.user_id, Notified.draft_id == Membership.draft_id)
        .correlate(Membership)
        .scalar_subquery()
    )
    last = select(func.max(Event.number)).where(Event.draft_id == Membership.draft_id).correlate(Membership)
    return exists().where(
        Membership.user_id == User.id, last.scalar_subquery() > func.coalesce(told, 0)
    ).correlate(User)  # fmt: skip


def claim(session: Session, due: Due, next_at: datetime | None, stop_hash: str) -> bool:
    """Put off when somebody is looked for next; whether no other process did so first. The token with this hash ends
    the letters from now on."""
    mine = and_(NoticeWish.user_id == due.user_id, NoticeWish.next_at == due.next_at)
    changed = session.execute(
        changing(NoticeWish).where(mine, NoticeWish.frequency == due.frequency)
        .values(next_at=next_at, stop_hash=stop_hash)
        .returning(NoticeWish.user_id).execution_options(synchronize_session=False)
    )  # fmt: skip
    return changed.first() is not None


def note_told(session: Session, user_id: int, up_to: Mapping[int, int]) -> None:
    """Of each draft a person was told everything up to an event; never goes back."""
    known = {one.draft_id: one for one in session.scalars(select(Notified).where(Notified.user_id == user_id))}
    for draft_id, number in up_to.items():
        if draft_id in known:
            known[draft_id].event_number = max(known[draft_id].event_number, number)
        else:
            session.add(Notified(user_id=user_id, draft_id=draft_id, event_number=number))
    session.flush()


def feed_of(session: Session, user_id: int, draft_id: int) -> Feed | None:
    return session.scalars(select(Feed).where(Feed.user_id == user_id, Feed.draft_id == draft_id)).first()


def feeds_of(session: Session, user_id: int) -> set[str]:
    """The drafts of which a person has a feed, by name."""
    query = select(Draft.slug).join(Feed, Feed.draft_id == Draft.id).where(Feed.user_id == user_id)
    return set(session.scalars(query))


def feed_at(session: Session, token_hash: str) -> tuple[Feed, str] | None:
    """The feed at a private address, with the name of its draft; none for an account that was closed."""
    query = (
        select(Feed, Draft.slug)
        .join(Draft, Draft.id == Feed.draft_id)
        .join(User, User.id == Feed.user_id)
        .where(Feed.token_hash == token_hash, User.closed_at.is_(None))
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def make_feed(session: Session, user_id: int, draft_id: int, token_hash: str, now: datetime) -> None:
    """A former one ends."""
    end_feed(session, user_id, draft_id)
    session.add(Feed(user_id=user_id, draft_id=draft_id, token_hash=token_hash, created_at=now))
    session.flush()


def end_feed(session: Session, user_id: int, draft_id: int) -> None:
    session.execute(delete(Feed).where(Feed.user_id == user_id, Feed.draft_id == draft_id))
