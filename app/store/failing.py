"""What has happened to the database when it does not do what it was asked to, as it says itself.

SQLite says it by the name of its result code (https://www.sqlite.org/rescode.html), PostgreSQL by SQLSTATE (its
manual, appendix A); where a connection could not be opened it gives a sentence alone.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

UNUSABLE = (DBAPIError, PoolTimeout)
"""What is raised then, among other things: ask `trouble`."""


class Trouble(StrEnum):
    BUSY = "busy"
    AWAY = "away"
    FULL = "full"
    READ_ONLY = "read only"
    BROKEN = "broken"


OF_SQLITE: Mapping[str, Trouble] = {
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_NOMEM": Trouble.BUSY,
    "SQLITE_INTERRUPT": Trouble.BUSY,
    "SQLITE_PROTOCOL": Trouble.BUSY,
    "SQLITE_CANTOPEN": Trouble.AWAY,
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_IOERR": Trouble.FULL,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_PERM": Trouble.READ_ONLY,
    "SQLITE_CORRUPT": Trouble.BROKEN,
    "SQLITE_NOTADB": Trouble.BROKEN,
}
"""By the beginning of the name: extended codes say more than is told here."""
OF_POSTGRESQL: Mapping[str, Trouble] = {
    "08": Trouble.AWAY,  # connection
    "28": Trouble.AWAY,  # who connects is not let in
    "3D": Trouble.AWAY,  # no such database
    "57P": Trouble.AWAY,  # it is stopped, or not started to the end
    "40": Trouble.BUSY,  # a circle of locks
    "53": Trouble.BUSY,  # connections, memory
    "55P03": Trouble.BUSY,  # not locked in time
    "57014": Trouble.BUSY,  # cancelled
    "53100": Trouble.FULL,
    "58": Trouble.FULL,  # its files
    "25006": Trouble.READ_ONLY,
    "42P01": Trouble.BROKEN,  # no such table
    "XX001": Trouble.BROKEN,
    "XX002": Trouble.BROKEN,
}
"""The longest beginning of the code counts."""
MANY = ("too many clients", "remaining connection slots", "too many connections")
COMMITTING = "kelishim.committing"
COMMITTED = "kelishim.committed"
ANSWER_LOST = "The answer to COMMIT was lost: it may have been done."


def trouble(error: BaseException | None) -> Trouble | None:
    """What the database is in; None for what is not its doing but ours."""
    if isinstance(error, PoolTimeout):
        return Trouble.BUSY
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    said, name = str(error.orig), getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        found = [one for code, one in OF_SQLITE.items() if name.startswith(code)]
        return found[0] if found else Trouble.BROKEN if said.startswith("no such table") else None
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return _without_code(error, said)
    codes = sorted((code for code in OF_POSTGRESQL if state.startswith(code)), key=len)
    return OF_POSTGRESQL[codes[-1]] if codes else None


def _without_code(error: DBAPIError, said: str) -> Trouble | None:
    """From a connection that was not opened, or that ended."""
    if any(words in said for words in MANY):
        return Trouble.BUSY
    is_of_connection = error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
    return Trouble.AWAY if is_of_connection else None


def may_be_stored(session: Session, error: SQLAlchemyError) -> bool:
    """Whether something was committed all the same: by an earlier transaction of the session, or by this one, of which
    nobody was told how it ended. (The PostgreSQL manual, 34.5: a client that lost its connection at COMMIT cannot
    know.)"""
    orig = getattr(error, "orig", None)
    return bool(session.info.get(COMMITTED)) or ANSWER_LOST in getattr(orig, "__notes__", ())


def why(error: BaseException) -> str:
    """What the database says, in one line: the next ones may hold what people wrote."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def watch(engine: Engine) -> None:
    """Have an engine say of an error whether it came in the middle of a commit."""
    event.listen(engine, "begin", _has_begun)
    event.listen(engine, "commit", _commits)
    event.listen(engine, "handle_error", _note)


def _has_begun(connection: Connection) -> None:
    connection.info[COMMITTING] = False


def _commits(connection: Connection) -> None:
    connection.info[COMMITTING] = True


def _note(context: ExceptionContext) -> None:
    connection = context.connection
    if connection is None or context.statement is not None or connection.invalidated:
        return
    unsynced = getattr(context.original_exception, "sqlite_errorname", "") == "SQLITE_IOERR_FSYNC"
    if connection.info.get(COMMITTING) and (context.is_disconnect or unsynced):
        context.original_exception.add_note(ANSWER_LOST)


@event.listens_for(Session, "after_commit")
def _note_commit(session: Session) -> None:
    session.info[COMMITTED] = True
