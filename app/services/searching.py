"""Searching the text, the amendments and the comments of one draft, or of all drafts that somebody may see."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from sqlalchemy.orm import Session

from app.domain.named import could_name, named
from app.domain.permissions import Action, can
from app.domain.wanted import wanted
from app.services import showing
from app.services.attributing import NAMED
from app.services.marks import Marks
from app.services.outlining import Outline, outlines
from app.services.pages import DraftHead
from app.services.pages_search import AmendmentHit, Asked, CommentHit, InDraft, NamedClause, Piece, SearchPage, TextHit
from app.store import search
from app.store.db import begin_writing
from app.store.memberships import Entry, entries
from app.store.search import CLOSE_MARK, OPEN_MARK, AmendmentFound, CommentFound, Looking, Standing, TextFound

GROUPS = ("", "text", "amendments", "comments")
PER_GROUP = 20
LAST_PAGE = 50
BEFORE, LONGEST_SNIPPET = 80, 280
"""Characters of a snippet before the first word found, and in all."""
LONGEST_SHOWN = 240
MARKED_NAME = re.compile(f"@{OPEN_MARK}([^{CLOSE_MARK}]*){CLOSE_MARK}")
MARKS = re.compile(f"({OPEN_MARK}[^{CLOSE_MARK}]*{CLOSE_MARK})")
Snippets = Mapping[int, tuple[Piece, ...]]
Found = TypeVar("Found", TextFound, AmendmentFound, CommentFound)


def in_draft(session: Session, *, slug: str, asked: Asked, user_id: int | None, language: str) -> SearchPage:
    """What one draft holds of it. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    head = showing.draft_head(session, entry, institutions)
    return _Search(session, [entry], institutions, asked).page(head)


def everywhere(session: Session, *, asked: Asked, user_id: int | None, language: str) -> SearchPage:
    """What all drafts hold of it that this person is a member of; nothing for strangers."""
    entered = [] if user_id is None else [one for one in entries(session, user_id) if can(one.role, Action.READ)]
    institutions = showing.institution_marks(session, language)
    return _Search(session, entered, institutions, asked).page(None)


def rebuild(session: Session) -> int:
    """Write the index anew, for the command line; how many texts it holds."""
    begin_writing(session)
    count = search.rebuild(session)
    session.commit()
    return count


class _Search:
    """One search in drafts that were entered. The number of statements depends on their languages only."""

    def __init__(self, session: Session, entered: Sequence[Entry], institutions: Marks, asked: Asked) -> None:
        self.session, self.asked = session, asked
        self.marks = {one.draft.id: Marks(institutions.seats, one.draft.attribution) for one in entered}
        self.drafts = {one.draft.id: InDraft(one.draft.slug, one.draft.title, one.draft.language) for one in entered}
        self.order = {draft_id: at for at, draft_id in enumerate(self.drafts)}
        page = min(max(asked.page, 1), LAST_PAGE)
        self.start, self.end = (page - 1) * PER_GROUP, page * PER_GROUP
        self.terms = wanted(asked.query)
        self.lookings = self._lookings()
        self.more: set[str] = set()

    def page(self, head: DraftHead | None) -> SearchPage:
        texts, amendments, comments = self._texts(), self._amendments(), self._comments()
        names_a_clause = not self.asked.group and could_name(self.asked.query)
        rows: list[TextFound | AmendmentFound | CommentFound] = [*texts, *amendments, *comments]
        found = {row.draft_id for row in rows}
        known = outlines(self.session, set(self.drafts) if names_a_clause else found)
        cited = self._cited(known, texts, amendments, comments)
        snippets = self._snippets(texts, amendments, comments)
        return SearchPage(
            head,
            self.asked,
            bool(self.terms),
            self._named(known) if names_a_clause else (),
            tuple(self._text_hit(one, cited, snippets) for one in texts),
            tuple(self._amendment_hit(one, cited, snippets) for one in amendments),
            tuple(self._comment_hit(one, cited, snippets) for one in comments),
            frozenset(self.more),
        )

    def _lookings(self) -> tuple[Looking, ...]:
        if not self.terms:
            return ()
        by_language = sorted(self.drafts, key=lambda draft_id: self.drafts[draft_id].language)
        return tuple(
            Looking(self.terms, tuple(draft_ids), language, self.end + 1)
            for language, draft_ids in groupby(by_language, key=lambda draft_id: self.drafts[draft_id].language)
        )

    def _shows(self, group: str) -> tuple[Looking, ...]:
        return self.lookings if self.asked.group in ("", group) else ()

    def _texts(self) -> list[TextFound]:
        every = self.asked.every_version
        found = [one for looking in self._shows("text") for one in search.texts(self.session, looking, every)]
        return self._cut("text", sorted(found, key=lambda one: self.order[one.draft_id]))

    def _amendments(self) -> list[AmendmentFound]:
        found = [one for looking in self._shows("amendments") for one in search.amendments(self.session, looking)]
        return self._cut("amendments", sorted(found, key=lambda one: self.order[one.draft_id]))

    def _comments(self) -> list[CommentFound]:
        found = [one for looking in self._shows("comments") for one in search.comments(self.session, looking)]
        return self._cut("comments", sorted(found, key=lambda one: (one.created_at, one.row_id), reverse=True))

    def _cut(self, group: str, found: list[Found]) -> list[Found]:
        if len(found) > self.end:
            self.more.add(group)
        return found[self.start : self.end]

    def _cited(
        self,
        known: Mapping[int, Outline],
        texts: Sequence[TextFound],
        amendments: Sequence[AmendmentFound],
        comments: Sequence[CommentFound],
    ) -> dict[tuple[int, str], str]:
        """How clauses are cited today; those that are gone, as in the last version that had them."""
        on_clauses: list[TextFound | CommentFound] = [*texts, *comments]
        asked = {(one.draft_id, one.clause_id) for one in on_clauses if one.clause_id}
        asked |= {(one.draft_id, clause_id) for one in amendments for clause_id in one.clause_ids}
        asked_of = ((id, clause_id) for id, clause_id in asked if id in known and clause_id in known[id].cited)
        cited = {(id, clause_id): known[id].cited[clause_id] for id, clause_id in asked_of}
        gone = asked - set(cited)
        if gone:
            past = search.outlines(self.session, {draft_id for draft_id, _ in gone}, every_version=True)
            for rows in past.values():
                cited |= {key: human for key, human in last_citations(rows, gone).items() if key in gone}
        return cited

    def _snippets(
        self, texts: Sequence[TextFound], amendments: Sequence[AmendmentFound], comments: Sequence[CommentFound]
    ) -> dict[int, tuple[Piece, ...]]:
        """The words around what was found, by entry of the index."""
        snippets: dict[int, tuple[Piece, ...]] = {}
        for looking in self.lookings:
            here = set(looking.drafts)
            entries = [
                one.row_id * 4 + source
                for source, rows in ((search.TEXT, texts), (search.COMMENT, comments), (search.AMENDMENT, amendments))
                for one in rows
                if one.draft_id in here
            ]
            marked = search.marked(self.session, looking, entries)
            of_draft = {
                one.row_id * 4 + source: one.draft_id
                for source, rows in ((search.COMMENT, comments), (search.AMENDMENT, amendments))
                for one in rows
            }
            snippets |= {entry: self._snippet(words, of_draft.get(entry)) for entry, words in marked.items()}
        return snippets

    def _snippet(self, words: str, draft_id: int | None) -> tuple[Piece, ...]:
        """Of what somebody wrote (in a draft), without the names it may not tell."""
        if draft_id is not None and self.marks[draft_id].mode != NAMED:
            words = self.marks[draft_id].words(MARKED_NAME.sub(r"@\1", words))
        return snippet(words)

    def _named(self, known: Mapping[int, Outline]) -> tuple[NamedClause, ...]:
        """The clause of each draft that the query names."""
        found: dict[int, str] = {}
        for draft_id, draft in self.drafts.items():
            outline = known.get(draft_id)
            at = named(outline.clauses, self.asked.query, draft.language) if outline else None
            if outline and at is not None:
                found[draft_id] = outline.rows[at].clause_id
        words = search.bodies(self.session, found.values())
        return tuple(
            NamedClause(self.drafts[draft_id], clause_id, known[draft_id].cited[clause_id], shortened(words[clause_id]))
            for draft_id, clause_id in found.items()
        )

    def _text_hit(self, one: TextFound, cited: Mapping[tuple[int, str], str], snippets: Snippets) -> TextHit:
        return TextHit(
            self.drafts[one.draft_id], one.clause_id, cited.get((one.draft_id, one.clause_id), ""),
            snippets.get(one.row_id * 4 + search.TEXT, ()), one.first_version, one.last_version,
        )  # fmt: skip

    def _amendment_hit(
        self, one: AmendmentFound, cited: Mapping[tuple[int, str], str], snippets: Snippets
    ) -> AmendmentHit:
        marks = self.marks[one.draft_id]
        return AmendmentHit(
            self.drafts[one.draft_id], one.number, marks.words(one.title), one.state, one.base_version,
            marks.get(one.institution_id or 0),
            tuple(cited.get((one.draft_id, clause_id), "") for clause_id in one.clause_ids),
            snippets.get(one.row_id * 4 + search.AMENDMENT, ()),
        )  # fmt: skip

    def _comment_hit(self, one: CommentFound, cited: Mapping[tuple[int, str], str], snippets: Snippets) -> CommentHit:
        marks, told = self.marks[one.draft_id], one.institution_id is not None or bool(one.author)
        return CommentHit(
            self.drafts[one.draft_id], one.row_id, one.clause_id or "", one.amendment,
            cited.get((one.draft_id, one.clause_id or ""), ""), one.kind, marks.person(one.author),
            marks.get(one.institution_id or 0), one.version, marks.when(one.created_at, told=told),
            snippets.get(one.row_id * 4 + search.COMMENT, ()),
        )  # fmt: skip


def citations_of(rows: Sequence[Standing]) -> dict[tuple[int, str], str]:
    """How the clauses of one version are cited, by draft and clause."""
    humans = showing.citations([row.clause for row in rows])
    return {(row.draft_id, row.clause_id): human for row, human in zip(rows, humans, strict=True)}


def last_citations(rows: Sequence[Standing], gone: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """The same for clauses that left the text: each as it was cited in the last version that had it."""
    last: dict[int, set[tuple[int, str]]] = {}
    for key in gone:
        versions = [row.last_version or 0 for row in rows if (row.draft_id, row.clause_id) == key]
        last.setdefault(max(versions, default=0), set()).add(key)
    found: dict[tuple[int, str], str] = {}
    for number, keys in last.items():
        then = [row for row in rows if row.first_version <= number and (row.last_version or number) >= number]
        found |= {key: human for key, human in citations_of(then).items() if key in keys}
    return found


def snippet(words: str) -> tuple[Piece, ...]:
    """The words around the first one found, cut at spaces; the found ones told apart."""
    first = words.find(OPEN_MARK)
    start = max(first - BEFORE, 0)
    if start:
        start = words.find(" ", start, first) + 1 or start
    pieces: list[Piece] = [Piece("… ", False)] if start else []
    left = LONGEST_SNIPPET
    for part in MARKS.split(words[start:]):
        found = part.startswith(OPEN_MARK)
        text = part.strip(OPEN_MARK + CLOSE_MARK)
        pieces += [Piece(shortened(text, left), found)] if text else []
        left -= len(text)
        if left <= 0:
            break
    return tuple(pieces)


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A text, or its beginning cut at a space."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"
