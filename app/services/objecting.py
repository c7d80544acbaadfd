"""Which amendments somebody objects to: beside collisions and conflicts the third thing that stands against one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint_of_edits
from app.domain.edits import Edit
from app.domain.lifecycle import OPEN, State
from app.services.agreeing import on_amendment, spoken
from app.services.amending import Table
from app.store import positions
from app.store.drafts import Draft


def with_objections(session: Session, draft: Draft, on_table: Table, now: datetime) -> Table:
    """The same amendments, those marked to which somebody objects. `now` is the time at the place of the group. One
    statement where nobody spoke of an amendment."""
    numbers = {line.number for line in on_table.lines if State(line.state) in OPEN}
    objected = objected_to(session, draft, {number: on_table.edits.get(number, ()) for number in numbers}, now)
    lines = (replace(line, objected=True) if line.number in objected else line for line in on_table.lines)
    return replace(on_table, lines=tuple(lines)) if objected else on_table


def objected_to(session: Session, draft: Draft, edits: Mapping[int, Sequence[Edit]], now: datetime) -> Collection[int]:
    """The numbers of these amendments (`edits` by number) that an institution cannot accept, as the rule has it; what
    is hidden still is no objection yet."""
    numbers = positions.spoken_amendments(session, draft.id)
    if not numbers:
        return ()
    said = spoken(session, draft, now.date())
    found = set()
    for amendment_id, number in numbers.items():
        if number in edits:
            _, decision = on_amendment(said, amendment_id, fingerprint_of_edits(edits[number]), now)
            if decision is not None and decision.blocking:
                found.add(number)
    return found
