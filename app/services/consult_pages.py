"""What the pages of consultations show. Nothing in them tells who a reader is, but the name they chose to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.consulting import Standing
from app.services.pages import ClauseLine


@dataclass(frozen=True, slots=True)
class ShownReply:
    body: str
    made_on: date


@dataclass(frozen=True, slots=True)
class ShownContribution:
    """A contribution. Moderators see besides why it was refused, and whether its reader waits for a letter."""

    number: int
    clause_id: str | None
    human: str  # how its clause is cited; empty for the whole text
    body: str
    shown_name: str
    made_on: date
    state: str
    reply: ShownReply | None = None
    reason: str = ""
    reason_words: str = ""
    can_be_told: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A consultation: what was asked, from when to when, and where it stands today."""

    slug: str
    number: int  # of the publication
    question: str
    first_day: date
    last_day: date
    closed_on: date | None
    standing: Standing
    ends_when_superseded: bool = False

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.OPEN


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the clauses of a published text: of each the first contributions, and how many there are."""

    facts: Facts
    shown: Mapping[str | None, tuple[ShownContribution, ...]] = field(default_factory=dict)
    counts: Mapping[str | None, int] = field(default_factory=dict)

    @property
    def together(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """`clause_id` is None for the whole text."""

    clause_id: str | None
    human: str
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """The publication around a page. `token`: of the address by link, for whoever came by it."""

    slug: str
    number: int
    title: str
    language: str
    visibility: str
    token: str | None = None
    is_member: bool = False
    manages: bool = False


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The consultation on a publication, with what came of it. `counts`: by state; strangers are told of accepted and
    answered ones. `chosen`: a clause whose contributions alone are listed, `whole` those on the whole text; `after` the
    number behind which the next page begins."""

    around: Around
    facts: Facts
    counts: Mapping[str, int]
    clauses: tuple[ClauseCount, ...]
    contributions: tuple[ShownContribution, ...]
    chosen: ClauseCount | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class ContributePage:
    """The form of a contribution. `line`: the clause it is on; `may_be_told`: whoever is signed in has an address that
    they confirmed."""

    around: Around
    facts: Facts
    line: ClauseLine | None
    is_signed_in: bool
    may_be_told: bool


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """What somebody confirms by a link."""

    title: str
    language: str
    human: str
    contribution: ShownContribution


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The contributions of a consultation in one state, for whoever moderates them."""

    around: Around
    facts: Facts
    counts: Mapping[str, int]
    state: str
    contributions: tuple[ShownContribution, ...]
    after: int | None = None


@dataclass(frozen=True, slots=True)
class QueueLine:
    facts: Facts
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """The form that opens a consultation, with the days that it proposes."""

    around: Around
    first_day: date
    last_day: date
