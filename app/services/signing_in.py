"""Being signed in: begun with a token for the browser, found by it, ended here or from afar.

A moment is never kept, only days: what is stored of a sign-in cannot be laid beside a contribution.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.services.tokens import hash_of_token, new_token
from app.store import sign_ins
from app.store.db import begin_writing

LASTS, UNSEEN = timedelta(days=30), timedelta(days=14)
"""A sign-in ends after this long, and when nobody came by it for so long."""
LONGEST_DEVICE, LONGEST_TOKEN = 120, 200


class NoSuchSignIn(NotFound):
    def __init__(self) -> None:
        super().__init__("This sign-in has ended already.")


@dataclass(frozen=True, slots=True)
class Person:
    """Whose account it is. A guest's is that of a link."""

    id: int
    name: str
    full_name: str
    kind: str = "person"
    is_administrator: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A sign-in that has not ended."""

    id: int
    method: str
    device: str
    made_on: date
    seen_on: date
    ends_on: date


def begin(
    session: Session, *, user_id: int, method: str, device: str, now: datetime, ends_at: datetime | None = None
) -> str:
    """A new sign-in in a transaction of its own; its token, which nobody can find again. `now` in the time of the
    installation's place, whose days are kept. `ends_at`: earlier than usual, as a guest's."""
    begin_writing(session)
    token = new_token()
    session.add(
        sign_ins.SignIn(
            user_id=user_id, token_hash=hash_of_token(token), method=method, device=device[:LONGEST_DEVICE],
            made_on=now.date(), seen_on=now.date(), ends_at=ends_at or _midnight(now) + LASTS + timedelta(days=1),
        )
    )  # fmt: skip
    sign_ins.forget(session, _midnight(now) - LASTS)
    session.commit()
    return token


def who(session: Session, token: str, now: datetime) -> tuple[Open, Person] | None:
    """The open sign-in with this token and its person, in one statement; None where it has ended or never was."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    found = sign_ins.find(session, hash_of_token(token), now, _seen_since(now))
    if found is None:
        return None
    row, user = found
    return _open(row, now), Person(user.id, user.name, user.full_name, user.kind, user.is_administrator)


def see(session: Session, sign_in: Open, now: datetime) -> None:
    """Write down that somebody came by it today. Only the first time of a day is there anything to write."""
    if sign_in.seen_on < now.date():
        begin_writing(session)
        sign_ins.see(session, sign_in.id, now.date())
        session.commit()


def listed(session: Session, user_id: int, now: datetime) -> tuple[Open, ...]:
    """Where a person is signed in, the last seen first."""
    return tuple(_open(row, now) for row in sign_ins.of_person(session, user_id, now, _seen_since(now)))


def end(session: Session, *, user_id: int, sign_in_id: int, now: datetime) -> None:
    """End one of a person's sign-ins. Raises NoSuchSignIn for somebody else's as for one that has ended."""
    begin_writing(session)
    if not sign_ins.end(session, user_id, _midnight(now), only=sign_in_id):
        raise NoSuchSignIn
    session.commit()


def end_all(session: Session, user_id: int, *, now: datetime, but: int | None = None) -> int:
    """End all of a person's sign-ins, or all but one, in the caller's transaction; how many there were."""
    return sign_ins.end(session, user_id, _midnight(now), but=but)


def end_others(session: Session, *, user_id: int, but: int | None, now: datetime) -> int:
    """The same as a deed of its own."""
    begin_writing(session)
    count = end_all(session, user_id, now=now, but=but)
    session.commit()
    return count


def _open(row: sign_ins.SignIn, now: datetime) -> Open:
    ends_on = min(row.ends_at.astimezone(now.tzinfo).date(), row.seen_on + UNSEEN)
    return Open(row.id, row.method, row.device, row.made_on, row.seen_on, ends_on)


def _seen_since(now: datetime) -> date:
    return now.date() - UNSEEN


def _midnight(now: datetime) -> datetime:
    """The day alone."""
    return datetime.combine(now.date(), time(), now.tzinfo)
