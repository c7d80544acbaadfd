"""A form that was sent when its sign-in had ended: nothing typed is lost, and nothing is sent that one did not mean."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.store.db import db
from app.store.sign_ins import SignIn
from app.store.users import User
from tests.product import LAW, Copies, clause_ids, shown, user_id
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
