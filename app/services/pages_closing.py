"""What pages show around the positions on a clause: answers to objections, a reopening, clauses it is linked with,
words printed with it; and the annex in which those stand."""

from dataclasses import dataclass
from datetime import datetime

from app.services.pages import DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How the group answered an objection. A change names an `amendment` (with its state) or a `version`; `counts`: the
    objection has its answer with it, which a change that is not in the text yet does not give."""

    id: int
    kind: str  # reply, change
    text: str
    by: str  # full name; empty where it is not stored
    at: datetime
    version: int | None
    amendment: int | None
    state: str
    counts: bool
    maintained_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """Why what was agreed was taken up again."""

    reason: str
    by: str
    institution: InstitutionMark | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkedClause:
    """A clause of a package and how far it is, with all below it; `human` is empty for one that left the text."""

    clause_id: str
    human: str
    state: str
    level: int = 0  # of a heading
    has_below: bool = False


@dataclass(frozen=True, slots=True)
class PackageLine:
    """Clauses that are agreed together, in the order of the text. `holds`: one of them is not agreed yet."""

    id: int
    reason: str
    by: str
    at: datetime
    clauses: tuple[LinkedClause, ...]

    @property
    def holds(self) -> bool:
        return any(clause.human and clause.state not in ("agreed", "ad_referendum") for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A reservation or an explanation of position. `changed`: the words of the clause are others now; `ours`: whoever
    looks may withdraw it."""

    id: int
    kind: str
    institution: InstitutionMark
    text: str
    by: str
    entered_for: bool
    at: datetime
    version: int
    changed: bool
    withdrawn_at: datetime | None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """What belongs to the closing of one clause, and what whoever looks may do about it."""

    reopened: Reopened | None = None
    may_reopen: bool = False
    packages: tuple[PackageLine, ...] = ()
    may_link: bool = False
    explanations: tuple[ExplanationLine, ...] = ()

    @property
    def printed(self) -> tuple[ExplanationLine, ...]:
        return tuple(line for line in self.explanations if line.withdrawn_at is None)

    @property
    def withdrawn(self) -> tuple[ExplanationLine, ...]:
        return tuple(line for line in self.explanations if line.withdrawn_at is not None)


NOTHING = Closing()


@dataclass(frozen=True, slots=True)
class AnnexGroup:
    """What is printed with one clause. `human` is empty for one that left the text."""

    clause_id: str
    human: str
    lines: tuple[ExplanationLine, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Everything that is printed with the text of the latest version, in its order; clauses that are gone come last."""

    draft: DraftHead
    groups: tuple[AnnexGroup, ...]


@dataclass(frozen=True, slots=True)
class ChoiceOfClauses:
    """The clauses with which one may be linked: a chapter each, with what stands in it. `own` is the one to begin with;
    `here` the chapter in which it stands."""

    draft: DraftHead
    own: LinkedClause
    chapters: tuple[tuple[LinkedClause, tuple[LinkedClause, ...]], ...]
    here: str
    packages: tuple[PackageLine, ...]
