"""Codes from an app on the telephone (TOTP, RFC 6238: six digits, 30 seconds): set up, confirmed by one, asked for.

A code counts once. That it was used is kept as an attempt, under a keyed hash that is forgotten soon, and not in the
account: a step of 30 seconds would tell when somebody signed in.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated
from app.services import attempting, recovery_codes
from app.services.recovery_codes import MOST, WITHIN, tries
from app.store import second_factors
from app.store.users import User

STEP = 30
"""Seconds."""
NEAR = 1
"""Steps that a clock may be off, so that a code may be typed slowly (RFC 6238, 5.2)."""
FAR = 20
"""Steps within which a code is known for one of a wrong clock: ten minutes."""
REMEMBERED = timedelta(seconds=STEP * (2 * FAR + 2))


class WrongCode(Invalid):
    def __init__(self) -> None:
        super().__init__("The code is wrong. Type the six digits that the app shows now.")


class UsedCode(Invalid):
    def __init__(self) -> None:
        super().__init__("This code was used already. Wait for the app to show the next one.")


class ClockOff(Invalid):
    """Refused all the same: whoever knew codes of other moments would have more of them to guess."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"The clock of your telephone is off by about {minutes} min, so its codes do not fit. In the telephone's "
            "settings, let it set date and time automatically, then type the code that the app shows."
        )


class NothingBegun(NotFound):
    def __init__(self) -> None:
        super().__init__("No app is being set up. Begin on the page “Second factor”.")


class AppThere(Outdated):
    def __init__(self) -> None:
        super().__init__("An app gives codes for this account already. Remove it first, then set up another.")


@dataclass(frozen=True, slots=True)
class AppSetup:
    """What the app is given: as `otpauth:` address for its camera, as letters in groups of four for its keyboard."""

    address: str
    secret: str


def begin(session: Session, *, user_id: int) -> None:
    """A new secret, which counts once a code of it was typed. Raises AppThere."""
    user = second_factors.account_to_change(session, user_id)
    if user.totp_confirmed_at is not None:
        raise AppThere
    user.totp_secret = pyotp.random_base32()
    session.commit()


def setup_of(session: Session, *, user_id: int, issuer: str) -> AppSetup:
    """Shown until it is confirmed, and never again. Raises NothingBegun."""
    user = session.get(User, user_id)
    secret = _begun(user)
    name = user.name if user is not None else ""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=issuer)
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return AppSetup(address, " ".join(groups))


def confirm(session: Session, *, user_id: int, code: str, secret: str, now: datetime) -> tuple[str, ...]:
    """From now on the account asks for codes. Gives the codes for paper where there are none: they are never shown
    again.

    Raises NothingBegun, WrongCode, ClockOff, UsedCode, TooManyAttempts.
    """
    _count(session, user_id, secret, now)
    typed_for = _begun(session.get(User, user_id))
    _spend(session, (str(user_id), typed_for), step_of(typed_for, code, now), secret, now)
    user = second_factors.account_to_change(session, user_id)
    if _begun(user) != typed_for:
        raise NothingBegun
    user.totp_confirmed_at = second_factors.day_of(now)
    codes = () if second_factors.recovery_codes_left(session, user_id) else recovery_codes.replaced(session, user_id)
    attempting.clear(session, key_parts=tries(user_id), secret=secret)
    session.commit()
    return codes


def check(session: Session, *, user_id: int, code: str, secret: str, now: datetime) -> None:
    """Whether the person has the telephone. Raises WrongCode, ClockOff, UsedCode, TooManyAttempts."""
    _count(session, user_id, secret, now)
    user = session.get(User, user_id)
    if user is None or user.totp_secret is None or user.totp_confirmed_at is None:
        raise WrongCode
    app = (str(user_id), user.totp_secret)
    try:
        step = step_of(app[1], code, now)
    except ClockOff:
        _burn(session, app, code, secret, now)
        raise
    _spend(session, app, step, secret, now)
    attempting.clear(session, key_parts=tries(user_id), secret=secret)
    session.commit()


def remove(session: Session, *, user_id: int) -> None:
    """No codes any more; with the last second factor the codes on paper go too."""
    user = second_factors.account_to_change(session, user_id)
    user.totp_secret = user.totp_confirmed_at = None
    session.flush()
    if not second_factors.asks(session, user_id):
        second_factors.remove_recovery_codes(session, user_id)
    session.commit()


def step_of(secret: str, code: str, now: datetime) -> int:
    """The step whose code this is. Raises WrongCode, ClockOff."""
    off = off_by(secret, code, now)
    if off is None:
        raise WrongCode
    if abs(off) > NEAR:
        raise ClockOff((abs(off) * STEP + 30) // 60)
    return _now_step(now) + off


def off_by(secret: str, code: str, now: datetime) -> int | None:
    """By how many steps the clock that gave this code is ahead; the nearest where several fit, None where none does."""
    if not is_written_like_one(code):
        return None
    digits = "".join(code.split())
    made = pyotp.TOTP(secret, interval=STEP)
    found = [off for off in range(-FAR, FAR + 1) if made.verify(digits, for_time=now + timedelta(seconds=STEP * off))]
    return min(found, key=abs, default=None)


def is_written_like_one(code: str) -> bool:
    """Six digits, in groups or not."""
    digits = "".join(code.split())
    return len(digits) == 6 and digits.isascii() and digits.isdecimal()


def _now_step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _begun(user: User | None) -> str:
    """The secret that is not confirmed yet. Raises NothingBegun."""
    if user is None or user.totp_secret is None or user.totp_confirmed_at is not None:
        raise NothingBegun
    return user.totp_secret


def _count(session: Session, user_id: int, secret: str, now: datetime) -> None:
    attempting.count(session, key_parts=tries(user_id), secret=secret, most=MOST, within=WITHIN, now=now)


def _spend(session: Session, app: tuple[str, str], step: int, secret: str, now: datetime) -> None:
    """`app`: whose it is, and its secret. Raises UsedCode where the code of this step was used before."""
    parts = ("code used", *app, str(step))
    try:
        attempting.count(session, key_parts=parts, secret=secret, most=1, within=REMEMBERED, now=now)
    except attempting.TooManyAttempts:
        raise UsedCode from None


def _burn(session: Session, app: tuple[str, str], code: str, secret: str, now: datetime) -> None:
    """Somebody was told that a code will fit later. It will not: guessing stays as hard as it was."""
    off = off_by(app[1], code, now)
    if off is not None and off > 0:
        with suppress(UsedCode):
            _spend(session, app, _now_step(now) + off, secret, now)
