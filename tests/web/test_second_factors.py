"""The second step of signing in, and the page on which it is set up."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.store.db import db
from app.store.sign_ins import SignIn
from app.store.users import User
from tests.factors import PASSWORD, browser, installation, person, with_app_codes
from tests.product import shown

PAGE, STEP = "/account/second-factor", "/sign-in/second"


@pytest.fixture(scope="module")
def app(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with installation(empty_sqlite, tmp_path_factory.mktemp("second")) as app:
        yield app


def by_password(app: Flask, name: str, target: str = "") -> FlaskClient:
    """A browser in which the password was typed."""
    client = app.test_client()
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.location) == (303, STEP)
    return client


def is_in(client: FlaskClient) -> bool:
    return "Sign out" in client.get("/").text


def methods(app: Flask, name: str) -> list[str]:
    """How somebody has signed in so far."""
    with app.app_context():
        user = db.session.query(User).filter_by(name=name).one()
        return [row.method for row in db.session.query(SignIn).filter_by(user_id=user.id).order_by(SignIn.id)]


def test_after_the_password_a_code_is_asked_for_and_leads_where_one_wanted(app: Flask) -> None:
    person(app, "anna")
    codes = with_app_codes(app, "anna")
    client = by_password(app, "anna", "/search?q=office")
    assert not is_in(client)
    assert 'autocomplete="one-time-code"' in client.get(STEP).text
    wrong = client.post(STEP, data={"code": "000000"})
    assert (wrong.status_code, "The code is wrong." in shown(wrong)) == (422, True)
    assert not is_in(client)
    right = client.post(STEP, data={"code": codes.now()})
    assert (right.status_code, right.location) == (303, "/search?q=office")
    assert is_in(client)
    assert methods(app, "anna") == ["totp"]
    assert client.get(STEP).location == "/sign-in"


def test_a_wrong_clock_is_told_in_minutes(app: Flask) -> None:
    person(app, "boris")
    codes = with_app_codes(app, "boris")
    client = by_password(app, "boris")
    answer = client.post(STEP, data={"code": codes.at(datetime.now(UTC) + timedelta(minutes=7))})
    assert answer.status_code == 422
    assert "The clock of your telephone is off by about 7 min" in shown(answer)


def test_without_the_password_there_is_no_second_step(app: Flask) -> None:
    for answer in (app.test_client().get(STEP), app.test_client().post(STEP, data={"code": "123456"})):
        assert (answer.status_code, answer.location) == (303, "/sign-in")
    person(app, "vera")
    with_app_codes(app, "vera")
    client = by_password(app, "vera")
    with client.session_transaction() as kept:
        kept["second"] = {**kept["second"], "until": kept["second"]["until"] - 601}
    assert client.get(STEP).location == "/sign-in"


def test_trying_codes_is_stopped(app: Flask) -> None:
    person(app, "gena")
    with_app_codes(app, "gena")
    client = by_password(app, "gena")
    answers = [client.post(STEP, data={"code": "000000"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[10].headers["Retry-After"]) <= 900
    assert client.post(STEP, data={"recovery": "AAAA-AAAA-AAAA"}).status_code == 429


def test_an_app_is_set_up_confirmed_used_and_removed(app: Flask) -> None:
    import pyotp

    person(app, "dina")
    client = browser(app, "dina")
    begun = client.post(f"{PAGE}/app")
    assert (begun.status_code, begun.location) == (303, f"{PAGE}/app")
    page = client.get(f"{PAGE}/app").text
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    codes = pyotp.TOTP(found[1].replace(" ", ""))
    drawing = client.get(f"{PAGE}/app.svg")
    assert (drawing.mimetype, drawing.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert codes.secret not in drawing.text
    wrong = client.post(f"{PAGE}/app/confirm", data={"code": "12"})
    assert (wrong.status_code, "The code is wrong." in shown(wrong)) == (422, True)
    assert found[1] in wrong.text
    done = client.post(f"{PAGE}/app/confirm", data={"code": codes.now()})
    assert (done.status_code, done.headers["Cache-Control"]) == (200, "no-store")
    on_paper = re.findall(r"<li>([0-9A-Z-]{14})</li>", done.text)
    assert len(on_paper) == 10
    assert client.get(f"{PAGE}/app").status_code == 404
    assert client.post(f"{PAGE}/app").status_code == 409
    assert "10 codes on paper are left" in client.get(PAGE).text
    again = by_password(app, "dina")
    assert again.post(STEP, data={"recovery": on_paper[0].lower()}).status_code == 303
    assert "9 recovery codes are left." in again.get("/").text
    assert by_password(app, "dina").post(STEP, data={"recovery": on_paper[0]}).status_code == 422
    assert client.post(f"{PAGE}/app/remove").status_code == 303
    assert app.test_client().post("/sign-in", data={"name": "dina", "password": PASSWORD}).location == "/"
    assert methods(app, "dina") == ["password", "recovery", "password"]


CHANGES = (
    f"{PAGE}/app", f"{PAGE}/app/confirm", f"{PAGE}/app/remove", f"{PAGE}/codes", "/account/passkeys/options",
    "/account/passkeys", "/account/passkeys/1/rename", "/account/passkeys/1/remove",
)  # fmt: skip


def test_nothing_is_changed_by_whoever_has_not_said_that_it_is_they(app: Flask) -> None:
    person(app, "eva")
    client = browser(app, "eva", proved=False)
    page = client.get(PAGE)
    assert "Say first that it is you" in page.text
    assert "Set up an app" not in page.text
    assert {path: client.post(path).status_code for path in CHANGES} == dict.fromkeys(CHANGES, 403)
    wrong = client.post(f"{PAGE}/prove", data={"password": "not mine"})
    assert (wrong.status_code, "This is neither your password nor a code of yours." in shown(wrong)) == (422, True)
    assert "not mine" not in wrong.text
    assert client.post(f"{PAGE}/prove", data={"password": PASSWORD}).status_code == 303
    assert "Set up an app" in client.get(PAGE).text
    with client.session_transaction() as kept:
        kept["proved"] = {**kept["proved"], "until": kept["proved"]["until"] - 601}
    assert client.post(f"{PAGE}/app").status_code == 403


def test_what_one_person_has_proved_is_not_proved_by_the_next_in_the_same_browser(app: Flask) -> None:
    one, other = person(app, "faina"), person(app, "gleb")
    client = browser(app, "faina")
    assert client.post("/sign-in", data={"name": "gleb", "password": PASSWORD}).status_code == 303
    with client.session_transaction() as kept:
        assert "proved" not in kept
        kept["proved"] = {"user": one, "until": datetime.now(UTC).timestamp() + 60}
    assert client.post(f"{PAGE}/app").status_code == 403
    assert one != other


def test_whoever_signs_in_by_a_provider_alone_has_nothing_to_prove_it_by(app: Flask) -> None:
    person(app, "inna")
    client = browser(app, "inna", proved=False)
    assert client.post(f"{PAGE}/app").status_code == 403
    with app.app_context():
        db.session.query(User).filter_by(name="inna").one().password_hash = ""
        db.session.commit()
    assert client.post(f"{PAGE}/app").status_code == 303


def test_there_is_no_such_page_for_nobody_and_for_guests(app: Flask) -> None:
    person(app, "guest")
    guest = browser(app, "guest")
    with app.app_context():
        db.session.query(User).filter_by(name="guest").one().kind = "guest"
        db.session.commit()
    for client in (app.test_client(), guest):
        assert client.get(PAGE).status_code == 404
        assert {client.post(path).status_code for path in CHANGES} == {404}


def test_a_passkey_that_is_not_there_is_not_found_and_codes_need_a_factor(app: Flask) -> None:
    person(app, "kira")
    client = browser(app, "kira")
    assert client.post("/account/passkeys/77/rename", data={"name": "x"}).status_code == 404
    assert client.post("/account/passkeys/77/remove").status_code == 404
    answer = client.post(f"{PAGE}/codes")
    assert (answer.status_code, "Set up an app or a passkey first." in shown(answer)) == (422, True)
