"""The parking lot as a page: a fixed number of statements, however many matters there are."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.seats import Body, places, speaker
from app.services import showing, texts
from app.services.pages_parking import MatterShown, ParkingPage
from app.services.parking import may_settle
from app.services.showing_session import matter_lines
from app.services.sittings import is_presiding
from app.store import institutions, parked, sittings
from app.store.memberships import Entry
from app.store.parked import ParkedMatter

NEVER = date.max


def parking(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> ParkingPage:
    """Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    text = texts.issued(session, entry.draft, head.latest)
    rows = parked.of_draft(session, entry.draft.id)
    numbers = {row.id: row.number for row in sittings.of_draft(session, entry.draft.id)}
    bodies, seats = institutions.bodies(session), institutions.seats_of(session, entry.draft.id)
    lines = zip(matter_lines(rows, text, marks, numbers), _shown(entry, rows, bodies, now.date()), strict=True)
    shown = [MatterShown(line, overdue, may) for line, (overdue, may) in lines]
    waiting = [one for one in shown if one.matter.settled_at is None]
    settled = [one for one in shown if one.matter.settled_at is not None]
    return ParkingPage(
        head,
        tuple(sorted(waiting, key=lambda one: (one.matter.due or NEVER, one.matter.number))),
        tuple(sorted(settled, key=lambda one: (one.matter.settled_at or now, one.matter.number), reverse=True)),
        tuple(marks.seats[place.institution] for place in places(bodies, seats, now.date())),
        is_presiding(entry),
    )


def _shown(
    entry: Entry, rows: list[ParkedMatter], bodies: Mapping[int, Body], today: date
) -> Iterator[tuple[int, bool]]:
    """By how many days each is overdue, and whether whoever looks may settle it."""
    for row in rows:
        late = (today - row.due).days if row.due and row.settled_at is None else 0
        owner = speaker(bodies, row.owner_id, today) or row.owner_id if row.owner_id else None
        yield max(late, 0), may_settle(entry, row, owner)
