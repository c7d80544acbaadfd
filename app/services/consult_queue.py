"""Consultations for whoever may publish: the queue, and the form that opens one. The table of contributions."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.consulting import a_month_after
from app.domain.permissions import Action, check_can
from app.exports import csv_table
from app.services.consult_pages import OpeningPage, QueueLine, QueuePage, ShownContribution
from app.services.consult_showing import (
    MODERATED,
    MOST_LISTED,
    around_of,
    contribution,
    facts_of,
    lines_in,
)
from app.services.consult_standing import Consulted, NoSuchConsultation, find_consulted
from app.services.pages import DraftHead
from app.services.published_access import Address, NoSuchPublication, Reader
from app.services.showing import contributors, draft_head, enter_to_read
from app.store import consultations, publications
from app.store.memberships import Entry
from app.store.publications import Publication

Named = Callable[[str], str]


def index(
    session: Session, *, slug: str, user_id: int | None, preferred: str, today: date
) -> tuple[DraftHead, tuple[QueueLine, ...]]:
    """The consultations of a draft, the newest publication first. Raises NoSuchDraft, RoleMayNot."""
    entry = _managing(session, slug, user_id)
    found = consultations.of_draft(session, entry.draft.id)
    counts = consultations.counts(session, [row.id for _publication, row in found])
    lines = (
        QueueLine(facts_of(session, slug, publication, row, today), counts.get(row.id, {}))
        for publication, row in found
    )
    return _head(session, entry, preferred), tuple(lines)


def queue(
    session: Session, *, slug: str, number: int, user_id: int | None, preferred: str, today: date, state: str = "",
    after: int = 0,
) -> tuple[DraftHead, QueuePage]:  # fmt: skip
    """The contributions to a consultation in a state, those that wait where none is named.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, NoSuchConsultation.
    """
    entry, publication = _published(session, slug, number, user_id)
    row = consultations.of_publication(session, publication.id)
    if row is None:
        raise NoSuchConsultation
    around = around_of(session, Reader(entry.draft, entry), publication, preferred)
    lines = {line.id: line for line in lines_in(session, entry.draft.id, publication, around.language)}
    state = state if state in MODERATED else MODERATED[0]
    said = consultations.listed(session, row.id, (state,), after=after, limit=MOST_LISTED + 1)
    shown = tuple(contribution(one, lines) for one in said[:MOST_LISTED])
    page = QueuePage(
        around, facts_of(session, slug, publication, row, today),
        consultations.counts(session, [row.id]).get(row.id, {}), state, shown,
        shown[-1].number if len(said) > MOST_LISTED else None,
    )  # fmt: skip
    return _head(session, entry, preferred), page


def opening(
    session: Session, *, slug: str, number: int, user_id: int | None, preferred: str, today: date
) -> tuple[DraftHead, OpeningPage]:
    """The form to open one. Raises NoSuchDraft, RoleMayNot, NoSuchPublication."""
    entry, publication = _published(session, slug, number, user_id)
    around = around_of(session, Reader(entry.draft, entry), publication, preferred)
    return _head(session, entry, preferred), OpeningPage(around, today, a_month_after(today))


def _head(session: Session, entry: Entry, preferred: str) -> DraftHead:
    return draft_head(session, entry, contributors(session, entry, preferred))


def table(
    session: Session, *, at: Address, user_id: int | None, preferred: str, today: date, heads: Sequence[str],
    said: Named,
) -> bytes:  # fmt: skip
    """The contributions as CSV: accepted ones for everybody, all that arrived for whoever may publish. `said` gives
    states and reasons their names. Raises NoSuchPublication, NoSuchConsultation."""
    found = find_consulted(session, at, user_id, today)
    language = around_of(session, found.reader, found.publication, preferred).language
    return csv_table.write(heads, _rows(session, found, language, said))


def _rows(session: Session, found: Consulted, language: str, said: Named) -> Iterator[tuple[str, ...]]:
    lines = {line.id: line for line in lines_in(session, found.reader.draft.id, found.publication, language)}
    states = MODERATED if found.reader.manages else ("accepted",)
    for one in consultations.listed(session, found.row.id, states):
        yield _row(contribution(one, lines), said)


def _row(one: ShownContribution, said: Named) -> tuple[str, ...]:
    reply = (one.reply.made_on.isoformat(), one.reply.body) if one.reply else ("", "")
    reason = said(one.reason) if one.reason else ""
    return (
        str(one.number), one.made_on.isoformat(), one.human or said("whole"), one.shown_name, one.body, said(one.state),
        reason, one.reason_words, *reply,
    )  # fmt: skip


def _managing(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PUBLISH)
    return entry


def _published(session: Session, slug: str, number: int, user_id: int | None) -> tuple[Entry, Publication]:
    entry = _managing(session, slug, user_id)
    row = publications.by_number(session, entry.draft.id, number)
    if row is None:
        raise NoSuchPublication
    return entry, row
