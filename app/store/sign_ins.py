"""Where people are signed in: a row for each browser, so that each can be seen and ended.

The browser keeps a token, the row only its hash. Days are kept and no moments: nothing here may tell when somebody
did something (design: people at risk).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.users import User

CHANNEL = "kelishim_record"
"""On which PostgreSQL says that open pages must be looked at again; SQLite needs no word."""


class SignIn(Base):
    """`device` is what the browser says it is, in a few words; `method` how the person proved who they are."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    method: Mapped[str] = mapped_column(String(12))
    device: Mapped[str] = mapped_column(String(120), default="")
    made_on: Mapped[date]
    seen_on: Mapped[date]
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint(
            "method IN ('password', 'totp', 'passkey', 'recovery', 'provider', 'invitation', 'guest')",
            name="method_known",
        ),
    )


def find(session: Session, token_hash: str, now: datetime, seen_since: date) -> tuple[SignIn, User] | None:
    """The open sign-in with this token, and whose it is: one statement."""
    found = session.execute(
        select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.token_hash == token_hash, User.closed_at.is_(None), *_is_open(now, seen_since))
    ).first()
    return (found[0], found[1]) if found else None


def of_person(session: Session, user_id: int, now: datetime, seen_since: date) -> list[SignIn]:
    """Where a person is signed in, the last seen first."""
    asked = select(SignIn).where(SignIn.user_id == user_id, *_is_open(now, seen_since))
    return list(session.scalars(asked.order_by(SignIn.seen_on.desc(), SignIn.id.desc())))


def see(session: Session, sign_in_id: int, day: date) -> None:
    session.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_on < day).values(seen_on=day))


def end(session: Session, user_id: int, at: datetime, *, only: int | None = None, but: int | None = None) -> int:
    """End those of a person: all, one `only`, or all `but` one. How many there were; open pages hear of it."""
    asked = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None)).values(ended_at=at)
    if only is not None:
        asked = asked.where(SignIn.id == only)
    if but is not None:
        asked = asked.where(SignIn.id != but)
    count = session.execute(asked.returning(SignIn.id)).all()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(CHANNEL, "")))
    return len(count)


def forget(session: Session, before: datetime) -> None:
    """Whatever ended before this is nobody's business any more."""
    session.execute(delete(SignIn).where((SignIn.ends_at < before) | (SignIn.ended_at < before)))


def _is_open(now: datetime, seen_since: date) -> tuple:  # type: ignore[type-arg]
    return SignIn.ended_at.is_(None), SignIn.ends_at > now, SignIn.seen_on >= seen_since
