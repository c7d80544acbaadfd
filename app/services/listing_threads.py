"""The discussion of a whole draft: every thread in the order of the text, and those that are asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.edits import Edit, InsertClauses
from app.services import showing, threads
from app.services.amending import Text, text_as_issued
from app.services.pages import CommentLine, InstitutionMark
from app.services.pages_discussion import OPEN, RESOLVED, DiscussionPage, Filters, ThreadLine
from app.services.proposed import proposed
from app.services.texts import issued
from app.store import comments
from app.store.comments import Comment
from app.store.memberships import Entry
from app.store.threads import Named, texts_of_commented

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class _Places:
    """Where threads stand in the text: clauses by id, amendments by the first clause they change."""

    text: Text
    rows: Mapping[int, Comment]
    numbers: Mapping[int, int]  # of amendments by id
    of_amendments: Mapping[int, int]  # place in the text by id


def discussion(
    session: Session, *, slug: str, filters: Filters, page: int, user_id: int | None, language: str
) -> DiscussionPage:
    """A page of the threads that are asked for. Raises NoSuchDraft."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    texts = texts_of_commented(session, entry.draft.id, draft.language)
    placing = threads.in_texts(texts, draft.latest.number)
    said = threads.read(session, entry, institutions, comments.in_draft(entry.draft.id), placing)
    places = _places(session, entry, text_as_issued(issued(session, entry.draft, draft.latest)), said.rows)
    named = {id for id, names in said.mentions.items() if any(_is_me(entry, one) for one in names)}
    lines = [_line(first, places, named) for first in said.lines if _is_shown(first)]
    lines.sort(key=lambda line: _order(line, places))
    found = [line for line in lines if _is_asked(line, filters)]
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    return DiscussionPage(
        draft, filters, tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]), len(found), len(lines),
        tuple((name, sum(map(asks, lines))) for name, asks in QUESTIONS.items()),
        _unique(mark for line in lines for mark in line.participants),
        tuple(sorted({line.first.kind for line in lines})), page, pages,
    )  # fmt: skip


def _places(session: Session, entry: Entry, text: Text, rows: Mapping[int, Comment]) -> _Places:
    every, end = proposed(session, entry.draft), len(text.order)
    first = {
        id: min((text.order.get(_clause(edit) or "", end) for edit in edits), default=end)
        for id, edits in every.edits.items()
    }
    return _Places(text, rows, {row.id: row.number for row in every.rows}, first)


def _clause(edit: Edit) -> str | None:
    return edit.after if isinstance(edit, InsertClauses) else edit.clause_id


def _is_me(entry: Entry, named: Named) -> bool:
    return entry.speaks_in_place_of(named.institution_id) or named.user_id == entry.user_id


def _is_shown(first: CommentLine) -> bool:
    """A thread of which everything was withdrawn is no thread any more."""
    return any(line.withdrawn_at is None for line in (first, *first.replies))


def _line(first: CommentLine, places: _Places, named: set[int]) -> ThreadLine:
    row = places.rows[first.id]
    live = [line for line in (first, *first.replies) if line.withdrawn_at is None]
    return ThreadLine(
        first, row.clause_id, places.numbers.get(row.amendment_id or 0), places.text.cited.get(row.clause_id or "", ""),
        sum(line.id != first.id for line in live), live[-1],
        _unique(line.institution for line in live if line.institution),
        any(line.mine for line in live), any(line.id in named for line in live),
    )  # fmt: skip


def _unique(marks: Iterable[InstitutionMark]) -> tuple[InstitutionMark, ...]:
    return tuple(dict.fromkeys(marks))


def _order(line: ThreadLine, places: _Places) -> tuple[int, int, int]:
    """By the place in the text, comments on a clause before those on amendments to it; what is gone comes last."""
    end = len(places.text.order)
    if line.clause_id is not None:
        return places.text.order.get(line.clause_id, end), 0, line.first.id
    amendment_id = places.rows[line.first.id].amendment_id or 0
    return places.of_amendments.get(amendment_id, end), line.amendment or 0, line.first.id


QUESTIONS: Mapping[str, Callable[[ThreadLine], bool]] = {
    OPEN: lambda line: line.first.resolved is None,
    RESOLVED: lambda line: line.first.resolved is not None,
    "unanswered": lambda line: line.first.resolved is None and not line.replies,
    "detached": lambda line: line.first.standing is not None and line.first.standing.is_detached,
    "mine": lambda line: line.mine,
    "mentions_me": lambda line: line.mentions_me,
}
"""What a thread can be asked, by the name of the filter."""


def _is_asked(line: ThreadLine, filters: Filters) -> bool:
    names = [name for name in ("unanswered", "detached", "mine", "mentions_me") if getattr(filters, name)]
    names += [filters.state] if filters.state in (OPEN, RESOLVED) else []
    return (
        all(QUESTIONS[name](line) for name in names)
        and filters.kind in ("", line.first.kind)
        and (not filters.institution or any(mark.code == filters.institution for mark in line.participants))
    )
