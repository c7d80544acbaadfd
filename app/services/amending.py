"""Amendments as pages show them: what each changes, in the order of the text, and which of them collide."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.diff import Span, diff
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    Respace,
    RestateClause,
)
from app.domain.words import WordEdit, reads
from app.services import texts
from app.services.colliding import colliding_of, fitting
from app.services.draft_wide import relations_of, said_of_amendments
from app.services.kept import Kept
from app.services.marks import Marks
from app.services.pages import AmendmentLine, ChangeLine, DraftHead
from app.services.proposed import proposed
from app.services.relating import Relating
from app.services.showing import citations, draft_head, people
from app.services.texts import IssuedText
from app.store import amendments, past_texts, versions
from app.store.amendments import KINDS, AmendmentRow
from app.store.memberships import Entry

HEADING_MARKS = re.compile(r"^#{1,6} +", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a draft with what is needed to speak about its clauses."""

    law: Mapping[str, Clause]
    cited: Mapping[str, str]
    order: Mapping[str, int]


_LATEST: Kept[Text] = Kept(texts.MOST)
_CHANGES: Kept[tuple[ChangeLine, ...]] = Kept(4_000)
_PAST: Kept[Mapping[int, Text]] = Kept(texts.MOST)


def text_of(stored: Sequence[versions.StoredClause]) -> Text:
    return _spoken_of({one.id: one.clause for one in stored})


def text_as_issued(issued: IssuedText) -> Text:
    """The same of a version's text, kept for a while."""
    return _LATEST.get(issued.key, lambda: _spoken_of(issued.law))


def _spoken_of(law: Mapping[str, Clause]) -> Text:
    cited = dict(zip(law, citations(list(law.values())), strict=True))
    return Text(law, cited, {clause_id: at for at, clause_id in enumerate(law)})


@dataclass(frozen=True, slots=True)
class Table:
    """Every amendment of a draft that this person may know of, the latest text, and what merging needs of those that
    are on the table."""

    text: Text
    stored: tuple[versions.StoredClause, ...]
    lines: tuple[AmendmentLine, ...]  # all of them, or those that one clause has, in the order of the text
    mergeable: Mapping[int, Amendment]  # open and based on the latest version, by number
    texts: Mapping[int, Text]  # the latest text and those that amendments start from, by version
    edits: Mapping[int, tuple[Edit, ...]]  # of every amendment, by number
    issued: IssuedText  # the latest text as it is kept
    spoken_of: Mapping[int, int]  # row ids of those of which an institution ever stated a position, by number
    open_about: Mapping[int, frozenset[str]] = field(default_factory=dict)  # what each open one changes, by number
    others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # which ones it collides with, by number

    def line(self, number: int) -> AmendmentLine:
        """Raises NoSuchAmendment."""
        found = next((line for line in self.lines if line.number == number), None)
        if found is None:
            raise amendments.NoSuchAmendment(number)
        return found


def table(
    session: Session, entry: Entry, institutions: Marks, draft: DraftHead | None = None, around: str | None = None
) -> Table:
    """Read all amendments of a draft in a fixed number of statements. `draft` spares one, where it was read already.
    `around`: a clause; only amendments to it and those that are settled get lines then."""
    head = draft or draft_head(session, entry, institutions)
    latest = head.latest.number
    issued = texts.issued(session, entry.draft, head.latest)
    every = proposed(session, entry.draft)
    rows = every.known_to(entry) if around is None else every.told_at(around, entry)
    text = text_as_issued(issued)
    known = {**past(session, entry, head, {row.base_version for row in rows} - {latest}), latest: text}
    numbers = every.numbers_for(entry)
    relating = Relating(relations_of(session, entry.draft), numbers, institutions)
    names = people(session, entry, {row.author_id for row in rows if row.author_id})
    counts, spoken = said_of_amendments(session, entry.draft)
    others = colliding_of(issued, every).others
    keys = {one.number: (issued.key, one.number, one.sha256, one.created_at) for one in head.versions}
    lines = [
        line_of(row, _changes(keys[row.base_version], every.edits_of(row), known), relating, names, counts, others)
        for row in rows
    ]
    lines.sort(key=lambda line: (place(line, text.order), line.number))
    spoken_of = {numbers[id]: id for id in spoken if id in numbers}
    return Table(
        text, issued.stored, tuple(lines), fitting(every, latest), known, every.edits_for(entry), issued, spoken_of,
        every.open_about, others,
    )  # fmt: skip


def past(session: Session, entry: Entry, head: DraftHead, numbers: Collection[int]) -> Mapping[int, Text]:
    """The older texts that amendments start from: one statement however many, and none while they are kept."""
    if not numbers:
        return {}
    draft = entry.draft
    fingerprints = tuple((one.number, one.sha256, one.created_at) for one in head.versions if one.number in numbers)
    key = (str(session.get_bind().engine.url), draft.id, draft.slug, draft.language, fingerprints)
    return _PAST.get(
        key,
        lambda: {
            number: _spoken_of(law)
            for number, law in past_texts.laws_of(session, draft.id, draft.language, numbers).items()
        },
    )


def place(line: AmendmentLine, order: Mapping[str, int]) -> int:
    """Where in the text an amendment stands: at the first clause it changes, behind all others when that is gone."""
    return min((_place(change.clause_id, order) for change in line.changes), default=len(order))


def _place(clause_id: str | None, order: Mapping[str, int]) -> int:
    return -1 if clause_id is None else order.get(clause_id, len(order))


def line_of(
    row: AmendmentRow,
    changes: tuple[ChangeLine, ...],
    relating: Relating,
    names: Mapping[int, str],
    counts: Mapping[int, int],
    collisions: Mapping[int, tuple[int, ...]],
) -> AmendmentLine:
    """An amendment as a list shows it; `names` and `counts` of comments are by user and by row id."""
    marks, told = relating.institutions, (row.institution_id or row.author_id) is not None
    return AmendmentLine(
        row.number, row.state, row.carried, marks.get(row.institution_id) if row.institution_id else None,
        names.get(row.author_id, "") if row.author_id else "", marks.words(row.title), marks.words(row.rationale),
        row.made_on, row.base_version, row.settled_version, marks.when(row.created_at, told=told), changes,
        collisions.get(row.number, ()), counts.get(row.id, 0),
        row.kind, row.revision, row.partly_since, relating.sponsors(row.id), relating.to(row.id, "bridges"),
        relating.of(row.id, "bridges"), next(iter(relating.to(row.id, "amends")), None),
        relating.to(row.id, "depends_on"),
        tuple(sorted({*relating.to(row.id, "conflicts_with"), *relating.of(row.id, "conflicts_with")})),
    )  # fmt: skip


def _changes(key: tuple[Any, ...], edits: tuple[Edit, ...], texts: Mapping[int, Text]) -> tuple[ChangeLine, ...]:
    """What edits do to the text of a version, named by its key; kept for a while."""
    return _CHANGES.get((key, edits), lambda: changes_of(edits, texts[key[1]]))


def changes_of(edits: Sequence[Edit], text: Text) -> tuple[ChangeLine, ...]:
    """What edits do, clause by clause; the word edits of one clause together. Other white space is nothing to show."""
    words: dict[str, list[ReplaceWords]] = {}
    for edit in edits:
        if isinstance(edit, ReplaceWords):
            words.setdefault(edit.clause_id, []).append(edit)
    lines = [_words_line(clause_id, own, text) for clause_id, own in words.items()]
    lines += [_whole_line(edit, text) for edit in edits if not isinstance(edit, ReplaceWords | Respace)]
    return tuple(lines)


def _words_line(clause_id: str, edits: Sequence[ReplaceWords], text: Text) -> ChangeLine:
    clause = text.law[clause_id]
    own = sorted(edits, key=lambda edit: edit.start)
    spans: list[Span] = []
    at = 0
    for edit in own:
        end = edit.start + len(edit.old)
        spans += [Span("=", clause.body[at : edit.start]), Span("-", edit.old), Span("+", edit.new)]
        at = end
    spans.append(Span("=", clause.body[at:]))
    after = reads(clause.body, 0, len(clause.body), [WordEdit(e.start, e.start + len(e.old), e.new, ()) for e in own])
    shown = tuple(span for span in spans if span.text)
    return ChangeLine("replace_words", clause_id, text.cited[clause_id], clause.label, shown, clause.body, after)


def _whole_line(edit: Edit, text: Text) -> ChangeLine:
    kind = KINDS[type(edit)]
    clause_id = edit.after if isinstance(edit, InsertClauses) else edit.clause_id
    clause = text.law.get(clause_id or "")
    if isinstance(edit, InsertClauses) and clause is not None and clause.kind is Kind.FRONT_MATTER:
        clause_id = clause = None  # the very beginning, for whoever reads the law
    human, label = text.cited.get(clause_id or "", ""), clause.label if clause else ""
    if isinstance(edit, RestateClause):
        return ChangeLine(kind, clause_id, human, label, diff(edit.old, edit.new), edit.old, edit.new)
    if isinstance(edit, InsertClauses):
        return ChangeLine(
            kind, clause_id, human, "", (Span("+", without_marks(edit.source)),), "", without_marks(edit.source)
        )
    if isinstance(edit, DeleteClause):
        return ChangeLine(
            kind, clause_id, human, "", (Span("-", without_marks(edit.old)),), without_marks(edit.old), ""
        )
    if isinstance(edit, Relabel):
        return ChangeLine(kind, clause_id, human, label, diff(edit.old, edit.new), edit.old, edit.new)
    assert isinstance(edit, MoveClause | ReplaceWords)  # noqa: S101  (the kinds are closed)
    body = clause.body if clause else ""
    return ChangeLine(kind, clause_id, human, label, (Span("=", body),), body, body)


def without_marks(source: str) -> str:
    """Clauses as people read them: headings without the marks that Markdown has before them."""
    return HEADING_MARKS.sub("", source.strip())
