"""Signing in by the browser: its cookie, its pages, and forms whose sign-in has ended."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.services import accounts
from app.services.passwords import QUICK
from app.store.db import db
from app.store.letters import LetterRow
from app.store.sign_ins import SignIn
from app.store.users import User
from tests.product import LAW, Copies, clause_ids, shown, signed_in, user_id

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

PASSWORD = "kelishim-demo"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
NEVER_BEFORE = "Words of mine with “quotes” & <signs>,\r\nin two lines."


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    """Forms are checked as in production."""
    with demonstration() as app:
        app.config["WTF_CSRF_ENABLED"] = True
        yield app


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def enter(client: FlaskClient, name: str = "civil", password: str = PASSWORD, **more: str) -> TestResponse:
    form = {"name": name, "password": password, "csrf_token": token(client.get("/sign-in").text), **more}
    return client.post("/sign-in", data=form, headers={"User-Agent": FIREFOX})


def entered(app: Flask, name: str = "civil") -> FlaskClient:
    client = app.test_client()
    assert enter(client, name).status_code == 303
    return client


def hidden(page: str, action: str) -> list[tuple[str, str]]:
    """The hidden fields of a page's first form to this address."""
    forms = re.findall(r"<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", page, re.DOTALL)
    inside = next(inside for address, inside in forms if html.unescape(address) == action)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', inside)
    return [(html.unescape(name), html.unescape(value)) for name, value in fields]


def posted(client: FlaskClient, action: str, fields: list[tuple[str, str]], **more: str) -> TestResponse:
    data: dict[str, list[str]] = {}
    for name, value in [*fields, *more.items()]:
        data.setdefault(name, []).append(value)
    return client.post(action, data=data)


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


def comment(app: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(app)['art_13__para_1']}/comments"


def end_sign_ins(app: Flask, name: str) -> None:
    found = user_id(app, name)
    with app.app_context():
        db.session.execute(update(SignIn).where(SignIn.user_id == found).values(ended_at=datetime.now(UTC)))
        db.session.commit()


@pytest.mark.parametrize(
    "how", ["ended elsewhere", "unseen for long", "signed out in another tab", "no cookie any more"]
)
def test_what_was_typed_before_a_sign_in_ended_is_sent_after_signing_in_on_the_page_that_says_so(
    app: Flask, how: str
) -> None:
    client = entered(app)
    page = client.get(LAW).text
    typed = f"{NEVER_BEFORE} It {how}."
    fields = [("body", typed), ("tick", "one"), ("tick", "two"), ("csrf_token", token(page)), ("empty", "")]
    match how:
        case "ended elsewhere":
            end_sign_ins(app, "civil")
        case "unseen for long":
            with app.app_context():
                db.session.execute(update(SignIn).values(seen_on=datetime.now(UTC).date() - timedelta(days=16)))
                db.session.commit()
        case "signed out in another tab":
            client.post("/sign-out", data={"csrf_token": token(page)})
        case _:
            client.delete_cookie("session")
    ended = posted(client, comment(app), fields)
    assert ended.status_code in (400, 403)
    assert (ended.headers["X-Sign-In-Ended"], ended.headers["Cache-Control"]) == ("1", "no-store")
    assert "Your sign-in has ended" in ended.text
    kept = hidden(ended.text, "/sign-in/again")
    assert [value for name, value in kept if name == "kept-value"] == [typed, "one", "two", ""]
    wrong = posted(client, "/sign-in/again", kept, name="civil", password="wrong", do="password")
    assert (wrong.status_code, "The name or the password is wrong." in shown(wrong)) == (422, True)
    assert hidden(wrong.text, "/sign-in/again") == kept
    ready = posted(client, "/sign-in/again", kept, name="civil", password=PASSWORD, do="password")
    assert (ready.status_code, "You are signed in as Cholpon, for civil society" in shown(ready)) == (200, True)
    assert html.escape("It " + how) in ready.text.partition("<textarea")[2]
    resent = hidden(ready.text, comment(app))
    assert [one for one in resent if one[0] != "csrf_token"] == [one for one in fields if one[0] != "csrf_token"]
    assert posted(client, comment(app), resent).status_code == 303
    assert f"It {how}." in shown(client.get(comment(app).removesuffix("/comments")))


def test_with_a_second_factor_nothing_is_lost_either(app: Flask) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with app.app_context():
        secured = (
            update(User).where(User.name == "interior").values(totp_secret=secret, totp_confirmed_at=datetime.now(UTC))
        )
        db.session.execute(secured)
        db.session.commit()
    client = app.test_client()
    ended = posted(client, comment(app), [("body", NEVER_BEFORE)])
    kept = hidden(ended.text, "/sign-in/again")
    step = posted(client, "/sign-in/again", kept, name="interior", password=PASSWORD, do="password")
    assert (step.status_code, 'autocomplete="one-time-code"' in step.text) == (200, True)
    assert client.get(LAW).status_code == 404  # not yet
    wrong = posted(client, "/sign-in/again", hidden(step.text, "/sign-in/again"), code="000000", do="second")
    assert (wrong.status_code, 'autocomplete="one-time-code"' in wrong.text) == (422, True)
    code = TOTP(secret).now()
    ready = posted(client, "/sign-in/again", hidden(wrong.text, "/sign-in/again"), code=code, do="second")
    resent = hidden(ready.text, comment(app))
    assert resent[-1] == ("body", NEVER_BEFORE)
    assert posted(client, comment(app), resent).status_code == 303


def test_who_signs_in_otherwise_comes_back_and_goes_on(app: Flask) -> None:
    client = app.test_client()
    kept = hidden(posted(client, comment(app), [("body", NEVER_BEFORE)]).text, "/sign-in/again")
    early = posted(client, "/sign-in/again", kept, do="go_on")
    assert (early.status_code, "You are not signed in yet." in early.text) == (422, True)
    assert enter(client).status_code == 303  # in another tab
    ready = posted(client, "/sign-in/again", kept, do="go_on")
    assert posted(client, comment(app), hidden(ready.text, comment(app))).status_code == 303


def test_who_has_signed_in_anew_meanwhile_presses_one_button(app: Flask) -> None:
    client = entered(app)
    before = token(client.get(LAW).text)
    assert enter(client).status_code == 303  # in another tab: the token of the first is worth nothing now
    answer = posted(client, comment(app), [("body", NEVER_BEFORE), ("csrf_token", before)])
    assert (answer.status_code, "Send what I typed" in answer.text) == (400, True)
    assert posted(client, comment(app), hidden(answer.text, comment(app))).status_code == 303


def test_passwords_and_files_are_not_kept_and_the_page_says_so(app: Flask) -> None:
    form = {"email": "a@example.org", "present_password": "my secret words", "file": (BytesIO(b"text"), "law <1>.md")}
    answer = app.test_client().post("/account/address?x=1&y=%2F", data=form)
    assert "my secret words" not in answer.text
    assert "Passwords were not kept. Type them again afterwards." in answer.text
    assert "Files could not be kept: law <1>.md." in shown(answer)
    kept = hidden(answer.text, "/sign-in/again")
    assert kept[0][1].partition("?")[0] == "/account/address"
    assert [value for name, value in kept if name == "kept-name"] == ["email"]
    again = posted(app.test_client(), "/sign-in/again", kept, do="go_on")
    assert hidden(again.text, "/sign-in/again") == kept


def test_a_form_of_another_site_is_not_sent_by_a_button_of_ours(app: Flask) -> None:
    client = entered(app)
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site"}):  # fmt: skip
        answer = client.post(comment(app), data={"body": NEVER_BEFORE}, headers=headers)
        assert (answer.status_code, "Send what I typed" in answer.text) == (400, False)
        kept = {"to": comment(app), "kept-name": "body", "kept-value": NEVER_BEFORE, "do": "go_on"}
        assert client.post("/sign-in/again", data=kept, headers=headers).status_code == 400
    for target in ("https://elsewhere.example/", "//elsewhere.example", "", "/\\elsewhere", "javascript:x"):
        assert client.post("/sign-in/again", data={**kept, "to": target}).status_code == 400
    assert client.post("/sign-in/again", data={**kept, "kept-name": ["a", "b"]}).status_code == 400


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({f"own-{number}": f"Text {number}" for number in range(2000)}, True),
        ({f"own-{number}": f"Text {number}" for number in range(2001)}, False),
        ({"body": "ж " * 600_000}, True),
        ({"body": "ж " * 800_000}, False),
    ],
)
def test_a_form_with_many_fields_or_long_texts_is_kept_up_to_a_bound(
    app: Flask, fields: dict[str, str], is_kept: bool
) -> None:
    answer = app.test_client().post(comment(app), data=fields)
    assert answer.status_code == 400
    assert ("X-Sign-In-Ended" in answer.headers) is is_kept
    if is_kept and len(fields) > 1:
        kept = hidden(answer.text, "/sign-in/again")
        again = posted(app.test_client(), "/sign-in/again", kept, do="go_on")
        assert [name for name, _ in hidden(again.text, "/sign-in/again")].count("kept-name") == len(fields)
    assert next(iter(fields.values())) in answer.text  # to be copied, if nothing else


def test_a_stranger_learns_nothing_from_the_page(app: Flask) -> None:
    for path in ("/drafts/no-such-draft/amendments", f"{LAW}/amendments"):
        answer = posted(app.test_client(), path, [("title", "Any")])
        assert answer.status_code == 405 if answer.status_code == 405 else 400


def test_the_language_can_be_changed_after_a_sign_in_has_ended(app: Flask) -> None:
    client = entered(app, "facilitator")
    page = client.get("/").text
    end_sign_ins(app, "facilitator")
    assert client.post("/language", data={"language": "ru", "csrf_token": token(page)}).status_code == 303


def test_an_old_sign_in_page_comes_back_with_the_name(app: Flask) -> None:
    answer = app.test_client().post("/sign-in", data={"name": "civil", "password": PASSWORD, "next": "/news"})
    assert (answer.status_code, 'value="civil"' in answer.text, 'value="/news"' in answer.text) == (400, True, True)
    assert PASSWORD not in answer.text


def test_the_script_of_a_page_is_told_to_send_the_whole_form(app: Flask) -> None:
    answer = app.test_client().post(comment(app), data={"body": NEVER_BEFORE}, headers={"X-Fragment": "bench"})
    assert answer.headers["X-Sign-In-Ended"] == "1"


def test_helpers_of_other_tests_sign_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert signed_in(app, "civil").get(LAW).status_code == 200
    app.config["WTF_CSRF_ENABLED"] = True
