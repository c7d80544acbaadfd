"""Whether anybody was here before: the first administrator is made once."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.store.settings import Setting
from app.store.users import User

DONE = "first_run_done"


def is_over(session: Session) -> bool:
    """Somebody has an account, or had one."""
    anybody, done = exists().select_from(User), exists().where(Setting.name == DONE)
    return bool(session.scalar(select(anybody | done)))


def take(session: Session, now: datetime) -> bool:
    """Make it one's own: of two at once only one does."""
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(Setting)
    taken = insert.values(name=DONE, value=now.date().isoformat()).on_conflict_do_nothing().returning(Setting.name)
    return session.execute(taken).first() is not None
