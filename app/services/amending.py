"""Amendments as pages show them: what each changes, in the order of the text, and which of them collide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.diff import Span, diff
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.lifecycle import OPEN, State
from app.domain.merge import colliding_pairs
from app.domain.words import WordEdit, reads
from app.services.pages import AmendmentLine, ChangeLine
from app.services.showing import Marks, citations
from app.store import amendments, comments, users, versions
from app.store.amendments import KINDS, AmendmentRow, key_of, number_of
from app.store.memberships import Entry


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a draft with what is needed to speak about its clauses."""

    law: Mapping[str, Clause]
    cited: Mapping[str, str]
    order: Mapping[str, int]


def text_of(stored: Sequence[versions.StoredClause]) -> Text:
    law = {one.id: one.clause for one in stored}
    cited = dict(zip(law, citations(list(law.values())), strict=True))
    return Text(law, cited, {clause_id: at for at, clause_id in enumerate(law)})


@dataclass(frozen=True, slots=True)
class Table:
    """Every amendment of a draft, the latest text, and what merging needs of those that are on the table."""

    text: Text
    stored: tuple[versions.StoredClause, ...]
    lines: tuple[AmendmentLine, ...]  # all of them, in the order of the text
    mergeable: Mapping[int, Amendment]  # open and based on the latest version, by number
    texts: Mapping[int, Text]  # the latest text and those that amendments start from, by version
    edits: Mapping[int, tuple[Edit, ...]]  # of every amendment, by number

    def line(self, number: int) -> AmendmentLine:
        """Raises NoSuchAmendment."""
        found = next((line for line in self.lines if line.number == number), None)
        if found is None:
            raise amendments.NoSuchAmendment(number)
        return found


def table(session: Session, entry: Entry, institutions: Marks) -> Table:
    """Read all amendments of a draft in a fixed number of statements (one more per older base version)."""
    draft = entry.draft
    latest = versions.latest_number(session, draft.id)
    stored = tuple(versions.clauses_of(session, draft.id, draft.language, latest))
    texts = {latest: text_of(stored)}
    rows = amendments.all_of(session, draft.id)
    for base in {row.base_version for row in rows} - {latest}:
        texts[base] = text_of(versions.clauses_of(session, draft.id, draft.language, base))
    edits = amendments.edits_of(session, draft.id)
    mergeable = {
        row.number: Amendment(key_of(row.number), edits[row.id])
        for row in rows
        if State(row.state) in OPEN and row.base_version == latest and row.carried != "incorporated"
    }
    collisions = _collisions(texts[latest].law, mergeable)
    names = users.full_names(session, {row.author_id for row in rows if row.author_id})
    counts = comments.counts_by_amendment(session, draft.id)
    lines = [
        _line(row, edits.get(row.id, ()), texts[row.base_version], institutions, names, counts, collisions)
        for row in rows
    ]
    order = texts[latest].order
    lines.sort(key=lambda line: (_place(line, order), line.number))
    by_number = {row.number: edits.get(row.id, ()) for row in rows}
    return Table(texts[latest], stored, tuple(lines), mergeable, texts, by_number)


def _collisions(law: Mapping[str, Clause], mergeable: Mapping[int, Amendment]) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = {}
    for one, other in colliding_pairs(law, mergeable.values()):
        found.setdefault(number_of(one), set()).add(number_of(other))
        found.setdefault(number_of(other), set()).add(number_of(one))
    return {number: tuple(sorted(others)) for number, others in found.items()}


def _place(line: AmendmentLine, order: Mapping[str, int]) -> int:
    return min((order.get(change.clause_id or "", len(order)) for change in line.changes), default=len(order))


def _line(
    row: AmendmentRow,
    edits: tuple[Edit, ...],
    text: Text,
    institutions: Marks,
    names: Mapping[int, str],
    counts: Mapping[int, int],
    collisions: Mapping[int, tuple[int, ...]],
) -> AmendmentLine:
    return AmendmentLine(
        row.number, row.state, row.carried, institutions.get(row.institution_id) if row.institution_id else None,
        names.get(row.author_id, "") if row.author_id else "", row.title, row.rationale, row.made_on, row.base_version,
        row.settled_version, row.created_at, changes_of(edits, text), collisions.get(row.number, ()),
        counts.get(row.id, 0),
    )  # fmt: skip


def changes_of(edits: Sequence[Edit], text: Text) -> tuple[ChangeLine, ...]:
    """What edits do, clause by clause; the word edits of one clause together."""
    words: dict[str, list[ReplaceWords]] = {}
    for edit in edits:
        if isinstance(edit, ReplaceWords):
            words.setdefault(edit.clause_id, []).append(edit)
    lines = [_words_line(clause_id, own, text) for clause_id, own in words.items()]
    lines += [_whole_line(edit, text) for edit in edits if not isinstance(edit, ReplaceWords)]
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
    human, label = text.cited.get(clause_id or "", ""), clause.label if clause else ""
    if isinstance(edit, RestateClause):
        return ChangeLine(kind, clause_id, human, label, diff(edit.old, edit.new), edit.old, edit.new)
    if isinstance(edit, InsertClauses):
        return ChangeLine(kind, clause_id, human, "", (Span("+", edit.source.strip()),), "", edit.source.strip())
    if isinstance(edit, DeleteClause):
        return ChangeLine(kind, clause_id, human, "", (Span("-", edit.old.strip()),), edit.old.strip(), "")
    if isinstance(edit, Relabel):
        return ChangeLine(kind, clause_id, human, label, diff(edit.old, edit.new), edit.old, edit.new)
    assert isinstance(edit, MoveClause | ReplaceWords)  # noqa: S101  (the kinds are closed)
    body = clause.body if clause else ""
    return ChangeLine(kind, clause_id, human, label, (Span("=", body),), body, body)
