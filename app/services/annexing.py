"""The annex to a text: reservations and explanations of position, clause by clause; and choosing clauses to link."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.clauses import Kind
from app.services import showing, showing_closing, tabling, texts
from app.services.agreeing import agreement, fingerprints, spoken
from app.services.draft_wide import said_by_clause
from app.services.packaging import MayNotLink, may_link
from app.services.pages_closing import Annex, AnnexGroup, ChoiceOfClauses, LinkedClause
from app.services.texts import IssuedText
from app.store import explanations, versions
from app.store.explanations import Explanation
from app.store.memberships import Entry

CHAPTERS = (Kind.PART.value, Kind.SECTION.value, Kind.CHAPTER.value, Kind.SUBCHAPTER.value)
MOST_OFFERED = 1_000
"""Of a longer text only headings and articles are offered; what stands below is named by its number."""


def annex(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> Annex:
    """What is printed with the latest version. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    text = texts.issued(session, entry.draft, head.latest)
    rows = [row for row in explanations.of_draft(session, entry.draft.id) if row.withdrawn_at is None]
    said = spoken(session, entry.draft, now.date())
    names = showing.people(session, entry, {row.author_id for row in rows if row.author_id})
    by_clause, changed = _by_clause(text, rows), _changed(session, entry, text, rows)
    return Annex(
        head,
        tuple(
            AnnexGroup(
                id, text.human(id),
                showing_closing.explanation_lines(
                    entry, said, institutions, those, lambda row: row.id in changed, names
                ),
            )
            for id, those in by_clause.items()
        ),
    )  # fmt: skip


def _changed(session: Session, entry: Entry, text: IssuedText, rows: Sequence[Explanation]) -> frozenset[int]:
    """Those whose clause says something else now. Earlier words are read where the words are not the same at all."""
    words = fingerprints(text)
    others = [row for row in rows if words.get(row.clause_id) != row.text_sha256]
    numbers = {row.version for row in others}
    then = versions.bodies_in(session, entry.draft.id, entry.draft.language, numbers) if numbers else {}
    now = {row.clause_id: text.law[row.clause_id].body for row in others if row.clause_id in text.places}
    return frozenset(
        row.id for row in others
        if showing_closing.reads_otherwise(then[row.version].get(row.clause_id), now.get(row.clause_id))
    )  # fmt: skip


def _by_clause(text: IssuedText, rows: Sequence[Explanation]) -> dict[str, list[Explanation]]:
    """In the order of the text, and on each clause in the order they were given."""
    found: dict[str, list[Explanation]] = {}
    for row in sorted(rows, key=lambda row: text.places.get(row.clause_id, len(text.places))):
        found.setdefault(row.clause_id, []).append(row)
    return found


def choice_of_clauses(
    session: Session, *, slug: str, clause_id: str, user_id: int | None, language: str, now: datetime
) -> ChoiceOfClauses:
    """The clauses with which one may be linked. Raises NoSuchDraft, MayNotLink, NoSuchClause."""
    entry = showing.enter_to_read(session, slug, user_id)
    if not may_link(entry):
        raise MayNotLink
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    text = texts.issued(session, entry.draft, head.latest)
    if clause_id not in text.places:
        raise showing.NoSuchClause
    table = tabling.tabled(session, entry.draft.id, head.latest.number, text, institutions)
    found = agreement(session, entry.draft, text, now, now.date())
    states = found.states(tabling.around(table, said_by_clause(session, entry.draft)))
    authors = {row.author_id for row, _ in found.spoken.packages.values() if row.author_id}
    names = showing.people(session, entry, authors)

    def line(id: str) -> LinkedClause:
        state = states.get(id)
        level = text.lines[text.places[id]].level
        return LinkedClause(id, text.human(id), state.value if state else "open", level)

    chapters: list[tuple[LinkedClause, list[LinkedClause]]] = []
    here = ""
    for one in text.lines:
        if not chapters or one.kind in CHAPTERS:
            chapters.append((line(one.id), []))
        elif one.level or len(text.lines) <= MOST_OFFERED:
            chapters[-1][1].append(line(one.id))
        here = chapters[-1][0].clause_id if one.id == clause_id else here
    return ChoiceOfClauses(
        head, line(clause_id), tuple((chapter, tuple(those)) for chapter, those in chapters), here,
        showing_closing.package_lines(found, text, states, names, clause_id, institutions),
    )  # fmt: skip
