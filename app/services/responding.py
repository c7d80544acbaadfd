"""Answering a call: an institution's positions on what is asked, one by one, or the same on all that is left."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Outdated
from app.domain.permissions import Action, check_can
from app.services import positioning
from app.services.agreeing import is_over
from app.services.conducting import CallIsOver
from app.services.positioning import Stance, Subject, latest_text, speaking_for, words_of
from app.services.texts import IssuedText
from app.store import amendments, calls, positions
from app.store.calls import Call, CallItem
from app.store.memberships import Entry, enter_to_write


class NotAsked(NotFound):
    def __init__(self) -> None:
        super().__init__("This call asks about nothing of this number.")


class NothingLeft(Outdated):
    def __init__(self) -> None:
        super().__init__("Your institution has answered everything that this call asks about.")


def respond(
    session: Session, *, slug: str, number: int, ordinal: int | None, stance: Stance, user_id: int | None,
    now: datetime, today: date,
) -> int:  # fmt: skip
    """State a position on one thing that a call asks about, or (None) the same on all that the institution has not
    answered in it and that still reads so; on how many.

    Raises NoSuchCall, NotAsked, CallIsOver, NothingLeft, and what `state_position` raises.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, stance.entered_for, today)
    call = calls.find(session, entry.draft.id, number)
    if is_over(call, now):
        raise CallIsOver(number)
    text, items = latest_text(session, entry), calls.items_of(session, entry.draft.id)[call.id]
    asked = _left(session, text, call, items, institution_id) if ordinal is None else [find_item(items, ordinal)]
    if not asked:
        raise NothingLeft
    for item in asked:
        positioning.state(session, entry, text, subject_of(session, item), stance, institution_id, now)
    session.commit()
    return len(asked)


def take_back(
    session: Session, *, slug: str, number: int, ordinal: int, user_id: int | None, now: datetime, today: date,
    entered_for: str = "",
) -> None:  # fmt: skip
    """Take back what one's institution said about one thing that a call asks about.

    Raises NoSuchCall, NotAsked, CallIsOver, and what `positioning.take_back` raises.
    """
    subject = _subject(session, enter_to_write(session, slug, user_id), number, ordinal, now)
    positioning.take_back(
        session, slug=slug, subject=subject, user_id=user_id, now=now, today=today, entered_for=entered_for
    )


def _subject(session: Session, entry: Entry, number: int, ordinal: int, now: datetime) -> Subject:
    call = calls.find(session, entry.draft.id, number)
    if is_over(call, now):
        raise CallIsOver(number)
    return subject_of(session, find_item(calls.items_of(session, entry.draft.id)[call.id], ordinal))


def find_item(items: Sequence[CallItem], ordinal: int) -> CallItem:
    """Raises NotAsked."""
    found = next((item for item in items if item.ordinal == ordinal), None)
    if found is None:
        raise NotAsked
    return found


def subject_of(session: Session, item: CallItem) -> Subject:
    """What a position on it is about; bound to the words that were asked about."""
    if item.amendment_id is not None:
        return Subject("amendment", str(amendments.number_by_id(session, item.amendment_id)), item.text_sha256)
    return Subject("clause", item.clause_id or "", item.text_sha256)


def _left(
    session: Session, text: IssuedText, call: Call, items: Sequence[CallItem], institution_id: int
) -> list[CallItem]:
    given = {
        (row.clause_id, row.amendment_id)
        for row in positions.of_draft(session, call.draft_id)
        if row.call_id == call.id and row.institution_id == institution_id
    }
    return [
        item for item in items if (item.clause_id, item.amendment_id) not in given and _reads_so(text, item)
    ]  # fmt: skip


def _reads_so(text: IssuedText, item: CallItem) -> bool:
    """Whether a clause reads as it was asked about; of amendments that is found when it is stated."""
    if item.clause_id is None:
        return True
    return item.clause_id in text.places and words_of(text, Subject("clause", item.clause_id, "")) == item.text_sha256
