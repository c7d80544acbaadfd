"""The database: declarative base, naming of constraints, how a connection is opened, how writing is serialised."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.store import failing, waiting

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 15.0
"""How long a writer waits for another one on SQLite before the page says that the database is busy."""

CONNECT_SECONDS = 5


class Base(DeclarativeBase):
    """Every row's base. Constraints have names, so that a migration can change them on both databases."""

    metadata = MetaData(naming_convention=NAMING)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python on both databases (SQLite itself forgets time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})


def prepare(engine: Engine) -> None:
    """Give SQLite write-ahead logging, foreign keys and explicit transactions, and have it overwrite what is deleted.
    PostgreSQL needs nothing for the first three and cannot do the last: there `VACUUM` frees what was deleted."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "checkout", _same_file)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "do_connect", waiting.connect)
    failing.watch(engine)


def options(url: str) -> dict[str, Any]:
    """How an engine keeps its connections: one that was lost while nobody used it is opened anew before it is used, and
    a PostgreSQL that does not answer is not waited for longer than a reader would."""
    if url.startswith("sqlite"):
        return {}
    return {"pool_pre_ping": True, "pool_use_lifo": True, "connect_args": {"connect_timeout": CONNECT_SECONDS}}


WRITES = "has taken the write lock or written"
"""Set in a session until its transaction ends."""


def is_writing(session: Session) -> bool:
    """Whether what the session reads may be its own, which can still be taken back."""
    return bool(session.info.get(WRITES))


def begin_writing(session: Session) -> None:
    """Start the transaction of a use case that writes; on SQLite it takes the write lock at once.

    A read transaction that later writes could fail half-way on SQLite; ending it first makes writers queue instead.
    """
    session.rollback()
    session.info[WRITES] = True
    session.connection(execution_options={"writing": True})


def today(session: Session) -> date:
    """The day it is at the installation's place, whose time the session knows as `zone` (UTC where it does not)."""
    return datetime.now(session.info.get("zone", UTC)).date()


def _open_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    record.info["file"] = file, _identity(file)


def _same_file(_connection: sqlite3.Connection, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A file that was removed or replaced can be written for ever by whoever has it open, and nobody reads it again."""
    file, identity = record.info["file"]
    if file and _identity(file) != identity:
        raise DisconnectionError(f"{file} is another file than it was")


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
