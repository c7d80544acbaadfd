"""Reading: the library, a version of a law, one clause with everything said about it."""

from collections import Counter
from itertools import pairwise

from sqlalchemy.orm import Session

from app.domain.diff import Span, diff
from app.domain.lifecycle import OPEN, State
from app.services import showing
from app.services.amending import table
from app.services.pages import AmendmentLine, ClausePage, LibraryLine, ReadingPage
from app.store import comments, versions
from app.store.drafts import ClauseText
from app.store.library import counts as library_counts
from app.store.memberships import entries


def library(session: Session, *, user_id: int | None, language: str) -> tuple[LibraryLine, ...]:
    """The drafts this person may enter."""
    if user_id is None:
        return ()
    entered = entries(session, user_id)
    counts = library_counts(session, [entry.draft.id for entry in entered])
    return tuple(
        LibraryLine(
            entry.draft.slug,
            entry.draft.title,
            entry.draft.language,
            showing.version_head(counts[entry.draft.id].latest),
            entry.role,
            counts[entry.draft.id].open_amendments,
            counts[entry.draft.id].comments,
        )
        for entry in entered
        if entry.draft.id in counts
    )


def read(session: Session, *, slug: str, number: int | None, user_id: int | None, language: str) -> ReadingPage:
    """A version of a law (None: the latest). Raises NoSuchDraft, NoSuchVersion."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    draft = showing.draft_head(session, entry, institutions)
    wanted = draft.latest.number if number is None else number
    version = next((head for head in draft.versions if head.number == wanted), None)
    if version is None:
        raise versions.NoSuchVersion(slug, wanted)
    stored = versions.clauses_of(session, entry.draft.id, draft.language, version.number)
    on_table = table(session, entry, institutions).lines
    touching = Counter(change.clause_id for line in on_table if is_open(line) for change in line.changes)
    contested = frozenset(
        change.clause_id for line in on_table if line.collides_with for change in line.changes if change.clause_id
    )
    lines = showing.clause_lines(
        stored,
        comments.counts_by_clause(session, entry.draft.id),
        {clause_id: count for clause_id, count in touching.items() if clause_id},
        contested,
    )
    return ReadingPage(draft, version, lines, showing.front_matter(stored))


def is_open(line: AmendmentLine) -> bool:
    return State(line.state) in OPEN


def clause(session: Session, *, slug: str, clause_id: str, user_id: int | None, language: str) -> ClausePage:
    """A clause in the latest version that has it, and everything said about it. Raises NoSuchDraft, NoSuchClause."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    draft = showing.draft_head(session, entry, institutions)
    history = versions.history_of(session, clause_id, draft.language)
    if not history or history[-1].draft_id != entry.draft.id:
        raise showing.NoSuchClause
    last = history[-1].last_version
    number = draft.latest.number if last is None else last
    on_table = table(session, entry, institutions)
    stored = on_table.stored
    if number != draft.latest.number:
        stored = tuple(versions.clauses_of(session, entry.draft.id, draft.language, number))
    shown = showing.clause_lines(stored)
    at = next(place for place, line in enumerate(shown) if line.id == clause_id)
    return ClausePage(
        draft,
        next(head for head in draft.versions if head.number == number),
        shown[at],
        last + 1 if last is not None else None,
        showing.comment_threads(comments.on_clause(session, clause_id), institutions),
        tuple(line for line in on_table.lines if any(change.clause_id == clause_id for change in line.changes)),
        _history(history),
        shown[at - 1].id if at else None,
        shown[at + 1].id if at + 1 < len(shown) else None,
    )


def _history(rows: list[ClauseText]) -> tuple[tuple[int, tuple[Span, ...]], ...]:
    """The versions in which the words changed, newest first, with the difference to the text before."""
    changes: list[tuple[int, tuple[Span, ...]]] = [
        (rows[0].first_version, (Span("+", rows[0].body),) if rows[0].body else ())
    ]
    for before, row in pairwise(rows):
        if before.body != row.body:
            changes.append((row.first_version, diff(before.body, row.body)))
    return tuple(reversed(changes))


def latest(session: Session, *, slug: str, user_id: int | None) -> int:
    """The number of a draft's latest version. Raises NoSuchDraft."""
    entry = showing.enter_to_read(session, slug, user_id)
    return versions.latest_number(session, entry.draft.id)
