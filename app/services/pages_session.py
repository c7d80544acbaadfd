"""What pages show of sessions: the agenda and where it stands, who speaks, who is there, what is asked and decided."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_calls import CallHead


@dataclass(frozen=True, slots=True)
class SessionHead:
    """`state`: planned, open, paused, closed, called_off."""

    number: int
    title: str
    place: str
    state: str
    planned_for: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    version: int | None
    attribution: str = ""  # of contributions made in it, where it is stricter than the draft's


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """`rule` is that of the call, or no_objection; `outdated`: the text it was decided on has changed since."""

    outcome: str
    words: str
    rule: str
    call: int | None
    result: str
    version: int
    at: datetime
    outdated: bool


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item. `human` is how it is cited, `heading` its heading or, where it is not `titled`, its first words; `gone`:
    the clause is not in the latest version. `ends_at`: when its time box is over, while it runs."""

    number: int
    kind: str
    human: str
    heading: str
    clause_id: str | None
    amendment: int | None
    reading: int
    minutes: int | None
    added: int
    status: str
    spent: timedelta
    ends_at: datetime | None
    gone: bool
    decision: DecisionLine | None
    calls: tuple[int, ...]
    titled: bool


@dataclass(frozen=True, slots=True)
class TurnLine:
    """Somebody on the list of speakers: an institution, or a guest by name. `ours`: the reader may waive it."""

    number: int
    institution: InstitutionMark | None
    name: str
    asked_at: datetime
    ours: bool


@dataclass(frozen=True, slots=True)
class FloorLine:
    turn: TurnLine
    since: datetime


@dataclass(frozen=True, slots=True)
class SeatLine:
    """An institution with a seat; `kind` full, advisory or facilitating; `since`: it is here."""

    institution: InstitutionMark
    kind: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter in the parking lot."""

    number: int
    words: str
    human: str
    clause_id: str | None
    owner: InstitutionMark | None
    owner_words: str
    due: date | None
    session: int | None
    parked_at: datetime
    settled_at: datetime | None
    settled_words: str


@dataclass(frozen=True, slots=True)
class UndoLine:
    """The last deed, by its kind and its number in the record, and until when it can be undone."""

    deed: int
    kind: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session as its console, its big screen and everybody's page show it. `calls` are those of the current item,
    newest first; `former`, `following`: the items beside the current one."""

    draft: DraftHead
    session: SessionHead
    agenda: tuple[AgendaLine, ...]
    current: AgendaLine | None
    following: AgendaLine | None
    show: str
    part: int
    calls: tuple[CallHead, ...]
    speakers: tuple[TurnLine, ...]
    floor: FloorLine | None
    seats: tuple[SeatLine, ...]
    parked: tuple[MatterLine, ...]
    undo: UndoLine | None
    presiding: bool
    here: bool  # the reader's institution is
    may_speak: bool
