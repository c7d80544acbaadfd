"""People: making accounts, signing in."""

from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.permissions import Role
from app.store import users
from app.store.memberships import add_member, find_draft

HASHER = PasswordHasher()  # argon2id with the library's parameters (RFC 9106, low memory)
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$p2BGH3gixXH8HiRgzFBURQ$GFEwA6c6x94uYcZFaZXYl2Lx3iie4MMqZkeB0+FqTgo"
"""Checked where there is no account, so that the answer takes as long; made by HASHER, which no start must wait for."""
SHORTEST_PASSWORD = 10


class WrongNameOrPassword(Invalid):
    """The same sentence whether the name or the password is wrong."""

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong.")


class NameTaken(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account “{name}” already.")


class PasswordTooShort(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A password needs at least {SHORTEST_PASSWORD} characters.")


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    full_name: str


def sign_in(session: Session, *, name: str, password: str, now: datetime) -> int:
    """The id of the person with this name and password. Raises WrongNameOrPassword."""
    user = users.by_name(session, name) if "\0" not in name else None
    usable = user is not None and user.closed_at is None
    matches = _matches(user.password_hash if user is not None and usable else NOBODY, password)
    if user is None or not usable or not matches:
        raise WrongNameOrPassword
    return user.id


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def person(session: Session, user_id: int) -> Person | None:
    """The person with this id whose account is open."""
    user = session.get(users.User, user_id)
    return Person(user.id, user.name, user.full_name) if user and user.closed_at is None else None


def create_user(
    session: Session, *, name: str, full_name: str, password: str, now: datetime, slug: str | None = None,
    role: Role = Role.OBSERVER, institution: str | None = None, part: str = "head",
) -> int:  # fmt: skip
    """Make an account, and with `slug` give it a role in that draft for an institution (its code) and a part in
    its delegation: both or neither.

    Raises NameTaken, PasswordTooShort, NoSuchDraft, Invalid.
    """
    if not name.strip() or len(name) > 80:
        raise Invalid("A sign-in name has between 1 and 80 characters.")
    if users.by_name(session, name) is not None:
        raise NameTaken(name)
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    user = users.User(name=name, full_name=full_name or name, password_hash=HASHER.hash(password), created_at=now)
    session.add(user)
    session.flush()
    if slug:
        add_member(
            session, find_draft(session, slug), name=name, role=role, institution_code=institution, now=now, part=part
        )
    session.commit()
    return user.id


def set_role(
    session: Session, *, name: str, slug: str, role: Role, institution: str | None, part: str, now: datetime
) -> None:
    """Give somebody who has an account a role in a draft, or another one than before. Raises NoSuchDraft, Invalid."""
    add_member(
        session, find_draft(session, slug), name=name, role=role, institution_code=institution, now=now, part=part
    )
    session.commit()
