"""Objections are answered, not outvoted: the group replies, or names the change of the text that answers one.

Whoever objects may then say something else, take it back, or maintain it: the last is recorded, and the objection stays
answered. A new objection with new reasons is another one, and needs an answer of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.answering import NamedChange, named_change
from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Unstorable
from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, can, check_can
from app.domain.scale import Meaning, step
from app.services import seating
from app.services.agreeing import is_hidden, scale_for
from app.services.owning import NotOnTheTable, may_know
from app.services.positioning import speaking_for
from app.store import amendments, calls, events, positions, versions
from app.store.amendments import LARGEST_NUMBER, AmendmentRow
from app.store.memberships import Entry, enter_to_write
from app.store.positions import ObjectionAnswer, Position

LONGEST_ANSWER = 20_000


class NoSuchObjection(NotFound):
    """Also for one that is hidden still."""

    def __init__(self) -> None:
        super().__init__("There is no such objection in this draft.")


class MayNotAnswer(NotAllowed):
    def __init__(self) -> None:
        super().__init__("A facilitator answers an objection in the name of the group. You may comment.")


class ObjectionGone(Outdated):
    def __init__(self) -> None:
        super().__init__("This objection was taken back or replaced by another position meanwhile.")


class NothingAnswered(Invalid):
    def __init__(self) -> None:
        super().__init__("Write what the group replies, or name the change of the text that answers it.")


class UnknownChange(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is neither an amendment of this draft, like A12, nor a version, like v3.")


class EarlierVersion(Invalid):
    def __init__(self, version: int) -> None:
        super().__init__(f"Version {version} is not later than the objection, so it does not answer it.")


class NotTheObjector(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only the institution that objects can maintain its objection.")


class MaintainedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("That this objection is maintained is recorded already.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the group replies; `change` names an amendment (`A12`) or a version (`v3`) that answers the objection."""

    text: str
    change: str = ""


def answer_objection(
    session: Session, *, slug: str, position_id: int, answer: Answer, user_id: int | None, now: datetime, today: date
) -> None:
    """Answer an objection in the name of the group.

    Raises MayNotAnswer, NoSuchObjection, ObjectionGone, NothingAnswered, UnknownChange, EarlierVersion, NotOnTheTable,
    Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    if not can(entry.role, Action.CALL):
        raise MayNotAnswer
    objection = _objection(session, entry, position_id)
    row = _answer(session, entry, objection, answer)
    row.created_at = now
    session.add(row)
    session.flush()
    change = _said(session, row)
    events.record(
        session, entry.draft, "objection_answered", now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, answer=row.id, answered_by=row.kind, change=change, reason=row.text,
        told=seating.told(*seating.voices_of(session, today, objection.institution_id)), **_about(session, objection),
    )  # fmt: skip
    session.commit()


def maintain(session: Session, *, slug: str, answer_id: int, user_id: int | None, now: datetime, today: date) -> None:
    """Say that one's institution objects all the same.

    Raises MayNotSpeak, NoSeat, NoSuchAnswer, NotTheObjector, ObjectionGone, MaintainedAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, "", today)
    if answer_id > LARGEST_NUMBER:
        raise positions.NoSuchAnswer
    row, objection = positions.find_answer(session, entry.draft.id, answer_id)
    ours = seating.those_of(seating.at_table(session, entry.draft.id, today), institution_id)
    if objection.institution_id not in ours:
        raise NotTheObjector
    _objection(session, entry, objection.id)
    if row.maintained_at is not None:
        raise MaintainedAlready
    row.maintained_at, row.maintained_by = entry.told_at(now), entry.author_id
    events.record(
        session, entry.draft, "objection_maintained", now=now, user_id=entry.user_id, institution_id=institution_id,
        answer=row.id, told=[f"user {row.author_id}"], **_about(session, objection),
    )  # fmt: skip
    session.commit()


def _objection(session: Session, entry: Entry, position_id: int) -> Position:
    """An objection that stands for what everybody sees."""
    hidden = {call.id for call in calls.of_draft(session, entry.draft.id) if is_hidden(call)}
    rows = [row for row in positions.of_draft(session, entry.draft.id) if row.call_id not in hidden]
    row = next((one for one in rows if one.id == position_id), None)
    if row is None or row.step is None or step(scale_for(entry.draft), row.step).meaning is not Meaning.OBJECTS:
        raise NoSuchObjection
    if any(_replaces(later, row) for later in rows):
        raise ObjectionGone
    return row


def _replaces(later: Position, row: Position) -> bool:
    """Whether another position of the same institution, on the same or on all of the text, was given since."""
    if later.id <= row.id or later.institution_id != row.institution_id:
        return False
    same = (later.about, later.clause_id, later.amendment_id) == (row.about, row.clause_id, row.amendment_id)
    return same or (later.about == "version" and row.about in ("clause", "below"))


def _answer(session: Session, entry: Entry, objection: Position, answer: Answer) -> ObjectionAnswer:
    text = answer.text.strip()
    if len(text) > LONGEST_ANSWER or "\0" in text + answer.change:
        raise Unstorable(LONGEST_ANSWER)
    row = ObjectionAnswer(position_id=objection.id, kind="reply", text=text, author_id=entry.user_id)
    if not answer.change.strip():
        if not text:
            raise NothingAnswered
        return row
    row.kind, change = "change", named_change(answer.change)
    if change is None:
        raise UnknownChange(answer.change.strip())
    if change.version is not None:
        row.version = _version(session, entry, objection, change.version, answer.change)
    else:
        row.amendment_id = _amendment(session, entry, change, answer.change).id
    return row


def _version(session: Session, entry: Entry, objection: Position, number: int, typed: str) -> int:
    if not 1 <= number <= versions.latest_number(session, entry.draft.id):
        raise UnknownChange(typed.strip())
    if number <= objection.version:
        raise EarlierVersion(number)
    return number


def _amendment(session: Session, entry: Entry, change: NamedChange, typed: str) -> AmendmentRow:
    """One that is on the table, or in the text. One that is not submitted is nobody's to know."""
    try:
        row = amendments.find(session, entry.draft.id, change.amendment or 0)
    except amendments.NoSuchAmendment:
        raise UnknownChange(typed.strip()) from None
    state = State(row.state)
    if state is State.DRAFT or not may_know(entry, row):
        raise UnknownChange(typed.strip())
    if state not in (*OPEN, State.ADOPTED, State.ADOPTED_IN_PART):
        raise NotOnTheTable(row.number, state)
    return row


def _said(session: Session, row: ObjectionAnswer) -> str:
    """The change that an answer names, as people write it."""
    if row.amendment_id is not None:
        return amendments.key_of(amendments.number_by_id(session, row.amendment_id))
    return "" if row.version is None else f"v{row.version}"


def _about(session: Session, objection: Position) -> dict[str, object]:
    """What the record says of an objection that is answered or maintained."""
    amended = objection.amendment_id
    return {
        "position": objection.id,
        "objector": objection.institution_id,
        "about": objection.about,
        "clause": objection.clause_id,
        "amendment": amendments.number_by_id(session, amended) if amended else None,
        "version": objection.version,
    }
