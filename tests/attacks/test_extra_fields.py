"""Fields that no form has, sent with every form there is: nothing is stored that the form does not offer."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.store.db import db
from tests.product import Copies, clause_ids, signed_in, user_id
from tests.web.permission_table import PARTS

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

EXTRA = {
    "id": "424242", "draft_id": "2", "draft": "2", "author_id": "424242", "author": "424242", "user_id": "424242", "user": "424242",
    "institution_id": "424242", "made_by": "424242", "created_by": "424242", "owner_id": "424242", "is_administrator": "1",
    "administrator": "yes", "is_admin": "1", "permissions": "administrator", "slug": "zqx-slug", "state": "adopted",
    "created_at": "2001-02-03T04:05:06", "made_at": "2001-02-03", "expires_at": "2101-02-03", "ends_at": "2101-02-03",
    "hash": "zqx-hash", "previous_hash": "zqx-hash", "sha256_": "zqx", "password_hash": "zqx-hash", "handle": "zqx-handle",
    "token": "zqx-token", "token_hash": "zqx-token", "receipt_hash": "zqx-hash", "version_id": "424242", "carried": "zqx",
    "withdrawn_at": "2001-02-03", "closed_at": "2001-02-03", "revealed_at": "2001-02-03", "issued_at": "2001-02-03",
    "discarded_at": "2001-02-03", "confirmed_at": "2001-02-03", "nonce": "zqx-nonce", "kind_": "zqx", "facts": "{}", "digests": "{}",
    "_user_id": "424242", "_method": "DELETE", "__class__": "zqx", "csrf_exempt": "1", "sealed": "1", "attribution_": "named",
}  # fmt: skip
"""What rows have and forms do not."""


def values(app: Flask) -> Iterator[dict[str, Any]]:
    for table in db.metadata.sorted_tables:
        if table.name not in ("file_pieces", "clause_texts", "attempts"):
            for row in db.session.execute(select(table)).mappings():
                yield {"": table.name, **row}


def rows_after(app: Flask, extra: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """What stands in the database after the forms of the table of permissions were sent by three people: of every row
    what does not come from the clock or from chance."""
    rules = {f"{method} {rule.rule}": rule for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    at = {
        "slug": "torture-investigation", "number": 1, "clause_id": clause_ids(app)["art_14__para_1"], "token": "unknown",
        "comment_id": 7, "link_id": 1, "position_id": 1, "answer_id": 1, "package_id": 1, "explanation_id": 1, "counter": 2,
        "other": 2, "file_format": "markdown", "job": "no-such-job", "passkey_id": 1, "identity_id": 1,
        "member": user_id(app, "interior"), "person": user_id(app, "osce"), "code": "MVD", "seat": 1, "link": 1,
    }  # fmt: skip
    people = {name: signed_in(app, name) for name in ("civil", "facilitator")}
    for rows in PARTS.values():
        for route, form, _ in rows:
            if route.startswith("POST") and route not in LEAVING:
                built = rules[route].build({name: at[name] for name in rules[route].arguments})
                for client in people.values():
                    assert client.post(built[1], data={**extra, **form}).status_code < 500, (route, form)
    with app.app_context():
        found: dict[str, list[dict[str, Any]]] = {}
        for row in values(app):
            found.setdefault(row.pop(""), []).append(_plain(row))
        return found


LEAVING = {
    "POST /sign-out", "POST /sign-in", "POST /account/sign-ins/all", "POST /account/sign-ins/others", "POST /account/password",
    "POST /account/sign-ins/<int:number>/end", "POST /drafts/<slug>/members/<int:member>/remove",
}  # fmt: skip
CHANCE = (
    "hash",
    "salt",
    "nonce",
    "token",
    "_at",
    "due",
    "digests",
    "sha256",
    "until",
    "_on",
    "device",
    "secret",
    "key",
    "handle",
    "written",
)
"""Columns by whose names one knows that they differ from run to run."""

BY_CHANCE = re.compile(r"guest-[0-9a-f]{24}|[\w-]{43}")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _without_chance(value) for name, value in row.items() if not any(one in name for one in CHANCE)}


def _without_chance(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_chance(one) for name, one in value.items() if not any(part in name for part in CHANCE)}
    return "by chance" if isinstance(value, str) and BY_CHANCE.fullmatch(value) else value


def test_no_form_takes_a_field_that_it_does_not_have(demonstration: Copies) -> None:
    with demonstration() as app:
        usual = rows_after(app, {})
    with demonstration() as app:
        attacked = rows_after(app, EXTRA)
    assert {name: len(rows) for name, rows in attacked.items()} == {name: len(rows) for name, rows in usual.items()}
    differing = {
        f"{table}.{column}: {row[column]!r}, with the fields {other[column]!r}"
        for table, rows in usual.items()
        for row, other in zip(rows, attacked[table], strict=True)
        for column in row
        if row[column] != other[column]
    }
    assert differing == set()
    assert "424242" not in str(attacked)
    assert "zqx" not in str(attacked)
