"""How often something was tried in a stretch of time: shared by all processes, forgotten afterwards.

A key is a keyed hash of what was tried and by whom, so that the table tells nobody's name or address.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, case, delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime


class Attempt(Base):
    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    count: Mapped[int]

    __table_args__ = (CheckConstraint("count >= 1", name="count_from_one"),)


def add(session: Session, key: str, *, fresh_since: datetime, most: int, now: datetime) -> tuple[int, datetime]:
    """One more try: the how manieth, and since when it is counted. What was counted from before `fresh_since` begins
    anew; beyond `most` nothing is counted further, so that trying on does not prolong anything."""
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(Attempt)
    is_old = Attempt.since <= fresh_since
    on = insert.values(key=key, since=now, count=1).on_conflict_do_update(
        index_elements=["key"],
        set_={
            "since": case((is_old, literal(now, UTCDateTime)), else_=Attempt.since),
            "count": case((is_old, 1), (Attempt.count > most, Attempt.count), else_=Attempt.count + 1),
        },
    )
    count, since = session.execute(on.returning(Attempt.count, Attempt.since)).one()
    return count, since


def take_back(session: Session, key: str) -> None:
    """One try the less; of the last one nothing is left that says when it was."""
    session.execute(delete(Attempt).where(Attempt.key == key, Attempt.count == 1))
    session.execute(update(Attempt).where(Attempt.key == key).values(count=Attempt.count - 1))


def clear(session: Session, key: str) -> None:
    session.execute(delete(Attempt).where(Attempt.key == key))


def forget(session: Session, before: datetime, most: int | None = None) -> None:
    """What is counted from before a moment; `most`: no more of it at once, so that nobody waits for it."""
    old = select(Attempt.key).where(Attempt.since < before).order_by(Attempt.since).limit(most)
    session.execute(delete(Attempt).where(Attempt.key.in_(old)))
