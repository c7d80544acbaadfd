"""Passkeys (W3C Web Authentication, level 2): made by a device, named, and signed in with.

The server keeps a public key. A challenge is made for each use, is in the browser's signed cookie until it is answered,
and counts once: that it was answered is kept as an attempt, under a keyed hash.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.services import attempting
from app.store import second_factors
from app.store.second_factors import Passkey
from app.store.users import User

if TYPE_CHECKING:
    from webauthn.authentication.verify_authentication_response import VerifiedAuthentication

LASTS = timedelta(minutes=5)
"""A challenge."""
MOST = 20
LONGEST_NAME = 80


class ChallengeOver(Invalid):
    def __init__(self) -> None:
        super().__init__("It took too long, or it was done twice. Press the button once more.")


class PasskeyUnknown(Invalid):
    def __init__(self) -> None:
        super().__init__("This passkey is not known here. Sign in with your password.")


class PasskeyCopied(Invalid):
    """WebAuthn, 6.1.1: two devices count the uses of one key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The passkey “{name}” has counted fewer uses than Kelishim knows of, so there may be a copy of it. It was "
            "refused: sign in otherwise, and remove it."
        )


class NobodyChecked(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "Your device did not ask for a PIN, a finger or a face, so this passkey is good only after the password. "
            "Sign in with your password first."
        )


class PasskeyTwice(Invalid):
    def __init__(self) -> None:
        super().__init__("This passkey is set up already.")


class TooManyPasskeys(Invalid):
    def __init__(self) -> None:
        super().__init__(f"An account has at most {MOST} passkeys. Remove one first.")


class BadPasskeyName(Invalid):
    def __init__(self) -> None:
        super().__init__(f"The name of a passkey has between 1 and {LONGEST_NAME} characters.")


class NoSuchPasskey(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such passkey.")


@dataclass(frozen=True, slots=True)
class Site:
    """What passkeys are made for: the host, and where the browser must say that it was."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`options`: what the browser's script is given, as JSON; `challenge`: what its answer must hold."""

    challenge: str
    options: dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser's script sent, as JSON; which challenge it was given and when, none where nobody asked."""

    text: str
    challenge: str
    asked_at: datetime | None


def ask_new(session: Session, *, user_id: int, site: Site) -> Asked:
    """What a device needs to make a passkey. Raises TooManyPasskeys."""
    from app.services import passkey_checking as checking  # noqa: PLC0415

    user = second_factors.account_to_change(session, user_id)
    having = second_factors.passkeys(session, user_id)
    if len(having) >= MOST:
        raise TooManyPasskeys
    user.handle = handle = user.handle or _base64(secrets.token_bytes(64))
    challenge = secrets.token_bytes(32)
    options = checking.options_of_new(site.host, user, handle, challenge, having, LASTS)
    session.commit()
    return Asked(_base64(challenge), options)


def add(
    session: Session, *, user_id: int, site: Site, answer: Answer, name: str, secret: str, now: datetime
) -> int:  # fmt: skip
    """Keep a passkey that a device has made; its id.

    Raises BadPasskeyName, ChallengeOver, PasskeyRefused, PasskeyTwice, TooManyPasskeys.
    """
    from app.services import passkey_checking as checking  # noqa: PLC0415

    name = _name(name)
    _spend(session, answer, secret, now)
    made, transports = checking.made(site.host, site.origin, answer.text, answer.challenge)
    second_factors.account_to_change(session, user_id)
    if len(second_factors.passkeys(session, user_id)) >= MOST:
        raise TooManyPasskeys
    credential_id = _base64(made.credential_id)
    if second_factors.is_taken(session, credential_id):
        raise PasskeyTwice
    row = Passkey(
        user_id=user_id, credential_id=credential_id, public_key=made.credential_public_key,
        sign_count=made.sign_count, name=name, transports=transports, created_at=second_factors.day_of(now),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def ask_known(session: Session, *, site: Site, user_id: int | None = None) -> Asked:
    """What a device needs to use a passkey: any it has for this host, or one of this account.

    Without an account it must check who holds it, since no password was asked for.
    """
    from app.services import passkey_checking as checking  # noqa: PLC0415

    challenge = secrets.token_bytes(32)
    having = second_factors.passkeys(session, user_id) if user_id is not None else None
    return Asked(_base64(challenge), checking.options_of_known(site.host, challenge, having, LASTS))


def sign_in(session: Session, *, site: Site, answer: Answer, secret: str, now: datetime) -> int:
    """Whose account the passkey is, by itself. Raises those of `check`, and NobodyChecked."""
    found, used = _used(session, site, answer, None, secret, now)
    if not used.user_verified:
        raise NobodyChecked
    found.sign_count = used.new_sign_count
    session.commit()
    return found.user_id


def check(session: Session, *, user_id: int, site: Site, answer: Answer, secret: str, now: datetime) -> None:
    """Whether the person has one of the account's passkeys.

    Raises ChallengeOver, PasskeyUnknown, PasskeyRefused, PasskeyCopied.
    """
    found, used = _used(session, site, answer, user_id, secret, now)
    found.sign_count = used.new_sign_count
    session.commit()


def rename(session: Session, *, user_id: int, passkey_id: int, name: str) -> None:
    """Raises NoSuchPasskey, BadPasskeyName."""
    second_factors.account_to_change(session, user_id)
    _own(session, user_id, passkey_id).name = _name(name)
    session.commit()


def remove(session: Session, *, user_id: int, passkey_id: int, now: datetime) -> None:
    """It signs in no more; with the last second factor the codes on paper go too. Raises NoSuchPasskey."""
    second_factors.account_to_change(session, user_id)
    _own(session, user_id, passkey_id).removed_at = second_factors.day_of(now)
    session.flush()
    if not second_factors.asks(session, user_id):
        second_factors.remove_recovery_codes(session, user_id)
    session.commit()


def _used(
    session: Session, site: Site, answer: Answer, user_id: int | None, secret: str, now: datetime
) -> "tuple[Passkey, VerifiedAuthentication]":
    """The passkey, held with its account, and what its device has signed."""
    from app.services import passkey_checking as checking  # noqa: PLC0415

    _spend(session, answer, secret, now)
    parsed = checking.parsed(answer.text)
    known = second_factors.passkey(session, _base64(parsed.raw_id))
    if known is None or known.user_id != (user_id or known.user_id):
        raise PasskeyUnknown
    user = second_factors.account_to_change(session, known.user_id)
    found = second_factors.passkey(session, _base64(parsed.raw_id))
    if found is None or user.closed_at is not None or not _is_of(parsed.response.user_handle, user):
        raise PasskeyUnknown
    used = checking.checked(site.host, site.origin, answer.challenge, parsed, found.public_key)
    if max(used.new_sign_count, found.sign_count) > 0 and used.new_sign_count <= found.sign_count:
        raise PasskeyCopied(found.name)
    return found, used


def _is_of(handle: bytes | None, user: User) -> bool:
    """A passkey that a device chose by itself says whose it is (WebAuthn, 7.2, step 6)."""
    return not handle or _base64(handle) == user.handle


def _base64(octets: bytes) -> str:
    """base64url without padding, as browsers write it."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def _spend(session: Session, answer: Answer, secret: str, now: datetime) -> None:
    """Raises ChallengeOver where it is too old, was answered before, or nobody asked."""
    if answer.asked_at is None or not timedelta() <= now - answer.asked_at <= LASTS:
        raise ChallengeOver
    try:
        attempting.count(
            session, key_parts=("challenge", answer.challenge), secret=secret, most=1, within=2 * LASTS, now=now
        )
    except attempting.TooManyAttempts:
        raise ChallengeOver from None


def _own(session: Session, user_id: int, passkey_id: int) -> Passkey:
    found = next((one for one in second_factors.passkeys(session, user_id) if one.id == passkey_id), None)
    if found is None:
        raise NoSuchPasskey
    return found


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not 1 <= len(name) <= LONGEST_NAME or "\0" in name:
        raise BadPasskeyName
    return name
