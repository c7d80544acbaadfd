"""The parking lot outside a session: what is put aside, who takes care of it until when, and how it is settled."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.permissions import Action, can, check_can
from app.services import seating
from app.services.deciding import Parking, facts_of, owner_of, put_aside
from app.services.meaning import clause_called
from app.services.owning import speaks_for, word_of
from app.services.positioning import SPEAKING, latest_text
from app.services.sittings import LONGEST_NAME, typed
from app.store import events, parked
from app.store.memberships import Entry, enter_to_write
from app.store.parked import ParkedMatter

DAYS = (date(2000, 1, 1), date(2200, 1, 1))
"""Between these a day is meant; others are slips of the pen."""


class NotADay(Invalid):
    def __init__(self, said: str) -> None:
        super().__init__(f"“{said}” is no day: choose one, or write it as 2026-12-31.")
        self.said = said


class NotSaidHow(Invalid):
    def __init__(self) -> None:
        super().__init__("Say in a few words how the matter was settled.")


class MayNotSettle(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "A matter is settled by a facilitator, or by who speaks for the institution that takes care of it."
        )


class SettledAlready(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Matter {number} is settled already.")
        self.number = number


class NotSettled(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Matter {number} is open already.")
        self.number = number


class SameCare(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing was changed: matter {number} has this owner and this day already.")
        self.number = number


def park(session: Session, *, slug: str, parking: Parking, clause: str, user_id: int | None, now: datetime) -> int:
    """Put a matter aside outside a session; its number. `clause`: the number of a clause as people type it, or empty.

    Raises RoleMayNot, NoWords, NobodyNamed, NamesNoClause, Unstorable.
    """
    entry = _facilitating(session, slug, user_id)
    called = typed(clause, LONGEST_NAME)
    clause_id = clause_called(latest_text(session, entry).law, entry.draft, called) if called else None
    row = put_aside(session, entry, parking, now, clause_id=clause_id)
    number = row.number
    _record(session, entry, "matter_parked", row, now, clause=clause_id, **facts_of(row))
    session.commit()
    return number


def change(
    session: Session, *, slug: str, number: int, owner: str, owner_words: str, due: date | None, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Give a matter to somebody else, or another day. Raises NoSuchMatter, SettledAlready, SameCare, NobodyNamed."""
    entry = _facilitating(session, slug, user_id)
    row = _open_one(session, entry, number)
    care = (owner_of(session, owner), typed(owner_words, LONGEST_NAME), due)
    if care == (row.owner_id, row.owner_words, row.due):
        raise SameCare(number)
    row.owner_id, row.owner_words, row.due = care
    _record(session, entry, "matter_changed", row, now, **facts_of(row))
    session.commit()


def settle(
    session: Session, *, slug: str, number: int, words: str, user_id: int | None, now: datetime, today: date
) -> None:
    """Say how a matter was settled. Raises NoSuchMatter, MayNotSettle, SettledAlready, NotSaidHow, Unstorable."""
    entry = enter_to_write(session, slug, user_id)
    row = parked.find(session, entry.draft.id, number)
    if not may_settle(entry, row, heir(session, row, today)):
        raise MayNotSettle
    row = _open_one(session, entry, number)
    said = typed(words)
    if not said:
        raise NotSaidHow
    row.settled_at, row.settled_by, row.settled_words = now, entry.user_id, said
    _record(session, entry, "matter_settled", row, now, matter=number, words=said)
    session.commit()


def reopen(session: Session, *, slug: str, number: int, reason: str, user_id: int | None, now: datetime) -> None:
    """Take a settled matter up again; how it was settled stays in the record.

    Raises NoSuchMatter, NotSettled, NoWordOfReason.
    """
    entry = _facilitating(session, slug, user_id)
    row = parked.find(session, entry.draft.id, number)
    if row.settled_at is None:
        raise NotSettled(number)
    said = word_of(reason, needed=True)
    row.settled_at, row.settled_by, row.settled_words = None, None, ""
    _record(session, entry, "matter_reopened", row, now, matter=number, reason=said)
    session.commit()


def may_settle(entry: Entry, row: ParkedMatter, owner: int | None) -> bool:
    """Whether somebody may say how a matter was settled. `owner`: the institution that speaks for its owner today."""
    if can(entry.role, Action.HOLD_SESSIONS):
        return True
    return owner is not None and speaks_for(entry, owner) and entry.part in SPEAKING


def heir(session: Session, row: ParkedMatter, today: date) -> int | None:
    return seating.heir_of(session, row.owner_id, today) if row.owner_id else None


def day_of(said: str) -> date | None:
    """A day as forms send it; None where nothing was typed. Raises NotADay."""
    said = said.strip()[:LONGEST_NAME]
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise NotADay(said) from None
    if not DAYS[0] <= day <= DAYS[1]:
        raise NotADay(said)
    return day


def _facilitating(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    return entry


def _open_one(session: Session, entry: Entry, number: int) -> ParkedMatter:
    row = parked.find(session, entry.draft.id, number)
    if row.settled_at is not None:
        raise SettledAlready(number)
    return row


def _record(session: Session, entry: Entry, kind: str, row: ParkedMatter, now: datetime, **facts: object) -> None:
    told = seating.told(*seating.voices_of(session, now.date(), row.owner_id)) if row.owner_id else []
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id, told=told,
        **facts,
    )  # fmt: skip
