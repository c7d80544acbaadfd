"""Signing in with a passkey, by a device that is written in software."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.store.db import db
from app.store.second_factors import Passkey
from app.store.users import User
from tests.factors import PASSWORD, Device, browser, coded, decoded, installation, person, with_passkey
from tests.product import shown
from tests.web.test_second_factors import is_in, methods

OVER = "It took too long, or it was done twice. Press the button once more."
REFUSED = "The passkey could not be checked. Try again, or sign in otherwise."
UNKNOWN = "This passkey is not known here. Sign in with your password."


@pytest.fixture(scope="module")
def app(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with installation(empty_sqlite, tmp_path_factory.mktemp("passkeys")) as app:
        yield app


def owner(app: Flask, name: str, **facts: Any) -> Device:
    """Somebody with a passkey."""
    person(app, name)
    return with_passkey(browser(app, name), Device(**facts))


def asked(client: FlaskClient) -> dict[str, Any]:
    options = client.post("/sign-in/passkey/options").json
    assert options is not None
    return options


def signed(client: FlaskClient, answer: str) -> str:
    """What came of signing in with this answer: "in", or why not."""
    got = client.post("/sign-in/passkey", data={"answer": answer, "next": "/search"})
    if got.status_code == 303:
        assert got.location == "/search"
        return "in"
    assert got.status_code == 422
    return next(
        one
        for one in (OVER, REFUSED, UNKNOWN, "COPY", "PIN")
        if one in shown(got).replace("may be a copy of it", "COPY")
    )


def test_a_passkey_signs_in_alone_without_a_name(app: Flask) -> None:
    device, client = owner(app, "anna"), app.test_client()
    options = asked(client)
    assert (options["rpId"], options["allowCredentials"], options["userVerification"]) == ("localhost", [], "required")
    assert signed(client, device.use(options)) == "in"
    assert is_in(client)
    assert methods(app, "anna") == ["password", "passkey"]


def test_what_is_asked_of_a_device_that_makes_one(app: Flask) -> None:
    person(app, "bella")
    client = browser(app, "bella")
    first = client.post("/account/passkeys/options").json
    assert first is not None
    assert first["rp"] == {"name": "Kelishim", "id": "localhost"}
    assert first["user"]["name"] == "bella"
    assert len(decoded(first["user"]["id"])) == 64
    assert first["authenticatorSelection"]["residentKey"] == "preferred"
    assert first["authenticatorSelection"]["userVerification"] == "preferred"
    assert first["attestation"] == "none"
    device = with_passkey(client, Device())
    second = client.post("/account/passkeys/options").json
    assert second is not None
    assert [one["id"] for one in second["excludeCredentials"]] == [coded(device.credential_id)]
    assert second["user"]["id"] == first["user"]["id"]
    assert second["challenge"] != first["challenge"]


def test_after_the_password_it_is_the_second_step_also_where_nobody_is_checked(app: Flask) -> None:
    device = owner(app, "vera", verifies=False)
    client = app.test_client()
    assert client.post("/sign-in", data={"name": "vera", "password": PASSWORD}).location == "/sign-in/second"
    assert "Use a passkey" in client.get("/sign-in/second").text
    options = asked(client)
    assert [one["id"] for one in options["allowCredentials"]] == [coded(device.credential_id)]
    assert options["userVerification"] == "preferred"
    answer = client.post("/sign-in/second", data={"answer": device.use(options)})
    assert (answer.status_code, is_in(client)) == (303, True)
    alone = app.test_client()
    refused = alone.post("/sign-in/passkey", data={"answer": device.use(asked(alone))})
    assert refused.status_code == 422
    assert "Your device did not ask for a PIN, a finger or a face" in shown(refused)


def test_a_passkey_of_somebody_else_is_no_second_step(app: Flask) -> None:
    owner(app, "gena")
    theirs = owner(app, "dina")
    client = app.test_client()
    client.post("/sign-in", data={"name": "gena", "password": PASSWORD})
    answer = client.post("/sign-in/second", data={"answer": theirs.use(asked(client))})
    assert (answer.status_code, UNKNOWN in shown(answer), is_in(client)) == (422, True, False)


def test_a_challenge_is_answered_once_even_by_the_cookie_of_before(app: Flask) -> None:
    device, client = owner(app, "eva", counts=False), app.test_client()
    options = asked(client)
    with client.session_transaction() as kept:
        before = dict(kept)
    answer = device.use(options)
    assert signed(client, answer) == "in"
    assert signed(client, answer) == OVER
    again = app.test_client()
    with again.session_transaction() as kept:
        kept.update(before)
    assert signed(again, answer) == OVER
    assert signed(app.test_client(), answer) == OVER


def test_a_challenge_is_answered_within_five_minutes(app: Flask) -> None:
    device = owner(app, "faina")
    for seconds, came in ((290, "in"), (301, OVER), (-60, OVER)):
        client = app.test_client()
        options = asked(client)
        with client.session_transaction() as kept:
            kept["passkey"] = {**kept["passkey"], "at": kept["passkey"]["at"] - seconds}
        assert signed(client, device.use(options)) == came


def test_a_device_that_has_counted_fewer_uses_is_refused_and_one_that_counts_none_is_not(app: Flask) -> None:
    device, client = owner(app, "gleb"), app.test_client()
    device.count = 7
    assert signed(client, device.use(asked(client))) == "in"
    for count, came in ((8, "COPY"), (3, "COPY"), (0, "COPY"), (9, "in"), (9, "COPY")):
        device.count, device.counts = count, False
        client = app.test_client()
        assert signed(client, device.use(asked(client))) == came, count
    still, client = owner(app, "still", counts=False), app.test_client()
    assert [signed(client, still.use(asked(client))) for _ in range(2)] == ["in", "in"]


@pytest.mark.parametrize(
    ("name", "facts", "change", "came"),
    [
        ("other-host", {"host": "evil.example"}, {}, REFUSED),
        ("other-origin", {"origin": "http://localhost:81"}, {}, REFUSED),
        ("other-key", {"key": Device().key}, {}, REFUSED),
        ("unknown", {"credential_id": b"never seen"}, {}, UNKNOWN),
        ("other-handle", {"handle": coded(b"somebody")}, {}, UNKNOWN),
        ("no-type", {}, {"type": "password"}, REFUSED),
        ("no-id", {}, {"rawId": coded(b"another")}, UNKNOWN),
    ],
)
def test_what_another_device_or_another_place_has_signed_is_refused(
    app: Flask, name: str, facts: dict[str, Any], change: dict[str, str], came: str
) -> None:
    device, client = owner(app, f"p-{name}"), app.test_client()
    for fact, value in facts.items():
        setattr(device, fact, value)
    answer = json.dumps({**json.loads(device.use(asked(client))), **change})
    assert signed(client, answer) == came
    assert not is_in(client)


def test_an_answer_of_making_is_none_of_signing_in_and_the_other_way_round(app: Flask) -> None:
    device, client = owner(app, "inna"), app.test_client()
    assert signed(client, device.use(asked(client), "webauthn.create")) == REFUSED
    maker = browser_of(app, "inna", device)
    options = maker.post("/account/passkeys/options").json
    assert options is not None
    answer = maker.post("/account/passkeys", data={"answer": device.use(options), "name": "x"})
    assert (answer.status_code, REFUSED in shown(answer)) == (422, True)


def browser_of(app: Flask, name: str, device: Device) -> FlaskClient:
    """Somebody's browser in which they have signed in with the passkey, and proved by it that it is they."""
    client = app.test_client()
    assert signed(client, device.use(asked(client))) == "in"
    answer = client.post("/account/second-factor/prove", data={"answer": device.use(asked(client))})
    assert answer.status_code == 303, name
    return client


MALFORMED = (
    "", "{}", "[]", "null", "7", '"x"', "not json", "\0", "{" * 5000, "[" * 19_000, "x" * 30_000,
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "YQ", "attestationObject": "YQ",'
    ' "authenticatorData": "YQ", "signature": "YQ", "userHandle": "ы"}}',
    '{"id": 7, "rawId": [], "type": {}, "response": 3}',
)  # fmt: skip


def test_an_answer_that_no_browser_sends_is_refused(app: Flask) -> None:
    person(app, "maker")
    client, maker = app.test_client(), browser(app, "maker")
    for answer in MALFORMED:
        asked(client)
        assert signed(client, answer) in {REFUSED, UNKNOWN}, answer
        maker.post("/account/passkeys/options")
        made = maker.post("/account/passkeys", data={"answer": answer, "name": "x"})
        assert (made.status_code, REFUSED in shown(made)) == (422, True), answer


def test_every_octet_of_an_answer_matters_and_none_breaks_anything(app: Flask) -> None:
    device = owner(app, "mutated", counts=False)
    client = app.test_client()
    for name in ("authenticatorData", "signature", "clientDataJSON"):
        for at in (0, 33, -1):
            said = json.loads(device.use(asked(client)))
            octets = bytearray(decoded(said["response"][name]))
            octets[at] ^= 0x41
            said["response"][name] = coded(bytes(octets))
            assert signed(client, json.dumps(said)) == REFUSED, (name, at)


def test_several_passkeys_have_names_and_are_removed_one_by_one(app: Flask) -> None:
    person(app, "kira")
    client = browser(app, "kira")
    one, other = with_passkey(client, Device(), "Work laptop"), with_passkey(client, Device(), " ")
    page = shown(client.get("/account/second-factor"))
    assert "Work laptop" in page
    assert "My passkey" in page
    with app.app_context():
        ids = [row.id for row in db.session.query(Passkey).order_by(Passkey.id)][-2:]
    for typed in ("", "  ", "x" * 81, "a\0b"):
        refused = client.post(f"/account/passkeys/{ids[1]}/rename", data={"name": typed})
        assert (refused.status_code, "between 1 and 80 characters" in shown(refused)) == (422, True)
    assert client.post(f"/account/passkeys/{ids[1]}/rename", data={"name": " Мой  ключ "}).status_code == 303
    assert "Мой ключ" in shown(client.get("/account/second-factor"))
    assert client.post(f"/account/passkeys/{ids[0]}/remove").status_code == 303
    stranger = app.test_client()
    assert signed(stranger, one.use(asked(stranger))) == UNKNOWN
    assert signed(stranger, other.use(asked(stranger))) == "in"
    person(app, "lena")
    for deed in ("rename", "remove"):
        assert browser(app, "lena").post(f"/account/passkeys/{ids[1]}/{deed}", data={"name": "x"}).status_code == 404


def test_the_same_passkey_is_set_up_once(app: Flask) -> None:
    device = owner(app, "mira")
    client = browser_of(app, "mira", device)
    options = client.post("/account/passkeys/options").json
    assert options is not None
    answer = client.post("/account/passkeys", data={"answer": device.make(options), "name": "x"})
    assert (answer.status_code, "This passkey is set up already." in shown(answer)) == (422, True)


def test_an_account_has_at_most_twenty(app: Flask) -> None:
    user_id = person(app, "nina")
    client = browser(app, "nina")
    with app.app_context():
        day = db.session.get_one(User, user_id).created_at
        db.session.add_all(
            Passkey(user_id=user_id, credential_id=f"n{n}", public_key=b"", sign_count=0, name="x", created_at=day)
            for n in range(20)
        )
        db.session.commit()
    answer = client.post("/account/passkeys/options")
    assert (answer.status_code, "An account has at most 20 passkeys." in shown(answer)) == (422, True)


def test_a_closed_account_is_not_entered_with_its_passkey(app: Flask) -> None:
    device, client = owner(app, "olga"), app.test_client()
    with app.app_context():
        user = db.session.query(User).filter_by(name="olga").one()
        user.closed_at = user.created_at
        db.session.commit()
    assert signed(client, device.use(asked(client))) == UNKNOWN


def test_where_a_public_address_is_set_passkeys_are_made_for_it(app: Flask) -> None:
    app.config["PUBLIC_ADDRESS"] = "https://kelishim.example:8443"
    try:
        device = owner(app, "pavel", host="kelishim.example", origin="https://kelishim.example:8443")
        client = app.test_client()
        options = asked(client)
        assert options["rpId"] == "kelishim.example"
        assert signed(client, device.use(options)) == "in"
    finally:
        app.config["PUBLIC_ADDRESS"] = ""
