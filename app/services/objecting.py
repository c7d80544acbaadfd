"""Which amendments somebody objects to: beside collisions and conflicts the third thing that stands against one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint_of_edits
from app.domain.lifecycle import OPEN, State
from app.services.agreeing import on_amendment, spoken
from app.services.amending import Table
from app.store.drafts import Draft


def with_objections(session: Session, draft: Draft, on_table: Table, now: datetime) -> Table:
    """The same amendments, those marked to which somebody objects. `now` is the time at the place of the group. No
    statement where nobody spoke of an amendment."""
    objected = _objected_to(session, draft, on_table, now)
    lines = (replace(line, objected=True) if line.number in objected else line for line in on_table.lines)
    return replace(on_table, lines=tuple(lines)) if objected else on_table


def _objected_to(session: Session, draft: Draft, on_table: Table, now: datetime) -> Collection[int]:
    """The numbers of the open amendments that an institution cannot accept, as the rule has it; what is hidden still is
    no objection yet."""
    open_ones = {line.number for line in on_table.lines if State(line.state) in OPEN}
    spoken_of = {number: row_id for number, row_id in on_table.spoken_of.items() if number in open_ones}
    if not spoken_of:
        return ()
    said = spoken(session, draft, now.date())
    found = set()
    for number, row_id in spoken_of.items():
        _, decision = on_amendment(said, row_id, fingerprint_of_edits(on_table.edits.get(number, ())), now)
        if decision is not None and decision.blocking:
            found.add(number)
    return found
