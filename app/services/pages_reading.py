"""What the reading view gives to its page: a text in one of four views, and what is on the table about it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.diff import Span
from app.services.pages import ClauseLine, DraftHead, InstitutionMark, VersionHead

VIEWS = ("clean", "brackets", "redline", "provenance")


@dataclass(frozen=True, slots=True)
class By:
    """An amendment and whose it is."""

    number: int
    institution: InstitutionMark | None
    title: str
    sponsors: tuple[InstitutionMark, ...] = ()  # institutions that propose it too


@dataclass(frozen=True, slots=True)
class SideShown:
    """What a bracket proposes; empty text: that the words go."""

    text: str
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class BracketShown:
    """A group of brackets: the base's words (may be empty) and every side; `before` and `after` are white space."""

    before: str
    base: str
    sides: tuple[SideShown, ...]
    after: str


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A bracketed note about a whole clause: insert, delete, move, arrive, relabel. `human` is where it moves to, or
    which clause arrives."""

    kind: str
    text: str
    human: str
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class BracketsShown:
    """What stands in brackets, by clause id. `counts` are the open brackets of the clauses that have some."""

    runs: Mapping[str, tuple[str | BracketShown, ...]]
    at: Mapping[str, tuple[NoteShown, ...]]
    behind: Mapping[str, tuple[NoteShown, ...]]  # '': before the first clause
    counts: Mapping[str, int]
    total: int
    first: str = ""  # the first clause that has some, of those that are shown
    following: Mapping[str, str] = field(default_factory=dict)  # the next one, by clause id


@dataclass(frozen=True, slots=True)
class KeptShown:
    """Words that a version was issued with in brackets. `human` is how their clause is cited there; `reason` what the
    sides collide about."""

    clause_id: str
    human: str
    reason: str
    bracket: BracketShown


@dataclass(frozen=True, slots=True)
class RedlineShown:
    """A clause marked up against another version. `was` is how it was cited there when that differs."""

    kind: str
    line: ClauseLine
    spans: tuple[Span, ...]
    was: str
    old_label: str


@dataclass(frozen=True, slots=True)
class OriginShown:
    """Where words come from: a later version, and the amendments that brought them (none: it was imported so)."""

    version: int
    by: tuple[By, ...]
    settled: bool

    @property
    def id(self) -> str:
        """Names its line of the legend."""
        return "-".join(map(str, ("origin", self.version, *(by.number for by in self.by), *("s",) * self.settled)))


@dataclass(frozen=True, slots=True)
class OriginRun:
    """Words and where they come from; None: they stood in the first version."""

    text: str
    origin: OriginShown | None


@dataclass(frozen=True, slots=True)
class ProvenanceShown:
    """Clauses with words of later origin, and everything the legend names, in the order of first appearance."""

    runs: Mapping[str, tuple[OriginRun, ...]]
    legend: tuple[OriginShown, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A version of a law in one view. `clauses` leave the front matter out and are only those of `chapter` when one was
    asked for; `active` are the places in `clauses` about which something is said; `key` names what the words of the
    clauses follow from. Exactly one of brackets, redline and provenance is there, or none in the clean view."""

    draft: DraftHead
    version: VersionHead
    view: str
    key: Hashable
    clauses: Sequence[ClauseLine]
    active: tuple[int, ...]
    front_matter: tuple[tuple[str, str], ...]
    chapter: ClauseLine | None = None
    brackets: BracketsShown | None = None
    against: VersionHead | None = None
    redline: tuple[RedlineShown, ...] = ()
    provenance: ProvenanceShown | None = None
    open_brackets: int = 0  # of the latest version, whichever is shown
    kept: tuple[KeptShown, ...] = ()  # what this version was issued with
    states: Mapping[str, str] = field(
        default_factory=dict
    )  # of the clauses that are not simply open, as they stand now
    explanations: int = 0  # reservations and explanations of position in the annex
