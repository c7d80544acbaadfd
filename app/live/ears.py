"""Waiting until the database may have something new, without asking it all the time.

PostgreSQL says so (a trigger on the record notifies); SQLite counts what other connections have changed, which is read
from the file's shared memory and costs microseconds.
"""

import sqlite3
import time
from typing import Protocol

import psycopg
from sqlalchemy import Engine

LOST = (sqlite3.Error, psycopg.Error)
"""What is raised where the database is lost."""
CHANNEL = "kelishim_record"
LOOK_EVERY = 0.1  # seconds, on SQLite


class Ears(Protocol):
    """Something that waits. Used by one thread alone."""

    def wait(self, seconds: float) -> bool:
        """Wait this long at the most; True as soon as there may be something new. Raises where the database is lost."""

    def close(self) -> None: ...


def ears_for(engine: Engine) -> Ears:
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return OfSqlite(url.database or "")
    return OfPostgresql(url.set(drivername="postgresql").render_as_string(hide_password=False))


class OfSqlite:
    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._seen = self._changes()

    def wait(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(min(LOOK_EVERY, seconds))
            if (changes := self._changes()) != self._seen:
                self._seen = changes
                return True
        return False

    def _changes(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        self._connection.close()


class OfPostgresql:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> bool:
        """What is said at once is heard at once: one look at the record is enough for it."""
        return len(list(self._connection.notifies(timeout=seconds, stop_after=1))) > 0

    def close(self) -> None:
        self._connection.close()
