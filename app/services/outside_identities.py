"""Signing in by way of an OpenID Connect provider: whose account an identity there is. Accounts are never made by it.

Whoever runs the provider can enter the accounts connected with it. An identity that is connected with none opens the
one account whose confirmed address is the same, where the provider says that it has checked the address: so whoever can
make the provider say so can enter that account, up to its second factor. Administrators of the installation are
therefore never found by address; they connect from their own page.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import mail_addresses
from app.domain.errors import Invalid, NotFound, Outdated
from app.store import second_factors, users
from app.store.second_factors import OutsideIdentity

LONGEST_SUBJECT = 255
"""OpenID Connect Core 1.0, 2: `sub` does not exceed 255 ASCII characters."""


class UnknownIdentity(Invalid):
    def __init__(self, provider: str) -> None:
        super().__init__(
            f"Nobody here is connected with this account of {provider}. Sign in with your password and connect it "
            "under “Second factor”, or ask a facilitator for an invitation."
        )


class IdentityTaken(Outdated):
    def __init__(self, provider: str) -> None:
        super().__init__(f"This account of {provider} is connected with somebody else here.")


class BadIdentity(Invalid):
    def __init__(self, provider: str) -> None:
        super().__init__(f"What {provider} answered cannot be used. Try again, or sign in with your password.")


class NoSuchIdentity(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such connection.")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a provider has vouched for. `email` is empty unless it says that it has checked the address."""

    provider: str
    issuer: str
    subject: str
    email: str = ""
    shown: str = ""


def sign_in(session: Session, *, identity: Identity, now: datetime) -> int:
    """The id of the person whose identity this is; one found by the address is connected from now on.

    Raises UnknownIdentity, BadIdentity, and IdentityTaken where somebody else was faster.
    """
    _check(identity)
    known = second_factors.identity(session, identity.issuer, identity.subject)
    user_id = known.user_id if known is not None else None
    user = session.get(users.User, user_id) if user_id is not None else _by_address(session, identity)
    if user is None or user.closed_at is not None or user.kind != "person":
        raise UnknownIdentity(identity.provider)
    found = user.id
    if known is None:
        connect(
            session, user_id=found, issuer=identity.issuer, subject=identity.subject, now=now,
            provider=identity.provider,
        )  # fmt: skip
    return found


def connect(
    session: Session, *, user_id: int, issuer: str, subject: str, now: datetime, provider: str = "OpenID Connect"
) -> None:
    """From now on this identity signs in to this account. Raises IdentityTaken, BadIdentity."""
    identity = Identity(provider, issuer, subject)
    _check(identity)
    second_factors.account_to_change(session, user_id)
    known = second_factors.identity(session, issuer, subject)
    if known is not None and known.user_id != user_id:
        raise IdentityTaken(provider)
    if known is None:
        made_on = second_factors.day_of(now)
        session.add(OutsideIdentity(user_id=user_id, issuer=issuer, subject=subject, created_at=made_on))
    session.commit()


def disconnect(session: Session, *, user_id: int, identity_id: int) -> None:
    """It signs in no more. Raises NoSuchIdentity."""
    second_factors.account_to_change(session, user_id)
    found = next((one for one in second_factors.identities(session, user_id) if one.id == identity_id), None)
    if found is None:
        raise NoSuchIdentity
    session.delete(found)
    session.commit()


def _by_address(session: Session, identity: Identity) -> users.User | None:
    """The account with this address, confirmed by its owner."""
    if not identity.email:
        return None
    try:
        user = users.by_address(session, mail_addresses.key_of(identity.email))
    except mail_addresses.NoAddress:
        return None
    return user if user and user.email_confirmed_at is not None and not user.is_administrator else None


def _check(identity: Identity) -> None:
    subject = identity.subject
    if not 1 <= len(subject) <= LONGEST_SUBJECT or "\0" in subject + identity.issuer:
        raise BadIdentity(identity.provider)
