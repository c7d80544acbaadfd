"""People: making accounts, proving who one is by a password, choosing another one."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain import mail_addresses
from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Role
from app.services import attempting, membering, passwords, signing_in
from app.services.membering import Wanted
from app.services.passwords import USUAL, Hashing
from app.store import users
from app.store.db import begin_writing

WRONG, WITHIN = 10, timedelta(minutes=15)
"""So many wrong passwords for a name within so long, and none counts until the time is over."""
WRONG_FROM = 50
"""From one address: behind it may be a whole conference."""
LONGEST_NAME, LONGEST_FULL_NAME = 80, 200
OBSERVER = Wanted(Role.OBSERVER.value)


class WrongNameOrPassword(Invalid):
    """The same sentence whether the name is unknown, closed or locked, or the password is wrong."""

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong.")


class WrongPassword(Invalid):
    def __init__(self) -> None:
        super().__init__("The present password is wrong.")


class NameTaken(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account “{name}” already.")


class AddressTaken(Invalid):
    def __init__(self) -> None:
        super().__init__("Another account has this e-mail address.")


class NoSuchAccount(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account “{name}”.")


def sign_in(
    session: Session, *, name: str, password: str, address: str, secret: str, now: datetime, hashing: Hashing = USUAL
) -> int:
    """The id of the person with this name, or confirmed e-mail address, and password. `address` is where they ask from,
    empty where that says nothing.

    Raises WrongNameOrPassword, and TooManyAttempts for the address they ask from, whatever the name.
    """
    found = users.to_sign_in(session, name, _key(name)) if "\0" not in name else None
    user_id, kept = (found.id, found.password_hash) if found and found.closed_at is None else (None, "")
    if address:
        attempting.count(
            session, key_parts=("sign-in from", address), secret=secret, most=WRONG_FROM, within=WITHIN, now=now
        )
    is_locked = _is_locked(session, found.id if found else None, name, secret, now)
    if not passwords.matches(kept, password, hashing) or is_locked or user_id is None:
        raise WrongNameOrPassword
    begin_writing(session)
    let_in_again(session, user_id, secret=secret)
    attempting.take_back(session, key_parts=("sign-in from", address), secret=secret)
    if passwords.is_outdated(kept, hashing):
        users.set_password(session, user_id, passwords.hashed(password, hashing))
    session.commit()
    return user_id


def let_in_again(session: Session, user_id: int, *, secret: str) -> None:
    """Forget the wrong passwords that were tried on an account, in the caller's transaction."""
    attempting.clear(session, key_parts=("sign-in as", str(user_id)), secret=secret)


def change_password(
    session: Session, *, user_id: int, present: str, chosen: str, but: int | None, secret: str, now: datetime,
    hashing: Hashing = USUAL,
) -> None:  # fmt: skip
    """Another password for oneself; all sign-ins end `but` one. Raises WrongPassword, TooManyAttempts and what
    passwords.check_usable raises."""
    check_present(session, user_id=user_id, present=present, secret=secret, now=now, hashing=hashing)
    passwords.check_usable(chosen, *names_of(users.of_id(session, user_id)))
    kept = passwords.hashed(chosen, hashing)
    begin_writing(session)
    users.set_password(session, user_id, kept)
    signing_in.end_all(session, user_id, now=now, but=but)
    session.commit()


def check_present(
    session: Session, *, user_id: int, present: str, secret: str, now: datetime, hashing: Hashing = USUAL
) -> None:
    """Whether whoever is signed in knows the account's password. Raises WrongPassword, TooManyAttempts."""
    parts = ("present password", str(user_id))
    attempting.count(session, key_parts=parts, secret=secret, most=WRONG, within=WITHIN, now=now)
    if not passwords.matches(users.of_id(session, user_id).password_hash, present, hashing):
        raise WrongPassword
    begin_writing(session)
    attempting.clear(session, key_parts=parts, secret=secret)
    session.commit()


def set_password(session: Session, *, user_id: int, password: str, now: datetime, hashing: Hashing = USUAL) -> None:
    """A new password for whoever has proved otherwise who they are, in the caller's transaction; every sign-in ends.
    Raises what passwords.check_usable raises."""
    passwords.check_usable(password, *names_of(users.of_id(session, user_id)))
    users.set_password(session, user_id, passwords.hashed(password, hashing))
    signing_in.end_all(session, user_id, now=now)


def names_of(user: users.User) -> tuple[str, ...]:
    """What others would try first as this person's password."""
    return (user.name, user.full_name, *((user.email, user.email.partition("@")[0]) if user.email else ()))


def choose_letters(session: Session, *, user_id: int, language: str | None) -> None:
    """The language of one's letters; None: that of the installation."""
    begin_writing(session)
    users.of_id(session, user_id).language = language
    session.commit()


def create_user(
    session: Session, *, name: str, full_name: str, password: str, now: datetime, slug: str | None = None,
    wanted: Wanted = OBSERVER, email: str = "", is_administrator: bool = False,
    hashing: Hashing = USUAL,
) -> int:  # fmt: skip
    """Make an account, and with `slug` make it a member of that draft, which is recorded: both or neither. An `email`
    that is given here counts as confirmed by whoever gives it.

    Raises NameTaken, AddressTaken, NoSuchDraft, Invalid and what passwords.check_usable and membering raise.
    """
    user = user_to_make(session, name=name, full_name=full_name, password=password, now=now, hashing=hashing)
    begin_writing(session)
    user.is_administrator = is_administrator
    if email:
        _give_address(session, user, email, now)
    session.add(user)
    session.flush()
    if slug:
        membering.enter_new(session, user.id, slug=slug, wanted=wanted, now=now)
    session.commit()
    return user.id


def user_to_make(
    session: Session, *, name: str, full_name: str, password: str, now: datetime, hashing: Hashing = USUAL
) -> users.User:
    """An account that is not added yet. Raises NameTaken, Invalid and what passwords.check_usable raises."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("A sign-in name has between 1 and 80 characters.")
    if len(full_name) > LONGEST_FULL_NAME or "\0" in full_name:
        raise Invalid("A name has at most 200 characters.")
    if users.by_name(session, name) is not None:
        raise NameTaken(name)
    passwords.check_usable(password, name, full_name)
    kept = passwords.hashed(password, hashing)
    return users.User(name=name, full_name=full_name or name, password_hash=kept, created_at=now)


def set_password_of(
    session: Session, *, name: str, password: str, secret: str, now: datetime, hashing: Hashing = USUAL
) -> None:
    """For the command line: a new password, and no wrong ones counted any more. Raises NoSuchAccount and what
    passwords.check_usable raises."""
    begin_writing(session)
    user_id = _named(session, name).id
    set_password(session, user_id=user_id, password=password, now=now, hashing=hashing)
    let_in_again(session, user_id, secret=secret)
    session.commit()


def close(session: Session, *, name: str, now: datetime) -> None:
    """Nobody signs in to the account any more; what was said by it stays. Raises NoSuchAccount."""
    begin_writing(session)
    user = _named(session, name)
    user.closed_at = user.closed_at or now
    signing_in.end_all(session, user.id, now=now)
    session.commit()


def sign_out(session: Session, *, name: str, now: datetime) -> int:
    """End all sign-ins of somebody; how many there were. Raises NoSuchAccount."""
    begin_writing(session)
    count = signing_in.end_all(session, _named(session, name).id, now=now)
    session.commit()
    return count


def _named(session: Session, name: str) -> users.User:
    user = users.by_name(session, name) if "\0" not in name else None
    if user is None:
        raise NoSuchAccount(name)
    return user


def _give_address(session: Session, user: users.User, typed: str, now: datetime) -> None:
    address = mail_addresses.check(typed)
    if users.by_address(session, mail_addresses.key_of(address)) is not None:
        raise AddressTaken
    user.email, user.email_key, user.email_confirmed_at = address, mail_addresses.key_of(address), now


def _key(typed: str) -> str | None:
    with suppress(mail_addresses.NoAddress):
        return mail_addresses.key_of(typed)
    return None


def _is_locked(session: Session, user_id: int | None, name: str, secret: str, now: datetime) -> bool:
    """Whether too many passwords were tried; names that nobody has are locked alike."""
    parts = ("sign-in as", str(user_id)) if user_id is not None else ("sign-in as nobody", name.strip().casefold())
    try:
        attempting.count(session, key_parts=parts, secret=secret, most=WRONG, within=WITHIN, now=now)
    except attempting.TooManyAttempts:
        return True
    return False
