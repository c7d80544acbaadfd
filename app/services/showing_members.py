"""Who is in a draft, as its pages show it: institutions and delegations to everybody, people to whoever may see them.

People are named to those who manage members; to other members where the draft's attribution is *named*, else only those
of their own delegation; to guests never.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.permissions import Action, Role, can, check_can
from app.domain.seats import Body, places, speaker
from app.services import showing
from app.services.membering import NoSuchMember
from app.services.pages import InstitutionMark
from app.services.pages_members import MemberLine, MemberPage, MembersPage, SeatLine
from app.store import institutions, members
from app.store.members import Member
from app.store.memberships import Entry

Seats = Mapping[int, InstitutionMark]


def members_page(session: Session, *, slug: str, user_id: int | None, language: str, today: date) -> MembersPage:
    """Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    marks = showing.contributors(session, entry, language)
    head, seats = showing.draft_head(session, entry, marks), marks.seats
    bodies, found = institutions.bodies(session), members.of_draft(session, entry.draft.id)
    managing = can(entry.role, Action.MANAGE_MEMBERS)
    is_guest = all(one.user_id != entry.user_id for one in found)
    named = managing or (entry.draft.attribution == Mode.NAMED and not is_guest)
    by_body = _delegations(bodies, found, today)
    others = by_body.pop(None, [])
    lines = _table(session, entry, bodies, by_body, seats, today, named)
    return MembersPage(
        head, managing, named, entry.leads, lines,
        tuple(_line(one, seats, entry) for one in others if named or one.user_id == entry.user_id), len(others),
        _offered(bodies, seats, today) if managing else (),
    )  # fmt: skip


def member_page(
    session: Session, *, slug: str, member: int, user_id: int | None, language: str, today: date
) -> MemberPage:
    """One member, for whoever manages them. Raises NoSuchDraft, RoleMayNot, NoSuchMember."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    found = next((one for one in members.of_draft(session, entry.draft.id) if one.user_id == member), None)
    if found is None:
        raise NoSuchMember
    return MemberPage(
        head, _line(found, marks.seats, entry), _offered(institutions.bodies(session), marks.seats, today)
    )


def delegation_of(session: Session, entry: Entry) -> tuple[MemberLine, ...]:
    """The people who speak or comment for the institution for which somebody speaks, the head first."""
    found = members.of_draft(session, entry.draft.id)
    own = [one for one in found if one.institution_id is not None and entry.speaks_in_place_of(one.institution_id)]
    delegates = [one for one in own if one.role is Role.REPRESENTATIVE]
    return tuple(_line(one, {}, entry) for one in _head_first(delegates))


def _delegations(
    bodies: Mapping[int, Body], found: Sequence[Member], today: date
) -> dict[int | None, list[Member]]:  # fmt: skip
    """Members by the institution for which they speak today."""
    by_body: dict[int | None, list[Member]] = {}
    for one in found:
        own = one.institution_id
        body = (speaker(bodies, own, today) or own) if own is not None else None
        by_body.setdefault(body, []).append(one)
    return by_body


def _table(
    session: Session, entry: Entry, bodies: Mapping[int, Body], by_body: Mapping[int | None, Sequence[Member]],
    seats: Seats, today: date, named: bool,
) -> tuple[SeatLine, ...]:  # fmt: skip
    """The seats of today in their order, then whoever has people here and no seat."""
    held = places(bodies, institutions.seats_of(session, entry.draft.id), today)
    kinds = {place.institution: (place.kind.value, place.formerly) for place in held}
    unseated = [body for body in by_body if body is not None and body not in kinds]
    lines = []
    for id in (*kinds, *unseated):
        kind, formerly = kinds.get(id, ("", ()))
        people = _head_first(by_body.get(id, ()))
        shown = people if named or id == entry.institution_id else ()
        own = [one for one in shown if named or one.role is Role.REPRESENTATIVE or one.user_id == entry.user_id]
        lines.append(
            SeatLine(
                seats[id], kind, bodies[id].until, tuple(seats[one] for one in formerly),
                tuple(_line(one, seats, entry) for one in own), len(people),
            )
        )  # fmt: skip
    return tuple(lines)


def _head_first(people: Sequence[Member]) -> list[Member]:
    order = ("head", "authorised", "member")
    return sorted(people, key=lambda one: (one.role is not Role.REPRESENTATIVE, order.index(one.part)))


def _line(one: Member, seats: Seats, entry: Entry) -> MemberLine:
    return MemberLine(
        one.user_id, one.name, one.full_name, one.role, seats.get(one.institution_id or 0),
        one.part, one.since, one.is_closed, one.user_id == entry.user_id,
    )  # fmt: skip


def _offered(bodies: Mapping[int, Body], seats: Seats, today: date) -> tuple[InstitutionMark, ...]:
    """Institutions that are there today, by code."""
    there = (id for id, body in bodies.items() if body.until is None or today <= body.until)
    return tuple(sorted((seats[id] for id in there), key=lambda mark: mark.code))
