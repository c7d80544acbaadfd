"""Rows of a backup put into an empty database: the other direction of `app.store.copying`."""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy import cast as converted
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.domain.backups import BrokenBackup, Kind
from app.store.copying import columns_of, kind_of, rows_at_once
from app.store.drafts import Version, VersionText

PASSING = frozenset({"attempts", "presences"})
"""Tables that fill by themselves where a page is opened, and hold nothing that anybody would miss."""
Row = Sequence[Any]


class UnstorableRow(BrokenBackup):
    def __init__(self, table: str, told: str) -> None:
        super().__init__(f"this database does not take the rows of “{table}” ({told})")


@contextmanager
def writing(session: Session) -> Iterator[Connection]:
    """A connection in one transaction, in which nobody else writes: all of it is stored, or nothing."""
    engine = session.get_bind().engine
    session.close()
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def session_in(connection: Connection) -> Iterator[Session]:
    """A session that sees what this transaction has written, and commits nothing."""
    with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
        yield session


def stored_fingerprints(session: Session, draft_id: int) -> dict[tuple[int, str], str]:
    """The SHA-256 that was stored with every version of a draft, by number and language."""
    made = select(Version.number, VersionText.language, VersionText.sha256).join(VersionText)
    return {(row[0], row[1]): row[2] for row in session.execute(made.where(Version.draft_id == draft_id))}


def hold(connection: Connection, tables: Sequence[Table]) -> None:
    """Keep everybody else out of the tables until the end (SQLite does already)."""
    if connection.dialect.name == "postgresql" and tables:
        names = ", ".join(connection.dialect.identifier_preparer.format_table(table) for table in tables)
        connection.execute(text("SET LOCAL lock_timeout = '15s'"))
        connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


def counts(connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
    """How many rows there are, by table; tables without any, and passing ones, are left out."""
    found = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    return {name: count for name, count in found.items() if count and name not in PASSING}


def empty(connection: Connection, tables: Sequence[Table]) -> None:
    """Delete every row; the index of words follows by its triggers."""
    for table in reversed(tables):
        connection.execute(delete(table))


def load(connection: Connection, tables: Sequence[Table], rows_of: Callable[[Table], Iterable[Row]]) -> None:
    """Put rows into tables, those that others refer to first.

    A column that refers to its own table, or to one that comes later, is filled in a second reading. Raises
    BrokenBackup where a value does not fit its column.
    """
    for table in tables:
        _insert(connection, table, rows_of(table), _late(table, tables))
    for table in tables:
        if late := _late(table, tables):
            _refer(connection, table, rows_of(table), late)
    _go_on_counting(connection, tables)


def _late(table: Table, tables: Sequence[Table]) -> frozenset[str]:
    later = {one.name for one in tables[tables.index(table) :]}
    return frozenset(key.parent.name for key in table.foreign_keys if key.column.table.name in later)


def _insert(connection: Connection, table: Table, rows: Iterable[Row], late: frozenset[str]) -> None:
    columns = columns_of(table)
    statement = insert(table).values({one.name: _given(one, connection) for one in columns})
    for some in _valued(table, rows):
        given = [{f"new_{name}": None if name in late else value for name, value in one.items()} for one in some]
        _run(connection, table, statement, given)


def _refer(connection: Connection, table: Table, rows: Iterable[Row], late: frozenset[str]) -> None:
    keys = [column.name for column in table.primary_key]
    statement = update(table).values({name: bindparam(f"new_{name}") for name in late})
    statement = statement.where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
    for some in _valued(table, rows):
        referring = [one for one in some if any(one[name] is not None for name in late)]
        if referring:
            given = [
                {f"new_{name}": one[name] for name in late} | {f"of_{name}": one[name] for name in keys}
                for one in referring
            ]
            _run(connection, table, statement, given)


def _run(connection: Connection, table: Table, statement: Any, given: list[dict[str, Any]]) -> None:
    try:
        connection.execute(statement, given)
    except DBAPIError as error:
        if error.connection_invalidated or "locked" in str(error.orig):
            raise
        raise UnstorableRow(table.name, str(error.orig).strip().split("\n")[0]) from error


def _given(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    if kind_of(column) is not Kind.JSON:
        return bindparam(f"new_{column.name}", type_=column.type)
    written: ColumnElement[Any] = bindparam(f"new_{column.name}", type_=Text())
    return written if connection.dialect.name == "sqlite" else converted(written, JSON)


def _valued(table: Table, rows: Iterable[Row]) -> Iterator[list[dict[str, Any]]]:
    """So many rows at a time, by column, as the database takes them."""
    columns = [(column.name, READERS[kind_of(column)]) for column in columns_of(table)]
    waiting = iter(rows)
    while some := [_values(table, columns, row) for row in islice(waiting, rows_at_once(table))]:
        yield some


def _values(table: Table, columns: Sequence[tuple[str, Callable[[Any], Any]]], row: Row) -> dict[str, Any]:
    try:
        return {
            name: None if value is None else read(value)
            for (name, read), value in zip(columns, row, strict=True)
        }  # fmt: skip
    except (TypeError, ValueError) as error:
        raise BrokenBackup(f"a row of “{table.name}” has a value that does not fit its column") from error


def _go_on_counting(connection: Connection, tables: Sequence[Table]) -> None:
    """The next row gets an id of its own: PostgreSQL counts apart from the rows."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key:
            if kind_of(column) is Kind.INTEGER and not column.foreign_keys:
                counter = func.pg_get_serial_sequence(table.name, column.name)
                last = select(func.max(column)).scalar_subquery()
                connection.execute(select(func.setval(counter, last)).where(counter.is_not(None), last.is_not(None)))


def _of(*types: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) not in types:
            raise TypeError
        return value

    return read


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value, validate=True)


READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _of(int),
    Kind.TEXT: _of(str),
    Kind.TRUTH: _of(bool),
    Kind.MOMENT: _moment,
    Kind.DAY: date.fromisoformat,
    Kind.BYTES: _bytes,
    Kind.JSON: _of(str),
}
