"""What was agreed, held up and reserved, for a record: from where the board has it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from app.domain.agreement import State
from app.domain.lifecycle import OPEN
from app.domain.lifecycle import State as AmendmentState
from app.domain.record_facts import ObjectionTold, Printed, Provisional
from app.domain.scale import Meaning, step
from app.services.agreeing import last_word
from app.services.board_standing import Standing
from app.services.texts import below
from app.store.amendments import AmendmentRow
from app.store.explanations import Explanation
from app.store.positions import Answered, Position

SETTLED = (State.AGREED, State.AD_REFERENDUM)


def cited(found: Standing, clauses: Collection[str]) -> tuple[str, ...]:
    """Clauses as the law cites them, in its order; where all that stands in one is among them, that one alone."""
    lines, told, at = found.text.lines, [], 0
    while at < len(lines):
        line, end = lines[at], at + 1
        if line.human:
            end = below(found.text, line.id)[1]
            counted = [one.id for one in lines[at:end] if found.counts(one)]
            if counted and all(id in clauses for id in counted):
                told.append(line.human)
                at = end
                continue
        if line.id in clauses:
            told.append(line.human or " ".join(line.body.split()))
        at += 1
    return tuple(told)


def agreed(found: Standing, scope: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """How many clauses are agreed, and which."""
    those = {line.id for line in found.counted() if line.id in scope and found.state(line.id) is State.AGREED}
    return len(those), cited(found, those)


def provisional(found: Standing, scope: Collection[str], now: datetime) -> tuple[Provisional, ...]:
    """What is agreed ad referendum; clauses for which the same institutions wait, together."""
    together: dict[tuple[tuple[str, datetime | None], ...], set[str]] = {}
    for line in found.counted():
        if line.id in scope and found.state(line.id) is State.AD_REFERENDUM:
            together.setdefault(tuple(_confirming(found, line.id, now)), set()).add(line.id)
    return tuple(Provisional(cited(found, clauses), confirm) for confirm, clauses in together.items())


def _confirming(found: Standing, clause_id: str, now: datetime) -> Iterable[tuple[str, datetime | None]]:
    pairs = found.found.said_of(clause_id)
    provisional = {
        voice.institution for voice in found.found.voices.get(clause_id, ()) if voice.provisional and not voice.lapsed
    }
    for place in found.seats:
        pair = last_word(found.found.spoken, place, pairs) if place.institution in provisional else None
        if pair is not None:
            until = pair[0].confirm_until
            yield found.institutions[place.institution].name, until.astimezone(now.tzinfo) if until else None


def objections(
    found: Standing, scope: Collection[str], calls: Collection[int], numbers: Mapping[int, tuple[AmendmentRow, object]]
) -> tuple[ObjectionTold, ...]:
    """Those that hold clauses up, in the order of the text; then those of the sessions' calls that do no longer, and
    those to amendments."""
    standing = _blocking(found, scope)
    told = [_objection(found, row, cited(found, clauses), True) for row, clauses in _in_order(found, standing.values())]
    for row in _last_in(found, calls):
        if row.id in standing or row.step is None:
            continue
        if step(found.found.spoken.scale, row.step).meaning is Meaning.OBJECTS:
            told.append(_objection(found, row, _about(found, row, numbers), _holds(found, row, numbers)))
    return tuple(told)


def _in_order(found: Standing, told: Iterable[tuple[Position, set[str]]]) -> list[tuple[Position, set[str]]]:
    """As they come; where institutions are not told, in an order that says nothing of whose each is."""
    if not found.institutions.hides:
        return list(told)
    return sorted(told, key=lambda one: (min(found.text.places[id] for id in one[1]), one[0].reason))


def _blocking(found: Standing, scope: Collection[str]) -> dict[int, tuple[Position, set[str]]]:
    """The objections that stand, by the id of their position, with the clauses they hold up."""
    gathered: dict[int, tuple[Position, set[str]]] = {}
    for line in found.counted():
        decision = found.found.decisions.get(line.id)
        if line.id not in scope or decision is None or found.state(line.id) is State.AGREED:
            continue
        for place in found.seats:
            if place.institution in decision.blocking:
                pair = last_word(found.found.spoken, place, found.found.said_of(line.id))
                if pair is not None:
                    gathered.setdefault(pair[0].id, (pair[0], set()))[1].add(line.id)
    return gathered


def _last_in(found: Standing, calls: Collection[int]) -> Sequence[Position]:
    """What each institution said last in these calls (their numbers), as far as everybody sees it."""
    ids = {call.id for call in found.found.spoken.calls if call.number in calls}
    last = {
        (row.call_id, row.clause_id, row.amendment_id, row.institution_id): row
        for row in found.found.spoken.visible
        if row.call_id in ids
    }
    return tuple(last.values())


def _about(found: Standing, row: Position, numbers: Mapping[int, tuple[AmendmentRow, object]]) -> tuple[str, ...]:
    if row.amendment_id is not None:
        return (f"A{numbers[row.amendment_id][0].number}",) if row.amendment_id in numbers else ()
    human = found.text.human(row.clause_id or "")
    return (human,) if human else ()


def _holds(found: Standing, row: Position, numbers: Mapping[int, tuple[AmendmentRow, object]]) -> bool:
    """Whether an objection to an amendment stands: it is on the table still, and nothing else was said since."""
    if row.amendment_id is None or row.amendment_id not in numbers:
        return False
    own = [
        one
        for one in found.found.spoken.visible
        if (one.amendment_id, one.institution_id) == (row.amendment_id, row.institution_id)
    ]
    return own[-1] is row and AmendmentState(numbers[row.amendment_id][0].state) in OPEN


def _objection(found: Standing, row: Position, about: tuple[str, ...], stands: bool) -> ObjectionTold:
    marks = found.institutions
    answers = tuple(marks.words(_answer(one)) for one in found.found.spoken.answers.get(row.id, ()))
    return ObjectionTold(about, marks[row.institution_id].name, marks.words(row.reason), answers, stands)


def _answer(one: Answered) -> str:
    change = f"A{one.amendment}" if one.amendment else ""
    return " ".join(part for part in (one.row.text, f"({change})" if change else "") if part)


def printed(found: Standing, scope: Collection[str], rows: Iterable[Explanation]) -> tuple[Printed, ...]:
    """Reservations and explanations that are printed with clauses, then the reservations with which seats agreed."""
    attached = sorted(
        (row for row in rows if row.withdrawn_at is None and row.clause_id in scope),
        key=lambda row: found.text.places[row.clause_id],
    )
    return (
        *(
            Printed(
                (found.text.human(row.clause_id),), found.institutions[row.institution_id].name, row.kind,
                found.institutions.words(row.text), row.version,
            )
            for row in attached
        ),
        *_reserved(found, scope),
    )  # fmt: skip


def _reserved(found: Standing, scope: Collection[str]) -> Iterable[Printed]:
    gathered: dict[int, tuple[Position, set[str]]] = {}
    for line in found.counted():
        decision = found.found.decisions.get(line.id)
        if line.id not in scope or decision is None or found.state(line.id) not in SETTLED:
            continue
        for place in found.seats:
            if place.institution in decision.reserved:
                pair = last_word(found.found.spoken, place, found.found.said_of(line.id))
                if pair is not None:
                    gathered.setdefault(pair[0].id, (pair[0], set()))[1].add(line.id)
    for row, clauses in _in_order(found, gathered.values()):
        yield Printed(
            cited(found, clauses), found.institutions[row.institution_id].name, "reserved",
            found.institutions.words(row.reason), row.version,
        )  # fmt: skip
