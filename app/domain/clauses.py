"""A law as clauses: `write(reading.parse(text).clauses) == text`, byte for byte, for every text.

The clauses partition the document in reading order; labels are kept as written; nothing is renumbered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Kind(StrEnum):
    """What a clause is. The order is the order of levels in a law, outermost first."""

    __hash__ = str.__hash__  # an enumeration's own is four times slower, and every clause asks for it

    FRONT_MATTER = "front_matter"  # the YAML block at the head of the file
    TITLE = "title"  # the name of the law
    PART = "part"  # часть кодекса, Livre, Part
    SECTION = "section"  # раздел, бөлүм, Titre, Title, Розділ
    CHAPTER = "chapter"  # глава, Chapitre, peatükk
    SUBCHAPTER = "subchapter"  # Section or Paragraphe below a chapter, jagu, jaotis
    ARTICLE = "article"  # статья, берене, Article, §, UK section
    PARAGRAPH = "paragraph"  # часть 1., lõige (1), UK subsection (1)
    POINT = "point"  # пункт 1), (a)
    SUBPOINT = "subpoint"  # подпункт а), (i)
    INDENT = "indent"  # an unnumbered paragraph (абзац, alinéa)
    TABLE = "table"  # opaque: kept and compared whole
    CODE = "code"  # opaque
    QUOTE = "quote"  # opaque: quoted structure of an amending act, block quotes


class Clause(NamedTuple):
    """One clause as it stands in the source: `lead + body + tail`.

    `lead` is everything before the words (indentation, `### `, the label and the space after it), `body` the words
    themselves (of a heading: its title), `tail` the line ends and blank lines up to the next clause.
    `label` is exactly as written (`Article 12-1.`, `1)`), without surrounding space, empty when there is none.
    `address` is the label path in ASCII (`art_13__para_1__point_2`), unique within one document.
    `depth` counts the clauses above it in the tree; a parent is the nearest earlier clause of smaller depth.
    (A tuple and no dataclass: a code of law has ten thousand of them, and they are made three times as fast.)
    """

    kind: Kind
    depth: int
    label: str
    address: str
    lead: str
    body: str
    tail: str

    @property
    def source(self) -> str:
        return self.lead + self.body + self.tail


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a drafter should look at: `code` for machines (`duplicate_number`, `numbering_gap`, …), one sentence
    for people, and the address of the clause it is about. A problem never stops a reading."""

    code: str
    address: str
    sentence: str


class Outline:
    """What a reading of a text found: its clauses, and what a drafter should look at. Numbering is looked through when
    problems are first asked for: comparing and merging never do."""

    def __init__(
        self,
        clauses: tuple[Clause, ...],
        found: Iterable[Problem],
        look_through: Callable[[Sequence[Clause]], Iterable[Problem]],
    ) -> None:
        self.clauses = clauses
        self._found, self._look_through = tuple(found), look_through

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return (*self._found, *self._look_through(self.clauses))


def write(clauses: Iterable[Clause]) -> str:
    """The text of these clauses, joined in order."""
    return "".join(clause.source for clause in clauses)
