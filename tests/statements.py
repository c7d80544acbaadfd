"""Counting what a page asks of the database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.store.db import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent while the block runs: not that by which a process reads the installation's settings
    anew every quarter of an hour, whatever page it is at."""
    made: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")) and "FROM settings" not in statement:
            made.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


def counted(app: Flask, client: FlaskClient, addresses: Iterable[str]) -> list[int]:
    """How many statements each page takes once what is kept of it is kept."""
    found = []
    for address in addresses:
        client.get(address)
        with statements(app) as made:
            assert client.get(address).status_code == 200
        found.append(len(made))
    return found
