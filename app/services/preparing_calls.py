"""The form that opens a call: what it would ask about as it was ticked, typed or led to, and what else there is."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, check_can
from app.domain.seats import SeatKind, places
from app.services import showing, texts
from app.services.amending import changes_of, past, text_as_issued
from app.services.asking_about import Asked, Wanted, asked_by
from app.services.calling import days_off
from app.services.pages import DraftHead
from app.services.pages_calls import Offered, OpeningPage
from app.services.texts import IssuedText
from app.store import amendments, benches, institutions
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry

MOST_PARTS = 400
MOST_AMENDMENTS = 200
LONGEST_WORDS = 240
DEEPEST_PART = 2


def opening(
    session: Session, *, slug: str, wanted: Wanted, from_bench: bool, user_id: int | None, language: str, now: datetime
) -> OpeningPage:
    """The form with what is wanted ticked; amendments that are no longer on the table are left out.

    Raises NoSuchDraft, RoleMayNot, NothingNamedSo, NoSuchAmendment, NotOnTheTable.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    text = texts.issued(session, entry.draft, head.latest)
    rows = [row for row in amendments.all_of(session, entry.draft.id) if State(row.state) in OPEN]
    numbers = (*wanted.amendments, *(_on_bench(session, entry) if from_bench else ()))
    on_table = {row.number for row in rows}
    usable = Wanted(wanted.clauses, wanted.parts, tuple(one for one in numbers if one in on_table), wanted.typed)
    asked = asked_by(session, entry, text, usable)
    offered = _amendments(session, entry, head, text, rows, {row.number for row in asked.amendments})
    return OpeningPage(
        head,
        (*_clauses(text, asked), *(one for one in offered if one.ticked)),
        contents_offered(text),
        tuple(one for one in offered if not one.ticked)[:MOST_AMENDMENTS],
        len([day for day in days_off(entry.draft) if day >= now.date()]),
        _full_seats(session, entry, now),
    )


def _on_bench(session: Session, entry: Entry) -> Sequence[int]:
    """What is chosen on the bench that stands open."""
    bench = benches.open_one(session, entry.draft.id)
    return bench.chosen if bench else ()


def _clauses(text: IssuedText, asked: Asked) -> tuple[Offered, ...]:
    lines = [text.lines[text.places[clause_id]] for clause_id in asked.clauses]
    return tuple(Offered(line.human, short(line.body), line.id, ticked=True) for line in lines)


def contents_offered(text: IssuedText) -> tuple[Offered, ...]:
    """The chapters and articles of a text; of a long one what stands above its articles."""
    headings = [line for line in text.lines if line.level and line.kind != "title"]
    if len(headings) > MOST_PARTS:
        headings = [line for line in headings if line.level <= DEEPEST_PART][:MOST_PARTS]
    return tuple(Offered(line.label or line.human, short(line.body), line.id, depth=line.level) for line in headings)


def _amendments(
    session: Session, entry: Entry, head: DraftHead, text: IssuedText, rows: Sequence[AmendmentRow],
    ticked: Collection[int],
) -> list[Offered]:  # fmt: skip
    """The amendments on the table, in a word each."""
    edits = amendments.edits_of(session, entry.draft.id)
    older = past(session, entry, head, {row.base_version for row in rows} - {text.number})
    bases = {**older, text.number: text_as_issued(text)}
    found = []
    for row in rows:
        changes = changes_of(edits.get(row.id, ()), bases[row.base_version])
        words = row.title or (short(changes[0].after or changes[0].before) if changes else "")
        where = changes[0].human if changes else ""
        found.append(Offered(where, words, number=row.number, ticked=row.number in ticked))
    return found


def _full_seats(session: Session, entry: Entry, now: datetime) -> int:
    seats = places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), now.date())
    return sum(place.kind is SeatKind.FULL for place in seats)


def short(words: str) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(words[: 2 * LONGEST_WORDS].split())
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rpartition(' ')[0]} …"
