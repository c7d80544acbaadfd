"""What pages show of the planning of sessions: the list of a draft, an agenda that is made, and who may be named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_calls import Offered
from app.services.pages_session import AgendaLine, SessionHead


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list. `minutes` is the sum of its time boxes; `record`: the number of its newest issued one."""

    session: SessionHead
    items: int
    minutes: int
    decisions: int
    record: int | None


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """`held`: those being held, one at the most; `planned`: the next one first; `past`: the newest first."""

    draft: DraftHead
    held: tuple[SessionLine, ...]
    planned: tuple[SessionLine, ...]
    past: tuple[SessionLine, ...]
    presiding: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The form that plans a session. `before`: the number of the last one that was held."""

    draft: DraftHead
    before: int | None


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """An agenda as its facilitator makes it. `due` says when each item is, by number, where that is known; `unboxed`
    counts those without a time box; `removable` may be taken off still; `before`: the number of the last session that
    was held."""

    draft: DraftHead
    session: SessionHead
    agenda: tuple[AgendaLine, ...]
    due: Mapping[int, datetime]
    minutes: int
    unboxed: int
    ends_at: datetime | None
    changeable: bool
    removable: frozenset[int]
    contents: tuple[Offered, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class NamedLine:
    """Somebody who agreed to be named. `ours`: the reader may take it back."""

    id: int
    name: str
    institution: InstitutionMark | None
    at: datetime
    ours: bool
    own: bool  # it is the reader


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """`names` are those that the reader may see: their own, and for whoever presides all; `count` is how many there
    are. `barred`: why none is taken: unattributed, not_begun, called_off. `issued`: a record of it was issued."""

    draft: DraftHead
    session: SessionHead
    names: tuple[NamedLine, ...]
    own: NamedLine | None
    count: int
    offered: str
    seats: tuple[InstitutionMark, ...]
    presiding: bool
    barred: str
    issued: bool
