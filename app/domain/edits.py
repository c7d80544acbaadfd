"""What an amendment does to the text: edits at the level of words inside a clause and of clauses inside the tree.

An edit keeps the words it starts from, so that it can be checked against any version and never applied to other words.
Positions are character offsets into the clause's body and never cut a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.clauses import Clause
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


Edit = ReplaceWords | RestateClause | InsertClauses | DeleteClause | MoveClause | Relabel


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
    raise NotImplementedError


def check(law: Law, edits: tuple[Edit, ...]) -> None:
    """Raises UnusableEdit where an edit names an unknown clause, other words, cuts a word, or contradicts another one
    of the same amendment; and where the edits change nothing at all."""
    raise NotImplementedError
