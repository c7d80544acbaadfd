"""Carrying open amendments onto a version just made. Part of every use case that makes one; commits nothing itself."""

from sqlalchemy.orm import Session

from app.domain.edits import Amendment
from app.domain.lifecycle import OPEN, State
from app.domain.rebase import Carried, carry_all
from app.store import amendments, versions
from app.store.drafts import Draft


def carry_open_amendments(session: Session, draft: Draft, number: int) -> dict[str, str]:
    """Carry every open amendment that starts from the version before onto this one; the outcome by amendment.

    One that needs its author keeps its edits on the version they were made for.
    """
    rows = {
        amendments.key_of(row.number): row
        for row in amendments.all_of(session, draft.id)
        if State(row.state) in OPEN and row.base_version == number - 1
    }
    if not rows:
        return {}
    edits = amendments.edits_of(session, draft.id)
    old, new = (
        {stored.id: stored.clause for stored in versions.clauses_of(session, draft.id, draft.language, n)}
        for n in (number - 1, number)
    )
    outcomes: dict[str, str] = {}
    for carrying in carry_all([Amendment(key, edits[row.id]) for key, row in rows.items()], old, new):
        row = rows[carrying.amendment.key]
        row.carried = outcomes[carrying.amendment.key] = carrying.outcome.value
        if carrying.outcome in (Carried.UNCHANGED, Carried.SHIFTED):
            amendments.add_edits(session, row.id, number, carrying.amendment.edits)
            row.base_version = number
    session.flush()
    return outcomes
