"""What tests do with the running product and look at in it."""

import hashlib
import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.domain.events import RecordedEvent
from app.store import events, versions
from app.store.db import db
from app.store.memberships import find_draft
from app.store.users import by_name
from tests.conftest import sign_in

SLUG = "torture-investigation"
LAW = f"/drafts/{SLUG}"
PUBLISH = {"visibility": "public", "language": "en", "title-en": "On the Mechanism"}
"""The form that publishes a version for everybody, with its source as the only file."""
Copies = Callable[[], AbstractContextManager[Flask]]


def signed_in(app: Flask, name: str) -> FlaskClient:
    """The browser of somebody who has signed in."""
    client = app.test_client()
    assert sign_in(client, name).status_code == 303, name
    return client


def shown(response: TestResponse) -> str:
    """A page as it is read: entities resolved."""
    return html.unescape(response.text)


def fingerprint_in(client: FlaskClient, address: str) -> str:
    """The fingerprint of the words that a page shows, as its form holds it."""
    found = re.search(r'name="words" value="(\w+)"', client.get(address).text)
    assert found is not None
    return found[1]


def stored(app: Flask) -> dict[str, tuple[int, str]]:
    """Of every table, how many rows it has and the fingerprint of what stands in them, as the database holds it."""
    with app.app_context():
        connection = db.session.connection()
        columns = "*" if connection.dialect.name == "sqlite" else "CAST(one AS TEXT)"
        found = {}
        for table in db.metadata.sorted_tables:
            order = ", ".join(column.name for column in table.primary_key)
            rows = connection.exec_driver_sql(f"SELECT {columns} FROM {table.name} AS one ORDER BY {order}").all()  # noqa: S608
            found[table.name] = (len(rows), hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest())
        return found


def added(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> dict[str, int]:
    """How many rows came to which table."""
    return {name: after[name][0] - count for name, (count, _) in before.items() if after[name][0] != count}


def clause_ids(app: Flask, slug: str = SLUG, number: int = 1) -> dict[str, str]:
    """The clauses of a version: address → id."""
    with app.app_context():
        draft = find_draft(db.session, slug)
        stored_clauses = versions.clauses_of(db.session, draft.id, draft.language, number)
        return {one.clause.address: one.id for one in stored_clauses}


def user_id(app: Flask, name: str) -> int:
    with app.app_context():
        user = by_name(db.session, name)
        assert user is not None
        return user.id


def chain(app: Flask, slug: str = SLUG) -> list[RecordedEvent]:
    """The events of a draft as they are chained."""
    with app.app_context():
        return chain_in(db.session, slug)


def chain_in(session: Session, slug: str = SLUG) -> list[RecordedEvent]:
    return events.chain(session, find_draft(session, slug))


def collision_keys(client: FlaskClient, *numbers: int) -> list[str]:
    """What the bench calls the collisions among chosen amendments; it is put away afterwards."""
    page = client.post(f"{LAW}/consolidation", data={"do": "preview", "amendment": list(map(str, numbers))})
    assert page.status_code == 200
    assert client.post(f"{LAW}/consolidation/put-away").status_code == 303
    return re.findall(r'id="collision-([^"]+)"', page.text)
