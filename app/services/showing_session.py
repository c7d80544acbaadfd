"""From a session's deeds to what pages show of it. A fixed number of statements, however much was done in it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint
from app.domain.edits import Edit
from app.domain.permissions import Action, can
from app.domain.seats import places
from app.domain.sitting import UNDO_FOR, Decision, Progress, Sitting, Status, Turn
from app.services import showing, texts
from app.services.colliding import touched
from app.services.marks import Marks
from app.services.pages_calls import CallHead
from app.services.pages_session import (
    AgendaLine,
    DecisionLine,
    FloorLine,
    MatterLine,
    SeatLine,
    SessionHead,
    SessionPage,
    TurnLine,
    UndoLine,
)
from app.services.showing_calls import head_of
from app.services.sittings import Held, held, is_presiding
from app.services.texts import IssuedText, below
from app.store import amendments, calls, institutions, parked
from app.store.memberships import Entry
from app.store.parked import ParkedMatter
from app.store.sittings import AgendaItem, SittingRow

FIRST_WORDS = 90  # characters of an item without a heading


def session_page(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> SessionPage:
    """Raises NoSuchDraft, NoSuchSession."""
    entry = showing.enter_to_read(session, slug, user_id)
    found = held(session, entry, number)
    institutions_by_id = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions_by_id)
    text = texts.issued(session, entry.draft, draft.latest)
    agenda = agenda_lines(session, found, text, now)
    current = next((line for line in agenda if line.number == found.sitting.current), None)
    return SessionPage(
        draft, session_head(found.row, found.sitting), agenda, current, _following(agenda, current),
        found.sitting.show.value, found.sitting.part, _calls(session, entry, current, now),
        tuple(_turn(entry, turn, institutions_by_id) for turn in found.sitting.speakers),
        _floor(entry, found.sitting, institutions_by_id),
        _seats(session, entry, found.sitting, institutions_by_id, now),
        matter_lines(
            (row for row in parked.of_draft(session, entry.draft.id) if row.sitting_id == found.row.id), text,
            institutions_by_id, {found.row.id: number},
        ),
        undo_line(entry, found.sitting, now), is_presiding(entry),
        entry.institution_id in found.sitting.present, can(entry.role, Action.POSITION),
    )  # fmt: skip


def session_head(row: SittingRow, sitting: Sitting | None = None) -> SessionHead:
    """`sitting` is needed only to tell a break."""
    return SessionHead(
        row.number, row.title, row.place, _state(row, sitting), row.planned_for, row.opened_at, row.closed_at,
        row.version, row.attribution or "",
    )  # fmt: skip


def _state(row: SittingRow, sitting: Sitting | None) -> str:
    if row.called_off_at is not None:
        return "called_off"
    if row.opened_at is None:
        return "planned"
    if row.closed_at is not None:
        return "closed"
    return "paused" if sitting and sitting.paused_at else "open"


def agenda_lines(session: Session, found: Held, text: IssuedText, now: datetime) -> tuple[AgendaLine, ...]:
    """The agenda in its order, as it stands now."""
    named: dict[int | None, tuple[int | None, str]] = {None: (None, "")}
    if any(item.amendment_id for item in found.agenda.values()):
        edits = amendments.edits_of(session, found.entry.draft.id)
        rows = amendments.all_of(session, found.entry.draft.id)
        named |= {row.id: (row.number, row.title or _touched(text, edits.get(row.id, ()))) for row in rows}
    return tuple(_line(item, found.sitting, text, now, *named[item.amendment_id]) for item in found.agenda.values())


def _touched(text: IssuedText, edits: Iterable[Edit]) -> str:
    """Where an amendment without a short name begins, as people cite it."""
    first = min((text.places[id] for id in touched(edits) if id in text.places), default=None)
    return "" if first is None else text.lines[first].human


def _line(
    item: AgendaItem, sitting: Sitting, text: IssuedText, now: datetime, amendment: int | None, title: str
) -> AgendaLine:
    progress = sitting.progress(item.number)
    human = f"A{amendment}" if amendment else text.human(item.clause_id or "")
    return AgendaLine(
        item.number, item.kind, human, title or item.title or _heading(text, item.clause_id), item.clause_id, amendment,
        item.reading, item.minutes, int(progress.added / timedelta(minutes=1)), progress.status.value,
        progress.spent_at(now), _ends_at(item, progress), bool(item.clause_id) and item.clause_id not in text.places,
        _decision(progress.decision, item, text), sitting.calls.get(item.number, ()),
        item.clause_id is None or _is_heading(text, item.clause_id),
    )  # fmt: skip


def _is_heading(text: IssuedText, clause_id: str) -> bool:
    return clause_id in text.places and text.lines[text.places[clause_id]].level > 0


def _heading(text: IssuedText, clause_id: str | None) -> str:
    at = text.places.get(clause_id or "")
    if at is None:
        return ""
    words = " ".join(text.lines[at].body.split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def _ends_at(item: AgendaItem, progress: Progress) -> datetime | None:
    if item.minutes is None or progress.since is None:
        return None
    return progress.since - progress.spent + timedelta(minutes=item.minutes) + progress.added


def _decision(decision: Decision | None, item: AgendaItem, text: IssuedText) -> DecisionLine | None:
    if decision is None:
        return None
    return DecisionLine(
        decision.outcome.value, decision.words, decision.rule, decision.call, decision.result, decision.version,
        decision.at, bool(decision.fingerprints) and decision.fingerprints != fingerprints(text, item.clause_id),
    )  # fmt: skip


def fingerprints(text: IssuedText, clause_id: str | None) -> tuple[str, ...]:
    """The words of a clause and of all below it, as what is decided is bound to them."""
    if clause_id is None or clause_id not in text.places:
        return ()
    start, end = below(text, clause_id)
    return tuple(fingerprint(line.body) for line in text.lines[start:end])


def _following(agenda: tuple[AgendaLine, ...], current: AgendaLine | None) -> AgendaLine | None:
    """What comes next: the first one behind the current that waits, or the first that was skipped."""
    at = agenda.index(current) + 1 if current else 0
    waiting = [line for line in (*agenda[at:], *agenda[:at]) if line.status == Status.WAITING]
    skipped = [line for line in agenda if line.status == Status.SKIPPED]
    return next(iter([*waiting, *skipped]), None)


def _calls(session: Session, entry: Entry, current: AgendaLine | None, now: datetime) -> tuple[CallHead, ...]:
    if current is None or not current.calls:
        return ()
    items = calls.items_of(session, entry.draft.id)
    rows = [call for call in calls.of_draft(session, entry.draft.id) if call.number in current.calls]
    return tuple(head_of(call, items.get(call.id, []), {}, now) for call in reversed(rows))


def _turn(entry: Entry, turn: Turn, marks: Marks) -> TurnLine:
    ours = turn.institution is not None and turn.institution == entry.institution_id
    return TurnLine(turn.number, marks.seats.get(turn.institution or 0), turn.name, turn.asked_at, ours)


def _floor(entry: Entry, sitting: Sitting, marks: Marks) -> FloorLine | None:
    return FloorLine(_turn(entry, sitting.floor.turn, marks), sitting.floor.since) if sitting.floor else None


def _seats(session: Session, entry: Entry, sitting: Sitting, marks: Marks, now: datetime) -> tuple[SeatLine, ...]:
    seats = places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), now.date())
    return tuple(
        SeatLine(marks.seats[place.institution], place.kind.value, sitting.present.get(place.institution))
        for place in seats
    )


def matter_lines(
    rows: Iterable[ParkedMatter], text: IssuedText, marks: Marks, sessions: Mapping[int, int]
) -> tuple[MatterLine, ...]:
    """Matters of the parking lot; `sessions`: their numbers by row id."""
    return tuple(
        MatterLine(
            row.number, marks.words(row.words), text.human(row.clause_id or ""), row.clause_id,
            marks.seats.get(row.owner_id or 0), marks.words(row.owner_words), row.due,
            sessions.get(row.sitting_id or 0), marks.when(row.parked_at),
            marks.when(row.settled_at) if row.settled_at else None, marks.words(row.settled_words),
        )
        for row in rows
    )  # fmt: skip


def undo_line(entry: Entry, sitting: Sitting, now: datetime) -> UndoLine | None:
    """What a facilitator can undo just now."""
    last = sitting.undoable(now)
    if last is None or not is_presiding(entry):
        return None
    return UndoLine(last.number, last.kind.value, last.at + UNDO_FOR)
