"""The demonstration, made once on each of the two systems and copied for the tests that look at it or change it.

A test module asks for these fixtures with `pytest_plugins = ["tests.demonstration"]` and imports nothing from here.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.store.db import db
from tests.conftest import COUNTER, _command, _database, application, demonstrate
from tests.product import Copies


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """Makes copies of the demonstration: each an application with a database of its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    copied = _files(request, folder) if request.param == "sqlite" else _databases(request)
    with copied("empty", "made") as url:
        with _running(url, folder) as app:
            demonstrate(app)

        @contextmanager
        def copies() -> Iterator[Flask]:
            with copied("made", f"copy_{next(COUNTER)}") as own, _running(own, folder) as app:
                yield app

        yield copies


def _files(request: pytest.FixtureRequest, folder: Path) -> Callable[[str, str], AbstractContextManager[str]]:
    shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "empty.sqlite")

    @contextmanager
    def copied(origin: str, name: str) -> Iterator[str]:
        shutil.copy(folder / f"{origin}.sqlite", folder / f"{name}.sqlite")
        yield f"sqlite:///{folder / name}.sqlite"

    return copied


def _databases(request: pytest.FixtureRequest) -> Callable[[str, str], AbstractContextManager[str]]:
    server: str = request.getfixturevalue("postgresql")

    @contextmanager
    def copied(origin: str, name: str) -> Iterator[str]:
        _command(server, f"CREATE DATABASE {name} TEMPLATE {origin}")
        yield _database(server, name)
        _command(server, f"DROP DATABASE {name} WITH (FORCE)")

    return copied


@contextmanager
def _running(url: str, folder: Path) -> Iterator[Flask]:
    app = application(url, folder)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def demonstrated(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration for one test alone."""
    with demonstration() as app:
        yield app
