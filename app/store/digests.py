"""Which rows the record of a draft vouches for, and what it says of each.

While a transaction writes, the session notes the rows that it touches; `store.events.record` takes a digest of each
into its event. A request that would commit such rows without an event is stopped: everything that changes state is in
the record.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Select, Table, event, inspect, select, update
from sqlalchemy.orm import Session

from app.domain import digests
from app.store.db import WRITES, Base

COVERED: Mapping[str, tuple[str, str] | None] = {
    "drafts": None,
    "versions": None,
    "amendments": None,
    "comments": None,
    "positions": None,
    "reopenings": None,
    "calls": None,
    "fates": None,
    "kept_brackets": None,
    "amendment_links": None,
    "explanations": None,
    "packages": None,
    "publications": None,
    "records": None,
    "sittings": None,
    "parked_matters": None,
    "small_groups": None,
    "version_texts": ("version_id", "versions"),
    "edits": ("amendment_id", "amendments"),
    "sponsorships": ("amendment_id", "amendments"),
    "comment_wordings": ("comment_id", "comments"),
    "resolutions": ("comment_id", "comments"),
    "objection_answers": ("position_id", "positions"),
    "call_items": ("call_id", "calls"),
    "receipts": ("call_id", "calls"),
    "package_clauses": ("package_id", "packages"),
    "publication_texts": ("publication_id", "publications"),
    "publication_files": ("publication_id", "publications"),
    "agenda_items": ("sitting_id", "sittings"),
}
"""The tables whose rows are vouched for one by one: of a draft by its id, or by the row that they belong to.

Beside them the texts of the clauses, many at a time: see `store.versions`."""

UNCOVERED = {"drafts": frozenset({"last_hash", "written"})}
"""Columns that change with every event, which is what they say."""
ANEW = ""
"""In `drafts.written`, instead of a table: since when all of them are to be read anew."""
TOUCHED = "rows that no event vouches for yet"
GUARDED = "commits nothing without an event"
"""Set in the session of a request: there nothing is stored past the record."""


class Unrecorded(AssertionError):
    """A use case would commit rows of a draft without an event about them."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__(f"without an event in the record: {', '.join(sorted(keys))}")


@dataclass(slots=True)
class Touched:
    """What one transaction wrote: objects of the session by their key (None: taken away), and rows as the database has
    them, one or many to a key."""

    rows: dict[str, Any] = field(default_factory=dict)
    many: dict[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def touched(session: Session) -> Touched:
    return cast(Touched, session.info.setdefault(TOUCHED, Touched()))


def taken(session: Session, salt: str) -> dict[str, str]:
    """The digests of what was written since the last event, by key."""
    session.flush()
    now = session.info.pop(TOUCHED, None) or Touched()
    rows = {
        key: digests.REMOVED if row is None else digests.digest(salt, [values_of(row)]) for key, row in now.rows.items()
    }
    return rows | {key: digests.digest(salt, many) for key, many in now.many.items()}


def written(
    session: Session, language: str, number: int, rows: Sequence[Mapping[str, Any]], closed: Sequence[str]
) -> None:
    """Note the texts of clauses that begin in a version, and the clauses whose former text ended before it."""
    if rows:
        touched(session).many[f"clause_texts:{language}:{number}"] = in_order(rows)
    if closed:
        touched(session).many[f"ended_texts:{language}:{number}"] = [{"clauses": sorted(closed)}]


def in_order(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Texts of clauses as they are digested: by clause, without what the database adds and what changes later."""
    wanted = [{name: value for name, value in row.items() if name not in ("id", "last_version")} for row in rows]
    return sorted(wanted, key=lambda row: str(row["clause_id"]))


def texts_of(session: Session, draft_id: int) -> dict[str, list[dict[str, Any]]]:
    """The texts of a draft's clauses as the database has them now, under the names of `written`."""
    begun: dict[str, list[dict[str, Any]]] = {}
    ended: dict[str, list[str]] = {}
    columns = Base.metadata.tables["clause_texts"]
    for row in session.execute(select(columns).where(columns.c.draft_id == draft_id)).mappings():
        begun.setdefault(f"clause_texts:{row['language']}:{row['first_version']}", []).append(dict(row))
        if row["last_version"] is not None:
            ended.setdefault(f"ended_texts:{row['language']}:{row['last_version'] + 1}", []).append(row["clause_id"])
    return {key: in_order(rows) for key, rows in begun.items()} | {
        key: [{"clauses": sorted(clauses)}] for key, clauses in ended.items()
    }


def stored(session: Session, draft_id: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Everything of a draft that is vouched for, as the database has it now, by key."""
    yield from ((key, [row]) for key, row in rows_of(session, draft_id))
    yield from texts_of(session, draft_id).items()


def include(session: Session, draft_id: int, known: Collection[str]) -> int:
    """Have the next event vouch for what is stored of a draft and is not known to its record; how many rows that is."""
    new = {key: rows for key, rows in stored(session, draft_id) if key not in known}
    touched(session).many.update(new)
    return sum(map(len, new.values()))


def include_again(session: Session, draft_id: int, keys: Collection[str]) -> None:
    """Have the next event vouch for rows that it does not write, as they are stored."""
    touched(session).many.update({key: rows for key, rows in stored(session, draft_id) if key in keys})


def key_of(table: str, identity: Iterable[object]) -> str:
    """What a row is called in the record: its table and its primary key."""
    return ":".join((table, *map(str, identity)))


def values_of(row: Any) -> dict[str, Any]:
    """The columns of a row and what it says in them."""
    left_out = UNCOVERED.get(row.__tablename__, frozenset())
    columns = ((one.columns[0].name, one.key) for one in inspect(row).mapper.column_attrs)
    return {name: getattr(row, key) for name, key in columns if name not in left_out}


def rows_of(session: Session, draft_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of a draft that is vouched for one by one, with its key, as the database has it now."""
    for table in COVERED:
        keys = [column.name for column in Base.metadata.tables[table].primary_key]
        for row in session.execute(of_draft(Base.metadata.tables[table], draft_id)).mappings():
            said = {name: value for name, value in row.items() if name not in UNCOVERED.get(table, frozenset())}
            yield key_of(table, [row[name] for name in keys]), said


def of_draft(table: Table, draft_id: int) -> Select[Any]:
    """The rows of a table that belong to a draft."""
    owner = COVERED.get(table.name)
    if table.name == "drafts":
        return select(table).where(table.c.id == draft_id)
    if owner is None:
        return select(table).where(table.c.draft_id == draft_id)
    parent = Base.metadata.tables[owner[1]]
    return select(table).join(parent, parent.c.id == table.c[owner[0]]).where(parent.c.draft_id == draft_id)


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: object) -> None:
    written = [*session.new, *(row for row in session.dirty if session.is_modified(row))]
    noted = touched(session).rows
    noted |= {_key(row): row for row in written if row.__tablename__ in COVERED}
    noted |= {_key(row): None for row in session.deleted if row.__tablename__ in COVERED}
    if noted:
        session.info[WRITES] = True


def _key(row: Any) -> str:
    mapper = inspect(row).mapper
    return key_of(row.__tablename__, mapper.primary_key_from_instance(row))


@event.listens_for(Session, "before_commit")
def _stop(session: Session) -> None:
    session.flush()
    left = touched(session)
    if not left.rows and not left.many:
        return
    if session.info.get(GUARDED):
        raise Unrecorded([*left.rows, *left.many])
    read_anew(session)


def read_anew(session: Session) -> None:
    """Nothing that was kept of what is read of drafts holds any more: something was written without an event."""
    session.execute(update(Base.metadata.tables["drafts"]).values(written={ANEW: secrets.token_hex(8)}))


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TOUCHED, None)
    session.info.pop(WRITES, None)
