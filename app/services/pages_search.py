"""What a search gives to its page: hits in three groups, each with where it stands and the words around."""

from dataclasses import dataclass
from datetime import datetime

from app.services.pages import DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet; `found`: these are words that were looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class InDraft:
    slug: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class NamedClause:
    """The clause that a query names by its number."""

    draft: InDraft
    clause_id: str
    human: str
    words: str


@dataclass(frozen=True, slots=True)
class TextHit:
    """A wording from version `first` to version `last` (None: it stands in the latest)."""

    draft: InDraft
    clause_id: str
    human: str
    snippet: tuple[Piece, ...]
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class AmendmentHit:
    draft: InDraft
    number: int
    title: str
    state: str
    version: int
    institution: InstitutionMark | None
    humans: tuple[str, ...]  # the clauses it changes
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CommentHit:
    """On a clause, or on an amendment when it has a number here."""

    draft: InDraft
    id: int
    clause_id: str
    amendment: int | None
    human: str
    kind: str
    author: str
    institution: InstitutionMark | None
    version: int
    created_at: datetime
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: `group` limits to one of text, amendments, comments; `page` from 1."""

    query: str
    every_version: bool = False
    group: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`readable`: the query holds a word to look for. `more` are the groups that go on behind this page."""

    draft: DraftHead | None
    asked: Asked
    readable: bool
    named: tuple[NamedClause, ...]
    texts: tuple[TextHit, ...]
    amendments: tuple[AmendmentHit, ...]
    comments: tuple[CommentHit, ...]
    more: frozenset[str]

    @property
    def is_empty(self) -> bool:
        return not (self.named or self.texts or self.amendments or self.comments)
