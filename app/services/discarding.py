"""Discarding: an amendment that was never submitted is given up. It stays in the record, and is shown to nobody."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.lifecycle import State, check_step
from app.domain.permissions import Action, check_can
from app.services import keeping_unsent
from app.services.owning import NotOnTheTable, NotTheProposer, find_known, is_mine
from app.store import events
from app.store.memberships import enter_to_write


def discard(
    session: Session, *, slug: str, number: int, unsent_at: str = "", user_id: int | None, now: datetime
) -> None:
    """Give a draft of one's own up, with what of its form was not sent (`unsent_at`). The event holds no words of it.

    Raises NoSuchAmendment (as for a draft of somebody else), NotTheProposer, NotOnTheTable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    row = find_known(session, entry, number)
    if not is_mine(entry, row):
        raise NotTheProposer(number)
    if State(row.state) is not State.DRAFT:
        raise NotOnTheTable(number, State(row.state))
    check_step(number, State.DRAFT, State.WITHDRAWN)
    entry = entry.hiding(row.author_id, row.institution_id)
    row.state, row.discarded_at = State.WITHDRAWN.value, entry.told_at(now)
    keeping_unsent.forget(session, entry, unsent_at)
    events.record(
        session, entry.draft, "amendment_discarded", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, amendment=number,
    )  # fmt: skip
    session.commit()
