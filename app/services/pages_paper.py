"""What the sheets of a session on paper show, and the form by which ballots are entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.scale import Scale
from app.services.pages import AmendmentLine, ClauseLine, DraftHead, InstitutionMark
from app.services.pages_calls import CallHead
from app.services.pages_reading import BracketsShown
from app.services.pages_session import AgendaLine, SessionHead

AGENDA, CLAUSES, BALLOTS = PARTS = ("agenda", "clauses", "ballots")


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """What is to be printed: parts of the set; of the agenda one item alone, of the institutions one alone."""

    parts: tuple[str, ...] = (AGENDA, CLAUSES)
    item: int | None = None
    institution: str = ""


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """An item with room to write: a clause with all below it as text, or an amendment."""

    line: AgendaLine
    clauses: tuple[ClauseLine, ...]
    amendment: AmendmentLine | None


@dataclass(frozen=True, slots=True)
class AskedOnPaper:
    """What a ballot is about. `place` is its code without the institution, `check` what it shows of the fingerprint of
    its words; `gone`: the clause is not in the text any more."""

    place: str
    check: str
    item: int
    human: str
    heading: str
    clauses: tuple[ClauseLine, ...]
    amendment: AmendmentLine | None
    call: CallHead | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    asked: AskedOnPaper
    institution: InstitutionMark

    @property
    def code(self) -> str:
        return f"{self.asked.place}-{self.institution.code}"


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The sheets, in the order in which they are printed. `begins`: when each item is due, by number, where known."""

    draft: DraftHead
    session: SessionHead
    asked: PaperAsked
    agenda: tuple[AgendaLine, ...]
    begins: Mapping[int, datetime]
    sheets: tuple[ItemSheet, ...]
    brackets: BracketsShown
    ballots: tuple[Ballot, ...]
    count: int  # of all ballots of the session
    institutions: tuple[InstitutionMark, ...]
    scale: Scale
    presiding: bool


@dataclass(frozen=True, slots=True)
class BallotsPage:
    """The form; `hidden`: numbers of the open calls whose answers the others do not see yet."""

    draft: DraftHead
    session: SessionHead
    asked: tuple[AskedOnPaper, ...]
    institutions: tuple[InstitutionMark, ...]
    scale: Scale
    hidden: tuple[int, ...]
