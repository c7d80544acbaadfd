"""The people of an installation: a list to search in, and who of them are its administrators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.store.users import Membership, User

MOST = 200
"""So many people a page lists; more are found by searching."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A person and in how many drafts they are."""

    user: User
    drafts: int


def like(session: Session, words: str) -> list[Counted]:
    """The people whose name, sign-in name or address has these words in it, by name: one more than MOST at the most."""
    drafts = select(func.count(Membership.id)).where(Membership.user_id == User.id).scalar_subquery()
    asked = select(User, drafts).where(User.kind == "person")
    for word in words.replace("\0", "").split():
        asked = asked.where(
            or_(*(column.icontains(word, autoescape=True) for column in (User.full_name, User.name, User.email_key)))
        )
    rows = session.execute(asked.order_by(User.full_name, User.id).limit(MOST + 1))
    return [Counted(user, count) for user, count in rows]


def find(session: Session, user_id: int) -> User | None:
    """A person's account, no guest's."""
    return session.scalars(select(User).where(User.id == user_id, User.kind == "person")).first()


def close(session: Session, user_id: int, now: datetime) -> None:
    session.execute(update(User).where(User.id == user_id, User.closed_at.is_(None)).values(closed_at=now))


def administrators(session: Session) -> list[int]:
    """Who administers the installation, their rows held: two who step back at once do not leave nobody."""
    asked = select(User.id).where(User.is_administrator, User.closed_at.is_(None))
    return list(session.scalars(asked.order_by(User.id).with_for_update()))
