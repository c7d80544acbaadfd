"""Every table as lines of text, and back: what a backup is made of, the same on both databases.

Tables are looked up in the database itself, so that one that is not made up to date yet is copied as it is. The index
of words is left out: the database writes it anew (see `app.store.search`). Rows come in the order of their primary
keys, text by its code points, which is the same everywhere.
"""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.domain.backups import Kind, RecordEnd, TextSum
from app.store.search import is_no_index

REVISION_TABLE = "alembic_version"
ROWS_AT_ONCE, LARGE_ROWS_AT_ONCE = 200, 4
"""How many rows are in memory: of tables that hold files a few, since each may be a megabyte."""
_KNOWN: dict[tuple[str, str], list[Table]] = {}
KINDS: tuple[tuple[type, Kind], ...] = (
    (JSON, Kind.JSON),
    (Boolean, Kind.TRUTH),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    (Integer, Kind.INTEGER),
    (String, Kind.TEXT),
)


@contextmanager
def snapshot(session: Session) -> Iterator[Connection]:
    """A connection that sees one state of the database and writes nothing, whoever writes meanwhile."""
    engine = session.get_bind().engine
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect() as connection:
        connection.execution_options(**options)
        with connection.begin():  # on SQLite the first statement takes the snapshot (WAL)
            yield connection


def structure(connection: Connection) -> list[Table]:
    """The tables, those that others refer to first.

    They follow from the migration at which the database stands, so they are looked up once for each.
    """
    at = connection.dialect.name, revision(connection)
    if at not in _KNOWN:
        metadata = MetaData()
        metadata.reflect(connection, only=lambda name, _: name != REVISION_TABLE and is_no_index(name, "table"))
        if not at[1]:
            return metadata.sorted_tables
        _KNOWN[at] = metadata.sorted_tables
    return _KNOWN[at]


def columns_of(table: Table) -> list[Column[Any]]:
    """By name: migrations have added them in another order here and there."""
    return sorted(table.columns, key=lambda column: column.name)


def kind_of(column: Column[Any]) -> Kind:
    return next(kind for type_, kind in KINDS if isinstance(column.type, type_))


def kinds_of(table: Table) -> tuple[tuple[str, Kind], ...]:
    return tuple((column.name, kind_of(column)) for column in columns_of(table))


def rows_at_once(table: Table) -> int:
    return LARGE_ROWS_AT_ONCE if any(kind_of(one) is Kind.BYTES for one in table.columns) else ROWS_AT_ONCE


def parts(connection: Connection, table: Table) -> Iterator[tuple[int, bytes]]:
    """The rows of a table as lines, so many at a time."""
    writers = [WRITERS[kind] for _, kind in kinds_of(table)]
    query = select(*(_as_stored(column, connection) for column in columns_of(table))).order_by(
        *_order(table, connection.dialect.name)
    )
    streamed = {"stream_results": True, "yield_per": rows_at_once(table)}
    for rows in connection.execute(query, execution_options=streamed).partitions():
        lines = [_line(writers, row) for row in rows]
        yield len(lines), b"".join(lines)


def _line(writers: Sequence[Callable[[Any], Any]], row: Sequence[Any]) -> bytes:
    values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "surrogatepass")


def _as_stored(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    """JSON as its text: reading it and writing it again would change numbers and the difference of null and nothing."""
    if kind_of(column) is not Kind.JSON:
        return column
    return type_coerce(column, Text) if connection.dialect.name == "sqlite" else cast(column, Text)


def _order(table: Table, dialect: str) -> list[ColumnElement[Any]]:
    by_code_points = "BINARY" if dialect == "sqlite" else "C"
    return [column.collate(by_code_points) if kind_of(column) is Kind.TEXT else column for column in table.primary_key]


def revision(connection: Connection) -> str:
    """Which migration the database stands at; empty where none was ever run."""
    if not connection.dialect.has_table(connection, REVISION_TABLE):
        return ""
    return connection.execute(text(f"SELECT version_num FROM {REVISION_TABLE}")).scalar() or ""  # noqa: S608


def record_ends(connection: Connection, tables: Sequence[Table]) -> tuple[RecordEnd, ...]:
    """The newest event of every draft that has one."""
    known = {table.name: table.c for table in tables}
    drafts, events = known["drafts"], known["events"]
    newest = select(events.draft_id, func.max(events.number).label("number")).group_by(events.draft_id).subquery()
    query = (
        select(drafts.slug, events.number, events.hash)
        .join_from(events.id.table, drafts.id.table, drafts.id == events.draft_id)
        .join(newest, (newest.c.draft_id == events.draft_id) & (newest.c.number == events.number))
    )
    return tuple(sorted(RecordEnd(*row) for row in connection.execute(query)))


def text_sums(connection: Connection, tables: Sequence[Table]) -> tuple[TextSum, ...]:
    """The SHA-256 of every version in every language, as it was stored with it."""
    known = {table.name: table.c for table in tables}
    drafts, versions, texts = known["drafts"], known["versions"], known["version_texts"]
    query = (
        select(drafts.slug, versions.number, texts.language, texts.sha256)
        .join_from(texts.version_id.table, versions.id.table, versions.id == texts.version_id)
        .join(drafts.id.table, drafts.id == versions.draft_id)
    )
    return tuple(sorted(TextSum(*row) for row in connection.execute(query)))


def _moment(value: datetime) -> str:
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


def _day(value: date) -> str:
    return value.isoformat()


def _same(value: Any) -> Any:
    return value


def _bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


WRITERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: int,
    Kind.TEXT: _same,
    Kind.TRUTH: bool,
    Kind.MOMENT: _moment,
    Kind.DAY: _day,
    Kind.BYTES: _bytes,
    Kind.JSON: _same,
}
