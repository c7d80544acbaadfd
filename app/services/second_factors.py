"""What an account asks for after the password: whether it asks for anything, and taking all of it away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.store import second_factors
from app.store.users import User


class NoSuchAccount(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such account.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A passkey by its name, or an identity by its provider."""

    id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account signs in with beside its password."""

    app_since: datetime | None
    passkeys: tuple[Kept, ...]
    codes_left: int
    identities: tuple[Kept, ...]

    @property
    def is_needed(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


def standing(session: Session, user_id: int) -> Standing:
    """Raises NoSuchAccount."""
    user = session.get(User, user_id)
    if user is None:
        raise NoSuchAccount
    return Standing(
        app_since=user.totp_confirmed_at,
        passkeys=tuple(Kept(one.id, one.name, one.created_at) for one in second_factors.passkeys(session, user_id)),
        codes_left=second_factors.recovery_codes_left(session, user_id),
        identities=tuple(
            Kept(one.id, one.issuer, one.created_at) for one in second_factors.identities(session, user_id)
        ),
    )


def is_needed(session: Session, user_id: int) -> bool:
    """Whether a password alone lets nobody in: codes from an app are confirmed, or there is a passkey."""
    return second_factors.asks(session, user_id)


def lose_all(session: Session, *, user_id: int, now: datetime) -> None:
    """Take away everything that is asked beside the password, and the codes on paper: the telephone is lost.

    A part of a use case: whoever calls has checked who may, and commits. Raises NoSuchAccount.
    """
    user = session.get(User, user_id)
    if user is None:
        raise NoSuchAccount
    user.totp_secret = user.totp_confirmed_at = None
    second_factors.remove_passkeys(session, user_id, second_factors.day_of(now))
    second_factors.remove_recovery_codes(session, user_id)
