"""Reservations and explanations of position: an institution attaches them to the exact text of a clause, to be printed.

They bind nobody and hold nothing up. A withdrawn one stays in the record and is not printed any more.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated, Unstorable
from app.domain.permissions import Action, check_can
from app.services import seating
from app.services.agreeing import is_hidden
from app.services.positioning import ENTERING, Subject, latest_text, speaking_for, words_of
from app.store import calls, events, explanations
from app.store.amendments import LARGEST_NUMBER
from app.store.explanations import Explanation
from app.store.memberships import Entry, enter_to_write

KINDS = ("reservation", "explanation")
LONGEST_TEXT = 20_000


class UnknownKind(Invalid):
    def __init__(self) -> None:
        super().__init__("Say whether it is a reservation or an explanation of position.")


class NothingWritten(Invalid):
    def __init__(self) -> None:
        super().__init__("Write the words that are to be printed with the clause.")


class TextChanged(Outdated):
    def __init__(self) -> None:
        super().__init__(
            "The text was changed while you wrote. Look at it as it stands now, then send your words again."
        )


class AttachedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("Just these words of your institution are printed with this clause already.")


class NotWhileHidden(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"Call {number} asks about this clause, and its answers are hidden until they are revealed. Once they are, "
            "this can be printed."
        )
        self.number = number


class NotYourWords(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only the institution whose words these are may withdraw them.")


class WithdrawnAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("These words were withdrawn already.")


@dataclass(frozen=True, slots=True)
class Attached:
    """What is to be printed: reservation or explanation; `words` is the fingerprint of the text that the person had
    before them; `entered_for` the code of the institution for which a facilitator enters it."""

    kind: str
    text: str
    words: str
    entered_for: str = ""


def attach(
    session: Session, *, slug: str, clause_id: str, attached: Attached, user_id: int | None, now: datetime, today: date
) -> int:
    """Attach a reservation or an explanation to a clause of the latest version; its id.

    Raises MayNotSpeak, NoSeat, NoSuchSeat, UnknownKind, NothingWritten, Unstorable, NoSuchSubject, TextChanged,
    NotWhileHidden, AttachedAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, attached.entered_for, today)
    _check_typed(attached)
    text = latest_text(session, entry)
    words = words_of(text, Subject("clause", clause_id, ""))
    if words != attached.words:
        raise TextChanged
    _check_open(session, entry, clause_id)
    row = Explanation(
        draft_id=entry.draft.id, clause_id=clause_id, institution_id=institution_id, kind=attached.kind,
        text=attached.text.strip(), version=text.number, text_sha256=words, author_id=entry.author_id,
        entered_for=bool(attached.entered_for), created_at=entry.told_at(now),
    )  # fmt: skip
    _check_new(session, row)
    session.add(row)
    session.flush()
    _record(session, entry, row, "explanation_attached", now)
    explanation_id = row.id
    session.commit()
    return explanation_id


def withdraw(
    session: Session, *, slug: str, explanation_id: int, user_id: int | None, now: datetime, today: date
) -> str:
    """Withdraw what one's institution, or one merged into it, attached; the clause that it is attached to.

    Raises NoSuchExplanation, NotYourWords, WithdrawnAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    if explanation_id > LARGEST_NUMBER:
        raise explanations.NoSuchExplanation
    row = explanations.find(session, entry.draft.id, explanation_id)
    if not (row.entered_for and entry.role in ENTERING):
        institution_id = speaking_for(session, entry, "", today)
        if row.institution_id not in seating.those_of(seating.at_table(session, entry.draft.id, today), institution_id):
            raise NotYourWords
    if row.withdrawn_at is not None:
        raise WithdrawnAlready
    row.withdrawn_at, row.withdrawn_by = entry.told_at(now), entry.author_id
    _record(session, entry, row, "explanation_withdrawn", now)
    clause_id = row.clause_id
    session.commit()
    return clause_id


def _check_typed(attached: Attached) -> None:
    if attached.kind not in KINDS:
        raise UnknownKind
    if not attached.text.strip():
        raise NothingWritten
    if len(attached.text) > LONGEST_TEXT or "\0" in attached.text:
        raise Unstorable(LONGEST_TEXT)


def _check_open(session: Session, entry: Entry, clause_id: str) -> None:
    """Words to be printed would tell what was chosen in a hidden call. Raises NotWhileHidden."""
    items = calls.items_of(session, entry.draft.id)
    for call in calls.of_draft(session, entry.draft.id):
        if is_hidden(call) and any(item.clause_id == clause_id for item in items.get(call.id, ())):
            raise NotWhileHidden(call.number)


def _check_new(session: Session, row: Explanation) -> None:
    def key(one: Explanation) -> tuple[int, str, str, str]:
        return one.institution_id, one.kind, one.text, one.text_sha256

    standing = (one for one in explanations.of_clause(session, row.clause_id) if one.withdrawn_at is None)
    if any(key(one) == key(row) for one in standing):
        raise AttachedAlready


def _record(session: Session, entry: Entry, row: Explanation, kind: str, now: datetime) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=row.institution_id,
        explanation=row.id, attached=row.kind, clause=row.clause_id, version=row.version, words=row.text_sha256,
        entered_for=row.entered_for, reason=row.text if kind == "explanation_attached" else "",
    )  # fmt: skip
