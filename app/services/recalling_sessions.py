"""One session for a record: when it was, who came, what was on its agenda, what was decided and asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint
from app.domain.record_facts import CallTold, DecisionTold, ItemTold, Participant, SessionTold
from app.domain.sitting import Decision, Deed, DeedKind, sitting_after
from app.services.agreeing import is_called_off, is_hidden, is_over
from app.services.board_standing import Standing
from app.services.recalling_agreement import cited
from app.services.showing_session import agenda_lines
from app.services.sittings import Held
from app.services.texts import below
from app.store import sittings
from app.store.amendments import AmendmentRow
from app.store.calls import Call
from app.store.sittings import Attendance, SittingRow

SHORT = 12
"""Characters of a fingerprint that name a text in a record."""
Numbers = Mapping[int, tuple[AmendmentRow, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A session with its deeds, those that were undone left out, and those who may be named."""

    row: SittingRow
    held: Held
    deeds: tuple[Deed, ...]
    names: tuple[Attendance, ...]

    @property
    def calls(self) -> tuple[int, ...]:
        return tuple(sorted({number for those in self.held.sitting.calls.values() for number in those}))

    def covers(self, at: datetime | None) -> bool:
        """Whether a moment is within it."""
        since, until = self.row.opened_at, self.row.closed_at
        return at is not None and since is not None and since <= at and (until is None or at <= until)

    def clauses(self, found: Standing, numbers: Numbers) -> frozenset[str]:
        """The clauses of its agenda with all below them, and those that its amendments touch."""
        about: set[str] = set()
        for item in self.held.agenda.values():
            if item.clause_id in found.text.places and item.clause_id is not None:
                start, end = below(found.text, item.clause_id)
                about |= {line.id for line in found.text.lines[start:end]}
            if item.amendment_id in numbers and item.amendment_id is not None:
                about |= numbers[item.amendment_id][1] & found.text.places.keys()
        return frozenset(about)


def recalled_session(session: Session, found: Standing, row: SittingRow) -> Recalled:
    """Three statements."""
    deeds = sittings.deeds_of(session, row)
    agenda = {item.number: item for item in sittings.agenda_of(session, row.id)}
    undone = {deed.facts["of"] for deed in deeds if deed.kind is DeedKind.UNDONE}
    standing = tuple(deed for deed in deeds if deed.number not in undone and deed.kind is not DeedKind.UNDONE)
    held = Held(found.entry, row, agenda, sitting_after(deeds))
    return Recalled(row, held, standing, tuple(sittings.names_in(session, row.id)))


def session_told(session: Session, one: Recalled, found: Standing, numbers: Numbers, now: datetime) -> SessionTold:
    row, zone = one.row, now.tzinfo
    lines = {line.number: line for line in agenda_lines(session, one.held, found.text, now)}
    told_calls = {call.number: call for call in found.found.spoken.calls}
    items = []
    for number, line in lines.items():
        decision = one.held.sitting.progress(number).decision
        made = _decision(decision, told_calls) if decision else None
        items.append(ItemTold(line.human, line.heading, line.reading, line.status, made))
    opened = (row.opened_at or now).astimezone(zone)
    return SessionTold(
        row.number, row.title, row.place, opened, row.closed_at.astimezone(zone) if row.closed_at else None,
        row.version or found.text.number, breaks(one.deeds, now), _participants(one, found, now), tuple(items),
        tuple(call_told(found, told_calls[number], numbers, now) for number in one.calls if number in told_calls),
    )  # fmt: skip


def breaks(deeds: Iterable[Deed], now: datetime) -> tuple[tuple[datetime, datetime | None], ...]:
    """From when to when nothing was done; the last one may go on."""
    found: list[tuple[datetime, datetime | None]] = []
    for deed in deeds:
        at = deed.at.astimezone(now.tzinfo)
        if deed.kind is DeedKind.PAUSED:
            found.append((at, None))
        elif deed.kind in (DeedKind.RESUMED, DeedKind.CLOSED) and found and found[-1][1] is None:
            found[-1] = found[-1][0], at
    return tuple(found)


def _participants(one: Recalled, found: Standing, now: datetime) -> tuple[Participant, ...]:
    """Institutions that came or whose people are named, in the order of the table; then people of none."""
    arrived: dict[int, datetime] = {}
    for deed in one.deeds:
        if deed.kind is DeedKind.ARRIVED:
            arrived.setdefault(deed.facts["institution"], deed.at.astimezone(now.tzinfo))
    people: dict[int | None, list[str]] = {}
    for named in one.names:
        people.setdefault(named.institution_id, []).append(named.name)
    seats = {place.institution: place.kind.value for place in found.found.spoken.places}
    came = [id for id in (*seats, *arrived, *people) if id in arrived or id in people]
    listed = [
        Participant(found.institutions.seats[id].name, seats.get(id, ""), arrived.get(id), tuple(people.get(id, ())))
        for id in dict.fromkeys(came)
        if id is not None and id in found.institutions
    ]
    return (*listed, *([Participant("", "", None, tuple(people[None]))] if people.get(None) else []))


def _decision(made: Decision, calls: Mapping[int, Call]) -> DecisionTold:
    call = calls.get(made.call or 0)
    result = "" if call is not None and is_hidden(call) else made.result
    return DecisionTold(
        made.outcome.value, made.words, made.rule, share_of(call) if call else "", made.call, result, made.version,
        short(made.fingerprints),
    )  # fmt: skip


def short(fingerprints: Sequence[str]) -> str:
    """What names a text: the beginning of its fingerprint, of several clauses of that of theirs, one a line."""
    if not fingerprints:
        return ""
    return (fingerprints[0] if len(fingerprints) == 1 else fingerprint("\n".join(fingerprints)))[:SHORT]


def share_of(call: Call) -> str:
    """The share that a majority needs, as people write it."""
    if call.rule != "majority":
        return ""
    return f"{'> ' if call.share_exceeded else ''}{call.share_numerator}/{call.share_denominator}"


def call_told(found: Standing, call: Call, numbers: Numbers, now: datetime) -> CallTold:
    """A call as far as everybody may know of it."""
    items = found.found.spoken.items.get(call.id, ())
    clauses = {item.clause_id for item in items if item.clause_id}
    amended = [f"A{numbers[id][0].number}" for id in (item.amendment_id or 0 for item in items) if id in numbers]
    state = _state(call, is_called_off(items), now)
    results = tuple(sorted({item.result for item in items if item.result})) if state == "closed" else ()
    deadline = call.deadline.astimezone(now.tzinfo) if call.deadline else None
    return CallTold(
        call.number, (*cited(found, clauses), *amended), call.rule, share_of(call), state, results, deadline
    )


def _state(call: Call, called_off: bool, now: datetime) -> str:
    if called_off:
        return "called_off"
    if not is_over(call, now) and call.revealed_at is None:
        return "open"
    return "hidden" if is_hidden(call) else "closed"
