"""In what condition the database is: what it is, how large, whether it is whole, and what waits in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.store.events import Event
from app.store.jobs import FAILED, RUNNING, WAITING, ExportJob
from app.store.letters import LetterRow
from app.store.users import User

UNREADABLE = (DBAPIError,)
"""What the database raises where it cannot be reached or is none."""


@dataclass(frozen=True, slots=True)
class System:
    """`sqlite` or `postgresql` and its version, as numbers."""

    kind: str
    version: tuple[int, ...]


def system(session: Session) -> System:
    """Raises one of UNREADABLE where it cannot be reached."""
    dialect = session.connection().dialect
    return System(dialect.name, tuple(map(int, (dialect.server_version_info or ())[:3])))


def can_be_read(session: Session) -> bool:
    """Whether there is a database of ours that answers."""
    try:
        return bool(revisions(session))
    except DBAPIError:
        return False


def revisions(session: Session) -> list[str]:
    """Which migration the tables are at; none where there are no tables. Raises one of UNREADABLE."""
    return list(session.scalars(text("SELECT version_num FROM alembic_version")))


def tables(session: Session) -> set[str]:
    """The names of the tables there are. Raises one of UNREADABLE."""
    return set(inspect(session.connection()).get_table_names())


def size(session: Session) -> int:
    """Bytes."""
    if session.connection().dialect.name == "sqlite":
        pages = session.scalar(text("PRAGMA page_count")) or 0
        return int(pages * (session.scalar(text("PRAGMA page_size")) or 0))
    return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def problems(session: Session) -> list[str]:
    """What SQLite finds broken in its file, and rows that lead nowhere; nothing on PostgreSQL, which checks itself."""
    if session.connection().dialect.name != "sqlite":
        return []
    found = [str(line) for line in session.scalars(text("PRAGMA quick_check(5)")) if line != "ok"]
    lost = sorted({str(row[0]) for row in session.execute(text("PRAGMA foreign_key_check"))})
    return found + [f"rows of {name} lead nowhere" for name in lost]


def newest_moment(session: Session) -> datetime | None:
    """When the newest event is said to have happened."""
    return session.scalar(select(func.max(Event.happened_at)))


def administrators(session: Session) -> int:
    """How many open accounts administer the installation."""
    asked = select(func.count(User.id)).where(User.is_administrator, User.closed_at.is_(None))
    return session.scalar(asked) or 0


def stuck_letters(session: Session, now: datetime, late: timedelta) -> int:
    """How many letters have been due for so long."""
    asked = select(func.count(LetterRow.id)).where(LetterRow.state == "waiting", LetterRow.due_at < now - late)
    return session.scalar(asked) or 0


def stuck_jobs(session: Session, now: datetime, late: timedelta) -> int:
    """How many files have been waited for that long."""
    asked = select(func.count(ExportJob.id)).where(
        ExportJob.state.in_((WAITING, RUNNING)), ExportJob.asked_at < now - late
    )
    return session.scalar(asked) or 0


def jobs_by_state(session: Session) -> dict[str, int]:
    """How many files wait, are being made, and failed."""
    rows = session.execute(select(ExportJob.state, func.count()).group_by(ExportJob.state))
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in (WAITING, RUNNING, FAILED)}


def events_told(session: Session) -> int:
    """How many events hold the person whose they are, and so their moment anyway. To see when another one is recorded
    would be to see when somebody contributed who is not to be known."""
    return session.scalar(select(func.count(Event.id)).where(Event.user_id.is_not(None))) or 0


def why_unreadable(error: Exception) -> str:
    """What the database itself says, in one line; without an address, which may hold a password."""
    cause = getattr(error, "orig", None)
    said = str(cause or "").strip().splitlines()
    return said[0] if said else type(error).__name__
