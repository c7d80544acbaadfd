"""What a session's ballots are about: the items of its agenda, and what its open calls ask, each on its exact words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint_of_edits
from app.domain.ballots import About, Code, check_of
from app.domain.edits import Edit
from app.domain.lifecycle import OPEN, State
from app.services.agreeing import is_over
from app.services.positioning import Subject, words_of
from app.services.sittings import Held
from app.services.texts import IssuedText, below
from app.store import amendments, calls
from app.store.amendments import AmendmentRow
from app.store.calls import Call, CallItem
from app.store.sittings import AgendaItem


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that institutions take a position on, on paper. `item`: of the agenda, to which it belongs; `call`:
    that asks about it; `clauses` is where its text stands in the law (from, to), `amendment` the number of one."""

    about: About
    number: int
    ordinal: int
    item: int
    subject: Subject
    clauses: tuple[int, int] | None
    amendment: int | None
    call: Call | None

    def code(self, institution: str) -> Code:
        return Code(self.about, self.number, self.ordinal, institution, check_of(self.subject.words))


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to say what ballots are about, read once: amendments by row id, calls by number."""

    text: IssuedText
    rows: Mapping[int, AmendmentRow]
    edits: Mapping[int, tuple[Edit, ...]]
    calls: Mapping[int, Call]
    items: Mapping[int, Sequence[CallItem]]


def known(session: Session, draft_id: int, text: IssuedText) -> Known:
    """Four statements."""
    return Known(
        text,
        {row.id: row for row in amendments.all_of(session, draft_id)},
        amendments.edits_of(session, draft_id),
        {call.number: call for call in calls.of_draft(session, draft_id)},
        calls.items_of(session, draft_id),
    )


def all_asked(found: Held, facts: Known, now: datetime) -> tuple[Asked, ...]:
    """In the order of the agenda; of an item with open calls what these ask, of any other the item itself."""
    asked: list[Asked] = []
    for item in found.agenda.values():
        called = [
            one for call in open_calls(found, facts, item.number, now) for one in of_call(facts, call, item.number)
        ]
        own = of_item(found, facts, item)
        asked += called or ([own] if own else [])
    return tuple(asked)


def open_calls(found: Held, facts: Known, item: int, now: datetime) -> tuple[Call, ...]:
    """The calls about an item of the agenda that go on."""
    numbers = found.sitting.calls.get(item, ())
    return tuple(
        call
        for call in (facts.calls[number] for number in numbers if number in facts.calls)
        if call.closed_at is None and not is_over(call, now)
    )


def of_call(facts: Known, call: Call, item: int) -> tuple[Asked, ...]:
    """What a call asks, bound to the words that it asks about."""
    return tuple(_of_call(facts, call, one, item) for one in facts.items.get(call.id, ()))


def _of_call(facts: Known, call: Call, one: CallItem, item: int) -> Asked:
    places = facts.text.places
    if one.amendment_id is not None:
        number = facts.rows[one.amendment_id].number
        subject = Subject("amendment", str(number), one.text_sha256)
        return Asked(About.CALL, call.number, one.ordinal, item, subject, None, number, call)
    clause_id = one.clause_id or ""
    at = (places[clause_id], places[clause_id] + 1) if clause_id in places else None
    subject = Subject("clause", clause_id, one.text_sha256)
    return Asked(About.CALL, call.number, one.ordinal, item, subject, at, None, call)


def of_item(found: Held, facts: Known, item: AgendaItem) -> Asked | None:
    """An item of the agenda as it reads now; None for a matter, and for what left the text or the table."""
    if item.amendment_id is not None:
        row = facts.rows[item.amendment_id]
        if State(row.state) not in OPEN:
            return None
        words = fingerprint_of_edits(facts.edits.get(row.id, ()))
        subject = Subject("amendment", str(row.number), words)
        return Asked(About.ITEM, found.row.number, item.number, item.number, subject, None, row.number, None)
    if item.clause_id is None or item.clause_id not in facts.text.places:
        return None
    at = below(facts.text, item.clause_id)
    about = "below" if at[1] - at[0] > 1 else "clause"
    subject = Subject(about, item.clause_id, words_of(facts.text, Subject(about, item.clause_id, "")))
    return Asked(About.ITEM, found.row.number, item.number, item.number, subject, at, None, None)
