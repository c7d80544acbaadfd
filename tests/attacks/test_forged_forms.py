"""Forms sent by a page of somebody else's (CSRF)."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests.attacks.lived_in import NOWHERE, built, live_in, methods
from tests.product import LAW, Copies, shown, stored
from tests.web.test_safety import BY_MAIL, enter, token

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

SAID = "This form comes from an earlier sign-in or from another place, so it was not taken."


@dataclass(frozen=True, slots=True)
class Attacked:
    app: Flask
    at: dict[str, object]
    victim: FlaskClient

    def forms(self) -> Iterator[str]:
        for rule in self.app.url_map.iter_rules():
            if "POST" in methods(rule) and rule.rule != BY_MAIL:
                yield built(rule, self.at)


@pytest.fixture(scope="module")
def attacked(demonstration: Copies) -> Iterator[Attacked]:
    """Forms are checked as in production. Nothing may be stored here."""
    with demonstration() as app:
        at = live_in(app) | NOWHERE | {"path": "kelishim.css", "filename": "js/main.js"}
        app.config["WTF_CSRF_ENABLED"] = True
        yield Attacked(app, at, enter(app, "facilitator"))


SOME = (
    "/account/password",
    "/administration/people",
    f"{LAW}/follow",
    f"{LAW}/consolidation",
    "/sign-out",
    "/language",
)


def taken(attacked: Attacked, form: dict[str, str], paths: Iterable[str] = SOME, **headers: str) -> list[str]:
    """Where the form was taken."""
    answers = {path: attacked.victim.post(path, data=form, headers=headers) for path in paths}
    return [path for path, answer in answers.items() if answer.status_code != 400 or SAID not in shown(answer)]


def test_the_token_of_another_sign_in_or_installation_or_one_that_was_altered_is_none(attacked: Attacked) -> None:
    own = token(attacked.victim, LAW)
    elsewhere = URLSafeTimedSerializer("another key", salt="wtf-csrf-token").dumps("0" * 40)
    of_another = token(enter(attacked.app, "civil"), LAW)
    before = stored(attacked.app)
    for wrong in (of_another, elsewhere, own[:-3] + "abc", own + own, own.partition(".")[0], f"{own}\0", " "):
        assert taken(attacked, {"csrf_token": wrong, "reason": "x", "body": "x"}) == [], wrong
    assert taken(attacked, {"csrf_token": of_another, "reason": "x", "body": "x"}, attacked.forms()) == []
    assert stored(attacked.app) == before


def test_a_token_ends_with_its_sign_in(attacked: Attacked) -> None:
    client = enter(attacked.app, "civil")
    kept = token(client, LAW)
    assert client.post("/sign-out", data={"csrf_token": kept}).status_code == 303
    form = {"name": "civil", "password": "kelishim-demo", "csrf_token": token(client, "/sign-in")}
    assert client.post("/sign-in", data=form).status_code == 303
    answer = client.post(f"{LAW}/follow", data={"csrf_token": kept})
    assert (answer.status_code, SAID in shown(answer)) == (400, True)


def test_a_token_that_has_run_out_is_none(attacked: Attacked) -> None:
    """Where an installation bounds how long a form stays good."""
    own = token(attacked.victim, LAW)
    attacked.app.config["WTF_CSRF_TIME_LIMIT"] = 1
    time.sleep(2.1)  # the stamp has whole seconds
    answer = attacked.victim.post(f"{LAW}/follow", data={"csrf_token": own})
    attacked.app.config["WTF_CSRF_TIME_LIMIT"] = None
    assert (answer.status_code, SAID in shown(answer)) == (400, True)


@pytest.mark.parametrize(("header", "value"), [
    ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", "http://localhost.evil.example"),
    ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "none"),
])  # fmt: skip
def test_another_site_sends_no_form_even_with_a_token_that_leaked(attacked: Attacked, header: str, value: str) -> None:
    before, own = stored(attacked.app), token(attacked.victim, LAW)
    paths = attacked.forms() if value == "cross-site" else SOME
    assert taken(attacked, {"csrf_token": own, "body": "x", "reason": "x"}, paths, **{header: value}) == []
    assert stored(attacked.app) == before


@pytest.mark.parametrize(("header", "value"), [
    ("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin"), ("X-Requested-With", "x"),
])  # fmt: skip
def test_our_own_pages_and_programs_that_say_nothing_do(attacked: Attacked, header: str, value: str) -> None:
    form = {"csrf_token": token(attacked.victim, LAW), "language": "en"}
    assert attacked.victim.post("/language", data=form, headers={header: value}).status_code == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml", ""])
def test_no_other_kind_of_content_passes_for_a_form(attacked: Attacked, kind: str) -> None:
    before, own = stored(attacked.app), token(attacked.victim, LAW)
    data = f'csrf_token={own}&body=x{{"csrf_token": "{own}"}}'
    answer = attacked.victim.post(f"{LAW}/follow", data=data, content_type=kind)
    assert (answer.status_code, stored(attacked.app) == before) == (400, True)


def test_a_token_in_the_address_is_none(attacked: Attacked) -> None:
    own = token(attacked.victim, LAW)
    assert attacked.victim.post(f"{LAW}/follow?csrf_token={own}").status_code == 400
