"""Who may use which address, and how: every route × every role, written out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule

from app.domain.permissions import ALLOWED, Action, Role, can
from app.store.db import db
from app.store.users import User
from tests.product import LAW, PUBLISH, SLUG, Copies, clause_ids, shown, signed_in, user_id
from tests.web.permission_differences import DIFFERING
from tests.web.permission_table import COLUMNS, PARTS

pytest_plugins = ["tests.demonstration"]

POLICY = {
    #                read  comment propose position call sessions consolidate import publish members
    "observer":       "yes  no      no      no       no   no       no          no     no      no",
    "commenter":      "yes  yes     no      no       no   no       no          no     no      no",
    "representative": "yes  yes     yes     yes      no   no       no          no     no      no",
    "facilitator":    "yes  yes     yes     yes      yes  yes      yes         yes    yes     yes",
    "administrator":  "yes  yes     yes     yes      yes  yes      yes         yes    yes     yes",
}  # fmt: skip
ACTIONS = (
    "read", "comment", "propose", "position", "call", "hold_sessions", "consolidate", "import_version", "publish",
    "manage_members",
)  # fmt: skip


FURTHER = {"commenter": "observer", "guest": "observer", "member": "civil", "installation": "outsider"}
"""Who reads and comments; a guest who does, by a link; whoever only comments in a delegation; an administrator of the
installation who is in no draft. Each may what another one may, but for the rows of DIFFERING."""
ORDER = (
    "nobody", "outsider", "observer", "commenter", "guest", "civil", "member", "facilitator", "administrator", "installation",
)  # fmt: skip
"""In which they ask: whoever may less comes first."""


@pytest.fixture
def published(demonstration: Copies) -> Iterator[Flask]:
    """Version 1 is published; there are people of every kind. The facilitator administers drafts only."""
    with demonstration() as app:
        for name, *options in (
            ("outsider", "--draft", f"{SLUG}-ky", "--role", "facilitator"),
            ("commenter", "--draft", SLUG, "--role", "commenter"),
            ("member", "--draft", SLUG, "--role", "representative", "--institution", "CSO", "--part", "member"),
            ("installation", "--administrator"),
        ):
            made = app.test_cli_runner().invoke(args=["users", "create", name, "--password", "kelishim-demo", *options])
            assert made.exit_code == 0, made.output
        assert signed_in(app, "facilitator").post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        with app.app_context():
            db.session.execute(update(User).where(User.name == "facilitator").values(is_administrator=False))
            db.session.commit()
        yield app


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def guest_of(app: Flask) -> FlaskClient:
    """Somebody who came by a link with which one reads and comments."""
    link = {"label": "Adviser", "rights": "comment"}
    page = signed_in(app, "facilitator").post(f"{LAW}/members/guests", data=link).text
    found = re.search(r"/guest/([\w-]{43})", page)
    assert found is not None
    guest = app.test_client()
    assert guest.post(f"/guest/{found[1]}").status_code == 303
    return guest


def expected(route: str, form: dict[str, Any], statuses: str) -> dict[str, int]:
    """The answer to each, in the order in which they ask."""
    said = dict(zip(COLUMNS, map(int, statuses.split()), strict=True))
    said |= {name: said[like] for name, like in FURTHER.items()}
    said |= {name: int(status) for name, status in DIFFERING.get((route, *map(str, form.values())), {}).items()}
    return {name: said[name] for name in ORDER}


def test_the_table_has_every_route_there_is(demonstrated: Flask) -> None:
    routes = {f"{method} {rule.rule}" for rule in demonstrated.url_map.iter_rules() for method in methods(rule)}
    assert routes == {route for rows in PARTS.values() for route, _, _ in rows}


@pytest.mark.parametrize("part", PARTS)
def test_every_route_answers_every_role_as_the_table_says(published: Flask, part: str) -> None:
    """On PostgreSQL for three roles alone, which meet the most pages: who may is decided before a statement could differ."""
    rules = {f"{method} {rule.rule}": rule for rule in published.url_map.iter_rules() for method in methods(rule)}
    at = {
        "slug": SLUG, "number": 1, "address": "art_1", "clause_id": clause_ids(published)["art_14__para_1"], "fingerprint": "any",
        "path": "kelishim.css", "filename": "js/main.js", "name": f"{SLUG}-1.en",
        "file_name": f"{SLUG}-1.en.md", "token": "unknown",
        "comment_id": 7, "link_id": 1, "position_id": 1, "answer_id": 1, "package_id": 1, "explanation_id": 1,
        "counter": 2, "other": 2, "file_format": "markdown", "job": "no-such-job",
        "passkey_id": 1, "identity_id": 1,
        "member": user_id(published, "interior"), "person": 1, "code": "MVD", "seat": 1,
    }  # fmt: skip
    everybody = (*COLUMNS[1:], "commenter", "member", "installation")
    names = ("civil", "facilitator", "administrator") if on_postgresql(published) else everybody
    at["link"] = 2 if names == everybody else 1  # the first that is made here: not the one by which the guest came
    people = {name: signed_in(published, name) for name in names}
    if names == everybody:
        people |= {"nobody": published.test_client(), "guest": guest_of(published)}
    wrong = []
    for route, form, statuses in PARTS[part]:
        rule = rules[route]
        built = rule.build({name: at[name] for name in rule.arguments})
        assert built is not None
        for name, status in expected(route, form, statuses).items():
            if name not in people:
                continue
            method = route.split(" ")[0]
            answer = people[name].open(built[1], method=method, data=form if method == "POST" else None)
            answer.close()
            if answer.status_code != status:
                wrong.append(f"{route} {form} for {name}: {answer.status_code} instead of {status}")
    assert not wrong, "\n".join(wrong)


def on_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


def test_the_policy_is_this_table() -> None:
    allowed = {
        role: {action for action, may in zip(ACTIONS, answers.split(), strict=True) if may == "yes"}
        for role, answers in POLICY.items()
    }
    assert {role.value: {action.value for action in actions} for role, actions in ALLOWED.items()} == allowed
    assert tuple(action.value for action in Action) == ACTIONS


@pytest.mark.parametrize("action", list(Action))
def test_whoever_is_no_member_may_do_nothing(action: Action) -> None:
    assert not can(None, action)
    assert can(Role.ADMINISTRATOR, action)


def without_moment(page: str) -> str:
    """A page without the tokens of its forms, in which the second stands at which it was asked for."""
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page)


def test_a_private_draft_and_one_that_does_not_exist_answer_alike(published: Flask) -> None:
    for client in (published.test_client(), signed_in(published, "outsider")):
        private, unknown = client.get(LAW), client.get("/drafts/no-such-draft")
        assert (private.status_code, unknown.status_code) == (404, 404)
        assert without_moment(private.text.replace(SLUG, "no-such-draft")) == without_moment(unknown.text)
        assert "On the Mechanism" not in private.text


def test_the_library_shows_somebody_only_the_drafts_they_are_in(published: Flask) -> None:
    assert f'"{LAW}"' not in published.test_client().get("/").text
    page = signed_in(published, "outsider").get("/").text
    assert f'"{LAW}-ky"' in page
    assert f'"{LAW}"' not in page
    assert f'"{LAW}"' in signed_in(published, "observer").get("/").text


def test_only_the_proposing_institution_withdraws_an_amendment(demonstrated: Flask) -> None:
    said = "Only the institution that proposed A1 may withdraw it."
    for name in ("interior", "facilitator"):
        answer = signed_in(demonstrated, name).post(f"{LAW}/amendments/1/withdraw")
        assert (answer.status_code, said in shown(answer)) == (403, True)
    assert signed_in(demonstrated, "civil").post(f"{LAW}/amendments/1/withdraw").status_code == 303


@pytest.mark.parametrize("name", ["facilitator", "administrator"])
def test_whoever_may_consolidate_and_publish_does(demonstrated: Flask, name: str) -> None:
    client = signed_in(demonstrated, name)
    issued = client.post(f"{LAW}/consolidation", data={"do": "issue", "expected_version": "1", "amendment": ["15"]})
    assert (issued.status_code, issued.location) == (303, f"{LAW}/versions/2")
    made = client.post(f"{LAW}/versions/2/publish", data=PUBLISH)
    assert (made.status_code, made.location) == (303, f"/publications/{SLUG}/1")
    assert "thirty days" in demonstrated.test_client().get(made.location).text


def test_clauses_comments_and_amendments_of_another_draft_are_not_reached_through_this_one(published: Flask) -> None:
    client = signed_in(published, "facilitator")
    foreign = clause_ids(published, f"{SLUG}-ky")["art_1"]
    assert client.get(f"{LAW}-ky/clauses/{foreign}").status_code == 200
    for path in (f"{LAW}/clauses/{foreign}", f"{LAW}/clauses/{foreign}/propose", f"{LAW}-ky/amendments/1"):
        assert client.get(path).status_code == 404, path
    for path in (f"{LAW}/clauses/{foreign}/comments", f"{LAW}-ky/amendments/1/comments"):
        assert client.post(path, data={"body": "A remark."}).status_code == 404, path


def test_signing_out_and_closing_an_account_take_everything_away(demonstrated: Flask) -> None:
    def sees(client: FlaskClient) -> int:
        return client.get(LAW).status_code

    leaving, closed = signed_in(demonstrated, "civil"), signed_in(demonstrated, "interior")
    assert (sees(leaving), sees(closed)) == (200, 200)
    leaving.post("/sign-out")
    with demonstrated.app_context():
        user = db.session.scalars(select(User).where(User.name == "interior")).one()
        user.closed_at = user.created_at
        db.session.commit()
    assert (sees(leaving), sees(closed)) == (404, 404)
    again = demonstrated.test_client().post("/sign-in", data={"name": "interior", "password": "kelishim-demo"})
    assert (again.status_code, "The name or the password is wrong." in shown(again)) == (422, True)
    assert user_id(demonstrated, "interior") > 0
