"""Who may use which address does not depend on the attribution mode.

Refusals are those of the table; pages answer as they do where all are named.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule

from app.store.db import db
from app.store.users import User
from tests.product import LAW, PUBLISH, SLUG, Copies, clause_ids, signed_in, user_id
from tests.services import records
from tests.web.permission_table import COLUMNS, PARTS

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""Refusals come before any statement in which the databases could differ: one is enough."""

REFUSED = {403, 404}
SPONSORS = "POST /drafts/<slug>/amendments/<int:number>/sponsors"
SPONSORING = (SPONSORS, f"{SPONSORS}/take-back", f"{SPONSORS}/answer")
"""Where an amendment has no institution none can propose it too: whoever is in the draft is told that first."""


@pytest.fixture(scope="module")
def published(demonstration: Copies) -> Iterator[Flask]:
    """Version 1 is published. Nothing that is refused stores anything."""
    with demonstration() as app:
        assert signed_in(app, "facilitator").post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        with app.app_context():  # the facilitator administers drafts only
            db.session.execute(update(User).where(User.name == "facilitator").values(is_administrator=False))
            db.session.commit()
        yield app


@pytest.mark.parametrize("mode", ["institution_only", "unattributed"])
def test_whoever_is_refused_is_refused_in_every_mode(published: Flask, mode: str) -> None:
    records.attributed(published, mode)
    rules = {f"{method} {rule.rule}": rule for rule in published.url_map.iter_rules() for method in rule.methods or ()}
    wrong, asked = [], 0
    for name in ("nobody", "observer", "civil", "facilitator"):
        client = published.test_client() if name == "nobody" else signed_in(published, name)
        for route, statuses in refusals(name).items():
            asked += 1
            answer = client.open(address(published, rules[route]), method=route.split(" ")[0])
            answer.close()
            told = {409} if mode == "unattributed" and route in SPONSORING and name != "nobody" else set()
            if (
                answer.status_code not in statuses | {404} | told
            ):  # in this copy there is less than the table's rows made
                wrong.append(f"{route} for {name}: {answer.status_code} instead of {statuses}")
    assert not wrong, "\n".join(wrong)
    assert asked > 300


@pytest.mark.parametrize("name", ["observer", "facilitator"])
def test_whoever_may_look_at_a_page_may_in_every_mode(published: Flask, name: str) -> None:
    """Without exception: what a mode hides, it hides on the pages."""
    client, found = signed_in(published, name), {}
    for mode in ("named", "institution_only", "unattributed"):
        records.attributed(published, mode)
        found[mode] = {path: status_of(client, path) for path in readable(published)}
    assert found["institution_only"] == found["named"]
    assert found["unattributed"] == found["named"]
    assert {200, 404} <= set(found["named"].values()) <= {200, 303, 403, 404, 422}


def readable(app: Flask) -> list[str]:
    """Every address of a draft and its publications at which one can look."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "slug" in rule.arguments)
    return [address(app, rule) for rule in rules]


def status_of(client: FlaskClient, path: str) -> int:
    answer = client.get(path)
    answer.close()
    return answer.status_code


def refusals(name: str) -> dict[str, set[int]]:
    """The routes that refuse somebody whatever they typed, and how."""
    said: dict[str, set[int]] = {}
    for rows in PARTS.values():
        for route, _, statuses in rows:
            said.setdefault(route, set()).add(int(statuses.split()[COLUMNS.index(name)]))
    return {route: statuses for route, statuses in said.items() if statuses <= REFUSED}


def address(app: Flask, rule: Rule) -> str:
    at = {
        "slug": SLUG, "address": "art_1", "clause_id": clause_ids(app)["art_14__para_1"], "token": "unknown", "comment_id": 7,
        "counter": 2, "other": 2, "file_format": "markdown", "job": "no-such-job", "code": "MVD",
        "member": user_id(app, "interior"), "name": f"{SLUG}-1.en", "file_name": f"{SLUG}-1.en.md",
    }  # fmt: skip
    built = rule.build({name: at.get(name, 1) for name in rule.arguments})
    assert built is not None
    return built[1]
