"""An institution's delegation, led by its head: who speaks for it, who comments, to whom it is handed over."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed
from app.domain.permissions import Action, Role, check_can
from app.services import membering, showing
from app.services.membering import NoSuchMember
from app.services.pages_members import DelegationPage
from app.services.showing_members import delegation_of
from app.store import events, members
from app.store.memberships import Entry, enter_to_write
from app.store.users import Membership


class NotTheHead(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only the head of a delegation says who speaks in it and hands it over.")


class NotInTheDelegation(Invalid):
    def __init__(self) -> None:
        super().__init__("The delegation is handed over to one of its members only: choose one of them.")


class NotConfirmed(Invalid):
    def __init__(self) -> None:
        super().__init__("Tick that you hand the delegation over: you cannot take it back yourself.")


class UnknownPart(Invalid):
    def __init__(self) -> None:
        super().__init__("A member of the delegation speaks for it or comments: choose one of the two.")


def delegation(session: Session, *, slug: str, user_id: int | None, language: str) -> DelegationPage:
    """One's own delegation. Raises NoSuchDraft, RoleMayNot (for whoever is in none)."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    return DelegationPage(head, delegation_of(session, entry), entry.leads)


def name_part(
    session: Session, *, slug: str, member: int, part: str, user_id: int | None, now: datetime
) -> None:  # fmt: skip
    """Let a member of one's delegation speak for it, or only comment. Raises NotTheHead, UnknownPart, NoSuchMember."""
    entry = _enter_as_head(session, slug, user_id)
    if part not in membering.PARTS[1:]:
        raise UnknownPart
    found = _in_delegation(session, entry, member)
    if found is None or member == entry.user_id:
        raise NoSuchMember
    if found.part == part:
        return
    former, found.part = found.part, part
    facts: dict[str, Any] = {"role": found.role, "institution": found.institution_id, "part": part}
    events.record(
        session, entry.draft, "member_changed", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        member=member, told=[f"user {member}"], former={**facts, "part": former}, **facts,
    )  # fmt: skip
    session.commit()


def hand_over(
    session: Session, *, slug: str, to: int, confirmed: bool, user_id: int | None, now: datetime
) -> None:  # fmt: skip
    """Make another member the head of one's delegation; one speaks for it still. Nobody else remains its head.

    Raises NotTheHead, NotInTheDelegation, NotConfirmed.
    """
    entry = _enter_as_head(session, slug, user_id)
    found = _in_delegation(session, entry, to)
    if found is None or to == entry.user_id:
        raise NotInTheDelegation
    if not confirmed:
        raise NotConfirmed
    for one in members.heads(session, entry.draft.id, _ours(entry)):
        one.part = "authorised"
    found.part = "head"
    events.record(
        session, entry.draft, "delegation_handed_over", now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, institution=entry.institution_id, member=entry.user_id, to=to,
        told=[f"user {to}"],
    )  # fmt: skip
    session.commit()


def _enter_as_head(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    if not entry.leads:
        raise NotTheHead
    return entry


def _in_delegation(session: Session, entry: Entry, member: int) -> Membership | None:
    """A representative of the institution for which one speaks, or of one that was merged into it."""
    found = members.find(session, entry.draft.id, member)
    ours = found is not None and found.institution_id in _ours(entry)
    return found if found is not None and ours and found.role == Role.REPRESENTATIVE.value else None


def _ours(entry: Entry) -> tuple[int, ...]:
    """Members keep the institution for which they came, also after it was merged into another one. `formerly` holds
    every one of them."""
    return tuple(one for one in (entry.institution_id, *entry.formerly) if one is not None)
