"""What a call asks about: clauses and amendments as they were ticked or typed, bound to the text as it stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint, fingerprint_of_edits
from app.domain.errors import Invalid, Outdated
from app.domain.lifecycle import OPEN, State
from app.services.meaning import NamesNoClause, clause_called
from app.services.owning import NotOnTheTable
from app.services.texts import IssuedText, below
from app.store import amendments, calls
from app.store.amendments import AmendmentRow
from app.store.calls import CallItem
from app.store.memberships import Entry

MOST_ITEMS = 200
LONGEST_TYPED = 2_000
AMENDMENT = re.compile(r"[AaАа]\s?(\d{1,9})")
BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call is to ask about: clause ids as they are; `parts` with everything below them; numbers of amendments;
    and what was typed, names of clauses or amendments (`13(2); Chapter 3; A4`), each with everything below."""

    clauses: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    amendments: tuple[int, ...] = ()
    typed: str = ""


class NothingAsked(Invalid):
    def __init__(self) -> None:
        super().__init__("Say what the call asks about: at least one clause or amendment.")


class TooMuchAsked(Invalid):
    def __init__(self, count: int) -> None:
        super().__init__(f"A call asks about {MOST_ITEMS} clauses and amendments at most; these are {count}.")
        self.count = count


class NothingNamedSo(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(
            f"“{typed}” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."
        )
        self.typed = typed


class AskedAlready(Outdated):
    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"Call {number} asks about {what} already: close it first, or leave this out.")
        self.number, self.what = number, what


@dataclass(frozen=True, slots=True)
class Asked:
    """What a call asks about, in the order of the text, amendments behind."""

    clauses: tuple[str, ...]
    amendments: tuple[AmendmentRow, ...]

    def __len__(self) -> int:
        return len(self.clauses) + len(self.amendments)


def asked_by(session: Session, entry: Entry, text: IssuedText, wanted: Wanted) -> Asked:
    """Find what is wanted. Raises NothingNamedSo, NoSuchAmendment, NotOnTheTable; what left the text is passed over."""
    words = [one.strip() for one in BETWEEN.split(wanted.typed[:LONGEST_TYPED]) if one.strip()]
    numbered = [int(found[1]) for one in words if (found := AMENDMENT.fullmatch(one))]
    parts = [*wanted.parts, *(_named(text, entry, one) for one in words if not AMENDMENT.fullmatch(one))]
    clauses = {id for id in wanted.clauses if id in text.places}
    for clause_id in parts:
        clauses.update(_with_below(text, clause_id))
    try:
        rows = _open_ones(session, entry, dict.fromkeys((*numbered, *wanted.amendments)))
    except amendments.NoSuchAmendment as refusal:
        if refusal.number in numbered:
            raise NothingNamedSo(f"A{refusal.number}") from refusal  # a slip of the pen: the form comes back
        raise
    return Asked(tuple(sorted(clauses, key=text.places.__getitem__)), rows)


def _with_below(text: IssuedText, clause_id: str) -> Iterator[str]:
    if clause_id in text.places:
        start, end = below(text, clause_id)
        yield from (line.id for line in text.lines[start:end])


def _named(text: IssuedText, entry: Entry, typed: str) -> str:
    try:
        return clause_called(text.law, entry.draft, typed)
    except NamesNoClause as refusal:
        raise NothingNamedSo(typed) from refusal


def _open_ones(session: Session, entry: Entry, numbers: Iterable[int]) -> tuple[AmendmentRow, ...]:
    rows = {row.number: row for row in amendments.all_of(session, entry.draft.id)} if numbers else {}
    found = []
    for number in numbers:
        row = rows.get(number)
        if row is None or State(row.state) is State.DRAFT:
            raise amendments.NoSuchAmendment(number)
        if State(row.state) not in OPEN:
            raise NotOnTheTable(number, State(row.state))
        found.append(row)
    return tuple(found)


def check_askable(session: Session, entry: Entry, text: IssuedText, asked: Asked) -> None:
    """Raises NothingAsked, TooMuchAsked, and AskedAlready for what another call asks about that is not closed."""
    if not asked:
        raise NothingAsked
    if len(asked) > MOST_ITEMS:
        raise TooMuchAsked(len(asked))
    asked_before = calls.items_of(session, entry.draft.id)
    new = {(item.clause_id, item.amendment_id, item.text_sha256) for item in as_items(session, entry, text, asked)}
    names = {row.id: f"A{row.number}" for row in asked.amendments}
    for call in calls.of_draft(session, entry.draft.id):
        for item in asked_before.get(call.id, ()) if call.closed_at is None else ():
            if (item.clause_id, item.amendment_id, item.text_sha256) in new:
                raise AskedAlready(call.number, text.human(item.clause_id or "") or names[item.amendment_id or 0])


def as_items(session: Session, entry: Entry, text: IssuedText, asked: Asked) -> list[CallItem]:
    """The same, bound to the words as they stand."""
    edits = amendments.edits_of(session, entry.draft.id) if asked.amendments else {}
    return [
        *(CallItem(clause_id=id, text_sha256=fingerprint(text.law[id].body)) for id in asked.clauses),
        *(
            CallItem(amendment_id=row.id, text_sha256=fingerprint_of_edits(edits.get(row.id, ())))
            for row in asked.amendments
        ),
    ]
