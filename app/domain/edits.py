"""What an amendment does to the text: edits at the level of words inside a clause and of clauses inside the tree.

An edit keeps the words it starts from, so that it can be checked against any version and never applied to other words.
Positions are character offsets into the clause's body and never cut a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.domain.clauses import Clause
from app.domain.diff import Span, cuts_a_word, diff
from app.domain.errors import Invalid

ClauseId = str
Law = Mapping[ClauseId, Clause]  # a version: its clauses by permanent id, in reading order


@dataclass(frozen=True, slots=True)
class ReplaceWords:
    """`body[start:start + len(old)] == old` becomes `new`. `old == ""` inserts, `new == ""` deletes."""

    clause_id: ClauseId
    start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RestateClause:
    """The whole body is proposed anew: it claims every word of the clause, changed or not."""

    clause_id: ClauseId
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class InsertClauses:
    """New source text (one or more clauses, ends in a line end) as the following sibling of `after` (behind everything
    below it), or with `place="inside"` directly under it, before its first child. `after=None`: at the beginning."""

    after: ClauseId | None
    source: str
    place: Literal["after", "inside"] = "after"


@dataclass(frozen=True, slots=True)
class DeleteClause:
    """The clause and everything below it; `old` is the source of all of it."""

    clause_id: ClauseId
    old: str


@dataclass(frozen=True, slots=True)
class MoveClause:
    """The clause and everything below it, to stand after `after` (and everything below that) or inside it, first."""

    clause_id: ClauseId
    after: ClauseId | None
    place: Literal["after", "inside"] = "after"


@dataclass(frozen=True, slots=True)
class Relabel:
    """Another number for the clause; `old` and `new` are whole leads (`### Article 13. `)."""

    clause_id: ClauseId
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Respace:
    """Other white space behind the clause's words (`tail`). Layout is no law: it collides with nothing."""

    clause_id: ClauseId
    old: str
    new: str


Edit = ReplaceWords | RestateClause | InsertClauses | DeleteClause | MoveClause | Relabel | Respace


@dataclass(frozen=True, slots=True)
class Amendment:
    """What merging needs of an amendment: a key that orders nothing but names it, and its edits to one version."""

    key: str
    edits: tuple[Edit, ...]


class UnusableEdit(Invalid):
    """An edit that does not fit the text it says it starts from."""

    def __init__(self, edit: Edit, reason: str) -> None:
        super().__init__(reason)
        self.edit = edit


def edits_between(clause_id: ClauseId, old_body: str, new_body: str) -> tuple[ReplaceWords, ...]:
    """The word edits that turn the old body into the new one (from `diff`)."""
    edits: list[ReplaceWords] = []
    at = 0
    removed = added = ""
    for span in (*diff(old_body, new_body), Span("=", "")):
        if span.op == "-":
            removed = span.text
        elif span.op == "+":
            added = span.text
        else:
            if removed or added:
                edits.append(_without_shared_space(clause_id, at, removed, added))
            at += len(removed) + len(span.text)
            removed = added = ""
    return tuple(edits)


def _without_shared_space(clause_id: ClauseId, start: int, old: str, new: str) -> ReplaceWords:
    """White space at the end that stays is not claimed: an edit covers words."""
    if old and new:
        shared = len(old) - len(old.rstrip())
        if shared and new.endswith(old[-shared:]) and len(new) > shared:
            return ReplaceWords(clause_id, start, old[:-shared], new[:-shared])
    return ReplaceWords(clause_id, start, old, new)


def check(law: Law, edits: tuple[Edit, ...]) -> None:
    """Raises UnusableEdit where an edit names an unknown clause, other words, cuts a word, or contradicts another one
    of the same amendment; and where the edits change nothing at all."""
    if not edits:
        raise ChangesNothing
    for edit in edits:
        _check_one(law, edit)
    if len(edits) > 1:
        _check_together(edits)


class ChangesNothing(Invalid):
    """An amendment must propose something."""

    def __init__(self) -> None:
        super().__init__("This amendment changes nothing: the words are the same as in the text.")


def _check_one(law: Law, edit: Edit) -> None:
    clause_id = edit.after if isinstance(edit, InsertClauses) else edit.clause_id
    if clause_id is not None and clause_id not in law:
        raise UnusableEdit(edit, "The clause that this amendment is about is not in this version any more.")
    if isinstance(edit, InsertClauses):
        if not edit.source.strip():
            raise UnusableEdit(edit, "Nothing is to be inserted: the text of the new clause is empty.")
    elif isinstance(edit, ReplaceWords):
        _check_words(law[edit.clause_id].body, edit)
    elif isinstance(edit, RestateClause):
        _check_same(edit, law[edit.clause_id].body, edit.old)
        if edit.old == edit.new:
            raise ChangesNothing
    elif isinstance(edit, Relabel):
        _check_same(edit, law[edit.clause_id].lead, edit.old)
    elif isinstance(edit, Respace):
        _check_same(edit, law[edit.clause_id].tail, edit.old)
    elif isinstance(edit, MoveClause) and edit.after is not None and edit.after not in law:
        raise UnusableEdit(edit, "The clause behind which this one is to stand is not in this version any more.")


def _check_words(body: str, edit: ReplaceWords) -> None:
    end = edit.start + len(edit.old)
    _check_same(edit, body[edit.start : end], edit.old)
    if edit.old == edit.new:
        raise ChangesNothing
    if cuts_a_word(body, edit.start) or cuts_a_word(body, end):
        raise UnusableEdit(edit, f"The words “{edit.old}” begin or end inside a word of the clause.")


def _check_same(edit: Edit, standing: str, expected: str) -> None:
    if standing != expected:
        raise UnusableEdit(edit, f"The text does not read “{expected}” where this amendment says it does.")


def _check_together(edits: tuple[Edit, ...]) -> None:
    """Two word edits of one amendment may not overlap."""
    words = sorted((e.clause_id, e.start, e.start + len(e.old)) for e in edits if isinstance(e, ReplaceWords))
    for (clause, _, end), (other, start, _) in pairwise(words):
        if clause == other and start < end:
            raise UnusableEdit(edits[0], "Two changes of this amendment overlap.")
