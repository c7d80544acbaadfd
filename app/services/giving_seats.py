"""Seats at a draft's table: of what kind, from when until when. An institution may have one after the other."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Action, check_can
from app.domain.seats import SeatKind
from app.store import events, institutions
from app.store.drafts import Draft
from app.store.institutions import Institution, Seat
from app.store.memberships import Entry, enter_to_write

Period = tuple[date | None, date | None]
"""First and last day, both with it; None: open."""


class NoSuchInstitution(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is no institution “{code}”.")


class EndsBeforeItBegins(Invalid):
    def __init__(self) -> None:
        super().__init__("The last day lies before the first.")


class SeatsOverlap(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"“{code}” has a seat in this time already: change that one, or choose other days.")


class UnknownSeatKind(Invalid):
    def __init__(self) -> None:
        super().__init__("A seat is full, advisory or facilitating: choose one of the three.")


class NoSuchSeat(NotFound):
    def __init__(self) -> None:
        super().__init__("This seat is not, or no longer, at the table of this draft.")


def give_seat(
    session: Session, *, slug: str, code: str, kind: str, period: Period, user_id: int | None, now: datetime
) -> None:
    """A further seat, by whoever manages the draft; it meets none that the institution has.

    Raises NoSuchDraft, RoleMayNot, NoSuchInstitution, UnknownSeatKind, EndsBeforeItBegins, SeatsOverlap.
    """
    entry = _enter(session, slug, user_id)
    found = institutions.find(session, code)
    if found is None:
        raise NoSuchInstitution(code.replace("\0", ""))
    _store(session, entry.draft, found, None, _kind(kind), period, entry.user_id, now)
    session.commit()


def change_seat(
    session: Session, *, slug: str, seat: int, kind: str, period: Period, user_id: int | None, now: datetime
) -> None:
    """Another kind or period of a seat. Raises NoSuchDraft, RoleMayNot, NoSuchSeat, UnknownSeatKind,
    EndsBeforeItBegins, SeatsOverlap."""
    entry = _enter(session, slug, user_id)
    row = _find(session, entry, seat)
    found = session.get_one(Institution, row.institution_id)
    _store(session, entry.draft, found, row, _kind(kind), period, entry.user_id, now)
    session.commit()


def take_seat(session: Session, *, slug: str, seat: int, user_id: int | None, now: datetime) -> None:
    """Take away a seat that was given by mistake; one that ends gets its last day instead. Raises NoSuchSeat."""
    entry = _enter(session, slug, user_id)
    row = _find(session, entry, seat)
    session.delete(row)
    events.record(
        session, entry.draft, "seat_taken", now=now, user_id=entry.user_id, institution_id=row.institution_id,
        seat=row.kind, since=_iso(row.held_from), until=_iso(row.held_until),
    )  # fmt: skip
    session.commit()


def place(
    session: Session, draft: Draft, found: Institution, kind: SeatKind, period: Period, *, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """For the operator, in the caller's transaction: a seat for a period; it changes the one it meets."""
    _check(period)
    met = [row for row in institutions.seat_rows(session, draft.id, found.id) if _meet(_of(row), period)]
    _store(session, draft, found, met[-1] if met else None, kind, period, user_id, now)


def _store(
    session: Session, draft: Draft, found: Institution, row: Seat | None, kind: SeatKind, period: Period,
    user_id: int | None, now: datetime,
) -> None:  # fmt: skip
    _check(period)
    others = [one for one in institutions.seat_rows(session, draft.id, found.id) if one is not row]
    if any(_meet(_of(one), period) for one in others):
        raise SeatsOverlap(found.code)
    row = row or institutions.add_seat(session, draft.id, found.id)
    row.kind, (row.held_from, row.held_until) = kind.value, period
    session.flush()
    events.record(
        session, draft, "seat_given", now=now, user_id=user_id, institution_id=found.id, seat=kind.value,
        since=_iso(row.held_from), until=_iso(row.held_until), code=found.code,
    )  # fmt: skip


def _enter(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry


def _find(session: Session, entry: Entry, seat: int) -> Seat:
    found = next((row for row in institutions.seat_rows(session, entry.draft.id) if row.id == seat), None)
    if found is None:
        raise NoSuchSeat
    return found


def _kind(kind: str) -> SeatKind:
    if kind not in set(SeatKind):
        raise UnknownSeatKind
    return SeatKind(kind)


def _check(period: Period) -> None:
    since, until = period
    if since and until and until < since:
        raise EndsBeforeItBegins


def _of(row: Seat) -> Period:
    return row.held_from, row.held_until


def _meet(one: Period, other: Period) -> bool:
    (first, last), (begins, ends) = one, other
    return (ends is None or first is None or first <= ends) and (last is None or begins is None or begins <= last)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
