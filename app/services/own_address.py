"""One's own e-mail address: asked for, and confirmed by a link in a letter to it.

Until then nothing is stored, so nobody can keep an address from those who have it. The link holds the address, signed
for one account; it opens a page, and only its button confirms: programs that look at links in letters change nothing.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain import mail_addresses
from app.domain.errors import NotFound
from app.services import attempting
from app.services.accounts import AddressTaken, check_present
from app.services.passwords import USUAL, Hashing
from app.store import letters, users
from app.store.db import begin_writing
from app.store.letters import Letter

LASTS, CLOCKS_OFF = timedelta(days=3), timedelta(minutes=10)
MOST_LETTERS, WITHIN = 3, timedelta(days=1)
SIGNATURE_BYTES, LONGEST_LINK = 32, 600
Write = Callable[[str, str, str | None], Letter]
"""A letter to an address, with the token of its link, in a language."""


class NoSuchLink(NotFound):
    """Forged, run out or made for another account: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("This link is not for your account, or has run out. Ask for another letter.")


def ask(
    session: Session, *, user_id: int, typed: str, present: str, write: Write, secret: str, now: datetime,
    hashing: Hashing = USUAL,
) -> str:  # fmt: skip
    """Have a letter sent to the address; the address as it is written. `present` is the account's password, where it
    has one: by the address somebody could choose another.

    Raises NoAddress, WrongPassword, and TooManyAttempts: nobody is sent more than a few letters a day, and nobody has
    more sent.
    """
    address = mail_addresses.check(typed)
    if users.of_id(session, user_id).password_hash:
        check_present(session, user_id=user_id, present=present, secret=secret, now=now, hashing=hashing)
    for key in (("letters of", str(user_id)), ("letters to", mail_addresses.key_of(address))):
        attempting.count(session, key_parts=key, secret=secret, most=MOST_LETTERS, within=WITHIN, now=now)
    begin_writing(session)
    token = _signed(f"{user_id} {int((now + LASTS).timestamp())} {address}", secret)
    letters.put(session, write(address, token, users.of_id(session, user_id).language), now)
    session.commit()
    return address


def asked(token: str, *, user_id: int, secret: str, now: datetime) -> str:
    """The address that a link confirms for this account. Raises NoSuchLink."""
    try:
        whose, until, address = _read(token, secret).split(" ", 2)
    except ValueError as error:
        raise NoSuchLink from error
    if int(whose) != user_id or now > datetime.fromtimestamp(int(until), UTC) + CLOCKS_OFF:
        raise NoSuchLink
    return address


def confirm(session: Session, *, user_id: int, token: str, secret: str, now: datetime) -> str:
    """From now on letters go to the address, and one signs in by it. Raises NoSuchLink, AddressTaken."""
    address = asked(token, user_id=user_id, secret=secret, now=now)
    begin_writing(session)
    key = mail_addresses.key_of(address)
    other = users.by_address(session, key)
    if other is not None and other.id != user_id:
        if other.email_confirmed_at is not None:
            raise AddressTaken
        other.email = other.email_key = None  # it was theirs by hearsay only
        session.flush()
    user = users.of_id(session, user_id)
    user.email, user.email_key, user.email_confirmed_at = address, key, now
    session.commit()
    return address


def remove(session: Session, *, user_id: int) -> None:
    """No letters any more, and nobody signs in by it."""
    begin_writing(session)
    user = users.of_id(session, user_id)
    user.email = user.email_key = user.email_confirmed_at = None
    session.commit()


def _signed(said: str, secret: str) -> str:
    return urlsafe_b64encode(_signature(said.encode(), secret) + said.encode()).decode().rstrip("=")


def _read(token: str, secret: str) -> str:
    """What was signed. Raises ValueError where it was not, or not by us."""
    if len(token) > LONGEST_LINK or not token.isascii():
        raise ValueError(token)
    try:
        data = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except binascii.Error as error:
        raise ValueError(token) from error
    signature, said = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(said, secret)):
        raise ValueError(token)
    return said.decode()


def _signature(said: bytes, secret: str) -> bytes:
    return hmac.new(f"confirm address {secret}".encode(), said, "sha256").digest()
