"""Ways back into an account for whoever forgot their password, was locked out, or lost their telephone.

Asked for by e-mail they are answered alike whether the address is known, in words, status and time. Made by hand they
are for somebody whom a facilitator or an administrator knows. A way back works once and ends every sign-in; it signs
nobody in, so that a second factor is still asked.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain import mail_addresses
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.invitations import BY_HAND, BY_LETTER, State, state_of
from app.domain.permissions import Action, check_can
from app.services import accounts, attempting, passwords, second_factors, signing_in
from app.services.passwords import Hashing
from app.services.tokens import hash_of_code, hash_of_token, new_code, new_token
from app.store import events, users, ways_back
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.invitations import WayBack
from app.store.letters import Letter
from app.store.memberships import enter, enter_to_write
from app.store.users import User

MOST_LETTERS, WITHIN = 3, timedelta(days=1)
"""So often an address is written to: nobody's mailbox is filled by somebody else."""
MOST_ASKED, ASKED_WITHIN = 30, timedelta(hours=1)
"""So often one may ask from one place."""


class NoSuchWayBack(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "This gives nobody a new password: it is not known here, was used already, or was replaced by a newer one. "
            "Ask for another."
        )


class WayBackRunOut(NotFound):
    def __init__(self) -> None:
        super().__init__("The time to use this is over. Ask for another.")


class NoSuchPerson(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such person, or none whom you may let in again.")


class MayNotLetBack(NotAllowed):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} administers this installation, or facilitates a draft whose members you do not manage: an "
            "administrator of the installation lets them in again."
        )


class NotForYourself(Invalid):
    def __init__(self) -> None:
        super().__init__("You are signed in yourself: change your password on the page of your account.")


class AccountClosed(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"The account of {name} is closed: an administrator of the installation opens it again.")


@dataclass(frozen=True, slots=True)
class MadeWayBack:
    """A way back with what opens it, known at this moment only."""

    full_name: str
    name: str
    language: str | None
    email: str
    token: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Whose:
    """For whose account a way back is."""

    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Helped:
    """Who is to be let in again, and whether whoever looks may do it; `barred` says why not."""

    id: int
    full_name: str
    name: str
    draft_title: str
    barred: MayNotLetBack | NotForYourself | AccountClosed | None


def ask(
    session: Session, *, address: str, asked_from: str, write: Callable[[MadeWayBack], Letter], secret: str,
    now: datetime,
) -> None:  # fmt: skip
    """Have a letter sent to whoever has this confirmed address, at most three times a day; nobody is told whether.

    Raises NoAddress for what is no address at all, TooManyAttempts for where it is asked from.
    """
    checked, key = mail_addresses.check(address), mail_addresses.key_of(address)
    if asked_from:
        attempting.count(
            session, key_parts=("way back from", asked_from), secret=secret, most=MOST_ASKED, within=ASKED_WITHIN,
            now=now,
        )  # fmt: skip
    is_first = _is_letter_due(session, key, secret, now)
    begin_writing(session)
    user = ways_back.reachable_at(session, key)
    row, made = _new(user, checked, None, now, BY_LETTER)
    ways_back.put(session, row, write(made), now, is_kept=user is not None and is_first)
    session.commit()


def _is_letter_due(session: Session, key: str, secret: str, now: datetime) -> bool:
    with suppress(attempting.TooManyAttempts):
        attempting.count(
            session, key_parts=("way back to", key), secret=secret, most=MOST_LETTERS, within=WITHIN, now=now
        )
        return True
    return False


def helped(session: Session, *, slug: str | None, person_id: int, user_id: int | None) -> Helped:
    """Whom the page is about. Without a draft: for administrators of the installation.

    Raises NoSuchDraft, RoleMayNot, NoSuchPerson.
    """
    draft = _managed(session, slug, user_id)
    user = _found(session, draft, person_id)
    barred = None
    try:
        _check_may(session, user, user_id)
    except (MayNotLetBack, NotForYourself, AccountClosed) as refusal:
        barred = refusal
    return Helped(user.id, user.full_name, user.name, draft.title if draft else "", barred)


def let_back(
    session: Session, *, slug: str | None, person_id: int, lost: bool, user_id: int | None, secret: str, now: datetime
) -> MadeWayBack:  # fmt: skip
    """Make a way back for a member of a draft, or by an administrator for anybody; what was made before ends, and wrong
    passwords are forgotten. `lost`: the second factor is lost too, and asked no more.

    Raises NoSuchDraft, RoleMayNot, NoSuchPerson, MayNotLetBack, NotForYourself, AccountClosed.
    """
    begin_writing(session)
    draft = _managed(session, slug, user_id, to_write=True)
    user = _found(session, draft, person_id)
    _check_may(session, user, user_id)
    made = _make(session, user, user_id, lost=lost, secret=secret, now=now)
    if draft is not None:
        events.record(session, draft, "way_back_made", now=now, user_id=user_id, member=user.id, second_factor=lost)
    session.commit()
    return made


def let_back_as_operator(session: Session, *, name: str, lost: bool, secret: str, now: datetime) -> MadeWayBack:
    """The same on the command line, for anybody. Raises NoSuchPerson, AccountClosed."""
    begin_writing(session)
    user = users.by_name(session, name) if "\0" not in name else None
    if user is None or user.kind != "person":
        raise NoSuchPerson
    if user.closed_at is not None:
        raise AccountClosed(user.full_name)
    made = _make(session, user, None, lost=lost, secret=secret, now=now)
    session.commit()
    return made


def look(session: Session, *, key: str, now: datetime) -> Whose:
    """For whom the way back with this link or code (its hash) is. Raises NoSuchWayBack, WayBackRunOut."""
    _, user = _opened(session, key, now)
    return Whose(user.name, user.full_name)


def choose(session: Session, *, key: str, password: str, secret: str, now: datetime, hashing: Hashing) -> str:
    """Choose a new password; the sign-in name it belongs to. Every sign-in ends, as does every other way back.

    Raises NoSuchWayBack, WayBackRunOut and what passwords.check_usable raises.
    """
    passwords.check_usable(password, *accounts.names_of(_opened(session, key, now)[1]))
    hashed = passwords.hashed(password, hashing)  # takes long, so before anything is held
    begin_writing(session)
    row, user = _opened(session, key, now)
    _usable(ways_back.to_write(session, row.id), now)
    users.set_password(session, user.id, hashed)
    accounts.let_in_again(session, user.id, secret=secret)
    signing_in.end_all(session, user.id, now=now)
    row.used_at, name = now, user.name
    session.flush()
    ways_back.revoke_others(session, user.id, now)
    session.commit()
    return name


def _new(
    user: User | None, address: str, made_by: int | None, now: datetime, lasting: timedelta
) -> tuple[WayBack, MadeWayBack]:
    """A row, not stored yet, and what opens it; also for nobody."""
    token, code, until = new_token(), new_code(), now + lasting
    row = WayBack(
        user_id=user.id if user else None, token_hash=hash_of_token(token), code_hash=hash_of_code(code),
        made_by=made_by, made_at=now, expires_at=until,
    )  # fmt: skip
    full_name, name, language = (user.full_name, user.name, user.language) if user else (address, address, None)
    return row, MadeWayBack(full_name, name, language, address, token, code, until)


def _make(
    session: Session, user: User, made_by: int | None, *, lost: bool, secret: str, now: datetime
) -> MadeWayBack:  # fmt: skip
    ways_back.revoke_others(session, user.id, now, by_hand_only=True)
    row, made = _new(user, user.email or "", made_by, now, BY_HAND)
    ways_back.add(session, row)
    accounts.let_in_again(session, user.id, secret=secret)
    if lost:
        second_factors.lose_all(session, user_id=user.id, now=now)
    return made


def _managed(session: Session, slug: str | None, user_id: int | None, *, to_write: bool = False) -> Draft | None:
    """The draft whose members one manages; without one, nothing for administrators of the installation."""
    if slug is not None:
        entry = (enter_to_write if to_write else enter)(session, slug, user_id)
        check_can(entry.role, Action.MANAGE_MEMBERS)
        return entry.draft
    if not _administers(session, user_id):
        raise NoSuchPerson
    return None


def _administers(session: Session, user_id: int | None) -> bool:
    user = session.get(User, user_id) if user_id is not None else None
    return user is not None and user.is_administrator


def _found(session: Session, draft: Draft | None, person_id: int) -> User:
    found = ways_back.member(session, draft.id, person_id) if draft else ways_back.person(session, person_id)
    if found is None:
        raise NoSuchPerson
    return found


def _check_may(session: Session, user: User, user_id: int | None) -> None:
    if user.id == user_id:
        raise NotForYourself
    if user.closed_at is not None:
        raise AccountClosed(user.full_name)
    if _administers(session, user_id):
        return
    if user.is_administrator or user_id is None or ways_back.manages_elsewhere(session, user.id, user_id):
        raise MayNotLetBack(user.full_name)


def _opened(session: Session, key: str, now: datetime) -> tuple[WayBack, User]:
    row = _usable(ways_back.by_hash(session, key), now)
    user = users.of_id(session, row.user_id)
    if user.closed_at is not None:
        raise NoSuchWayBack
    return row, user


def _usable(row: WayBack | None, now: datetime) -> WayBack:
    if row is None:
        raise NoSuchWayBack
    state = state_of(used_at=row.used_at, revoked_at=row.revoked_at, expires_at=row.expires_at, now=now)
    if state is State.RUN_OUT:
        raise WayBackRunOut
    if state is not State.WAITING:
        raise NoSuchWayBack
    return row
