"""What the board of agreement gives to its pages: institutions beside clauses, who holds what up, how it went on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.scale import Scale, Step
from app.services.pages import ClauseLine, DraftHead, InstitutionMark
from app.services.pages_overview import Choice

STATES = ("unsettled", "contested", "reopened", "discussed", "open", "ad_referendum", "agreed")
"""What the board can be asked for; `unsettled` is whatever is not agreed."""
SAYS = ("nothing", "lapsed", "provisional", "objects", "asks", "reserved", "abstains", "in_favour")
"""What a seat says of a clause, for those who ask for the clauses of which one says so."""


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """Which clauses somebody wants to see; empty: all. `state` is one of STATES, `says` one of SAYS by the institution
    (or, where none is named, by any), `within` the id of a heading. `opened` are the
    rows whose clauses are shown; `printed`: those of all."""

    state: str = ""
    institution: str = ""
    says: str = ""
    within: str = ""
    opened: tuple[str, ...] = ()
    printed: bool = False

    @property
    def narrows(self) -> bool:
        """Whether clauses are left out because of what is said about them."""
        return bool(self.state or self.institution or self.says)


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A seat. `formerly` were merged into it; `silent` counts the clauses of which it has said nothing that counts."""

    institution: InstitutionMark
    kind: str
    formerly: tuple[InstitutionMark, ...]
    silent: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A heading, an article or a clause with what every seat says of it and of all below it. `rank` is title, heading,
    article or clause; `target` the clause to go to from it; `counts` say how many of its clauses are in which state;
    `opens`: there are clauses to show. `cells` are in the order of the columns; see board_cells. `shares`, of a
    heading: how many of its clauses each seat is in favour of, and to how many it objects. Where institutions are not
    told, `cells` and `shares` are one's own alone, and `said` how many say each step, spoke earlier, said nothing."""

    line: ClauseLine
    rank: str
    target: str
    state: str
    cells: tuple[int, ...]
    counts: Mapping[str, int]
    opens: bool = False
    shares: tuple[tuple[int, int], ...] = ()
    rows: tuple["BoardRow", ...] = ()
    said: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board. `parts` are rows that a browser lays out together; `counts` are of all clauses, whatever was asked
    for, `found` those that are as asked; `gone` had seats that nobody fills any more. Of `seats` those have a column
    that may be named: where institutions are not told, one's own."""

    draft: DraftHead
    asked: BoardAsked
    columns: tuple[BoardColumn, ...]
    parts: tuple[tuple[BoardRow, ...], ...]
    steps: Scale
    counts: Mapping[str, int]
    found: int
    states: tuple[Choice, ...]
    headings: tuple[Choice, ...]
    gone: tuple[InstitutionMark, ...] = ()
    seats: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """The clauses of one row, for a page that has the rest already."""

    draft: DraftHead
    columns: tuple[BoardColumn, ...]
    steps: Scale
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class BoardTable:
    """Every clause as asked, for spreadsheets: with the reasons that were given, by institution."""

    draft: DraftHead
    columns: tuple[BoardColumn, ...]
    steps: Scale
    rows: tuple["BoardTableRow", ...]


@dataclass(frozen=True, slots=True)
class BoardTableRow:
    line: ClauseLine
    state: str
    cells: tuple[int, ...]
    blocking: tuple[InstitutionMark, ...]
    waiting: tuple[InstitutionMark, ...]
    reasons: tuple[tuple[InstitutionMark, str], ...]
    said: tuple[int, ...] = ()  # where institutions are not told: how many say what


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What holds clauses up: `kind` is objects, asks, lapsed, provisional or collides. `places` are the clauses and how
    they are cited; `step` and `reason` what was said, to be confirmed `until`; `answered`: an objection that has its
    answer and is held up all the same; `amendments` what collides."""

    kind: str
    since: datetime
    places: tuple[tuple[str, str], ...]
    institution: InstitutionMark | None = None
    step: Step | None = None
    reason: str = ""
    until: datetime | None = None
    answered: bool = False
    amendments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockingPage:
    """What holds agreement up, the oldest first, as far as it is shown; how many there are by kind; and of how many
    clauses who has said nothing yet."""

    draft: DraftHead
    obstacles: tuple[Obstacle, ...]
    found: int
    kinds: tuple[Choice, ...]
    kind: str
    silent: tuple[BoardColumn, ...]
    now: datetime
    yet: int = 0  # how many that count have clauses of which they said nothing


@dataclass(frozen=True, slots=True)
class ProgressDay:
    """How many clauses were how far at the end of a day: agreed, ad referendum, contested, not yet."""

    day: date
    agreed: int
    ad_referendum: int
    contested: int
    open: int

    @property
    def total(self) -> int:
        return self.agreed + self.ad_referendum + self.contested + self.open

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.agreed, self.ad_referendum, self.contested, self.open


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """A chapter day by day, or with no line the whole law."""

    line: ClauseLine | None
    days: tuple[ProgressDay, ...]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    draft: DraftHead
    whole: ProgressPart
    chapters: tuple[ProgressPart, ...]
    issued: tuple[tuple[date, int], ...]  # on which days which versions came
