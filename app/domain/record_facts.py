"""What a record tells: facts about sessions, in no language yet; names of institutions are in that of the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class RecordKind(StrEnum):
    """A record of one session, one of all of them, or a short word to the outside."""

    SESSION = "session"
    WORKSHOP = "workshop"
    COMMUNIQUE = "communique"


class Mode(StrEnum):
    """Who may be named: people who agreed to it, institutions only, or nobody."""

    NAMED = "named"
    INSTITUTION_ONLY = "institution_only"
    UNATTRIBUTED = "unattributed"


@dataclass(frozen=True, slots=True)
class Participant:
    """An institution that came; `seat` full, advisory, facilitating, or empty for one without a seat today. Without a
    `name`: people whom no institution sent, or institutions that may not be named (`count` of them)."""

    name: str
    seat: str
    arrived: datetime | None = None
    people: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """`result` is what the rule of `call` gave, empty where there was no call or its answers are hidden still;
    `fingerprints` of the clauses decided on, in full."""

    outcome: str
    words: str
    rule: str
    share: str
    call: int | None
    result: str
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item of the agenda and what became of it; `status` as in a sitting."""

    cited: str
    heading: str
    reading: int
    status: str
    decision: DecisionTold | None = None


@dataclass(frozen=True, slots=True)
class CallTold:
    """`state`: open, hidden (held, and not revealed), called_off, closed. `results` are told of a closed one alone."""

    number: int
    about: tuple[str, ...]
    rule: str
    share: str
    state: str
    results: tuple[str, ...] = ()
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class AmendmentTold:
    number: int
    title: str
    cited: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTold:
    """A small group: what it worked on, who was in it (`count` where they may not be named), and what it brought."""

    name: str
    range: tuple[str, ...]
    members: tuple[str, ...]
    count: int
    report: str
    amendments: tuple[int, ...]
    reported: bool


@dataclass(frozen=True, slots=True)
class SessionTold:
    number: int
    title: str
    place: str
    opened_at: datetime
    closed_at: datetime | None
    version: int
    breaks: tuple[tuple[datetime, datetime | None], ...] = ()
    participants: tuple[Participant, ...] = ()
    items: tuple[ItemTold, ...] = ()
    calls: tuple[CallTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Provisional:
    """Clauses agreed ad referendum, and who is to confirm until when."""

    cited: tuple[str, ...]
    confirm: tuple[tuple[str, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class BracketTold:
    """A clause about which something is open: `colliding` where amendments to it cannot stand together."""

    cited: str
    contested: bool
    colliding: bool
    amendments: tuple[AmendmentTold, ...]


@dataclass(frozen=True, slots=True)
class ObjectionTold:
    """`stands`: it holds its clauses up. Without a `party`: as many as `count`."""

    cited: tuple[str, ...]
    party: str
    reason: str
    answers: tuple[str, ...]
    stands: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """A reservation or an explanation of position, or (`reserved`) the word with which a seat said so."""

    cited: tuple[str, ...]
    party: str
    kind: str
    text: str
    version: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class MatterTold:
    number: int
    words: str
    cited: str
    owner: str
    due: date | None
    settled: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many clauses of the text are how far, as the board counts them."""

    agreed: int
    ad_referendum: int
    contested: int
    other: int

    @property
    def total(self) -> int:
        return self.agreed + self.ad_referendum + self.contested + self.other


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Everything a record tells. `agreed` are the clauses of its sessions, whole parts of the text in one; the counts
    are those of the whole text."""

    kind: RecordKind
    mode: Mode
    draft: str
    version: int
    at: datetime
    sessions: tuple[SessionTold, ...]
    counts: Counts
    agreed_here: int = 0
    agreed: tuple[str, ...] = ()
    provisional: tuple[Provisional, ...] = ()
    brackets: tuple[BracketTold, ...] = ()
    objections: tuple[ObjectionTold, ...] = ()
    printed: tuple[Printed, ...] = ()
    proposed: tuple[AmendmentTold, ...] = ()
    groups: tuple[GroupTold, ...] = ()
    matters: tuple[MatterTold, ...] = ()
    open_calls: tuple[CallTold, ...] = ()


def as_may_be_told(facts: RecordFacts) -> RecordFacts:
    """The same without whom its draft does not let be named: no person but in the named mode, and in the unattributed
    one no institution either, nor what one wrote."""
    if facts.mode is Mode.NAMED:
        return facts
    if facts.mode is Mode.INSTITUTION_ONLY:
        return replace(facts, sessions=tuple(_without_people(one) for one in facts.sessions))
    return replace(
        facts,
        sessions=tuple(_counted(one) for one in facts.sessions),
        provisional=tuple(
            replace(one, confirm=tuple(("", until) for _, until in one.confirm)) for one in facts.provisional
        ),
        brackets=tuple(replace(one, amendments=_nameless(one.amendments)) for one in facts.brackets),
        objections=_objections(facts.objections),
        printed=_printings(facts.printed),
        proposed=_nameless(facts.proposed),
        groups=tuple(replace(one, members=()) for one in facts.groups),
        matters=tuple(replace(one, owner="") for one in facts.matters),
    )  # fmt: skip


def _without_people(told: SessionTold) -> SessionTold:
    named = (replace(one, people=()) for one in told.participants if one.name)
    return replace(told, participants=tuple(named))


def _counted(told: SessionTold) -> SessionTold:
    seats = [one.seat for one in told.participants if one.name]
    return replace(
        told, participants=tuple(Participant("", seat, count=seats.count(seat)) for seat in dict.fromkeys(seats))
    )


def _nameless(those: Sequence[AmendmentTold]) -> tuple[AmendmentTold, ...]:
    return tuple(replace(one, parties=()) for one in those)


def _objections(those: Sequence[ObjectionTold]) -> tuple[ObjectionTold, ...]:
    """How many there were about what, and no word of theirs."""
    keys = [(one.cited, one.stands) for one in those]
    return tuple(
        ObjectionTold(cited, "", "", (), stands, keys.count((cited, stands))) for cited, stands in dict.fromkeys(keys)
    )


def _printings(those: Sequence[Printed]) -> tuple[Printed, ...]:
    keys = [(one.cited, one.kind) for one in those]
    return tuple(Printed(cited, "", kind, "", 0, keys.count((cited, kind))) for cited, kind in dict.fromkeys(keys))
