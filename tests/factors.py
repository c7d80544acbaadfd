"""What tests of signing in have at hand: an installation with few people, and a device that makes passkeys."""

import hashlib
import json
import shutil
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

import cbor2
import pyotp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from flask.testing import FlaskClient

from app.store.db import db
from app.store.users import User
from tests.conftest import SOON_CHECKED, application

PASSWORD = "kelishim-demo"
USER_PRESENT, USER_VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


@contextmanager
def installation(empty: Path, folder: Path) -> Iterator[Flask]:
    """An installation without drafts, on SQLite."""
    shutil.copy(empty, folder / "kelishim.sqlite")
    app = application(f"sqlite:///{folder / 'kelishim.sqlite'}", folder)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


def person(app: Flask, name: str, **facts: Any) -> int:
    """A new account; its id."""
    with app.app_context():
        facts = {"password_hash": SOON_CHECKED, "created_at": datetime.now(UTC), **facts}
        user = User(name=name, full_name=f"{name.title()} of the Table", **facts)
        db.session.add(user)
        db.session.commit()
        return user.id


def browser(app: Flask, name: str, *, proved: bool = True) -> FlaskClient:
    """The browser of somebody who has signed in by password, and has said once more that it is they."""
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303, name
    if proved:
        assert client.post("/account/second-factor/prove", data={"password": PASSWORD}).status_code == 303, name
    return client


def with_app_codes(app: Flask, name: str) -> pyotp.TOTP:
    """Give an account an app, confirmed long ago."""
    secret = pyotp.random_base32()
    with app.app_context():
        user = db.session.query(User).filter_by(name=name).one()
        user.totp_secret, user.totp_confirmed_at = secret, datetime(2026, 11, 1, tzinfo=UTC)
        db.session.commit()
    return pyotp.TOTP(secret)


def coded(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """A device with one passkey in it, as W3C Web Authentication has it (6.1: what is signed)."""

    host: str = "localhost"
    origin: str = "http://localhost"
    verifies: bool = True
    count: int = 0
    counts: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    handle: str = ""

    def make(self, options: dict[str, Any]) -> str:
        """What `navigator.credentials.create` answers, without attestation."""
        self.handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        kept = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._said(HAS_KEY) + kept}
        response = {
            "clientDataJSON": self._client("webauthn.create", options["challenge"]),
            "attestationObject": coded(cbor2.dumps(attested)), "transports": ["internal", "hybrid"],
        }  # fmt: skip
        return self._answer(response)

    def use(self, options: dict[str, Any], kind: str = "webauthn.get") -> str:
        """What `navigator.credentials.get` answers."""
        self.count += self.counts
        client, said = self._client(kind, options["challenge"]), self._said(0)
        signature = self.key.sign(said + hashlib.sha256(decoded(client)).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": client, "authenticatorData": coded(said), "signature": coded(signature),
            "userHandle": self.handle,
        }  # fmt: skip
        return self._answer(response)

    def _said(self, flags: int) -> bytes:
        flags |= USER_PRESENT | (USER_VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> str:
        return coded(json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode())

    def _answer(self, response: dict[str, Any]) -> str:
        written = coded(self.credential_id)
        return json.dumps({"id": written, "rawId": written, "type": "public-key", "response": response})


def with_passkey(client: FlaskClient, device: Device, name: str = "Telephone") -> Device:
    """Set a passkey up in the browser of somebody who has said once more that it is they."""
    options = client.post("/account/passkeys/options").json
    assert options is not None
    answer = client.post("/account/passkeys", data={"answer": device.make(options), "name": name})
    assert answer.status_code == 303
    return device
