"""Consultations as pages for everybody: beside the published text, as a summary, as the form of a contribution, and the
page on which it is confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.services import showing
from app.services.consult_contributing import NoSuchLink
from app.services.consult_pages import (
    Around,
    Beside,
    ClauseCount,
    ConfirmPage,
    ContributePage,
    Facts,
    ShownContribution,
    ShownReply,
    SummaryPage,
)
from app.services.consult_standing import Consulted, find_consulted, standing_on, title_in, title_pages
from app.services.pages import ClauseLine
from app.services.published_access import Address, Reader
from app.services.tokens import hash_of_token
from app.store import consultations, users, versions
from app.store.consultations import Consultation, Said
from app.store.publications import Publication

MOST_BESIDE = 5
"""Of one clause in the published text; the rest is one link away."""
MOST_LISTED = 50
MODERATED = ("waiting", "accepted", "refused")


def beside(session: Session, *, slug: str, number: int, today: date) -> Beside | None:
    """What is said on a publication that the reader was shown already: two statements, however much it is."""
    found = consultations.of_address(session, slug, number)
    if found is None:
        return None
    publication, row = found
    shown: dict[str | None, list[ShownContribution]] = {}
    counts: dict[str | None, int] = {}
    for said in consultations.beside_clauses(session, row.id, MOST_BESIDE):
        shown.setdefault(said.row.clause_id, []).append(contribution(said))
        counts[said.row.clause_id] = said.of_clause
    facts = facts_of(session, slug, publication, row, today)
    return Beside(facts, {clause_id: tuple(those) for clause_id, those in shown.items()}, counts)


def summary(
    session: Session, *, at: Address, user_id: int | None, preferred: str, today: date, clause: str = "", after: int = 0
) -> SummaryPage:
    """What came of a consultation, `MOST_LISTED` contributions at a time. `clause`: its id, or `whole`, to list those
    on it alone. A fixed number of statements. Raises NoSuchPublication, NoSuchConsultation."""
    found = find_consulted(session, at, user_id, today)
    around = around_of(session, found.reader, found.publication, preferred)
    lines = {line.id: line for line in _lines(session, found, around.language)}
    counted = consultations.counts_by_clause(session, found.row.id, "accepted")
    clauses = _in_order(counted, lines)
    chosen = next((one for one in clauses if (one.clause_id or "whole") == clause), None)
    said = consultations.listed(
        session, found.row.id, ("accepted",), clause_id=chosen.clause_id if chosen else None, whole=chosen is not None,
        after=after, limit=MOST_LISTED + 1,
    )  # fmt: skip
    shown = tuple(contribution(one, lines) for one in said[:MOST_LISTED])
    counts = consultations.counts(session, [found.row.id]).get(found.row.id, {})
    return SummaryPage(
        around, facts_of(session, around.slug, found.publication, found.row, today), _told(counts, around), clauses,
        shown, chosen, shown[-1].number if len(said) > MOST_LISTED else None,
    )  # fmt: skip


def contribute_page(
    session: Session, *, at: Address, user_id: int | None, preferred: str, today: date, clause: str = ""
) -> ContributePage:
    """The form, also where it is not open: the page says why. Raises NoSuchPublication, NoSuchConsultation,
    NoSuchClause."""
    found = find_consulted(session, at, user_id, today)
    around = around_of(session, found.reader, found.publication, preferred)
    line = next((one for one in _lines(session, found, around.language) if one.id == clause), None)
    if clause and line is None:
        raise showing.NoSuchClause
    user = users.of_id(session, user_id) if user_id is not None else None
    return ContributePage(
        around, facts_of(session, around.slug, found.publication, found.row, today), line, user is not None,
        bool(user and user.email and user.email_confirmed_at),
    )  # fmt: skip


def confirm_page(session: Session, *, token: str, preferred: str, now: datetime) -> ConfirmPage:
    """What waits for this link. Raises NoSuchLink."""
    row = consultations.with_token(session, hash_of_token(token), now)
    if row is None:
        raise NoSuchLink
    draft, publication, _row = consultations.with_contribution(session, row)
    texts = title_pages(session, publication)
    title, language = title_in(texts, preferred, draft)
    number = versions.by_id(session, publication.version_id).number
    stored = versions.clauses_of(session, draft.id, language, number) if row.clause_id else []
    lines = {line.id: line for line in showing.clause_lines(stored)}
    shown = contribution(Said(row, None), lines)
    return ConfirmPage(title, language, shown.human, shown)


def around_of(session: Session, reader: Reader, publication: Publication, preferred: str) -> Around:
    texts = title_pages(session, publication)
    title, language = title_in(texts, preferred, reader.draft)
    return Around(
        reader.draft.slug, publication.number, title, language, publication.visibility, reader.token,
        reader.entry is not None, reader.manages,
    )  # fmt: skip


def facts_of(session: Session, slug: str, publication: Publication, row: Consultation, today: date) -> Facts:
    return Facts(
        slug, publication.number, row.question, row.first_day, row.last_day, row.closed_on,
        standing_on(session, publication, row, today), row.ends_when_superseded,
    )  # fmt: skip


def contribution(said: Said, lines: Mapping[str, ClauseLine] | None = None) -> ShownContribution:
    row, reply = said.row, said.reply
    line = (lines or {}).get(row.clause_id or "")
    return ShownContribution(
        row.number or 0, row.clause_id, line.human if line else "", row.body, row.shown_name, row.made_on, row.state,
        ShownReply(reply.body, reply.made_on) if reply else None, row.reason, row.reason_words, row.email != "",
    )  # fmt: skip


def lines_in(session: Session, draft_id: int, publication: Publication, language: str) -> tuple[ClauseLine, ...]:
    number = versions.by_id(session, publication.version_id).number
    return showing.clause_lines(versions.clauses_of(session, draft_id, language, number))


def _lines(session: Session, found: Consulted, language: str) -> Sequence[ClauseLine]:
    return lines_in(session, found.reader.draft.id, found.publication, language)


def _in_order(counted: Mapping[str | None, int], lines: Mapping[str, ClauseLine]) -> tuple[ClauseCount, ...]:
    """The whole text first, then the clauses as they stand in it."""
    return tuple(_counts(counted, lines))


def _counts(counted: Mapping[str | None, int], lines: Mapping[str, ClauseLine]) -> Iterable[ClauseCount]:
    if None in counted:
        yield ClauseCount(None, "", counted[None])
    for clause_id, line in lines.items():
        if clause_id in counted:
            yield ClauseCount(clause_id, line.human, counted[clause_id])


def _told(counts: Mapping[str, int], around: Around) -> Mapping[str, int]:
    """What waits, was refused or never confirmed is told to whoever moderates alone."""
    told = ("accepted", "answered", "waiting", "refused") if around.manages else ("accepted", "answered")
    return {name: counts.get(name, 0) for name in told}
