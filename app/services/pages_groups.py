"""What pages show of small groups: their list, one with its range, and the form that forms one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services.group_ranges import Overlap
from app.services.pages import AmendmentLine, ClauseLine, DraftHead, InstitutionMark
from app.services.pages_calls import Offered
from app.services.pages_reading import BracketsShown
from app.services.pages_session import SessionHead


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group. `range` are the clauses it works on, by id, as they are cited; `late`: it should have reported by now;
    `amendments` are the numbers of those it brought back."""

    number: int
    name: str
    task: str
    range: tuple[tuple[str, str], ...]
    members: tuple[InstitutionMark, ...]
    rapporteur: InstitutionMark | None
    session: int | None
    formed_at: datetime
    due_at: datetime | None
    late: bool
    report: str
    amendments: tuple[int, ...]
    reported_at: datetime | None
    dissolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupsPage:
    draft: DraftHead
    working: tuple[GroupLine, ...]
    dissolved: tuple[GroupLine, ...]
    presiding: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with its range as text. `proposed` are the open amendments of its institutions to it, `brought` those of
    its report; `sessions` those on whose agenda they may go."""

    draft: DraftHead
    group: GroupLine
    clauses: tuple[ClauseLine, ...]
    brackets: BracketsShown
    proposed: tuple[AmendmentLine, ...]
    brought: tuple[AmendmentLine, ...]
    overlaps: tuple[Overlap, ...]
    sessions: tuple[SessionHead, ...]
    may_report: bool
    may_propose: bool
    presiding: bool


@dataclass(frozen=True, slots=True)
class FormingPage:
    """The form that forms a group: what is chosen, what other groups have of it, what there is to choose; `busy` says
    of parts of the text which open group works on them."""

    draft: DraftHead
    chosen: tuple[Offered, ...]
    overlaps: tuple[Overlap, ...]
    parts: tuple[Offered, ...]
    busy: Mapping[str, int]
    institutions: tuple[InstitutionMark, ...]
    sessions: tuple[SessionHead, ...]
    held: int | None  # the session that is being held
