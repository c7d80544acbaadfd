"""What comes out of an item of the agenda: a decision with its rule and its exact text, or a matter put aside."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.domain.sitting import DeedKind, Outcome
from app.services.agreeing import is_called_off
from app.services.positioning import latest_text
from app.services.showing_session import fingerprints
from app.services.sittings import LONGEST_NAME, Held, NobodyNamed, NoSuchItem, do, holding, typed
from app.store import calls, institutions, parked
from app.store.memberships import Entry
from app.store.parked import ParkedMatter

NO_OBJECTION = "no_objection"
"""The rule of a decision without a call: the room was asked, and nobody objected."""


class UnknownOutcome(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose what was decided.")


class NoWords(Invalid):
    def __init__(self) -> None:
        super().__init__("Say in a few words what this is about.")


class CallStillOpen(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Call {number} is not closed: close it first, then decide by it.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is typed. `call`: the number of the call it rests on; None: nobody in the room objected."""

    outcome: str
    words: str = ""
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Parking:
    """A matter for the parking lot. `owner`: the code of an institution; `owner_words`: anybody else."""

    words: str
    owner: str = ""
    owner_words: str = ""
    due: date | None = None


def decide(
    session: Session, *, slug: str, number: int, item: int, decided: Decided, user_id: int | None, now: datetime
) -> None:
    """Record what the group decided about an item, by which rule, and on which exact text.

    Raises SessionNotOpen, NoSuchItem, UnknownOutcome, NoSuchCall, CallStillOpen, Unstorable.
    """
    found = holding(session, slug, number, user_id)
    if item not in found.agenda:
        raise NoSuchItem
    if decided.outcome not in list(Outcome):
        raise UnknownOutcome
    text = latest_text(session, found.entry)
    do(
        session, found, DeedKind.DECIDED, now, item=item, outcome=decided.outcome, words=typed(decided.words),
        call=decided.call, **_by_rule(session, found, decided.call), version=text.number,
        fingerprints=list(fingerprints(text, found.agenda[item].clause_id)),
    )  # fmt: skip
    session.commit()


def _by_rule(session: Session, found: Held, number: int | None) -> dict[str, str]:
    """The rule of the call a decision rests on, and what it gave; a call about several things says each once."""
    if number is None:
        return {"rule": NO_OBJECTION, "result": ""}
    call = calls.find(session, found.entry.draft.id, number)
    items = calls.items_of(session, found.entry.draft.id).get(call.id, [])
    if call.closed_at is None or is_called_off(items):
        raise CallStillOpen(number)
    results = sorted({item.result for item in items if item.result})
    return {"rule": call.rule, "result": " ".join(results)}


def park(session: Session, *, slug: str, number: int, parking: Parking, user_id: int | None, now: datetime) -> int:
    """Put a matter aside, with who takes care of it and until when; its number in the parking lot.

    Raises SessionNotOpen, NoWords, NobodyNamed, Unstorable.
    """
    found = holding(session, slug, number, user_id)
    item = found.sitting.current
    clause_id = found.agenda[item].clause_id if item in found.agenda and item is not None else None
    row = put_aside(session, found.entry, parking, now, sitting_id=found.row.id, clause_id=clause_id)
    matter = row.number
    do(session, found, DeedKind.PARKED, now, item=item, **facts_of(row))
    session.commit()
    return matter


def put_aside(
    session: Session, entry: Entry, parking: Parking, now: datetime, *, sitting_id: int | None = None,
    clause_id: str | None = None,
) -> ParkedMatter:  # fmt: skip
    """A matter in the parking lot, in a transaction that goes on. Raises NoWords, NobodyNamed, Unstorable."""
    words = typed(parking.words)
    if not words:
        raise NoWords
    row = ParkedMatter(
        draft_id=entry.draft.id, number=parked.next_number(session, entry.draft.id), sitting_id=sitting_id,
        clause_id=clause_id, words=words, owner_id=owner_of(session, parking.owner),
        owner_words=typed(parking.owner_words, LONGEST_NAME), due=parking.due, parked_by=entry.user_id, parked_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def owner_of(session: Session, code: str) -> int | None:
    """The institution that takes care of a matter; None where none is named. Raises NobodyNamed."""
    owner = institutions.id_of(session, code) if code else None
    if code and owner is None:
        raise NobodyNamed
    return owner


def facts_of(row: ParkedMatter) -> dict[str, object]:
    """What the record holds of a matter: its words, who takes care of it, until when."""
    due = row.due.isoformat() if row.due else None
    return {"matter": row.number, "words": row.words, "owner": row.owner_id, "owner_words": row.owner_words, "due": due}
