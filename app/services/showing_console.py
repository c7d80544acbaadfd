"""The facilitator's console: the session, what the room sees of it, and what the deeds on it need.

A fixed number of statements, however much was done; the words are those that are kept for the room.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.edits import Edit, ReplaceWords, RestateClause
from app.domain.lifecycle import OPEN, State
from app.domain.parts import HEADINGS
from app.domain.permissions import Action, check_can
from app.domain.sitting import Outcome
from app.services import screening_session, showing, showing_session, texts
from app.services.colliding import touched
from app.services.pages_console import BridgeLine, ConsolePage, OpenLine
from app.services.pages_reading import By
from app.services.pages_screen import CallAnswers
from app.services.pages_session import AgendaLine, SessionPage
from app.services.tabling import bringers
from app.services.texts import IssuedText, below
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry

REWORDING = (ReplaceWords, RestateClause)
MOST_BRIDGED = 12
"""Clauses that a counter-text is written for on the console; the composer takes any number."""


def console(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> ConsolePage:  # fmt: skip
    """Raises NoSuchDraft, RoleMayNot, NoSuchSession."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    page = showing_session.session_page(
        session, slug=slug, number=number, user_id=user_id, language=language, now=now
    )  # fmt: skip
    followed = screening_session.follow(
        session, slug=slug, number=number, user_id=user_id, language=language, now=now
    )  # fmt: skip
    screen = screening_session.screen(session, slug=slug, number=number, user_id=user_id, language=language, now=now)
    text = texts.issued(session, entry.draft, page.draft.latest)
    rows, edits, by = _on_table(session, entry, language)
    ids = _clauses_of(text, page.current, rows, edits)
    about = [row for row in rows if touched(edits.get(row.id, ())) & ids]
    return ConsolePage(
        page, screen, followed.words, followed.call,
        tuple(_open_line(row, touched(edits[row.id]) & ids, text, by) for row in about),
        tuple(_bridges(about, edits, text, ids)), _rests_on(page), _outcome(page, followed.call),
        now - page.floor.since if page.floor else None,
    )  # fmt: skip


def _on_table(
    session: Session, entry: Entry, language: str
) -> tuple[list[AmendmentRow], Mapping[int, Sequence[Edit]], Mapping[int, By]]:
    """The open amendments of the draft, what each changes, and whose it is."""
    rows = [row for row in amendments.all_of(session, entry.draft.id) if State(row.state) in OPEN]
    by = bringers(session, entry.draft.id, showing.contributors(session, entry, language))
    return rows, amendments.edits_of(session, entry.draft.id), by


def _clauses_of(
    text: IssuedText, item: AgendaLine | None, rows: Sequence[AmendmentRow], edits: Mapping[int, Sequence[Edit]]
) -> frozenset[str]:
    """The clauses that an item is about."""
    if item is None:
        return frozenset()
    if item.amendment is not None:
        changed = [touched(edits.get(row.id, ())) for row in rows if row.number == item.amendment]
        return frozenset(id for ids in changed for id in ids if id in text.places)
    if item.clause_id is None or item.clause_id not in text.places:
        return frozenset()
    start, end = below(text, item.clause_id)
    return frozenset(line.id for line in text.lines[start:end])


def _open_line(row: AmendmentRow, ids: set[str], text: IssuedText, by: Mapping[int, By]) -> OpenLine:
    first = min(text.places[id] for id in ids)
    return OpenLine(by[row.number], text.lines[first].human, row.kind == "counter_text")


def _bridges(
    about: Sequence[AmendmentRow], edits: Mapping[int, Sequence[Edit]], text: IssuedText, ids: frozenset[str]
) -> Iterator[BridgeLine]:
    """The clauses whose words open amendments change, in the order of the text."""
    numbers: dict[str, list[int]] = {}
    for row in about:
        for clause_id in {edit.clause_id for edit in edits.get(row.id, ()) if isinstance(edit, REWORDING)}:
            if clause_id in ids:
                numbers.setdefault(clause_id, []).append(row.number)
    for clause_id in sorted(numbers, key=text.places.__getitem__)[:MOST_BRIDGED]:
        line, kind = text.lines[text.places[clause_id]], text.law[clause_id].kind
        operation = "heading" if kind in HEADINGS else "words"
        yield BridgeLine(clause_id, line.human, operation, text.law[clause_id].body, tuple(numbers[clause_id]))


def _rests_on(page: SessionPage) -> int | None:
    return next((call.number for call in page.calls if call.state == "closed"), None)


def _outcome(page: SessionPage, call: CallAnswers | None) -> str:
    """What the newest call about the item says of a decision: that everything was agreed."""
    if call is None or call.call.state != "closed" or call.results != ("agreed",):
        return ""
    return Outcome.AGREED.value
