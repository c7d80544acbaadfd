"""A database that is locked, full, read only, damaged or lost: a page that says so, with what was typed, and no more
than a moment later everything goes on by itself."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from app.store.db import db
from tests.product import LAW, clause_ids, shown, signed_in

pytest_plugins = ["tests.demonstration"]
of_sqlite = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
of_postgresql = pytest.mark.parametrize("demonstration", ["postgresql"], indirect=True)
TYPED = "Words of mine with “quotes” & <signs>,\r\nin two lines."
FULL = "The disk of the server is full or cannot be written. Nothing was stored."
BUSY = "The database is busy or cannot be reached. Nothing was stored."
READ_ONLY = "The database takes no changes at the moment; what is there can be read. Nothing was stored."
BROKEN = "The database is damaged or incomplete. An administrator must bring back the last backup. Nothing was stored."
LOST = "The connection to the database was lost. What you sent may have been stored all the same."


def comment(app: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(app)['art_13__para_1']}/comments"


def comments(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(text("SELECT count(*) FROM comments")) or 0


@contextmanager
def told(app: Flask, *statements: str) -> Iterator[None]:
    """Every connection is told something when it is opened."""

    def tell(connection: sqlite3.Connection, _record: object) -> None:
        for statement in statements:
            connection.execute(statement)

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", tell)
    try:
        yield
    finally:
        event.remove(engine, "connect", tell)
        engine.dispose()


def refused(app: Flask, sentence: str, wait: str) -> None:
    """A comment is not stored, and the page holds it, to be sent again with one button."""
    client, at = signed_in_before(app)
    answer = client.post(at, data={"body": TYPED, "kind": "comment"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, wait)
    page = answer.text
    assert sentence in unescape(page)
    assert f'<form class="form" method="post" action="{at}">' in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    assert (unescape(fields["body"]), fields["kind"]) == (TYPED, "comment")
    assert f"{TYPED}</textarea>" in unescape(page)


def signed_in_before(app: Flask) -> tuple[FlaskClient, str]:
    return app.extensions["tests.client"], app.extensions["tests.at"]


@pytest.fixture
def ready(demonstrated: Flask) -> Iterator[Flask]:
    """Somebody has signed in and read, and knows where a comment is sent."""
    client = signed_in(demonstrated, "civil")
    assert client.get(LAW).status_code == 200
    demonstrated.extensions["tests.client"], demonstrated.extensions["tests.at"] = client, comment(demonstrated)
    yield demonstrated


def goes_on(app: Flask, count: int) -> None:
    """The next comment is stored as if nothing had been."""
    client, at = signed_in_before(app)
    assert client.post(at, data={"body": TYPED}).status_code == 303
    assert comments(app) == count


@of_sqlite
def test_a_full_disk_says_so_while_reading_goes_on_and_writing_goes_on_when_there_is_room(ready: Flask) -> None:
    before = comments(ready)
    with told(ready, "PRAGMA max_page_count = 1"):  # never less than there are: SQLite says SQLITE_FULL for the next
        at = signed_in_before(ready)[1]
        answers = [signed_in_before(ready)[0].post(at, data={"body": "x" * 20_000}) for _ in range(3)]
        assert 503 in [answer.status_code for answer in answers]
        stored = [answer.status_code for answer in answers].count(303)
        assert FULL in shown(answers[-1])
        assert signed_in_before(ready)[0].get(LAW).status_code == 200
        assert ready.test_client().get("/healthz").status_code == 200
    goes_on(ready, before + stored + 1)


@of_sqlite
def test_a_read_only_database_says_so_and_can_be_read(ready: Flask) -> None:
    before = comments(ready)
    with told(ready, "PRAGMA query_only = ON"):
        refused(ready, READ_ONLY, "60")
        assert signed_in_before(ready)[0].get(LAW).status_code == 200
    goes_on(ready, before + 1)


@of_sqlite
def test_a_database_that_another_process_locks_for_long_is_busy_and_then_is_not(ready: Flask) -> None:
    before = comments(ready)
    with ready.app_context():
        file = db.engine.url.database or ""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with told(ready, "PRAGMA busy_timeout = 50"):
        refused(ready, BUSY, "5")
        assert signed_in_before(ready)[0].get(LAW).status_code == 200
    other.execute("ROLLBACK")
    other.close()
    goes_on(ready, before + 1)


@of_sqlite
def test_a_file_that_is_damaged_replaced_or_gone_is_seen_at_once_and_so_is_its_return(
    ready: Flask, tmp_path: Path
) -> None:
    before, client = comments(ready), signed_in_before(ready)[0]
    with ready.app_context():
        file = Path(db.engine.url.database or "")
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    whole = tmp_path / "whole.sqlite"
    shutil.copy(file, whole)
    folder = file.parent
    folder.rename(folder.with_name("moved"))
    refused(ready, BUSY, "5")  # whoever still has the file open would write where nobody reads
    assert client.get(LAW).status_code == 503
    assert client.get("/healthz").status_code == 503
    with client.get("/static/css/account.css") as style:
        assert style.status_code == 200
    folder.with_name("moved").rename(folder)
    assert client.get(LAW).status_code == 200
    damaged = tmp_path / "damaged.sqlite"
    data = whole.read_bytes()
    damaged.write_bytes(data[:4096] + b"\xff" * 4096 * 200 + data[4096 * 201 :])
    for left in folder.glob(f"{file.name}-*"):
        left.unlink()
    damaged.replace(file)
    answer = client.get(LAW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert BROKEN in shown(answer)
    for left in folder.glob(f"{file.name}-*"):
        left.unlink()
    whole.replace(file)
    goes_on(ready, before + 1)


@of_sqlite
def test_the_page_is_in_the_readers_language_and_a_part_of_a_page_is_a_part(ready: Flask) -> None:
    client, at = signed_in_before(ready)
    with told(ready, "PRAGMA query_only = ON"):
        page = client.post(at, data={"body": TYPED}, headers={"Accept-Language": "ru"}).text
        assert '<html lang="ru">' in page
        part = client.post(at, data={"body": TYPED}, headers={"X-Fragment": "margin"})
        assert (part.status_code, "<html" in part.text) == (503, False)
        assert READ_ONLY in shown(part)


@of_postgresql
def test_statements_are_not_compiled_to_machine_code(ready: Flask) -> None:
    with ready.app_context():
        assert db.session.scalar(text("SHOW jit")) == "off"
        db.session.rollback()
        assert db.session.scalar(text("SHOW jit")) == "off"


@of_postgresql
def test_connections_lost_while_idle_are_opened_anew_unnoticed(ready: Flask) -> None:
    before = comments(ready)
    lose(ready)
    assert signed_in_before(ready)[0].get(LAW).status_code == 200
    lose(ready)
    goes_on(ready, before + 1)


@of_postgresql
@pytest.mark.parametrize(
    ("what", "when", "sentence", "wait"),
    [
        ("SELECT pg_terminate_backend(pg_backend_pid())", "insert", BUSY, "5"),
        ("SELECT pg_terminate_backend(pg_backend_pid())", "commit", LOST, "5"),
        ("SET TRANSACTION READ ONLY", "insert", READ_ONLY, "60"),
        ("DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$", "insert", FULL, "60"),
        ("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)", "insert", BUSY, "5"),
    ],
)
def test_a_transaction_that_postgresql_ends_says_what_is_known_of_it_and_the_next_one_goes_on(
    ready: Flask, what: str, when: str, sentence: str, wait: str
) -> None:
    before, hit = comments(ready), []

    def strike(connection: Any) -> None:
        if not hit:
            hit.append(connection)
            connection.exec_driver_sql(what)

    def inserting(connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO comments"):
            strike(connection)

    def committing(connection: Any) -> None:
        if not hit:
            hit.append(connection)
            with db.engine.connect() as other:
                pid = connection.connection.dbapi_connection.info.backend_pid
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    with ready.app_context():
        engine = db.engine
    name, listener = ("commit", committing) if when == "commit" else ("before_cursor_execute", inserting)
    event.listen(engine, name, listener)
    try:
        refused(ready, sentence, wait)
    finally:
        event.remove(engine, name, listener)
    assert hit
    assert comments(ready) == before
    goes_on(ready, before + 1)


def lose(app: Flask) -> None:
    """As when PostgreSQL is started anew."""
    others = text(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with app.app_context(), db.engine.connect() as one:
        with db.engine.connect() as other:
            assert other.scalar(text("SELECT 1")) == 1
        assert one.execute(others).all()  # at least the one that waits in the pool
