"""The pages of a draft's members and of delegations: who sees whom, what is refused, what typed text comes back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.events import first_broken_link
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import LAW, SLUG, Copies, chain, shown, signed_in, user_id

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""None of this depends on the database: one is enough."""

MEMBERS = f"{LAW}/members"
DELEGATION = f"{LAW}/delegation"
OBSERVER = {"role": "observer", "institution": "", "part": "head"}


def run(app: Flask, *args: str) -> str:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.output


def newcomer(app: Flask, name: str, *more: str) -> None:
    made = run(
        app, "users", "create", name, "--full-name", f"{name.title()} (demo)", "--password", "issyk-kul 2026", *more
    )
    assert "made" in made, made


def delegate(app: Flask, name: str, part: str = "member") -> None:
    newcomer(app, name, "--draft", SLUG, "--role", "representative", "--institution", "CSO", "--part", part)


def refused(answer: TestResponse, status: int, sentence: str) -> None:
    assert (answer.status_code, sentence in shown(answer)) == (status, True), shown(answer)[-3000:]


def last(app: Flask) -> tuple[str, dict[str, object]]:
    event = chain(app)[-1]
    return event.kind, {name: value for name, value in event.facts.items() if name != "told"}


def test_everybody_sees_institutions_and_in_a_named_draft_people(demonstrated: Flask) -> None:
    civil, observer, facilitator = (signed_in(demonstrated, name) for name in ("civil", "observer", "facilitator"))
    for client in (civil, observer):
        page = shown(client.get(MEMBERS))
        assert "Interior Ministry (demo)" in page
        assert "Bakyt, for the Interior Ministry (demo)" in page
        assert "interior</span>" not in page  # no sign-in name
    assert "interior</span>" in shown(facilitator.get(MEMBERS))
    with demonstrated.app_context():
        find_draft(db.session, SLUG).attribution = "institution_only"
        db.session.commit()
    for client, names in ((civil, False), (observer, False), (facilitator, True)):
        page = shown(client.get(MEMBERS))
        assert ("Bakyt, for the Interior Ministry (demo)" in page) is names
        assert "Interior Ministry (demo)" in page
    assert "Cholpon, for civil society (demo)" in shown(civil.get(MEMBERS)), "one's own delegation"


def test_a_member_is_added_changed_and_removed_and_the_record_says_so(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    newcomer(demonstrated, "meerim")
    meerim = demonstrated.test_client()
    assert meerim.post("/sign-in", data={"name": "meerim", "password": "issyk-kul 2026"}).status_code == 303
    wanted = {"role": "representative", "institution": "CSO", "part": "member"}
    assert meerim.get(LAW).status_code == 404
    assert facilitator.post(MEMBERS, data={"name": "meerim", **wanted}).status_code == 303
    number = user_id(demonstrated, "meerim")
    with demonstrated.app_context():
        cso = {mark: id for id, mark in _codes().items()}["CSO"]
    assert last(demonstrated) == (
        "member_added", {"member": number, "role": "representative", "institution": cso, "part": "member"}
    )  # fmt: skip
    assert meerim.get(LAW).status_code == 200
    assert facilitator.post(f"{MEMBERS}/{number}", data=OBSERVER).status_code == 303
    kind, facts = last(demonstrated)
    assert (kind, facts["role"], facts["former"]) == (
        "member_changed", "observer", {"role": "representative", "institution": cso, "part": "member"},
    )  # fmt: skip
    count = len(chain(demonstrated))
    assert facilitator.post(f"{MEMBERS}/{number}", data=OBSERVER).status_code == 303
    assert len(chain(demonstrated)) == count, "nothing changed, so nothing is recorded"
    assert facilitator.post(f"{MEMBERS}/{number}/remove").status_code == 303
    assert last(demonstrated)[0] == "member_removed"
    assert last(demonstrated)[1]["member"] == number
    assert meerim.get(LAW).status_code == 404
    assert facilitator.post(f"{MEMBERS}/{number}/remove").status_code == 404
    assert first_broken_link(chain(demonstrated)) is None


def _codes() -> dict[int, str]:
    from app.store import institutions

    return institutions.codes(db.session)


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"name": "nobody"}, 422, "There is no account “nobody”."),
        ({"name": "no\0body"}, 422, "There is no account “nobody”."),
        ({"name": "x" * 300}, 422, "There is no account"),
        ({"name": "civil"}, 409, "“civil” is a member of this draft already."),
        ({"role": "representative"}, 422, "A representative speaks for an institution: name it."),
        ({"institution": "XYZ"}, 422, "There is no institution “XYZ”."),
        ({"institution": "M\0VD"}, 422, "There is no institution “MVD”."),
        ({"role": "king"}, 422, "Choose a role and a part in the delegation from those that there are."),
        ({"part": "tail"}, 422, "Choose a role and a part in the delegation from those that there are."),
    ],
)
def test_what_cannot_be_added_is_refused_and_comes_back(
    facilitated: FlaskClient, typed: dict[str, str], status: int, sentence: str
) -> None:
    answer = facilitated.post(MEMBERS, data={"name": "meerim", **OBSERVER, **typed})
    refused(answer, status, sentence)
    assert f'value="{typed.get("name", "meerim")}"' in shown(answer).replace("\ufffd", "\0")


@pytest.fixture(scope="module")
def facilitated(demonstration: Copies):  # type: ignore[no-untyped-def]
    with demonstration() as app:
        newcomer(app, "meerim")
        yield signed_in(app, "facilitator")


def test_somebody_who_manages_the_draft_always_remains(demonstrated: Flask) -> None:
    facilitator, administrator = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "administrator")
    own, other = (f"{MEMBERS}/{user_id(demonstrated, name)}" for name in ("facilitator", "administrator"))
    assert facilitator.post(f"{other}/remove").status_code == 303
    assert administrator.get(LAW).status_code == 404
    said = "Nobody else manages this draft: name another facilitator or administrator first."
    refused(facilitator.post(own, data=OBSERVER), 409, said)
    refused(facilitator.post(f"{own}/remove"), 409, said)
    assert facilitator.post(own, data={"role": "administrator"}).status_code == 303
    output = run(demonstrated, "users", "role", "facilitator", SLUG, "observer")
    assert output == f"Error: {said}\n"
    assert run(demonstrated, "users", "role", "administrator", SLUG, "facilitator") == (
        f"“administrator” is facilitator in {SLUG}.\n"
    )
    assert (last(demonstrated)[0], chain(demonstrated)[-1].user_id) == ("member_added", None)
    assert facilitator.post(f"{own}/remove").location == "/"


def test_the_head_of_a_delegation_says_who_speaks_and_hands_it_over(demonstrated: Flask) -> None:
    delegate(demonstrated, "meerim")
    civil, meerim = signed_in(demonstrated, "civil"), demonstrated.test_client()
    meerim.post("/sign-in", data={"name": "meerim", "password": "issyk-kul 2026"})
    number, interior = user_id(demonstrated, "meerim"), user_id(demonstrated, "interior")
    assert "Meerim (demo)" in shown(civil.get(DELEGATION))
    only = "Only the head of a delegation says who speaks in it and hands it over."
    refused(meerim.post(DELEGATION, data={"member": str(number), "part": "authorised"}), 403, only)
    assert civil.post(DELEGATION, data={"member": str(number), "part": "authorised"}).status_code == 303
    assert last(demonstrated)[0] == "member_changed"
    for typed, status, sentence in (
        ({"member": str(number), "part": "head"}, 422, "speaks for it or comments: choose one of the two."),
        ({"member": str(interior), "part": "member"}, 404, "not, or no longer, a member of the draft."),
        ({"do": "hand_over", "to": str(interior), "confirmed": "yes"}, 422, "handed over to one of its members only"),
        ({"do": "hand_over", "to": "99999", "confirmed": "yes"}, 422, "handed over to one of its members only"),
        ({"do": "hand_over", "to": str(number)}, 422, "Tick that you hand the delegation over"),
    ):
        refused(civil.post(DELEGATION, data=typed), status, sentence)
    over = {"do": "hand_over", "to": str(number), "confirmed": "yes"}
    assert civil.post(DELEGATION, data=over).status_code == 303
    kind, facts = last(demonstrated)
    assert (kind, facts["member"], facts["to"]) == ("delegation_handed_over", user_id(demonstrated, "civil"), number)
    refused(civil.post(DELEGATION, data=over), 403, only)
    assert "Hand the delegation over" in shown(meerim.get(DELEGATION))
    assert "State our position" in shown(civil.get(f"{LAW}/positions")), "the former head speaks for it still"
    news = shown(meerim.get(f"{LAW}/news"))
    assert "handed the delegation over to you" in news
    assert "changed what you are in this draft" in news


def test_a_delegation_has_one_head(demonstrated: Flask) -> None:
    delegate(demonstrated, "meerim")
    facilitator = signed_in(demonstrated, "facilitator")
    wanted = {"role": "representative", "institution": "CSO", "part": "head"}
    assert facilitator.post(f"{MEMBERS}/{user_id(demonstrated, 'meerim')}", data=wanted).status_code == 303
    parts = re.findall(r'class="member-line" id="member-(\d+)".*?</li>', shown(facilitator.get(MEMBERS)), re.S)
    assert str(user_id(demonstrated, "civil")) in parts
    assert [(one.kind, one.facts["part"]) for one in chain(demonstrated)[-2:]] == [
        ("member_changed", "head"), ("member_changed", "authorised"),
    ]  # fmt: skip
    page = shown(signed_in(demonstrated, "civil").get(DELEGATION))
    assert "Hand the delegation over" not in page
