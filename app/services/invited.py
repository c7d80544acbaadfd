"""Accepting an invitation: with a new account, or with the one somebody has.

Looking at an invitation changes nothing, so no program that follows the links of letters uses it up. What is unknown,
forged, used or taken back is answered alike; that one has run out is told to whoever holds its link or code.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated
from app.domain.invitations import State, state_of
from app.domain.permissions import Role
from app.domain.sign_in_names import LONGEST, suggested
from app.services import passwords
from app.services.passwords import Hashing
from app.store import events, invitations, marks, members, users
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.invitations import Invitation
from app.store.memberships import draft_to_write
from app.store.users import Membership, User


class NoSuchInvitation(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "This invitation lets nobody in: it is not known here, was accepted already, or was taken back. Ask "
            "whoever invited you for a new one."
        )


class InvitationRunOut(NotFound):
    def __init__(self) -> None:
        super().__init__("This invitation has run out. Ask whoever invited you for a new one.")


class NameTaken(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account “{name}” already: choose another sign-in name.")


class UnusableName(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A sign-in name has 1 to {LONGEST} letters, digits and signs, and no @ among them.")


class MemberYourself(Outdated):
    def __init__(self) -> None:
        super().__init__("You are a member of this draft already: the invitation is left for whoever it is meant for.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is invited to: the draft by its title, the institution by its name in the reader's language."""

    full_name: str
    language: str
    role: Role
    institution: str
    draft_title: str
    draft_language: str
    expires_at: datetime
    suggested: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class Joined:
    user_id: int
    slug: str


def look(session: Session, *, key: str, user_id: int | None, language: str, now: datetime) -> Offer:
    """What the invitation with this link or code (its hash) is to. Raises NoSuchInvitation, InvitationRunOut."""
    row = _usable(invitations.by_hash(session, key), now)
    draft = invitations.draft_named(session, row.draft_id)
    name = suggested(row.full_name)
    institution = marks.marks(session, language)[row.institution_id][1] if row.institution_id else ""
    return Offer(
        row.full_name, row.language, Role(row.role), institution, draft.title if draft else "",
        draft.language if draft else language, row.expires_at,
        suggested(row.full_name, invitations.names_like(session, name)),
        bool(user_id and draft and invitations.is_member(session, draft.id, user_id)),
    )  # fmt: skip


def join_anew(
    session: Session, *, key: str, name: str, password: str, language: str, now: datetime, hashing: Hashing
) -> Joined:  # fmt: skip
    """Accept with a new account. Raises NoSuchInvitation, InvitationRunOut, UnusableName, NameTaken, and what
    passwords.check_usable raises."""
    row = _usable(invitations.by_hash(session, key), now)
    name = usable_name(name)
    passwords.check_usable(password, name, row.full_name, row.email, row.email.partition("@")[0])
    if users.by_name(session, name) is not None:
        raise NameTaken(name)
    hashed = passwords.hashed(password, hashing)  # takes long, so before the draft is held
    row, draft = _to_use(session, key, now)
    user = User(
        name=name, full_name=row.full_name, language=language, password_hash=hashed, created_at=now,
        email=row.email or None, email_key=invitations.free_key(session, row.email),
    )  # fmt: skip
    if user.email_key is None:
        user.email = None
    if not invitations.add_person(session, user):
        raise NameTaken(name)
    joined = _join(session, row, draft, user.id, now)
    session.commit()
    return joined


def join_as(session: Session, *, key: str, user_id: int, now: datetime) -> Joined:
    """Accept with the account one has. Raises NoSuchInvitation, InvitationRunOut, MemberYourself."""
    row, draft = _to_use(session, key, now)
    user = session.get(User, user_id)
    if user is None or user.kind != "person":
        raise NoSuchInvitation
    if draft is not None and invitations.is_member(session, draft.id, user_id):
        raise MemberYourself
    joined = _join(session, row, draft, user_id, now)
    session.commit()
    return joined


def usable_name(typed: str) -> str:
    """Raises UnusableName. An @ would make it an address, by which people sign in too."""
    name = unicodedata.normalize("NFC", typed.strip())
    if not 1 <= len(name) <= LONGEST or "@" in name or not name.isprintable():
        raise UnusableName
    return name


def _usable(row: Invitation | None, now: datetime) -> Invitation:
    if row is None:
        raise NoSuchInvitation
    state = state_of(used_at=row.used_at, revoked_at=row.revoked_at, expires_at=row.expires_at, now=now)
    if state is State.RUN_OUT:
        raise InvitationRunOut
    if state is not State.WAITING:
        raise NoSuchInvitation
    return row


def _to_use(session: Session, key: str, now: datetime) -> tuple[Invitation, Draft | None]:
    """The invitation and its draft in a transaction that holds both: the draft first, as everybody who writes to it."""
    begin_writing(session)
    row = _usable(invitations.by_hash(session, key), now)
    draft = invitations.draft_named(session, row.draft_id)
    if draft is not None:
        draft = draft_to_write(session, draft.slug)
    return _usable(invitations.to_write(session, row.id), now), draft


def _join(session: Session, row: Invitation, draft: Draft | None, user_id: int, now: datetime) -> Joined:
    row.used_at, row.used_by = now, user_id
    if draft is None:
        return Joined(user_id, "")
    part = _part(session, row, draft)
    session.add(
        Membership(
            draft_id=draft.id, user_id=user_id, role=row.role, institution_id=row.institution_id, part=part,
            created_at=now,
        )
    )  # fmt: skip
    session.flush()
    events.record(
        session, draft, "member_joined", now=now, user_id=user_id, invitation=row.id, member=user_id, role=row.role,
        institution=row.institution_id, part=part,
    )  # fmt: skip
    return Joined(user_id, draft.slug)


def _part(session: Session, row: Invitation, draft: Draft) -> str:
    """A delegation has one head: who is invited as such and finds another there speaks for it beside them."""
    if row.institution_id is None or (row.role, row.part) != (Role.REPRESENTATIVE, "head"):
        return row.part
    return "authorised" if members.heads(session, draft.id, (row.institution_id,)) else "head"
