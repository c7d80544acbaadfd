"""What holds agreement up, and since when: objections, what needs discussion, lapsed positions, collisions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreement import State, fingerprint
from app.domain.rules import Decision, Voice
from app.domain.scale import Meaning, step
from app.domain.seats import SeatKind
from app.services import board_standing
from app.services.agreeing import Bound, last_word
from app.services.board_standing import Standing
from app.services.colliding import touched
from app.services.marks import Day
from app.services.pages_board import BlockingPage, Obstacle
from app.services.pages_overview import Choice
from app.store import amendments, wordings
from app.store.amendments import number_of
from app.store.calls import Call
from app.store.positions import Position

KINDS = ("objects", "collides", "asks", "lapsed", "provisional")
MOST = 200
"""How many are shown."""
Changes = Mapping[str, list[tuple[datetime, str]]]
"""By clause: since when it reads how (the fingerprint of its words)."""


def blocking(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime, kind: str = ""
) -> BlockingPage:
    """What holds clauses up, all or of one kind. Raises NoSuchDraft, RoleMayNot."""
    found = board_standing.standing(session, slug=slug, user_id=user_id, language=language, now=now)
    every = sorted((*_spoken(session, found), *_colliding(session, found)), key=_oldest_first)
    counts = Counter(one.kind for one in every)
    asked = [one for one in every if kind in ("", one.kind)]
    silent = tuple(column for column in found.columns() if column.silent and column.kind == SeatKind.FULL)
    kinds = tuple(Choice(one, counts[one]) for one in KINDS if counts[one])
    counting = zip(found.seats, found.silences(), strict=True)
    yet = sum(place.kind is SeatKind.FULL and missing > 0 for place, missing in counting)
    return BlockingPage(found.draft, tuple(asked[:MOST]), len(asked), kinds, kind, silent, now, yet)


def _oldest_first(one: Obstacle) -> tuple[datetime | date, str, str]:
    """Of what has only a day the order says nothing more."""
    return (one.since.date(), one.kind, one.reason) if isinstance(one.since, Day) else (one.since, "", "")


def shown_since(calls: Mapping[int, Call], row: Position) -> datetime:
    """Since when everybody sees a position: since it was given, or since its hidden call was revealed."""
    call = calls.get(row.call_id or 0)
    return max(row.created_at, call.revealed_at) if call and call.hidden and call.revealed_at else row.created_at


def _spoken(session: Session, found: Standing) -> Iterator[Obstacle]:
    """What institutions hold up, one for each position, whatever number of clauses it is about."""
    calls = {call.id: call for call in found.found.spoken.calls}
    changes: Changes | None = None
    gathered: dict[tuple[str, int, datetime], Obstacle] = {}
    for line in found.counted():
        decision = found.found.decisions.get(line.id)
        if decision is None or found.state(line.id) is State.AGREED:
            continue
        pairs = found.found.said_of(line.id)
        for place in found.seats:
            kind = _kind(place.institution, decision, found.found.voices[line.id])
            pair = last_word(found.found.spoken, place, pairs) if kind else None
            if pair is None:
                continue
            if kind == "lapsed" and changes is None:
                changes = _changes(session, found)
            since = (
                _lapsed_since(found, line.id, pair, changes or {}) if kind == "lapsed" else shown_since(calls, pair[0])
            )
            one = gathered.get((kind, pair[0].id, since)) or _obstacle(found, kind, place.institution, pair, since)
            answered = place.institution not in decision.unanswered
            gathered[kind, pair[0].id, since] = replace(
                one,
                places=(*one.places, (line.id, line.human)),
                answered=one.answered or (kind == "objects" and answered),
            )
    yield from gathered.values()


def _kind(institution: int, decision: Decision, voices: Iterable[Voice]) -> str:
    """How an institution holds a clause up; empty where it does not."""
    if institution in decision.blocking:
        return "objects"
    if institution in decision.asking:
        return "asks"
    if institution in decision.lapsed:
        return "lapsed"
    waits = institution in decision.waiting
    provisional = waits and any(one.institution == institution and one.provisional for one in voices)
    return "provisional" if provisional else ""


def _obstacle(found: Standing, kind: str, institution: int, pair: Bound, since: datetime) -> Obstacle:
    row = pair[0]
    said = step(found.found.spoken.scale, row.step) if row.step else None
    marks = found.institutions
    reason = marks.words(row.reason) if said and (said.needs_reason or said.meaning is Meaning.OBJECTS) else ""
    until = row.confirm_until if kind == "provisional" else None
    return Obstacle(kind, marks.when(since), (), marks[institution], said, reason, until)


def _changes(session: Session, found: Standing) -> Changes:
    """When the words of every clause changed."""
    issued = {head.number: head.created_at for head in found.draft.versions}
    changes: dict[str, list[tuple[datetime, str]]] = {}
    draft = found.entry.draft
    for clause_id, first, _last, _at, _kind, _depth, body in wordings.wordings(session, draft.id, draft.language):
        changes.setdefault(clause_id, []).append((issued[first], fingerprint(body)))
    return {clause_id: sorted(told) for clause_id, told in changes.items()}


def _lapsed_since(found: Standing, clause_id: str, pair: Bound, changes: Changes) -> datetime:
    """Since when a position does not count any more."""
    row, words = pair
    since = [at for at, now in changes.get(clause_id, ()) if at >= row.created_at and now != words]
    if words != found.found.fingerprints[clause_id] and since:
        return since[0]
    reopened = found.found.spoken.reopenings.get(clause_id)
    if reopened is not None and row.created_at < reopened.created_at:
        return reopened.created_at
    return row.confirm_until or row.created_at


def _colliding(session: Session, found: Standing) -> Iterator[Obstacle]:
    """Clauses in which amendments collide, since the second of them came; those of the same amendments together."""
    if not found.table.contested:
        return
    draft_id = found.entry.draft.id
    came = {row.number: row.created_at for row in amendments.all_of(session, draft_id)}
    about = {number_of(one.key): touched(one.edits) for one in found.table.mergeable}
    gathered: dict[tuple[int, ...], list[tuple[str, str]]] = {}
    for line in found.text.lines:
        if line.id in found.table.contested:
            numbers = tuple(sorted(number for number, clauses in about.items() if line.id in clauses))
            gathered.setdefault(numbers, []).append((line.id, line.human))
    for numbers, places in gathered.items():
        dates = sorted(came[number] for number in numbers)
        if dates:
            since = found.institutions.when(dates[min(1, len(dates) - 1)])
            yield Obstacle("collides", since, tuple(places), amendments=numbers)
