"""Administering an installation: who its administrators are, and the people who have accounts.

Administrators of an installation see no draft's content without being its member. To everybody else there is nothing
here. One administrator always remains.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated, Unstorable
from app.services import signing_in
from app.services.pages_administration import PeoplePage, PersonLine
from app.store import people, users
from app.store.db import begin_writing
from app.store.people import Counted
from app.store.users import User

LONGEST_NAME, LONGEST_FULL_NAME = 80, 200


class NoSuchPage(NotFound):
    """To whoever does not administer the installation."""

    def __init__(self) -> None:
        super().__init__("There is no page at this address.")


class NoSuchPerson(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such person here.")


class LastAdministrator(Outdated):
    def __init__(self) -> None:
        super().__init__("Nobody else administers this installation: make somebody else its administrator first.")


class UnusableSignInName(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A sign-in name has 1 to {LONGEST_NAME} characters and no spaces.")


class SignInNameTaken(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account “{name}” already.")


class NoNameOfPerson(Invalid):
    def __init__(self) -> None:
        super().__init__("Write the person's name: it stands beside what they do where people are named.")


def check_administrator(session: Session, user_id: int | None) -> int:
    """Their id. Raises NoSuchPage for everybody else."""
    user = people.find(session, user_id) if user_id is not None else None
    if user is None or not user.is_administrator or user.closed_at is not None:
        raise NoSuchPage
    return user.id


def people_page(session: Session, *, words: str, user_id: int | None) -> PeoplePage:
    """The people whose names have these words in them. Raises NoSuchPage."""
    own = check_administrator(session, user_id)
    found = people.like(session, words[:LONGEST_FULL_NAME])
    lines = tuple(_line(one, own) for one in found[: people.MOST])
    return PeoplePage(lines, words, len(found) > people.MOST)


def person(session: Session, *, person_id: int, user_id: int | None) -> PersonLine:
    """Raises NoSuchPage, NoSuchPerson."""
    own = check_administrator(session, user_id)
    return _line(Counted(_found(session, person_id), 0), own)


def make_person(session: Session, *, name: str, full_name: str, user_id: int | None, now: datetime) -> int:
    """An account without a password: they are let in by a way back, which is made next.

    Raises NoSuchPage, UnusableSignInName, SignInNameTaken, NoNameOfPerson, Unstorable.
    """
    check_administrator(session, user_id)
    begin_writing(session)
    said = " ".join(full_name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or " " in name:
        raise UnusableSignInName
    if not said:
        raise NoNameOfPerson
    if len(said) > LONGEST_FULL_NAME or "\0" in said:
        raise Unstorable(LONGEST_FULL_NAME)
    if users.by_name(session, name) is not None:
        raise SignInNameTaken(name)
    made = User(name=name, full_name=said, created_at=now)
    session.add(made)
    session.flush()
    made_id = made.id
    session.commit()
    return made_id


def close(session: Session, *, person_id: int, user_id: int | None, now: datetime) -> None:
    """Nobody signs in to the account any more; what was said by it stays. Raises NoSuchPage, NoSuchPerson,
    LastAdministrator."""
    check_administrator(session, user_id)
    begin_writing(session)
    found = _found(session, person_id)
    _keep_administered(session, found)
    found.closed_at = found.closed_at or now
    signing_in.end_all(session, found.id, now=now)
    session.commit()


def reopen(session: Session, *, person_id: int, user_id: int | None) -> None:
    """They sign in as before. Raises NoSuchPage, NoSuchPerson."""
    check_administrator(session, user_id)
    begin_writing(session)
    _found(session, person_id).closed_at = None
    session.commit()


def make_administrator(session: Session, *, person_id: int, user_id: int | None) -> None:
    """Raises NoSuchPage, NoSuchPerson (for a closed account too)."""
    check_administrator(session, user_id)
    begin_writing(session)
    found = _found(session, person_id)
    if found.closed_at is not None:
        raise NoSuchPerson
    found.is_administrator = True
    session.commit()


def take_administrator(session: Session, *, person_id: int, user_id: int | None) -> None:
    """Raises NoSuchPage, NoSuchPerson, LastAdministrator."""
    check_administrator(session, user_id)
    begin_writing(session)
    found = _found(session, person_id)
    _keep_administered(session, found)
    found.is_administrator = False
    session.commit()


def set_administrator(session: Session, *, name: str, is_administrator: bool) -> None:
    """The same for the operator, by sign-in name. Raises NoSuchPerson, LastAdministrator."""
    begin_writing(session)
    found = users.by_name(session, name)
    if found is None or found.kind != "person" or (is_administrator and found.closed_at is not None):
        raise NoSuchPerson
    if not is_administrator:
        _keep_administered(session, found)
    found.is_administrator = is_administrator
    session.commit()


def listed(session: Session, *, words: str) -> tuple[PersonLine, ...]:
    """Everybody, for the operator."""
    return tuple(_line(one, None) for one in people.like(session, words))


def _found(session: Session, person_id: int) -> User:
    found = people.find(session, person_id)
    if found is None:
        raise NoSuchPerson
    return found


def _keep_administered(session: Session, found: User) -> None:
    if found.is_administrator and people.administrators(session) == [found.id]:
        raise LastAdministrator


def _line(one: Counted, own: int | None) -> PersonLine:
    user = one.user
    return PersonLine(
        user.id, user.name, user.full_name, user.email or "", user.is_administrator, user.created_at, user.closed_at,
        one.drafts, user.id == own,
    )  # fmt: skip
