"""Inviting people to a draft: one at a time, again with a new code, taken back. The list of all of them.

Only hashes of links and codes are kept: both are told once, to whoever makes them. Events hold ids and roles, no name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain import invited_words
from app.domain.errors import Invalid, NotFound, Outdated
from app.domain.invitations import LONGEST_DAYS, State, state_of
from app.domain.mail_addresses import key_of
from app.domain.permissions import Action, Role, check_can
from app.services.invitees import Invitee, Typed, read
from app.services.tokens import hash_of_code, hash_of_token, new_code, new_token
from app.store import events, invitations, letters, marks
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.invitations import Invitation, Known
from app.store.letters import Letter
from app.store.memberships import draft_to_write, enter, enter_to_write, find_draft
from app.store.users import User


class UnusableDays(Invalid):
    def __init__(self) -> None:
        super().__init__(f"An invitation is good for 1 to {LONGEST_DAYS} days.")


class MemberAlready(Outdated):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a member of this draft already.")


class InvitedAlready(Outdated):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is invited already and has not answered: make a new code for that invitation.")


class NoSuchInvitationHere(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such invitation to this draft.")


class UsedAlready(Outdated):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has accepted this invitation: it stays as it is.")


class RevokedAlready(Outdated):
    def __init__(self, name: str) -> None:
        super().__init__(f"The invitation of {name} was taken back already.")


class NobodyChosen(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one invitation.")


@dataclass(frozen=True, slots=True)
class Inviter:
    """Who invites: a person, or the operator of the installation on the command line."""

    user_id: int | None
    is_operator: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation with what lets its person in, known at this moment only. `institution` is its name in the person's
    language."""

    id: int
    full_name: str
    email: str
    language: str
    role: Role
    institution: str
    part: str
    draft_title: str
    draft_language: str
    token: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation in the list; `institution` is its code."""

    id: int
    full_name: str
    email: str
    language: str
    role: Role
    institution: str
    part: str
    state: State
    made_at: datetime
    made_by: str
    expires_at: datetime
    used_at: datetime | None
    used_by: str


Writer = Callable[[Made], Letter]
"""Writes the letter that tells somebody of their invitation."""


def invite(
    session: Session, *, slug: str, typed: Typed, days: int | None, by: Inviter, now: datetime,
    write: Writer | None = None,
) -> Made:  # fmt: skip
    """Invite somebody, by letter too where `write` is given and there is an address.

    Raises NoSuchDraft, RoleMayNot, MemberAlready, InvitedAlready, UnusableDays, Invalid.
    """
    draft = draft_to_manage(session, slug, by)
    invitee = read(typed, institutions_named(session))
    check_unknown(invitee, members_known(session, draft, now))
    made = add(session, draft, invitee, usable_days(days), by, now)
    _send(session, made, write, now)
    session.commit()
    return made


def renew(
    session: Session, *, slug: str, ids: Sequence[int], days: int | None, by: Inviter, now: datetime,
    write: Writer | None = None,
) -> list[Made]:  # fmt: skip
    """New links and codes for invitations that nobody accepted; the former let nobody in any more.

    Raises NoSuchDraft, RoleMayNot, NobodyChosen, NoSuchInvitationHere, UsedAlready, UnusableDays.
    """
    draft, until = draft_to_manage(session, slug, by), now + timedelta(days=usable_days(days))
    if not ids:
        raise NobodyChosen
    found = []
    for invitation_id in dict.fromkeys(ids):
        row = _unanswered(session, draft, invitation_id)
        token, code = new_token(), new_code()
        row.token_hash, row.code_hash = hash_of_token(token), hash_of_code(code)
        row.expires_at, row.revoked_at, row.made_by = until, None, by.user_id
        record(session, draft, "invitation_renewed", row, by, now)
        found.append(_made(session, draft, row, token, code))
        _send(session, found[-1], write, now)
    session.commit()
    return found


def revoke(session: Session, *, slug: str, invitation_id: int, by: Inviter, now: datetime) -> str:
    """Take an invitation back; the name of whom it was for. Raises NoSuchDraft, RoleMayNot, NoSuchInvitationHere,
    UsedAlready, RevokedAlready."""
    draft = draft_to_manage(session, slug, by)
    row = _unanswered(session, draft, invitation_id)
    if row.revoked_at is not None:
        raise RevokedAlready(row.full_name)
    row.revoked_at, name = now, row.full_name
    record(session, draft, "invitation_revoked", row, by, now)
    session.commit()
    return name


def listed(session: Session, *, slug: str, by: Inviter, now: datetime) -> list[InvitationLine]:
    """Every invitation to a draft, newest first. Raises NoSuchDraft, RoleMayNot."""
    draft = draft_to_look_at(session, slug, by)
    named = marks.marks(session, "en")
    return [_line(one, named, now) for one in invitations.listed(session, draft.id)]


def draft_to_look_at(session: Session, slug: str, by: Inviter) -> Draft:
    """The draft, for whoever may invite to it: those who manage its members, administrators of the installation, the
    operator. Raises NoSuchDraft, RoleMayNot."""
    if _administers(session, by):
        return find_draft(session, slug)
    entry = enter(session, slug, by.user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry.draft


def draft_to_manage(session: Session, slug: str, by: Inviter) -> Draft:
    """The same in a transaction that writes and holds the draft's row."""
    begin_writing(session)
    if _administers(session, by):
        return draft_to_write(session, slug)
    entry = enter_to_write(session, slug, by.user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry.draft


def _administers(session: Session, by: Inviter) -> bool:
    user = session.get(User, by.user_id) if by.user_id is not None else None
    return by.is_operator or (user is not None and user.is_administrator and user.closed_at is None)


def institutions_named(session: Session) -> Mapping[str, int]:
    """Institutions by everything they are called, a code before a name."""
    return {invited_words.bare(called): id for called, id in invitations.institutions_called(session)}


def members_known(session: Session, draft: Draft, now: datetime) -> tuple[list[Known], list[Known]]:
    """Who is in the draft, and whose invitation to it waits."""
    waiting = [
        Known(row.full_name, key_of(row.email) if row.email else None, row.institution_id)
        for row in invitations.of_draft(session, draft.id)
        if _state(row, now) is State.WAITING
    ]
    return invitations.members(session, draft.id), waiting


def check_unknown(invitee: Invitee, known: tuple[Sequence[Known], Sequence[Known]]) -> None:
    """Raises MemberAlready, InvitedAlready."""
    members, waiting = known
    if any(is_same(invitee, one) for one in members):
        raise MemberAlready(invitee.full_name)
    if any(is_same(invitee, one) for one in waiting):
        raise InvitedAlready(invitee.full_name)


def is_same(invitee: Invitee, other: Known) -> bool:
    """By the address, or by name and institution."""
    if invitee.email_key and other.email_key:
        return invitee.email_key == other.email_key
    return (invitee.full_name.casefold(), invitee.institution_id) == (other.full_name.casefold(), other.institution_id)


def usable_days(days: int | None) -> int:
    if days is None or not 1 <= days <= LONGEST_DAYS:
        raise UnusableDays
    return days


def add(session: Session, draft: Draft, invitee: Invitee, days: int, by: Inviter, now: datetime) -> Made:
    """Store an invitation and its event, in a transaction that holds the draft."""
    token, code = new_token(), new_code()
    row = invitations.add(
        session,
        Invitation(
            draft_id=draft.id, full_name=invitee.full_name, email=invitee.email, language=invitee.language,
            role=invitee.role.value, institution_id=invitee.institution_id, part=invitee.part,
            token_hash=hash_of_token(token), code_hash=hash_of_code(code), made_by=by.user_id, made_at=now,
            expires_at=now + timedelta(days=days),
        ),
    )  # fmt: skip
    record(session, draft, "member_invited", row, by, now)
    return _made(session, draft, row, token, code)


def record(session: Session, draft: Draft, kind: str, row: Invitation, by: Inviter, now: datetime) -> None:
    facts: dict[str, Any] = {
        "invitation": row.id,
        "role": row.role,
        "institution": row.institution_id,
        "part": row.part,
    }
    events.record(session, draft, kind, now=now, user_id=by.user_id, **facts)


def _made(session: Session, draft: Draft, row: Invitation, token: str, code: str) -> Made:
    institution = marks.marks(session, row.language)[row.institution_id][1] if row.institution_id else ""
    return Made(
        row.id, row.full_name, row.email, row.language, Role(row.role), institution, row.part, draft.title,
        draft.language, token, code, row.expires_at,
    )  # fmt: skip


def _send(session: Session, made: Made, write: Writer | None, now: datetime) -> None:
    if write is not None and made.email:
        letters.put(session, write(made), now)


def _unanswered(session: Session, draft: Draft, invitation_id: int) -> Invitation:
    row = invitations.in_draft(session, draft.id, invitation_id)
    if row is None:
        raise NoSuchInvitationHere
    row = invitations.to_write(session, row.id)
    if row.used_at is not None:
        raise UsedAlready(row.full_name)
    return row


def _state(row: Invitation, now: datetime) -> State:
    return state_of(used_at=row.used_at, revoked_at=row.revoked_at, expires_at=row.expires_at, now=now)


def _line(one: invitations.Listed, named: Mapping[int, tuple[str, str]], now: datetime) -> InvitationLine:
    row = one.invitation
    code = named[row.institution_id][0] if row.institution_id else ""
    return InvitationLine(
        row.id, row.full_name, row.email, row.language, Role(row.role), code, row.part, _state(row, now), row.made_at,
        one.made_by, row.expires_at, row.used_at, one.used_by,
    )  # fmt: skip
