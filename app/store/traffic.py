"""How often somebody asked in this minute, counted by all processes of a machine in a small file of its own.

Never in the database: nobody who searches waits for somebody who writes. The file tells nobody who was here when:
a count is kept under a keyed hash (HMAC, RFC 2104) of who it is of and of its minute, and is deleted, and overwritten,
once the minute is over. What a crash leaves of it is worth nothing, so nothing waits for the disk.
"""

import hmac
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

WINDOW = 60.0
"""Seconds in which is counted."""
PATIENCE = 0.1
"""Seconds that a request waits for its turn to be counted."""
MADE = (
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
    "CREATE TABLE IF NOT EXISTS counts (key BLOB PRIMARY KEY, minute INTEGER, found INTEGER) WITHOUT ROWID",
)
COUNT = "INSERT INTO counts VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET found = found + 1 RETURNING found"
FORGET = "DELETE FROM counts WHERE minute <> ?"


class Uncounted(Exception):
    """The file cannot be used; the reason is the words of the error."""


class Counts:
    """The counts in a file. A thread keeps a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path, self._here = path, threading.local()

    def add(self, key: tuple[str, ...], secret: str, moment: float) -> int:
        """How often it was counted in the minute of `moment` (seconds since 1970), with this time. Raises Uncounted."""
        minute = int(moment // WINDOW)
        try:
            connection = self._connection()
            found = int(connection.execute(COUNT, (_hashed(key, secret, minute), minute)).fetchone()[0])
            if found == 1:
                connection.execute(FORGET, (minute,))
        except sqlite3.OperationalError as error:  # busy, full, not to be written
            self._close()
            raise Uncounted(str(error)) from error
        except sqlite3.DatabaseError as error:  # a crash left half of it, or it is no such file
            self._close()
            with suppress(OSError):
                self._path.unlink()
            raise Uncounted(str(error)) from error
        return found

    def forget(self, moment: float) -> None:
        """Delete the counts of minutes that are over. Raises Uncounted."""
        if not self._path.exists():
            return
        try:
            self._connection().execute(FORGET, (int(moment // WINDOW),))
        except sqlite3.DatabaseError as error:
            self._close()
            raise Uncounted(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            for statement in MADE:
                found.execute(statement)
            self._here.connection = found
        return found

    def _close(self) -> None:
        with suppress(AttributeError, sqlite3.Error):
            self._here.connection.close()
            del self._here.connection


def _hashed(key: tuple[str, ...], secret: str, minute: int) -> bytes:
    said = "\0".join((*key, str(minute))).encode("utf-8", "surrogatepass")
    return hmac.digest(f"traffic {secret}".encode(), said, "sha256")[:16]
