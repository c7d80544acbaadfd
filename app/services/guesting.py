"""Links for guests: an adviser reads a draft, or reads and comments, until a day, without an account of their own.

A link is shown once, when it is made. It has an account that nobody else can sign in to; taking the link back closes
that account and ends whatever was opened with it. One that has run out, was revoked or never was answers the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated, Unstorable
from app.domain.permissions import Action, Role, check_can
from app.services import showing, signing_in
from app.services.pages_members import GuestLine, GuestsPage
from app.services.tokens import hash_of_token, new_token
from app.store import events, guests, people
from app.store.guests import GuestLink, Link
from app.store.memberships import enter_to_write
from app.store.users import Membership, User

LONGEST_LABEL = 80
USUAL_DAYS, MOST_DAYS = 14, 365
RIGHTS = {"read": Role.OBSERVER, "comment": Role.COMMENTER}


class NoLabel(Invalid):
    def __init__(self) -> None:
        super().__init__("Say for whom the link is, for instance “OSCE adviser”: it stands beside their comments.")


class UnknownRights(Invalid):
    def __init__(self) -> None:
        super().__init__("A guest reads, or reads and comments: choose one of the two.")


class UnusableLastDay(Invalid):
    def __init__(self, most: int = MOST_DAYS) -> None:
        super().__init__(f"A link for guests works until a day from today on, at most {most} days away.")


class NoSuchLink(Outdated):
    def __init__(self) -> None:
        super().__init__("This link was revoked already.")


class UselessLink(NotFound):
    """Run out, revoked, forged: nobody learns which."""

    def __init__(self) -> None:
        super().__init__("This link does not work, or no longer. Ask whoever gave it to you for another one.")


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link lets somebody into, and as what account."""

    user_id: int
    title: str
    slug: str
    language: str
    label: str
    role: Role
    ends_at: datetime


def make_link(
    session: Session, *, slug: str, label: str, rights: str, until: date | None, user_id: int | None, now: datetime
) -> str:
    """The token of a new link; `rights` are read or comment, `until` the last day at the place whose time `now` has
    (None: the usual number of days). Raises NoSuchDraft, RoleMayNot, NoLabel, Unstorable, UnknownRights,
    UnusableLastDay."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    said, token = _label(label), new_token()
    if rights not in RIGHTS:
        raise UnknownRights
    ends_at = _end_of(_last_day(until, now), now)
    guest = User(name=f"guest-{hash_of_token(new_token())[:24]}", full_name=said, kind="guest", created_at=now)
    session.add(guest)
    session.flush()
    role = RIGHTS[rights].value
    session.add(Membership(draft_id=entry.draft.id, user_id=guest.id, role=role, created_at=now, ends_at=ends_at))
    link = GuestLink(
        draft_id=entry.draft.id, user_id=guest.id, token_hash=hash_of_token(token), made_by=entry.user_id, made_at=now
    )
    session.add(link)
    session.flush()
    events.record(
        session, entry.draft, "guest_link_made", now=now, user_id=entry.user_id, member=guest.id, link=link.id,
        role=role, until=ends_at.isoformat(),
    )  # fmt: skip
    session.commit()
    return token


def revoke_link(session: Session, *, slug: str, link: int, user_id: int | None, now: datetime) -> None:
    """Take a link back: who came by it is a member no more, and all they have open ends. Raises NoSuchDraft,
    RoleMayNot, NoSuchLink."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    found = guests.find(session, entry.draft.id, link)
    if found is None:
        raise NoSuchLink
    found.revoked_at = now
    membership = guests.membership(session, found)
    if membership is not None:
        session.delete(membership)
    people.close(session, found.user_id, now)
    signing_in.end_all(session, found.user_id, now=now)
    events.record(
        session, entry.draft, "member_removed", now=now, user_id=entry.user_id, member=found.user_id, link=found.id
    )
    session.commit()


def opened(session: Session, *, token: str, now: datetime) -> Invited:
    """What a link lets somebody into. Raises UselessLink."""
    found = guests.opened(session, hash_of_token(token), now)
    if found is None:
        raise UselessLink
    draft, guest, member = found
    ends_at = member.ends_at or now
    return Invited(guest.id, draft.title, draft.slug, draft.language, guest.full_name, Role(member.role), ends_at)


def guests_page(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime
) -> GuestsPage:  # fmt: skip
    """Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    links = tuple(_line(one, now) for one in guests.of_draft(session, entry.draft.id))
    today = now.date()
    return GuestsPage(
        head, links, today, today + timedelta(days=USUAL_DAYS), today + timedelta(days=MOST_DAYS)
    )  # fmt: skip


def _line(one: Link, now: datetime) -> GuestLine:
    member, row = one.membership, one.row
    until = member.ends_at - timedelta(seconds=1) if member and member.ends_at else None
    state = "revoked" if row.revoked_at else "open" if member and member.ends_at and member.ends_at > now else "over"
    role = Role(member.role) if member else None
    return GuestLine(row.id, one.guest.full_name, role, until, one.made_by, row.made_at, row.revoked_at, state)


def _label(label: str) -> str:
    said = " ".join(label.split())
    if not said:
        raise NoLabel
    if len(said) > LONGEST_LABEL or "\0" in said:
        raise Unstorable(LONGEST_LABEL)
    return said


def _last_day(until: date | None, now: datetime) -> date:
    day = until or now.date() + timedelta(days=USUAL_DAYS)
    if not now.date() <= day <= now.date() + timedelta(days=MOST_DAYS):
        raise UnusableLastDay
    return day


def _end_of(day: date, now: datetime) -> datetime:
    """Midnight after a day, where it is that day."""
    return datetime.combine(day + timedelta(days=1), time(), now.tzinfo)
