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

Copied = Callable[[str, str], AbstractContextManager[str]]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """Makes copies of the demonstration: each an application with a database of its own.

    An application is built once and looks at one copy after the other, each in the place of the one before: to build
    one, and to compile its templates and statements, takes longer than most tests.
    """
    folder = tmp_path_factory.mktemp("demonstration")
    copied = _files(request, folder) if request.param == "sqlite" else _databases(request)
    with copied("empty", "made") as url:
        with _lent(_built(url, folder)) as app:
            demonstrate(app)
        idle: dict[str, Flask] = {}

        @contextmanager
        def copies() -> Iterator[Flask]:
            name, app = idle.popitem() if idle else (f"copy_{next(COUNTER)}", None)
            with copied("made", name) as own:
                app = app or _built(own, folder)
                with _lent(app):
                    yield app
            idle[name] = app  # unless its test failed

        yield copies


def _files(request: pytest.FixtureRequest, folder: Path) -> Copied:
    shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "empty.sqlite")

    @contextmanager
    def copied(origin: str, name: str) -> Iterator[str]:
        for left in folder.glob(f"{name}.sqlite*"):
            left.unlink()
        shutil.copy(folder / f"{origin}.sqlite", folder / f"{name}.sqlite")
        yield f"sqlite:///{folder / name}.sqlite"

    return copied


def _databases(request: pytest.FixtureRequest) -> Copied:
    server: str = request.getfixturevalue("postgresql")

    @contextmanager
    def copied(origin: str, name: str) -> Iterator[str]:
        _command(server, f"CREATE DATABASE {name} TEMPLATE {origin} STRATEGY FILE_COPY")
        yield _database(server, name)
        _command(server, f"DROP DATABASE {name} WITH (FORCE)")

    return copied


def _built(url: str, folder: Path) -> Flask:
    app = application(url, folder)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@contextmanager
def _lent(app: Flask) -> Iterator[Flask]:
    """The application for one use: afterwards it holds no connection, and what was set in it is as before."""
    settings = dict(app.config)
    try:
        yield app
    finally:
        app.config.clear()
        app.config.update(settings)
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def demonstrated(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration for one test alone."""
    with demonstration() as app:
        yield app
