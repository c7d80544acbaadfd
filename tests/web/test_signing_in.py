"""Signing in by the browser: its cookie, its pages, and forms whose sign-in has ended."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.services import accounts
from app.services.passwords import QUICK
from app.store.db import db
from app.store.letters import LetterRow
from app.store.sign_ins import SignIn
from tests.product import LAW, Copies, shown, signed_in
from tests.web.entering import PASSWORD, enter, entered, token

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

NEVER_BEFORE = "Words of mine with “quotes” & <signs>,\r\nin two lines."


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    """Forms are checked as in production."""
    with demonstration() as app:
        app.config["WTF_CSRF_ENABLED"] = True
        yield app


def test_nobody_can_prepare_the_session_that_somebody_signs_in_with(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["prepared"], session["language"] = "by somebody else", "ru"
        session["_user_id"] = "made up"
    form = {"name": "civil", "password": PASSWORD, "csrf_token": token(client.get("/sign-in").text)}
    assert client.post("/sign-in", data=form).status_code == 303
    with client.session_transaction() as session:
        assert set(session) == {"language", "_user_id", "_fresh"}
        assert session["language"] == "ru"
        known = session["_user_id"]
    assert len(known) == 43
    with app.app_context():
        assert known not in str(db.session.execute(select(SignIn.token_hash)).all())
    again = app.test_client()
    assert enter(again).status_code == 303
    with again.session_transaction() as session:
        assert session["_user_id"] != known


def test_a_cookie_from_before_signing_out_lets_nobody_in_again(app: Flask) -> None:
    client = entered(app)
    page = client.get(LAW)
    cookie = client.get_cookie("session")
    assert (page.status_code, cookie is not None) == (200, True)
    assert client.post("/sign-out", data={"csrf_token": token(page.text)}).status_code == 303
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)  # type: ignore[union-attr]
    assert thief.get(LAW).status_code == 404


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/news", "/news"),
        ("", "/"),
        ("//elsewhere", "/"),
        ("https://elsewhere/", "/"),
        ("/\\elsewhere", "/"),
        ("\0", "/"),
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(app: Flask, target: str, goes: str) -> None:
    assert enter(app.test_client(), next=target).headers["Location"] == goes


def test_unknown_closed_locked_and_wrong_get_the_same_page(app: Flask) -> None:
    with app.app_context():
        accounts.create_user(db.session, name="closed one", full_name="", password="three little words", now=datetime.now(UTC))  # fmt: skip
        accounts.close(db.session, name="closed one", now=datetime.now(UTC))
    for _ in range(10):
        enter(app.test_client(), "locked one", "wrong")
    tried = [("nobody", "wrong"), ("closed one", "three little words"), ("locked one", "wrong"), ("civil", "wrong"),
             ("x" * 300, "wrong"), ("civil\0", PASSWORD), ("civil", "")]  # fmt: skip
    answers = {}
    for name, password in tried:
        answer = enter(app.test_client(), name, password)
        page = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
        answers[answer.status_code, page.replace(html.escape(name), "NAME")] = name
    assert len(answers) == 1, [(status, name) for (status, _), name in answers.items()]
    assert "The name or the password is wrong." in next(iter(answers))[1]


def test_too_many_wrong_passwords_from_one_network_are_told_when_to_try_again(app: Flask) -> None:
    client = app.test_client()
    page = token(client.get("/sign-in").text)
    for count in range(accounts.WRONG_FROM + 1):
        form = {"name": f"name {count}", "password": "wrong", "csrf_token": page}
        place = {"REMOTE_ADDR": f"2001:db8:1:2::{count + 1}"}
        answer = client.post("/sign-in", data=form, environ_overrides=place)
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 800) == (429, True)
    assert "This was tried too often. Try again in 15 minute(s)." in shown(answer)
    elsewhere = client.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": "2001:db8:1:3::1"})
    assert elsewhere.status_code == 422


def test_the_sign_in_page_is_friendly_to_password_managers(app: Flask) -> None:
    page = app.test_client().get("/sign-in").text
    assert re.search(r'name="name"[^>]*autocomplete="username', page)
    assert re.search(r'name="password" type="password" autocomplete="current-password"', page)
    account = entered(app).get("/account").text
    assert re.search(r'name="new_password" type="password" autocomplete="new-password"', account)


def test_one_sees_where_one_is_signed_in_and_ends_it_there(app: Flask) -> None:
    here, there, third, other = (entered(app, name) for name in ("interior",) * 3 + ("observer",))
    page = here.get("/account/sign-ins")
    assert page.text.count("Firefox · Windows") >= 3
    assert page.text.count("this one") == 1
    assert re.search(r"\d\d:\d\d", re.sub(r"<header.*?</header>", "", page.text, flags=re.DOTALL)) is None  # days alone
    ends = re.findall(r'action="(/account/sign-ins/\d+/end)"', page.text)
    assert len(ends) == 2
    proof = {"csrf_token": token(page.text)}
    theirs = {"csrf_token": token(other.get("/account/sign-ins").text)}
    assert other.post(ends[0], data=theirs).status_code == 404  # somebody else's
    assert here.post(ends[0], data=proof).status_code == 303  # the last that was made
    assert [client.get(LAW).status_code for client in (here, there, third, other)] == [200, 200, 404, 200]
    assert here.post(ends[0], data=proof).status_code == 404  # ended already
    assert here.post("/account/sign-ins/others", data=proof).status_code == 303
    assert [client.get(LAW).status_code for client in (here, there, other)] == [200, 404, 200]
    again = entered(app, "interior")
    assert here.post("/account/sign-ins/all", data=proof).headers["Location"] == "/sign-in"
    assert [client.get(LAW).status_code for client in (here, again, other)] == [404, 404, 200]


def test_the_pages_of_an_account_are_for_whoever_has_one(app: Flask) -> None:
    nobody = app.test_client()
    page = nobody.get("/account")
    assert (page.status_code, 'href="/sign-in?next=/account"' in page.text) == (404, True)
    assert nobody.get("/account/sign-ins").status_code == 404
    assert nobody.get("/account/address/unknown").status_code == 404


def test_a_password_is_changed_with_the_present_one(app: Flask) -> None:
    with app.app_context():
        accounts.create_user(
            db.session, name="ministry", full_name="", password=PASSWORD, now=datetime.now(UTC), hashing=QUICK
        )
    client, elsewhere = entered(app, "ministry"), entered(app, "ministry")
    page = client.get("/account").text
    usual = {"csrf_token": token(page), "present_password": PASSWORD, "new_password": "four rather long words"}
    table = {
        ("present_password", "not this one"): "The present password is wrong.",
        ("new_password", "short"): "A password needs at least 10 characters.",
        ("new_password", "Password2026"): "Everybody tries this password first.",
        ("new_password", "ministry123"): "This password is your own name.",
        ("new_password", "x" * 1001): "A password has at most 1000 characters.",
    }
    for (field, typed), sentence in table.items():
        answer = client.post("/account/password", data={**usual, field: typed})
        assert (answer.status_code, sentence in shown(answer)) == (422, True), sentence
        assert typed not in answer.text
    assert client.post("/account/password", data=usual).status_code == 303
    assert (client.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 404)
    assert enter(app.test_client(), "ministry").status_code == 422
    assert enter(app.test_client(), "ministry", "four rather long words").status_code == 303


def test_an_address_is_confirmed_by_the_link_in_a_letter_and_by_nothing_that_looks_at_it(app: Flask) -> None:
    client, other = entered(app, "prosecutor"), entered(app, "observer")
    form = {
        "csrf_token": token(client.get("/account").text),
        "present_password": PASSWORD,
        "email": "Prosecutor@Example.org",
    }
    assert client.post("/account/letters", data={**form, "language": "ky"}).status_code == 303
    wrong = client.post("/account/address", data={**form, "email": "a@b\r\nBcc: c@d.org"})
    assert (wrong.status_code, "no line breaks" in shown(wrong)) == (422, True)
    assert client.post("/account/address", data=form).status_code == 303
    with app.app_context():
        letter = db.session.scalars(select(LetterRow).where(LetterRow.address == "Prosecutor@Example.org")).one()
    found = re.search(r"http://localhost(/account/address/\S+)", letter.text)
    assert found is not None
    assert [one.get(found[1]).status_code for one in (client, other, app.test_client())] == [200, 404, 404]
    assert enter(app.test_client(), "prosecutor@example.org").status_code == 422
    assert other.post(found[1], data={"csrf_token": token(other.get("/account").text)}).status_code == 404
    assert client.post(found[1], data=form).status_code == 303
    assert enter(app.test_client(), "prosecutor@example.org").status_code == 303
    assert client.post("/account/address", data={**form, "do": "remove"}).status_code == 303
    assert enter(app.test_client(), "prosecutor@example.org").status_code == 422


def test_helpers_of_other_tests_sign_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert signed_in(app, "civil").get(LAW).status_code == 200
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.parametrize("known", [5, ["a"], {"a": 1}, True, 1.5, None])
def test_a_cookie_whose_token_is_no_text_signs_nobody_in(app: Flask, known: object) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = known
    assert client.get("/sign-in").status_code == 200
    assert client.get(LAW).status_code == 404
