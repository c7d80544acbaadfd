"""The members of a draft: added by their sign-in name, given another role, institution or part, removed.

A membership that is taken away is deleted; the record says that there was one. Somebody always remains who manages the
draft, and a delegation has one head.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated
from app.domain.permissions import Action, Role, can, check_can
from app.store import events, institutions, members, users
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import Entry, draft_to_write, enter_to_write
from app.store.users import Membership

PARTS = ("head", "authorised", "member")
"""In a delegation: who leads it, who speaks for it too, who comments."""


class NoSuchMember(NotFound):
    def __init__(self) -> None:
        super().__init__("This person is not, or no longer, a member of the draft.")


class NoSuchAccount(Invalid):
    """A closed account, and that of a link for guests, is none that could be added."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account “{name}”.")


class MemberAlready(Outdated):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is a member of this draft already.")


class NoInstitution(Invalid):
    def __init__(self) -> None:
        super().__init__("A representative speaks for an institution: name it.")


class UnknownInstitution(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is no institution “{code}”.")


class UnknownRole(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose a role and a part in the delegation from those that there are.")


class LastManager(Outdated):
    """Without anybody who manages a draft nobody could be let in again."""

    def __init__(self) -> None:
        super().__init__("Nobody else manages this draft: name another facilitator or administrator first.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is to be in a draft, as a form says it: `institution` is a code, empty for none."""

    role: str
    institution: str = ""
    part: str = "head"


def add_member(
    session: Session, *, slug: str, name: str, wanted: Wanted, user_id: int | None, now: datetime
) -> str:  # fmt: skip
    """Make somebody who has an account a member; their full name.

    Raises NoSuchDraft, RoleMayNot, NoSuchAccount, MemberAlready, NoInstitution, UnknownInstitution, UnknownRole.
    """
    entry = _enter_to_manage(session, slug, user_id)
    user = users.by_name(session, name.strip()) if "\0" not in name else None
    if user is None or user.closed_at is not None or user.kind != "person":
        raise NoSuchAccount(name.replace("\0", ""))
    if members.find(session, entry.draft.id, user.id) is not None:
        raise MemberAlready(user.name)
    _give(session, entry.draft, user.id, wanted, entry.user_id, now)
    full_name = user.full_name
    session.commit()
    return full_name


def change_member(
    session: Session, *, slug: str, member: int, wanted: Wanted, user_id: int | None, now: datetime
) -> None:
    """Give a member another role, institution or part.

    Raises NoSuchDraft, RoleMayNot, NoSuchMember, NoInstitution, UnknownInstitution, UnknownRole, LastManager.
    """
    entry = _enter_to_manage(session, slug, user_id)
    if members.find(session, entry.draft.id, member) is None:
        raise NoSuchMember
    _give(session, entry.draft, member, wanted, entry.user_id, now)
    session.commit()


def remove_member(session: Session, *, slug: str, member: int, user_id: int | None, now: datetime) -> None:
    """Take a membership away; open pages of that person end by the event. Raises NoSuchDraft, RoleMayNot,
    NoSuchMember, LastManager."""
    entry = _enter_to_manage(session, slug, user_id)
    found = members.find(session, entry.draft.id, member)
    if found is None:
        raise NoSuchMember
    take_away(session, entry.draft, found, entry.user_id, now)
    session.commit()


def take_away(session: Session, draft: Draft, found: Membership, by: int | None, now: datetime) -> None:
    """The membership goes, the record keeps what it was; the caller holds the draft and commits. Raises LastManager."""
    _keep_managed(session, found, None)
    facts: dict[str, Any] = {
        "member": found.user_id,
        "role": found.role,
        "institution": found.institution_id,
        "part": found.part,
    }
    session.delete(found)
    events.record(session, draft, "member_removed", now=now, user_id=by, **facts)


def set_role(session: Session, *, slug: str, name: str, wanted: Wanted, now: datetime) -> None:
    """The same for the operator: give somebody who has an account a role in a draft, or another one than before.

    Raises NoSuchDraft, NoSuchAccount, NoInstitution, UnknownInstitution, UnknownRole, LastManager.
    """
    begin_writing(session)
    draft = draft_to_write(session, slug)
    user = users.by_name(session, name)
    if user is None or user.kind != "person":
        raise NoSuchAccount(name)
    _give(session, draft, user.id, wanted, None, now)
    session.commit()


def enter_new(session: Session, user_id: int, *, slug: str, wanted: Wanted, now: datetime) -> None:
    """The operator makes an account with a role in a draft, in the caller's transaction. Raises NoSuchDraft,
    NoInstitution, UnknownInstitution, UnknownRole."""
    _give(session, draft_to_write(session, slug), user_id, wanted, None, now)


def join(session: Session, draft: Draft, user_id: int, *, by: int | None, now: datetime) -> None:
    """Make somebody the administrator of a draft, in the caller's transaction."""
    _give(session, draft, user_id, Wanted(Role.ADMINISTRATOR.value), by, now)


def _enter_to_manage(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry


def _give(session: Session, draft: Draft, member: int, wanted: Wanted, by: int | None, now: datetime) -> None:
    """Store what somebody is, and record it; nothing where they are that already."""
    institution_id = _checked(session, wanted)
    found = members.find(session, draft.id, member)
    facts: dict[str, Any] = {"role": wanted.role, "institution": institution_id, "part": wanted.part}
    if found is None:
        found = Membership(draft_id=draft.id, user_id=member, created_at=now)
        session.add(found)
        kind = "member_added"
    else:
        former = {"role": found.role, "institution": found.institution_id, "part": found.part}
        if former == facts:
            return
        _keep_managed(session, found, Role(wanted.role))
        facts, kind = {**facts, "former": former}, "member_changed"
    found.role, found.institution_id, found.part = wanted.role, institution_id, wanted.part
    session.flush()
    _record(session, draft, kind, member, by, now, **facts)
    if wanted.role == Role.REPRESENTATIVE and wanted.part == "head" and institution_id is not None:
        make_way(session, draft, (institution_id,), member, by, now)


def make_way(
    session: Session, draft: Draft, institution_ids: tuple[int, ...], head: int, by: int | None, now: datetime
) -> None:
    """Whoever was head of a delegation before still speaks for it."""
    for other in members.heads(session, draft.id, institution_ids):
        if other.user_id == head:
            continue
        former = {"role": other.role, "institution": other.institution_id, "part": other.part}
        other.part = "authorised"
        facts = {"role": other.role, "institution": other.institution_id, "part": other.part, "former": former}
        _record(session, draft, "member_changed", other.user_id, by, now, **facts)


def _checked(session: Session, wanted: Wanted) -> int | None:
    """The institution that is meant."""
    if wanted.role not in set(Role) or wanted.part not in PARTS:
        raise UnknownRole
    if not wanted.institution:
        if wanted.role == Role.REPRESENTATIVE:
            raise NoInstitution
        return None
    found = institutions.id_of(session, wanted.institution)
    if found is None:
        raise UnknownInstitution(wanted.institution.replace("\0", ""))
    return found


def _keep_managed(session: Session, found: Membership, role: Role | None) -> None:
    """Whoever manages a draft goes only where somebody else remains who does."""
    manages, will = can(Role(found.role), Action.MANAGE_MEMBERS), can(role, Action.MANAGE_MEMBERS)
    if manages and not will and not members.is_managed_without(session, found.draft_id, found.user_id):
        raise LastManager


def _record(
    session: Session, draft: Draft, kind: str, member: int, by: int | None, now: datetime, **facts: Any
) -> None:  # fmt: skip
    events.record(session, draft, kind, now=now, user_id=by, member=member, told=[f"user {member}"], **facts)
