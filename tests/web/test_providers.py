"""Signing in by way of an OpenID Connect provider, which is served by the tests."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from app.store.db import db
from app.store.second_factors import OutsideIdentity
from app.store.users import User
from config import BadConfig, Provider
from tests.factors import browser, installation, person, with_app_codes
from tests.product import shown
from tests.provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, serving, unsigned
from tests.web.test_second_factors import is_in, methods

GO, BACK, PAGE = "/sign-in/provider", "/sign-in/provider/back", "/account/second-factor"
UNUSABLE = "What Ministry ID answered cannot be used. Try again, or sign in with your password."
NOBODY = "Nobody here is connected with this account of Ministry ID."


@pytest.fixture(scope="module")
def installed(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with installation(empty_sqlite, tmp_path_factory.mktemp("provider")) as app:
        yield app


@pytest.fixture(scope="module")
def serving_provider() -> Iterator[OpenIdProvider]:
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(serving_provider: OpenIdProvider) -> OpenIdProvider:
    """As it was, whatever the test before has made of it."""
    found = serving_provider
    found.published, found.algorithms = [found.key], ["ES256", "none", "HS256"]
    found.called, found.more, found.down = "", {}, False
    return found


@pytest.fixture
def app(installed: Flask, provider: OpenIdProvider) -> Flask:
    """With a provider set, of which nothing is known yet."""
    installed.extensions.pop("kelishim-providers", None)
    installed.config["PROVIDER"] = Provider(
        issuer=provider.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, name="Ministry ID"
    )
    return installed


def connected(app: Flask, name: str, subject: str, provider: OpenIdProvider) -> int:
    user_id = person(app, name)
    with app.app_context():
        made = {"issuer": provider.issuer, "subject": subject, "created_at": datetime(2026, 11, 1, tzinfo=UTC)}
        db.session.add(OutsideIdentity(user_id=user_id, **made))
        db.session.commit()
    return user_id


def sent(client: FlaskClient, target: str = "") -> str:
    """Where somebody is sent who presses the button."""
    answer = client.get(GO, query_string={"next": target} if target else {})
    assert answer.status_code == 302
    return str(answer.location)


def came_back(app: Flask, provider: OpenIdProvider, **claims: Any) -> str:
    """What came of signing in with these claims: "in", or why not."""
    client = app.test_client()
    answer = client.get(BACK, query_string=provider.grant(sent(client), **claims))
    if answer.status_code == 303:
        return "in" if is_in(client) else str(answer.location)
    assert (answer.status_code, is_in(client)) == (422, False)
    return UNUSABLE if UNUSABLE in shown(answer) else NOBODY if NOBODY in shown(answer) else shown(answer)


def test_whoever_is_connected_signs_in_and_lands_where_they_wanted(app: Flask, provider: OpenIdProvider) -> None:
    connected(app, "anna", "anna-1", provider)
    client = app.test_client()
    assert "Sign in with Ministry ID" in client.get("/sign-in").text
    address = sent(client, "/search?q=office")
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert "redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in%2Fprovider%2Fback" in address
    answer = client.get(BACK, query_string=provider.grant(address, sub="anna-1"))
    assert (answer.status_code, answer.location) == (303, "/search?q=office")
    assert is_in(client)
    assert methods(app, "anna") == ["provider"]


def test_a_second_factor_is_asked_for_all_the_same(app: Flask, provider: OpenIdProvider) -> None:
    connected(app, "boris", "boris-1", provider)
    with_app_codes(app, "boris")
    assert came_back(app, provider, sub="boris-1") == "/sign-in/second"


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "came"),
    [
        ({}, "in"),
        ({"aud": [CLIENT_ID]}, "in"),
        ({"aud": [CLIENT_ID, "other"], "azp": CLIENT_ID}, "in"),
        ({"iat": NOW + 540, "exp": NOW + 900}, "in"),  # a clock that is nine minutes ahead
        ({"nonce": "of somebody else"}, UNUSABLE),
        ({"nonce": None}, UNUSABLE),
        ({"nonce": ""}, UNUSABLE),
        ({"aud": "other"}, UNUSABLE),
        ({"aud": ["other"]}, UNUSABLE),
        ({"aud": None}, UNUSABLE),
        ({"aud": [CLIENT_ID, "other"], "azp": "other"}, UNUSABLE),
        ({"iss": "https://other.example"}, UNUSABLE),
        ({"iss": None}, UNUSABLE),
        ({"exp": NOW - 3600}, UNUSABLE),
        ({"exp": None}, UNUSABLE),
        ({"exp": "tomorrow"}, UNUSABLE),
        ({"sub": None}, UNUSABLE),
        ({"sub": ""}, UNUSABLE),
        ({"sub": "x" * 256}, UNUSABLE),
        ({"sub": "a\0b"}, UNUSABLE),
        ({"sub": "nobody"}, NOBODY),
        ({"token": "no token"}, UNUSABLE),
        ({"token": "a.b.c"}, UNUSABLE),
    ],
)
def test_what_a_provider_says_counts_only_as_the_standard_has_it(
    app: Flask, provider: OpenIdProvider, claims: dict[str, Any], came: str
) -> None:
    with app.app_context():
        is_there = db.session.query(OutsideIdentity).filter_by(subject="claimed-1").first() is not None
    if not is_there:
        connected(app, "claimed", "claimed-1", provider)
    assert came_back(app, provider, **{"sub": "claimed-1", **claims}) == came


def nonce_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["nonce"][0]


def forged(provider: OpenIdProvider, client: FlaskClient, signed_by: str) -> dict[str, str]:
    """A way back whose token was not signed by the provider's key."""
    address = sent(client)
    nonce = nonce_in(address)
    claims = {
        "iss": provider.issuer, "aud": CLIENT_ID, "sub": "forged-1", "nonce": nonce, "iat": NOW, "exp": NOW + 600,
    }  # fmt: skip
    if signed_by == "nobody":
        return provider.grant(address, token=unsigned(claims))
    if signed_by == "the client's secret":
        key = OctKey.import_key(CLIENT_SECRET)
        return provider.grant(address, token=jwt.encode({"alg": "HS256", "kid": "one"}, claims, key))
    key = ECKey.generate_key("P-256", {"kid": "one"})
    return provider.grant(address, token=jwt.encode({"alg": "ES256", "kid": "one"}, claims, key))


@pytest.mark.parametrize("signed_by", ["nobody", "the client's secret", "another key"])
def test_a_forged_token_is_refused_even_if_the_provider_lists_how_it_is_made(
    app: Flask, provider: OpenIdProvider, signed_by: str
) -> None:
    with app.app_context():
        is_there = db.session.query(OutsideIdentity).filter_by(subject="forged-1").first() is not None
    if not is_there:
        connected(app, "forged", "forged-1", provider)
    client = app.test_client()
    answer = client.get(BACK, query_string=forged(provider, client, signed_by))
    assert (answer.status_code, UNUSABLE in shown(answer), is_in(client)) == (422, True, False)


def test_a_key_that_the_provider_has_changed_is_fetched_anew(app: Flask, provider: OpenIdProvider) -> None:
    connected(app, "dina", "dina-1", provider)
    assert came_back(app, provider, sub="dina-1") == "in"
    old, provider.key = provider.key, ECKey.generate_key("P-256", {"kid": "two"})
    provider.published = [provider.key]
    try:
        client = app.test_client()
        now = int(time.time())
        address = sent(client)
        claims = {
            "iss": provider.issuer, "aud": CLIENT_ID, "sub": "dina-1", "iat": now, "exp": now + 60,
            "nonce": nonce_in(address),
        }  # fmt: skip
        token = jwt.encode({"alg": "ES256", "kid": "two"}, claims, provider.key)
        assert client.get(BACK, query_string=provider.grant(address, token=token)).status_code == 303
    finally:
        provider.key = old


def test_a_state_that_is_not_of_this_browser_or_was_used_is_refused(app: Flask, provider: OpenIdProvider) -> None:
    connected(app, "eva", "eva-1", provider)
    client, stranger = app.test_client(), app.test_client()
    query = provider.grant(sent(client), sub="eva-1")
    answer = stranger.get(BACK, query_string=query)
    assert (answer.status_code, UNUSABLE in shown(answer)) == (422, True)
    other = provider.grant(sent(client), sub="eva-1")
    assert client.get(BACK, query_string=query).status_code == 422  # only the last try counts
    assert client.get(BACK, query_string=other).status_code == 303
    again = client.get(BACK, query_string=other)
    assert (again.status_code, again.location) == (303, PAGE)  # already in: told there
    assert UNUSABLE in shown(client.get(PAGE))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": "x"},
        {"state": "x"},
        {"error": "access_denied", "error_description": "<script>"},
        {"code": "\0", "state": "\0"},
    ],
)
def test_coming_back_with_nothing_is_a_sentence(app: Flask, query: dict[str, str]) -> None:
    answer = app.test_client().get(BACK, query_string=query)
    assert (answer.status_code, UNUSABLE in shown(answer), "<script>" in answer.text) == (422, True, False)


@pytest.mark.parametrize(
    ("name", "facts", "email", "is_verified", "came"),
    [
        ("same", {}, "Same@Example.org", True, "in"),
        ("unverified", {}, "unverified@example.org", False, NOBODY),
        ("said", {}, "said@example.org", "true", NOBODY),
        ("silent", {}, "silent@example.org", None, NOBODY),
        ("unconfirmed", {"email_confirmed_at": None}, "unconfirmed@example.org", True, NOBODY),
        ("another", {}, "else@example.org", True, NOBODY),
        ("exotic", {}, "not an address", True, NOBODY),
        ("listed", {}, ["listed@example.org"], True, NOBODY),
        ("closed", {"closed_at": datetime(2026, 11, 1, tzinfo=UTC)}, "closed@example.org", True, NOBODY),
        ("boss", {"is_administrator": True}, "boss@example.org", True, NOBODY),
        ("link", {"kind": "guest"}, "link@example.org", True, NOBODY),
    ],
)
def test_somebody_is_found_by_an_address_that_both_sides_have_checked(
    app: Flask, provider: OpenIdProvider, name: str, facts: dict[str, Any], email: str, is_verified: object, came: str
) -> None:
    address = f"{name}@example.org"
    confirmed = {"email_confirmed_at": datetime(2026, 11, 1, tzinfo=UTC), **facts}
    user_id = person(app, f"at-{name}", email=address, email_key=address, **confirmed)
    claims = {"sub": f"at-{name}", "email": email, "email_verified": is_verified}
    assert came_back(app, provider, **claims) == came
    with app.app_context():
        kept = db.session.query(OutsideIdentity).filter_by(subject=f"at-{name}").all()
        assert [one.user_id for one in kept] == ([user_id] if came == "in" else [])
        assert db.session.query(User).filter(User.email_key == "else@example.org").count() == 0
    assert came_back(app, provider, sub=f"at-{name}") == came  # and from now on by the identity alone


def test_an_address_that_is_told_elsewhere_counts_for_the_same_person_alone(
    app: Flask, provider: OpenIdProvider
) -> None:
    at = {"email": "fay@example.org", "email_key": "fay@example.org"}
    person(app, "fay", email_confirmed_at=datetime(2026, 11, 1, tzinfo=UTC), **at)
    provider.more = {"email": "fay@example.org", "email_verified": True}
    assert came_back(app, provider, sub="somebody else") == NOBODY
    assert came_back(app, provider) == "in"


def test_a_person_connects_and_disconnects_by_a_button_of_their_own(app: Flask, provider: OpenIdProvider) -> None:
    person(app, "gita")
    client = browser(app, "gita")
    assert "Connect with Ministry ID" in client.get(PAGE).text
    back = client.get(
        BACK, query_string=provider.grant(sent(client), sub="gita-1", name="Gita G.", email="g@example.org")
    )
    assert (back.status_code, back.location) == (303, f"{PAGE}/connect")
    assert came_back(app, provider, sub="gita-1") == NOBODY  # nothing is connected by coming back alone
    assert "Gita G. · g@example.org" in shown(client.get(f"{PAGE}/connect"))
    assert client.post(f"{PAGE}/connect").status_code == 303
    assert came_back(app, provider, sub="gita-1") == "in"
    assert client.get(f"{PAGE}/connect").location == PAGE
    with app.app_context():
        kept = db.session.query(OutsideIdentity).filter_by(subject="gita-1").one().id
    person(app, "hana")
    assert browser(app, "hana").post(f"/account/identities/{kept}/remove").status_code == 404
    assert client.post(f"/account/identities/{kept}/remove").status_code == 303
    assert came_back(app, provider, sub="gita-1") == NOBODY


def test_an_identity_is_one_persons_and_connecting_needs_proof(app: Flask, provider: OpenIdProvider) -> None:
    connected(app, "ivan", "ivan-1", provider)
    person(app, "jana")
    client = browser(app, "jana", proved=False)
    client.get(BACK, query_string=provider.grant(sent(client), sub="ivan-1"))
    assert "Say first that it is you, then connect." in shown(client.get(f"{PAGE}/connect"))
    assert client.post(f"{PAGE}/connect").status_code == 403
    client.post(f"{PAGE}/prove", data={"password": "kelishim-demo"})
    taken = client.post(f"{PAGE}/connect")
    assert (taken.status_code, "is connected with somebody else here" in shown(taken)) == (409, True)


@pytest.mark.parametrize("fault", ["down", "gone", "another"])
def test_a_provider_that_cannot_be_reached_or_is_another_is_a_sentence(
    app: Flask, provider: OpenIdProvider, fault: str
) -> None:
    if fault == "gone":
        app.config["PROVIDER"] = Provider(
            issuer="http://127.0.0.1:9", client_id="x", client_secret="y", name="Ministry ID"
        )
    provider.down, provider.called = fault == "down", "https://other.example" if fault == "another" else ""
    answer = app.test_client().get(GO)
    said = UNUSABLE if fault == "another" else "Ministry ID cannot be reached at present."
    assert (answer.status_code, said in shown(answer)) == (422, True)


def test_without_a_provider_there_are_no_such_pages(installed: Flask) -> None:
    installed.config["PROVIDER"] = None
    client = installed.test_client()
    assert {client.get(path).status_code for path in (GO, BACK, f"{PAGE}/connect")} == {404}
    assert "/sign-in/provider" not in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("issuer", "client_id", "secret", "said"),
    [
        ("http://id.example", "a", "b", "KELISHIM_OIDC_ISSUER: expected https://… as the provider names itself, found 'http://id.example'."),
        ("id.example", "a", "b", "KELISHIM_OIDC_ISSUER: expected https://… as the provider names itself, found 'id.example'."),
        ("https://id.example", "", "b", "KELISHIM_OIDC_CLIENT_ID and KELISHIM_OIDC_CLIENT_SECRET: set both, or no issuer."),
        ("https://id.example", "a", "", "KELISHIM_OIDC_CLIENT_ID and KELISHIM_OIDC_CLIENT_SECRET: set both, or no issuer."),
    ],
)  # fmt: skip
def test_a_provider_that_is_half_set_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, issuer: str, client_id: str, secret: str, said: str
) -> None:
    for name, value in (("ISSUER", issuer), ("CLIENT_ID", client_id), ("CLIENT_SECRET", secret)):
        monkeypatch.setenv(f"KELISHIM_OIDC_{name}", value)
    with pytest.raises(BadConfig) as refused:
        Provider.from_env()
    assert str(refused.value) == said


def test_a_provider_is_known_by_its_name_or_its_host(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Provider.from_env() is None
    for name, value in (("ISSUER", "https://id.example/kg"), ("CLIENT_ID", "a"), ("CLIENT_SECRET", "b")):
        monkeypatch.setenv(f"KELISHIM_OIDC_{name}", value)
    assert Provider.from_env() == Provider(
        issuer="https://id.example/kg", client_id="a", client_secret="b", name="id.example"
    )
