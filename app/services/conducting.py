"""Conducting a call that is open: receipts, reminders, putting off its end, calling it off."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.domain.permissions import Action, check_can
from app.services import seating, showing
from app.services.agreeing import is_over, spoken
from app.services.calling import MOMENT, Period, days_off, ends
from app.services.hearing import heard, missing
from app.services.owning import word_of
from app.services.positioning import speaking_for
from app.services.texts import issued
from app.store import calls, events
from app.store.calls import CALLED_OFF, Call
from app.store.memberships import Entry, enter_to_write


class CallIsOver(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"The time to answer call {number} is over, so this can no longer be done.")
        self.number = number


class CallIsClosed(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Call {number} is closed already.")
        self.number = number


class ReceivedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("Your institution has confirmed already that this call reached it.")


class NoEndToPutOff(Invalid):
    def __init__(self) -> None:
        super().__init__("This call has no end that could be put off.")


class HowLong(Invalid):
    def __init__(self) -> None:
        super().__init__("Say by how much the end is put off.")


class NobodyToRemind(Outdated):
    def __init__(self) -> None:
        super().__init__("Everybody has confirmed and answered: there is nobody to remind.")


def receive(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime, today: date) -> None:
    """Confirm for one's institution that a call reached it. Nobody does that for another one.

    Raises NoSuchCall, MayNotSpeak, NoSeat, CallIsOver, ReceivedAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, "", today)
    call = _still_open(session, entry, number, now)
    if not calls.receive(session, call, institution_id, entry.author_id, entry.told_at(now)):
        raise ReceivedAlready
    events.record(
        session,
        entry.draft,
        "call_received",
        now=now,
        user_id=entry.user_id,
        institution_id=institution_id,
        call=number,
    )
    session.commit()


def extend(
    session: Session, *, slug: str, number: int, period: Period, reason: str, user_id: int | None, now: datetime,
    zone: ZoneInfo,
) -> datetime:  # fmt: skip
    """Put off the end of a call, counted from the end it had; the new one. What is given ad referendum may be confirmed
    as much later. Everybody is told.

    Raises NoSuchCall, CallIsOver, NoEndToPutOff, HowLong, UnusablePeriod, NoWordOfReason, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    call = _still_open(session, entry, number, now)
    if call.deadline is None:
        raise NoEndToPutOff
    before, word = call.deadline, word_of(reason, needed=True)
    begins = before if period.unit == "hours" else before - MOMENT
    after = ends(begins, period, zone, days_off(entry.draft))
    if after is None:
        raise HowLong
    call.deadline = after
    call.confirm_until = call.confirm_until + (after - before) if call.confirm_until else None
    _record(
        session, entry, call, "call_extended", now, former=before.isoformat(), deadline=after.isoformat(), reason=word
    )
    session.commit()
    return after


def remind(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime, today: date) -> int:
    """Send news to every institution that has not confirmed or not answered; how many they are.

    Raises NoSuchCall, CallIsOver, NobodyToRemind.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    call = _still_open(session, entry, number, now)
    said = spoken(session, entry.draft, today)
    head = showing.draft_head(session, entry)
    text = issued(session, entry.draft, head.latest)
    waited_for = missing(said, call, heard(session, entry.draft, text, head.versions, said, call, now=now))
    if not waited_for:
        raise NobodyToRemind
    told = seating.told(*seating.voices_of(session, today, *waited_for))
    _record(session, entry, call, "call_reminded", now, told=told)
    session.commit()
    return len(waited_for)


def call_off(session: Session, *, slug: str, number: int, reason: str, user_id: int | None, now: datetime) -> None:
    """End a call without a result. What was answered in hiding stays so, and counts for nothing.

    Raises NoSuchCall, CallIsClosed, NoWordOfReason, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    call = find_unclosed(session, entry, number)
    word = word_of(reason, needed=True)
    for item in calls.items_of(session, entry.draft.id)[call.id]:
        item.result = CALLED_OFF
    call.closed_at, call.closed_by = now, entry.user_id
    _record(session, entry, call, "call_called_off", now, reason=word)
    session.commit()


def find_unclosed(session: Session, entry: Entry, number: int) -> Call:
    """Raises NoSuchCall, CallIsClosed."""
    call = calls.find(session, entry.draft.id, number)
    if call.closed_at is not None:
        raise CallIsClosed(number)
    return call


def _still_open(session: Session, entry: Entry, number: int, now: datetime) -> Call:
    """Raises NoSuchCall, CallIsOver."""
    call = calls.find(session, entry.draft.id, number)
    if is_over(call, now):
        raise CallIsOver(number)
    return call


def _record(session: Session, entry: Entry, call: Call, kind: str, now: datetime, **facts: object) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        call=call.number, **facts,
    )  # fmt: skip
