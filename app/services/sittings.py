"""A session that is looked at or held, and one deed more in it. What the use cases that hold sessions share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated, Unstorable
from app.domain.permissions import Action, can, check_can
from app.domain.seats import places
from app.domain.sitting import DeedKind, Sitting, sitting_after
from app.store import events, institutions, sittings
from app.store.memberships import Entry, enter_to_write
from app.store.sittings import AgendaItem, SittingRow

LONGEST_WORDS = 5_000
LONGEST_NAME = 200


class SessionNotOpen(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} is not being held: open it first.")
        self.number = number


class NoSuchItem(NotFound):
    def __init__(self) -> None:
        super().__init__("This item is not on the agenda.")


class NobodyNamed(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose an institution at the table, or type who speaks.")


@dataclass(frozen=True, slots=True)
class Held:
    """A session that is looked at or held: its agenda by numbers, in order, and what its deeds made of it."""

    entry: Entry
    row: SittingRow
    agenda: Mapping[int, AgendaItem]
    sitting: Sitting


def held(session: Session, entry: Entry, number: int) -> Held:
    """A session with what was done in it: three statements. Raises NoSuchSession."""
    row = sittings.find(session, entry.draft.id, number)
    agenda = {item.number: item for item in sittings.agenda_of(session, row.id)}
    return Held(entry, row, agenda, sitting_after(sittings.deeds_of(session, row)))


def holding(
    session: Session, slug: str, number: int, user_id: int | None, needed: Action = Action.HOLD_SESSIONS
) -> Held:
    """A session that is being held, for one deed more in it. Raises NoSuchDraft, RoleMayNot, NoSuchSession,
    SessionNotOpen."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, needed)
    found = held(session, entry, number)
    if not found.sitting.is_open:
        raise SessionNotOpen(number)
    return found


def enter_to_preside(session: Session, slug: str, user_id: int | None) -> Entry:
    """Somebody who holds the sessions of a draft, in a transaction that writes. Raises NoSuchDraft, RoleMayNot."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    return entry


def do(session: Session, holding: Held, kind: DeedKind, now: datetime, **facts: Any) -> int:
    """Record a deed; its number. The caller commits."""
    entry = holding.entry
    event = events.record(
        session, entry.draft, kind.value, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        session=holding.row.number, **facts,
    )  # fmt: skip
    return event.number


def is_presiding(entry: Entry) -> bool:
    """Whether somebody holds the sessions of a draft."""
    return can(entry.role, Action.HOLD_SESSIONS)


def seated(session: Session, entry: Entry, code: str, today: date) -> int:
    """The institution with a code, if it has a seat in the draft today, of whatever kind. Raises NobodyNamed."""
    who = institutions.id_of(session, code) if code else None
    held_today = places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), today)
    if who is None or who not in {place.institution for place in held_today}:
        raise NobodyNamed
    return who


def typed(words: str, longest: int = LONGEST_WORDS) -> str:
    """What was typed, without the space around it. Raises Unstorable."""
    words = words.strip()
    if len(words) > longest or "\0" in words:
        raise Unstorable(longest)
    return words
