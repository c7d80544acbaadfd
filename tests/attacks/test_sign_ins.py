"""Sign-ins that somebody prepared, copied, altered or made with another key."""

import base64
import json
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from app.store.db import db
from app.store.sign_ins import SignIn
from tests.conftest import sign_in
from tests.product import LAW, Copies, signed_in, user_id

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        yield app


def cookie_of(client: FlaskClient) -> str:
    held = client.get_cookie("session")
    return "" if held is None else held.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("session", value)
    return client


def sees(client: FlaskClient) -> bool:
    """Whether somebody is signed in who may see the draft."""
    return client.get(LAW).status_code == 200


def test_a_cookie_that_was_planted_before_is_not_the_one_that_is_signed_in(app: Flask) -> None:
    """The enemy's own cookie, set in the victim's browser: after the victim signs in it is worth what it was."""
    enemy = app.test_client()
    enemy.get("/sign-in")
    enemy.post("/language", data={"language": "ru"})
    planted = cookie_of(enemy)
    assert planted
    victim = with_cookie(app, planted)
    assert sign_in(victim, "civil").status_code == 303
    assert cookie_of(victim) != planted
    assert (sees(victim), sees(with_cookie(app, planted))) == (True, False)


def test_a_sign_in_of_the_enemy_planted_in_a_browser_is_replaced(app: Flask) -> None:
    enemy = signed_in(app, "interior")
    victim = with_cookie(app, cookie_of(enemy))
    assert sign_in(victim, "civil").status_code == 303
    assert "Cholpon" in victim.get("/account").text
    assert "Bakyt" in enemy.get("/account").text


def test_each_sign_in_has_a_token_of_its_own_and_the_database_has_none_of_them(app: Flask) -> None:
    tokens = set()
    for _ in range(3):
        client = signed_in(app, "civil")
        with client.session_transaction() as session:
            tokens.add(session["_user_id"])
    assert len(tokens) == 3
    with app.app_context():
        assert not tokens & set(db.session.scalars(select(SignIn.token_hash)))


def test_a_copied_cookie_ends_with_the_sign_out(app: Flask) -> None:
    client = signed_in(app, "civil")
    copy = with_cookie(app, cookie_of(client))
    assert sees(copy)
    assert client.post("/sign-out").status_code == 303
    assert (sees(copy), sees(with_cookie(app, cookie_of(copy)))) == (False, False)


def test_a_copied_cookie_ends_with_a_new_password(app: Flask) -> None:
    client = signed_in(app, "osce")
    copy = with_cookie(app, cookie_of(client))
    assert sees(copy)
    made = app.test_cli_runner().invoke(args=["users", "sign-out", "osce"])
    assert made.exit_code == 0
    assert not sees(copy)


def test_a_cookie_that_was_altered_signs_nobody_in(app: Flask) -> None:
    value = cookie_of(signed_in(app, "civil"))
    payload, stamp, signature = value.rsplit(".", 2)
    forged = base64.urlsafe_b64encode(json.dumps({"_user_id": "1", "_fresh": True}).encode()).decode().rstrip("=")
    bomb = "." + base64.urlsafe_b64encode(zlib.compress(b"0" * 2_000_000)).decode().rstrip("=")
    for wrong in (
        f"{payload}.{stamp}.{signature[:-2]}AA", f"{payload[:-1]}.{stamp}.{signature}", f"{forged}.{stamp}.{signature}",
        f"{payload}.{stamp}.", payload, "", ".", "..", "a" * 4000, f"{bomb}.{stamp}.{signature}",
        f"{payload}.AAAA.{signature}", f"{payload}..{signature}",
    ):  # fmt: skip
        client = with_cookie(app, wrong)
        assert client.get(LAW).status_code == 404, wrong[:60]
        assert client.get("/").status_code == 200, wrong[:60]


def test_a_cookie_of_another_installation_signs_nobody_in(app: Flask) -> None:
    """Nor one that is signed with the right key for another purpose."""
    client = signed_in(app, "civil")
    with client.session_transaction() as session:
        inside = dict(session)
    usual = SecureCookieSessionInterface().get_signing_serializer(app)
    assert usual is not None
    assert sees(with_cookie(app, str(usual.dumps(inside))))
    for key, salt in (("key of another", "cookie-session"), (app.secret_key, "wtf-csrf-token"), ("", "cookie-session")):
        other = URLSafeTimedSerializer(key, salt=salt, serializer=usual.serializer, signer_kwargs=usual.signer_kwargs)
        assert not sees(with_cookie(app, str(other.dumps(inside)))), salt


def test_a_cookie_with_something_else_than_a_token_signs_nobody_in(app: Flask) -> None:
    """Signed with the right key: a cookie says a token alone, and no id or name in its place is anybody's."""
    usual = SecureCookieSessionInterface().get_signing_serializer(app)
    assert usual is not None
    person = str(user_id(app, "facilitator"))
    for token in (person, "facilitator", "", "\0", "x" * 3000, "' OR 1=1 --"):
        client = with_cookie(app, str(usual.dumps({"_user_id": token, "_fresh": True})))
        assert client.get(LAW).status_code == 404, token
        assert [client.get(path).status_code for path in ("/", "/sign-in")] == [200, 200], token
