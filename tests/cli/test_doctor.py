"""`flask doctor`: finds what is wrong, says it in a sentence with what to do, and never falls over."""

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from app.factory import create_app
from app.services import examining_machine
from app.services.examining_machine import Finding, Level
from app.store.db import db
from config import Config, MailServer
from tests.conftest import application
from tests.product import Copies

pytest_plugins = ["tests.demonstration"]


def doctor(app: Flask, *options: str) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit status, and the last finding about each thing; or the first one that is wrong about it."""
    result = app.test_cli_runner().invoke(args=["doctor", "--json", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found: dict[str, dict[str, str]] = {}
    for one in json.loads(result.output):
        if one["about"] not in found or found[one["about"]]["level"] != "wrong":
            found[one["about"]] = one
    return result.exit_code, found


def plain(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["doctor"])


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    return folder


def on_file(instance: Path) -> Flask:
    """As it is set up when nothing is said: SQLite in the instance folder."""
    return application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)


@pytest.fixture
def healthy(instance: Path, empty_sqlite: Path) -> Iterator[Flask]:
    """Migrated, administered, backed up."""
    shutil.copy(empty_sqlite, instance / "kelishim.sqlite")
    app = on_file(instance)
    made = app.test_cli_runner().invoke(
        args=["users", "create", "aigul", "--password", "four quiet horses", "--administrator"]
    )
    assert made.exit_code == 0, made.output
    (instance / "last_backup").touch()
    (instance / "secret_key").touch(0o600)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_of_a_healthy_installation_everything_is_ok_but_that_nobody_else_reaches_it(healthy: Flask) -> None:
    status, found = doctor(healthy)
    assert status == 0
    assert {about for about, one in found.items() if one["level"] != "ok"} == {"address"}
    assert list(found) == [
        "Python", "libraries", "folder", "secret key", "time zone", "address", "environment", "PDF", "mail", "database", "disk",
        "tables", "file", "clock", "people", "letters", "files", "backup", "record",
    ]  # fmt: skip
    assert all(one["sentence"].endswith(".") for one in found.values())
    assert all(one["advice"] for one in found.values() if one["level"] != "ok")


def test_people_read_a_line_for_each_and_what_to_do_below_it(healthy: Flask) -> None:
    said = plain(healthy).output.splitlines()
    assert said[0].startswith("ok      Python: Python is 3.")
    place = next(place for place, line in enumerate(said) if line.startswith("warning address: "))
    assert said[place + 1].startswith("        → Set it to what people type into their browser")
    assert said[-1] == "18 ok, 1 to look at, 0 wrong."


def test_a_missing_database_is_found_and_not_made(instance: Path) -> None:
    status, found = doctor(on_file(instance))
    assert (status, found["database"]["level"]) == (1, "wrong")
    assert found["database"]["sentence"] == f"There is no database at {instance / 'kelishim.sqlite'}."
    assert "db upgrade" in found["database"]["advice"]
    assert not (instance / "kelishim.sqlite").exists()


def test_an_empty_database_is_found(instance: Path) -> None:
    (instance / "kelishim.sqlite").touch()
    status, found = doctor(on_file(instance))
    assert (status, found["tables"]["sentence"]) == (1, "The database is empty.")


def test_a_database_of_something_else_is_found(instance: Path) -> None:
    with closing(sqlite3.connect(instance / "kelishim.sqlite")) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    status, found = doctor(on_file(instance))
    assert (status, found["tables"]["sentence"]) == (1, "The database holds tables of something else.")


@pytest.mark.parametrize(
    ("revision", "sentence", "advice"),
    [
        (
            "2026_11_28_9_add_people",
            "The tables are older than the program: at 2026_11_28_9_add_people, not ",
            "db upgrade",
        ),
        (
            "2031_01_01_from_tomorrow",
            "The tables are newer than the program, which does not know 2031_01_01_from_tomorrow.",
            "restore",
        ),
        (None, "The tables were not made to the end.", "db upgrade again"),
    ],
)
def test_tables_of_another_release_are_found(healthy: Flask, revision: str | None, sentence: str, advice: str) -> None:
    with healthy.app_context():
        db.session.execute(text("DELETE FROM alembic_version"))
        if revision:
            db.session.execute(text("INSERT INTO alembic_version VALUES (:one)"), {"one": revision})
        db.session.commit()
    status, found = doctor(healthy)
    assert status == 1
    assert found["tables"]["sentence"].startswith(sentence)
    assert advice in found["tables"]["advice"]
    assert "people" not in found


@pytest.mark.parametrize("kind", ["no database", "cut off", "overwritten"])
def test_a_broken_file_is_found(instance: Path, empty_sqlite: Path, kind: str) -> None:
    data = bytearray(empty_sqlite.read_bytes())
    if kind == "no database":
        data = bytearray(b"this is no database, but a letter to the administrator. " * 200)
    elif kind == "cut off":
        data = data[: len(data) // 2]
    else:
        data[8192:200_000] = bytes(200_000 - 8192)
    (instance / "kelishim.sqlite").write_bytes(data)
    app = on_file(instance)
    status, found = doctor(app)
    assert status == 1
    said = " ".join(one["sentence"] + one["advice"] for one in found.values() if one["level"] == "wrong")
    assert "bring back the last backup" in said
    with app.app_context():
        db.engine.dispose()


def test_a_server_that_does_not_answer_is_found_without_its_password(instance: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        app = application(f"postgresql+psycopg://kelishim:Quixotrope@127.0.0.1:{port}/kelishim", instance)
        result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "The database cannot be read: " in result.output
    assert "whether PostgreSQL runs and whether DATABASE_URL names" in result.output
    assert "Quixotrope" not in result.output


def test_a_postgresql_is_examined_too(app: Flask, database_url: str) -> None:
    _, found = doctor(app)
    kind = "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
    assert found["database"]["sentence"].startswith(f"The database is {kind} ")
    assert found["tables"]["level"] == "ok"
    assert found["people"]["sentence"] == "Nobody administers this installation."


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_the_accounts_of_the_demonstration_are_found_while_they_can_be_entered(demonstration: Copies) -> None:
    with demonstration() as app:
        status, found = doctor(app, "--quick")
        assert found["people"]["level"] == "warning"
        assert "ombudsman" in found["people"]["sentence"]
        app.config["PUBLIC_ADDRESS"] = "https://law.example"
        app.config["SESSION_COOKIE_SECURE"] = True
        status, found = doctor(app, "--quick")
        assert (status, found["people"]["level"], found["address"]["level"]) == (1, "wrong", "ok")


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_record_that_was_tampered_with_is_found_unless_one_is_in_a_hurry(demonstration: Copies) -> None:
    with demonstration() as app:
        with app.app_context():
            db.session.execute(text("UPDATE events SET facts = '{}' WHERE number = 3"))
            db.session.commit()
        assert "record" not in doctor(app, "--quick")[1]
        status, found = doctor(app)
        assert (status, found["record"]["level"]) == (1, "wrong")
        assert found["record"]["sentence"].startswith("The record of “torture-investigation")


def test_letters_and_files_that_are_stuck_are_found(healthy: Flask) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=3)
    with healthy.app_context():
        db.session.execute(
            text(
                "INSERT INTO letters (kind, address, subject, text, html, unsubscribe, state, tries, due_at, problem) "
                "VALUES ('digest', 'zq@example.org', '', '', '', '', 'waiting', 0, :at, '')"
            ), {"at": f"{long_ago:%Y-%m-%d %H:%M:%S.%f}"},
        )  # fmt: skip
        db.session.commit()
    _, found = doctor(healthy)
    assert found["letters"]["sentence"] == "1 letters have waited for more than an hour."
    assert "zq@example.org" not in str(found)


def test_a_clock_that_is_behind_the_record_is_found() -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    (found,) = examining_machine.clock(now, now + timedelta(days=1))
    assert (found.level, found.sentence) == (
        Level.WRONG, "By this machine's clock it is 2027-01-01 00:00 UTC, before the newest event (2027-01-02 00:00 UTC).",
    )  # fmt: skip
    assert [one.level for one in examining_machine.clock(now, now)] == [Level.OK]
    assert [one.level for one in examining_machine.clock(now, None)] == [Level.OK]


@pytest.mark.skipif(os.name != "posix", reason="there accounts keep their files apart in another way")
def test_a_key_that_others_can_read_is_wrong(healthy: Flask, instance: Path) -> None:
    (instance / "secret_key").chmod(0o644)
    instance.chmod(0o755)
    status, found = doctor(healthy)
    assert (status, found["secret key"]["level"], found["folder"]["level"]) == (1, "wrong", "warning")
    assert found["secret key"]["advice"] == f"Run chmod 600 {instance / 'secret_key'}."


def test_an_old_backup_is_told_and_a_young_one_is_ok(healthy: Flask, instance: Path) -> None:
    old = (datetime.now(UTC) - timedelta(days=3, hours=5, minutes=1)).timestamp()
    os.utime(instance / "last_backup", (old, old))
    _, found = doctor(healthy)
    assert (found["backup"]["level"], found["backup"]["sentence"]) == (
        "warning", "The last backup was made 3 days and 5 hours ago."
    )  # fmt: skip
    (instance / "last_backup").unlink()
    assert doctor(healthy)[1]["backup"]["sentence"] == "No backup was ever made on this machine."


@pytest.mark.parametrize(
    ("address", "secure", "level", "words"),
    [
        ("", False, "warning", "not set"),
        ("http://law.example", False, "wrong", "not encrypted"),
        ("https://law.example", False, "wrong", "cookies"),
        ("https://law.example", True, "ok", "People open https://law.example."),
        ("http://localhost:8000", False, "ok", "People open"),
    ],
)
def test_an_address_is_encrypted(address: str, secure: bool, level: str, words: str) -> None:
    (found,) = examining_machine.address(address, secure)
    assert found.level.value == level
    assert words in found.sentence


@pytest.mark.parametrize(
    ("address", "is_in_production", "level"),
    [
        ("", False, "ok"),
        ("http://localhost", False, "ok"),
        ("https://law.example", False, "warning"),
        ("https://law.example", True, "ok"),
    ],
)
def test_whoever_is_reached_by_others_runs_in_production(address: str, is_in_production: bool, level: str) -> None:
    assert [one.level.value for one in examining_machine.environment(address, is_in_production)] == [level]


def test_a_mail_server_is_called_and_told_nothing(healthy: Flask) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        healthy.config["MAIL"] = MailServer(host="127.0.0.1", port=port, sender="law@example.org")
        assert doctor(healthy)[1]["mail"]["sentence"].startswith(
            f"The mail server 127.0.0.1 does not answer at port {port}"
        )
        server.listen()
        assert doctor(healthy)[1]["mail"]["level"] == "ok"
        caller, _ = server.accept()
        with caller:
            assert caller.recv(100) == b""


def test_other_libraries_than_those_of_the_lock_are_named(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "flask==0.1 \\\n    --hash=sha256:00\nno-such-thing==1.0\nfor-others==1 ; sys_platform == 'win32'\n"
    )
    (found,) = examining_machine.libraries(lock)
    assert found.level is Level.WARNING
    assert "flask 3" in found.sentence
    assert "(not 0.1), no-such-thing missing (not 1.0)." in found.sentence
    assert [one.level for one in examining_machine.libraries(tmp_path / "none")] == [Level.WARNING]


def test_an_unknown_time_zone_and_a_full_disk_are_wrong(tmp_path: Path) -> None:
    assert [one.level for one in examining_machine.time_zone("Asia/Atlantis")] == [Level.WRONG]
    free = shutil.disk_usage(tmp_path).free
    assert [one.level for one in examining_machine.room(tmp_path, free)] == [Level.WARNING]
    assert [one.level for one in examining_machine.room(tmp_path, 0)] <= [Level.OK]


def test_it_works_with_a_database_in_memory(instance: Path) -> None:
    app = create_app(Config(database_url="sqlite://", secret_key="x", instance_path=instance, testing=True))
    status, found = doctor(app)
    assert (status, found["tables"]["sentence"]) == (1, "The database is empty.")


def test_findings_say_what_they_are_in_json(healthy: Flask) -> None:
    found: list[dict[str, Any]] = json.loads(healthy.test_cli_runner().invoke(args=["doctor", "--json"]).output)
    assert set(found[0]) == {"level", "about", "sentence", "advice"}
    assert replace(Finding(Level.OK, "a", "b"), advice="c").advice == "c"
