"""Whoever alters the database by hand, whatever it is, is found by verifying the record, and where it was is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import CheckConstraint, Column, Connection, Table, and_, delete, insert, text, update
from sqlalchemy.schema import DropConstraint

from app.domain.verifying import Fault, Finding
from app.services import covering, verifying
from app.store import digests, events
from app.store.db import Base, UTCDateTime, db
from app.store.memberships import find_draft
from tests.product import SLUG, Copies
from tests.services.deeds import issue, publish, revoke, withdraw

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
TABLES = ("events", "versions", "version_texts", "clause_texts", "amendments", "edits", "positions", "comments")
"""Of these every column is tried, of every other table one row."""
JOINING = {"id", "draft_id"}
"""Columns that only lead to the draft: altered, the row is gone from it, which the removed rows below stand for."""


@pytest.fixture(scope="module")
def worked(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with versions, positions, a call, a publication, and a version that was taken back."""
    with demonstration() as app:
        assert app.test_cli_runner().invoke(args=["demo", "--agreement"]).exit_code == 0
        issue(app, "facilitator", 15)
        publish(app, 2)
        issue(app, "facilitator", 1, expected=2)
        revoke(app, 3)
        withdraw(app, "interior", 2)
        yield app


@contextmanager
def in_the_database(app: Flask, table: Table) -> Iterator[Connection]:
    """Somebody who may do everything with a table of the database; what they did is undone at the end."""
    with app.app_context():
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for one in table.constraints:
                if isinstance(one, CheckConstraint):
                    connection.execute(DropConstraint(one))
        yield connection
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
        db.session.rollback()


def found() -> list[Finding]:
    db.session.expire_all()
    return list(verifying.verify(db.session, slug=SLUG).findings)


def rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """Those of the draft, the newest first."""
    draft = find_draft(db.session, SLUG).id
    asked = digests.of_draft(table, draft).order_by(*(column.desc() for column in table.primary_key))
    return [dict(row) for row in connection.execute(asked).mappings()]


def is_row(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def another(value: Any, column: Column[Any]) -> Any:
    """Another value of the same type."""
    if value is None:
        if isinstance(column.type, UTCDateTime):
            return NOW
        return {str: "x", int: 7, bool: True}.get(column.type.python_type, ["x"])
    match value:
        case bool():
            return not value
        case int():
            return value + 1000
        case str():
            return f"x{value[1:]}"
        case datetime():
            return value + timedelta(days=1)
        case _:
            return [*value, "x"] if isinstance(value, list) else {**value, "x": 1}


def test_the_record_of_what_people_did_holds(worked: Flask) -> None:
    with worked.app_context():
        for slug in verifying.slugs(db.session):
            assert verifying.verify(db.session, slug=slug).sentences == ()
        chain = events.chain(db.session, find_draft(db.session, SLUG))
    written = {key.partition(":")[0] for event in chain for key in event.digests}
    assert written == {
        "agenda_items", "amendments", "call_items", "calls", "clause_texts", "comments", "drafts", "edits",
        "ended_texts", "fates", "positions", "publication_files", "publication_texts", "publications", "receipts",
        "sittings", "version_texts", "versions",
    }  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_no_column_is_altered_unseen(worked: Flask, name: str) -> None:
    table, unseen = Base.metadata.tables[name], []
    for column in table.columns:
        if column.name in JOINING:
            continue
        with in_the_database(worked, table) as connection:
            row = rows(connection, table)[0]
            values = {column: another(row[column.name], column)}
            connection.execute(update(table).where(is_row(table, row)).values(values))
            unseen += [] if found() else [column.name]
    assert unseen == []


@pytest.mark.parametrize("name", ["events", "clause_texts", *digests.COVERED])
def test_a_row_that_is_removed_inserted_or_swapped_is_named(worked: Flask, name: str) -> None:
    table = Base.metadata.tables[name]
    with worked.app_context():
        count = len(rows(db.session.connection(), table))
    for at in sorted({0, count // 2, count - 1} & set(range(count))):
        with in_the_database(worked, table) as connection:
            row = rows(connection, table)[at]
            if name != "drafts":
                connection.execute(delete(table).where(is_row(table, row)))
                assert found(), (at, "removed")
    with in_the_database(worked, table) as connection:
        if (had := rows(connection, table)) and name != "drafts":
            connection.execute(insert(table).values(_copy(table, had[0])))
            assert found(), "inserted"
    with in_the_database(worked, table) as connection:
        if len(had := rows(connection, table)) > 1:
            one, other = had[0], had[-1]
            content = [column.name for column in table.columns if column.name not in _kept_when_swapped(table)]
            for row, said in ((one, other), (other, one)):
                connection.execute(update(table).where(is_row(table, row)).values({key: said[key] for key in content}))
            assert found() or all(one[key] == other[key] for key in content), "swapped"


def _copy(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The same again under a key that nobody has."""
    free = {"number": 9999, "ordinal": 999, "base_version": 999, "first_version": 999, "language": "xx",
            "amendment_id": 9999, "institution_id": 9999, "file_name": "other", "version": 999, "previous_hash": "1" * 64, "clause_id": "f" * 20,
            "id": 99999, "token": None}  # fmt: skip
    if table.name == "edits":
        return row | {"ordinal": 999}
    unique = {column.name for column in table.primary_key}
    unique |= {name for one in table.constraints if "UNIQUE" in str(type(one)).upper() for name in one.columns.keys()}  # noqa: SIM118
    return row | {name: free[name] for name in unique & free.keys() if name != "draft_id"}


def _kept_when_swapped(table: Table) -> set[str]:
    unique = {column.name for column in table.primary_key}
    return unique | {
        name for one in table.constraints if "UNIQUE" in str(type(one)).upper() for name in one.columns.keys()  # noqa: SIM118
    } | {"token"}  # fmt: skip


def test_the_first_broken_link_is_named(worked: Flask) -> None:
    table = Base.metadata.tables["events"]
    with in_the_database(worked, table) as connection:
        row = rows(connection, table)[10]
        connection.execute(update(table).where(is_row(table, row)).values(facts={"amendment": 3}))
        assert found()[0] == Finding(Fault.CHAIN, row["number"])
        assert f"The chain breaks at event {row['number']}" in verifying.verify(db.session, slug=SLUG).sentences[0]


def test_events_that_change_places_break_the_chain(worked: Flask) -> None:
    table = Base.metadata.tables["events"]
    with in_the_database(worked, table) as connection:
        one, other = (row for row in rows(connection, table) if row["number"] in (20, 21))
        for row, number in ((one, 900), (other, one["number"]), (one, other["number"])):
            connection.execute(update(table).where(table.c.id == row["id"]).values(number=number))
        assert found()[0] == Finding(Fault.CHAIN, 20)


def test_a_record_that_is_cut_off_at_the_end_is_found(worked: Flask) -> None:
    table = Base.metadata.tables["events"]
    with in_the_database(worked, table) as connection:
        newest, before = rows(connection, table)[:2]
        connection.execute(delete(table).where(table.c.id == newest["id"]))
        assert Finding(Fault.END, before["number"]) in found()


def test_words_that_are_altered_with_their_fingerprint_are_found(worked: Flask) -> None:
    """The enemy who knows how fingerprints are made and makes them anew, all but the record's."""
    table = Base.metadata.tables["clause_texts"]
    with in_the_database(worked, table) as connection:
        row = next(row for row in rows(connection, table) if row["first_version"] == 1 and "shall" in row["body"])
        connection.execute(
            update(table).where(table.c.id == row["id"]).values(body=row["body"].replace("shall", "may"))
        )
        said = verifying.verify(db.session, slug=SLUG).sentences
        assert any(one.startswith("Version 1: its text is not the one that event 1 (version_imported") for one in said)
        assert any("texts of clauses that begin in version 1 (en) were altered" in one for one in said)


def test_what_was_stored_before_digests_is_taken_into_the_record_once(demonstration: Copies) -> None:
    with demonstration() as app, app.app_context():
        before = len(events.chain(db.session, find_draft(db.session, SLUG)))
        draft = find_draft(db.session, SLUG)
        comment = Base.metadata.tables["comments"]
        row = rows(db.session.connection(), comment)[0]
        db.session.execute(insert(comment).values(row | {"id": 900, "body": "From before."}))
        db.session.commit()
        assert [one.fault for one in found()] == [Fault.UNKNOWN]
        assert covering.cover(db.session, slug=SLUG, now=NOW) == 1
        assert found() == []
        assert covering.cover(db.session, slug=SLUG, now=NOW) == 0
        chain = events.chain(db.session, find_draft(db.session, draft.slug))
        assert (len(chain), chain[-1].kind, chain[-1].facts) == (before + 1, "record_covered", {"rows": 1})


def test_a_command_says_which_link_is_broken_and_ends_with_one(worked: Flask) -> None:
    runner = worked.test_cli_runner()
    assert runner.invoke(args=["record", "verify"]).exit_code == 0
    whole = runner.invoke(args=["record", "verify", SLUG])
    assert (whole.exit_code, whole.output.splitlines()[1]) == (0, "  The record holds.")
    nothing = runner.invoke(args=["record", "verify", "nothing"])
    assert (nothing.exit_code, nothing.output) == (1, "Error: There is no draft “nothing” that you may see.\n")
    table = Base.metadata.tables["events"]
    with worked.app_context():
        row = rows(db.session.connection(), table)[5]
        db.session.execute(update(table).where(table.c.id == row["id"]).values(kind="comment_made"))
        db.session.commit()
    broken = runner.invoke(args=["record", "verify"])
    with worked.app_context():
        db.session.execute(update(table).where(table.c.id == row["id"]).values(kind=row["kind"]))
        db.session.commit()
    assert broken.exit_code == 1
    assert f"  The chain breaks at event {row['number']} (comment_made" in broken.output
