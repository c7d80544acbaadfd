"""Planning a session: when and where, and its agenda, before it is opened and while it is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.agenda import rearranged
from app.domain.errors import Invalid, Outdated
from app.domain.sitting import Sitting
from app.services import agendas
from app.services.agendas import ItemChange
from app.services.attributing_mode import for_sitting
from app.services.choosing_items import Choice, new_on, picked
from app.services.owning import LONGEST_WORD, NoWordOfReason
from app.services.positioning import latest_text
from app.services.sittings import LONGEST_NAME, Held, NoSuchItem, enter_to_preside, held, typed
from app.store import events, sittings
from app.store.memberships import Entry
from app.store.sittings import AgendaItem, SittingRow

YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as it is planned. `planned_for`: None where the time is not known yet; it may be over, since a session
    that was held on paper is entered afterwards."""

    title: str
    place: str = ""
    planned_for: datetime | None = None
    attribution: str | None = None  # a mode stricter than the draft's, or the draft's; None: as it is


class AttributionFixed(Outdated):
    def __init__(self) -> None:
        super().__init__(
            "The session has begun, and people were told how they would be named in it: its attribution stays as it is."
        )


class NoTitle(Invalid):
    def __init__(self) -> None:
        super().__init__("Say what the session is called, for instance: First reading of chapter 3.")


class UnusableMoment(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is no date with a time: write it like 2027-02-15 09:30.")
        self.typed = typed


class PlanIsFixed(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} is over or was called off: its agenda stays as it is.")
        self.number = number


class SessionHasBegun(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} has begun: it can be closed, but no longer called off.")
        self.number = number


class ItemTakenUp(Outdated):
    def __init__(self) -> None:
        super().__init__("This item was taken up in the session already, so it stays on the agenda.")


def moment_typed(typed: str, zone: ZoneInfo) -> datetime | None:
    """A moment as it is typed in the time of a place; None where nothing was. Raises UnusableMoment."""
    typed = typed.strip()
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise UnusableMoment(typed) from error
    if moment.year not in YEARS or len(typed) < len("2027-02-15 09:30"):
        raise UnusableMoment(typed)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def plan_session(session: Session, *, slug: str, plan: Plan, choice: Choice, user_id: int | None, now: datetime) -> int:
    """Plan a session, with an agenda or without one yet; its number.

    Raises NoTitle, UnknownMode, LaxerThanDraft, what `add_items` raises except NothingToAdd.
    """
    entry = enter_to_preside(session, slug, user_id)
    row = SittingRow(
        draft_id=entry.draft.id, number=sittings.next_number(session, entry.draft.id), created_by=entry.user_id,
        created_at=now, attribution=for_sitting(entry.draft, plan.attribution), **_said(plan),
    )  # fmt: skip
    session.add(row)
    session.flush()
    wanted = picked(session, entry, latest_text(session, entry), row, _checked(choice), now)
    items = agendas.added(session, row, {}, wanted)
    _record(session, entry, "session_planned", row, now, **_facts(row), items=agendas.as_facts(session, entry, items))
    number = row.number
    session.commit()
    return number


def change_session(session: Session, *, slug: str, number: int, plan: Plan, user_id: int | None, now: datetime) -> None:
    """Another title, place, time or attribution. Raises NoSuchSession, PlanIsFixed, NoTitle, UnknownMode,
    LaxerThanDraft, AttributionFixed."""
    found = _changing(session, slug, number, user_id)
    said = {**_said(plan), "attribution": _attribution(found, plan)}
    if any(getattr(found.row, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(found.row, name, value)
        _record(session, found.entry, "session_replanned", found.row, now, **_facts(found.row))
    session.commit()


def call_off(session: Session, *, slug: str, number: int, reason: str, user_id: int | None, now: datetime) -> None:
    """A planned session is not held. Raises NoSuchSession, PlanIsFixed, SessionHasBegun, NoWordOfReason."""
    found = _changing(session, slug, number, user_id)
    if found.row.opened_at is not None:
        raise SessionHasBegun(number)
    reason = typed(reason, LONGEST_WORD)
    if not reason:
        raise NoWordOfReason
    found.row.called_off_at = now
    _record(session, found.entry, "session_called_off", found.row, now, reason=reason)
    session.commit()


def add_items(session: Session, *, slug: str, number: int, choice: Choice, user_id: int | None, now: datetime) -> int:
    """Put clauses, amendments or a matter on an agenda; how many came. What is there is passed over among all of a
    kind, and refused where it was named.

    Raises NoSuchSession, PlanIsFixed, NothingNamedSo, NotOnTheTable, OnAgendaAlready, NothingToAdd, TooManyItems,
    UnusableMinutes, UnknownReading, NoSuchItem.
    """
    found = _changing(session, slug, number, user_id)
    if choice.behind and choice.behind not in found.agenda:
        raise NoSuchItem
    text = latest_text(session, found.entry)
    wanted = new_on(found.agenda.values(), picked(session, found.entry, text, found.row, _checked(choice), now))
    items = agendas.added(session, found.row, found.agenda, wanted)
    agendas.place(found.agenda, items, choice.behind)
    _record_change(session, found, "added", items, now)
    session.commit()
    return len(items)


def change_items(
    session: Session, *, slug: str, number: int, changes: Sequence[ItemChange], user_id: int | None, now: datetime
) -> int:
    """Other readings, time boxes and places, several at once; how many items became different.

    Raises NoSuchSession, PlanIsFixed, NoSuchItem, UnusableMinutes, UnknownReading, UnusablePlace.
    """
    found = _changing(session, slug, number, user_id)
    places = {change.item: change.place for change in changes if change.place is not None}
    before = _as_wanted(found, changes, places)
    for change in changes:
        agendas.change(found.agenda, change)
    agendas.reorder(found.agenda, rearranged(tuple(found.agenda), places))
    after = _as_wanted(found, changes, places)
    changed = [found.agenda[item] for item, one in after.items() if one != before[item]]
    if changed:
        _record_change(session, found, "changed", changed, now)
    session.commit()
    return len(changed)


def _as_wanted(
    found: Held, changes: Sequence[ItemChange], places: Mapping[int, int]
) -> dict[int, tuple[int, int | None, int | None]]:
    """What of the items to be changed can be changed; the place of those that are moved, not of those pushed aside."""
    rows = (found.agenda[change.item] for change in changes if change.item in found.agenda)
    return {row.number: (row.reading, row.minutes, row.place if row.number in places else None) for row in rows}


def move_item(
    session: Session, *, slug: str, number: int, item: int, by: int, user_id: int | None, now: datetime
) -> None:
    """An item up (-1) or down (+1); at an end it stays. Raises NoSuchSession, PlanIsFixed, NoSuchItem."""
    found = _changing(session, slug, number, user_id)
    if item not in found.agenda:
        raise NoSuchItem
    order = tuple(found.agenda)
    wanted = rearranged(order, {item: order.index(item) + 1 + by})
    if wanted != order:
        agendas.reorder(found.agenda, wanted)
        _record_change(session, found, "moved", [found.agenda[item]], now)
    session.commit()


def remove_item(session: Session, *, slug: str, number: int, item: int, user_id: int | None, now: datetime) -> None:
    """Take an item off the agenda that was not taken up yet.

    Raises NoSuchSession, PlanIsFixed, NoSuchItem, ItemTakenUp.
    """
    found = _changing(session, slug, number, user_id)
    if item not in found.agenda:
        raise NoSuchItem
    if not is_removable(found.sitting, item):
        raise ItemTakenUp
    row = found.agenda[item]
    row.removed_at = now
    agendas.reorder(found.agenda, (number for number in found.agenda if number != item))
    _record_change(session, found, "removed", [row], now)
    session.commit()


def is_removable(sitting: Sitting, item: int) -> bool:
    """Whether nothing was done about an item in its session yet."""
    return item not in sitting.items and item not in sitting.calls


def is_fixed(row: SittingRow) -> bool:
    """Whether nothing of a session's plan changes any more."""
    return row.closed_at is not None or row.called_off_at is not None


def _changing(session: Session, slug: str, number: int, user_id: int | None) -> Held:
    """A session whose plan is changed."""
    found = held(session, enter_to_preside(session, slug, user_id), number)
    if is_fixed(found.row):
        raise PlanIsFixed(number)
    return found


def _said(plan: Plan) -> dict[str, Any]:
    title, place = typed(plan.title, LONGEST_NAME), typed(plan.place, LONGEST_NAME)
    if not title:
        raise NoTitle
    return {"title": title, "place": place, "planned_for": plan.planned_for}


def _attribution(found: Held, plan: Plan) -> str | None:
    """Chosen until the session begins. Raises UnknownMode, LaxerThanDraft, AttributionFixed."""
    if plan.attribution is None:
        return found.row.attribution
    wanted = for_sitting(found.entry.draft, plan.attribution)
    if wanted != found.row.attribution and found.row.opened_at is not None:
        raise AttributionFixed
    return wanted


def _checked(choice: Choice) -> Choice:
    agendas.check(choice.reading, choice.minutes)
    return choice


def _facts(row: SittingRow) -> dict[str, Any]:
    at = row.planned_for
    held = {"attribution": row.attribution} if row.attribution else {}
    when = at.astimezone(UTC).isoformat() if at else None
    return {"title": row.title, "place": row.place, "planned_for": when, **held}


def _record_change(session: Session, found: Held, what: str, items: Sequence[AgendaItem], now: datetime) -> None:
    """The items that became different, and the order of all by their numbers."""
    session.flush()
    order = [item.number for item in sittings.agenda_of(session, found.row.id)]
    facts = agendas.as_facts(session, found.entry, items)
    _record(session, found.entry, "agenda_changed", found.row, now, what=what, items=facts, order=order)


def _record(session: Session, entry: Entry, kind: str, row: SittingRow, now: datetime, **facts: Any) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        session=row.number, **facts,
    )  # fmt: skip
