"""Holding a session: each deed is an event of the record, and the last one is undone for a minute.

Every deed names what it is about, never "the next": pressed twice, or by two facilitators at once, it is done once.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.domain.sitting import Deed, DeedKind, Show
from app.services.positioning import latest_text
from app.services.sittings import Held, NoSuchItem, do, enter_to_preside, held, holding
from app.store import parked, sittings

MOST_MINUTES = 600
MOST_PARTS = 1_000


class SessionIsOver(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} is over: it cannot be opened again.")
        self.number = number


class AnotherSessionOpen(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} is being held: close it before you open another one.")
        self.number = number


class NothingTakenUp(Outdated):
    def __init__(self) -> None:
        super().__init__("No item of the agenda is taken up: take one up first.")


class NothingToUndo(Outdated):
    def __init__(self) -> None:
        super().__init__("There is nothing to undo: only the last deed is undone, and only for a minute.")


class UnusableDeed(Invalid):
    """What no form of ours sends."""

    def __init__(self) -> None:
        super().__init__("This cannot be done in a session: choose one of what the page offers.")


class UnusableMinutes(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A time box is 1 to {MOST_MINUTES} minutes.")


def open_session(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """Begin a session; what it decides is decided on texts from now on.

    Raises NoSuchSession, SessionIsOver, AnotherSessionOpen.
    """
    entry = enter_to_preside(session, slug, user_id)
    row = sittings.find(session, entry.draft.id, number)
    if row.closed_at is not None or row.called_off_at is not None:
        raise SessionIsOver(number)
    other = sittings.open_one(session, entry.draft.id)
    if other is not None:
        if other.id == row.id:
            return
        raise AnotherSessionOpen(other.number)
    row.opened_at, row.version = now, latest_text(session, entry).number
    row.first_event = entry.recorded + 1
    do(session, held(session, entry, number), DeedKind.OPENED, now, version=row.version)
    session.commit()


def take_up(
    session: Session, *, slug: str, number: int, item: int | None, skipped: bool, user_id: int | None, now: datetime
) -> None:
    """Go to an item of the agenda; None: to none. What was current is done, or skipped, to be returned to.

    Raises NoSuchSession, SessionNotOpen, NoSuchItem.
    """
    found = holding(session, slug, number, user_id)
    if item is not None and item not in found.agenda:
        raise NoSuchItem
    if found.sitting.current == item:
        return
    do(session, found, DeedKind.TAKEN_UP, now, item=item, skipped=skipped)
    session.commit()


def show(session: Session, *, slug: str, number: int, what: str, part: int, user_id: int | None, now: datetime) -> None:
    """Put something on the big screen. Raises NoSuchSession, SessionNotOpen, UnusableDeed."""
    found = holding(session, slug, number, user_id)
    if what not in list(Show) or not 0 <= part <= MOST_PARTS:
        raise UnusableDeed
    if (found.sitting.show, found.sitting.part) == (what, part):
        return
    do(session, found, DeedKind.SHOWN, now, show=what, part=part)
    session.commit()


def add_time(session: Session, *, slug: str, number: int, minutes: int, user_id: int | None, now: datetime) -> None:
    """Make the time box of the current item longer. Raises SessionNotOpen, NothingTakenUp, UnusableMinutes."""
    found = holding(session, slug, number, user_id)
    if not 1 <= minutes <= MOST_MINUTES:
        raise UnusableMinutes
    do(session, found, DeedKind.TIME_ADDED, now, item=_current(found), minutes=minutes)
    session.commit()


def pause(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """A break: no time runs. Raises SessionNotOpen."""
    found = holding(session, slug, number, user_id)
    if found.sitting.paused_at is None:
        do(session, found, DeedKind.PAUSED, now)
        session.commit()


def resume(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """The break is over. Raises SessionNotOpen."""
    found = holding(session, slug, number, user_id)
    if found.sitting.paused_at is not None:
        do(session, found, DeedKind.RESUMED, now)
        session.commit()


def close_session(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """End a session. Calls that are open go on. Raises SessionNotOpen."""
    found = holding(session, slug, number, user_id)
    found.row.closed_at, found.row.last_event = now, found.entry.recorded + 1
    do(session, found, DeedKind.CLOSED, now)
    session.commit()


def undo(session: Session, *, slug: str, number: int, deed: int, user_id: int | None, now: datetime) -> DeedKind:
    """Make the last deed as if it had not been done; it stays in the record. `deed` is its number there.

    Raises NoSuchSession, NothingToUndo.
    """
    entry = enter_to_preside(session, slug, user_id)
    found = held(session, entry, number)
    last = found.sitting.undoable(now)
    if last is None or last.number != deed:
        raise NothingToUndo
    _undo_in_rows(session, found, last, now)
    do(session, found, DeedKind.UNDONE, now, of=last.number, what=last.kind.value)
    session.commit()
    return last.kind


def _undo_in_rows(session: Session, found: Held, last: Deed, now: datetime) -> None:
    """Two deeds have left a trace beside the record."""
    if last.kind is DeedKind.PARKED:
        parked.find(session, found.entry.draft.id, last.facts["matter"]).withdrawn_at = now
    if last.kind is DeedKind.CLOSED:
        other = sittings.open_one(session, found.entry.draft.id)
        if other is not None:
            raise AnotherSessionOpen(other.number)
        found.row.closed_at = found.row.last_event = None


def _current(found: Held) -> int:
    if found.sitting.current is None:
        raise NothingTakenUp
    return found.sitting.current
