"""What pages show of calls: what is asked and by which rule, who was reached, what was said, what follows from it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.diff import Span
from app.domain.scale import Scale, Step
from app.services.pages import ChangeLine, ClauseLine, DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class CallHead:
    """`state`: open; over (its time is, it is not closed yet); closed; called_off. `share` is that of a majority, as
    people write it. `sealed`: what was chosen is hidden still."""

    number: int
    question: str
    rule: str
    share: str
    more: bool
    of_seats: bool
    hidden: bool
    sealed: bool
    state: str
    version: int
    count: int  # of what it asks about
    opened_at: datetime
    opened_by: str  # full name; empty where it is not stored
    deadline: datetime | None
    confirm_until: datetime | None
    revealed_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in the list. `received` and `answered` count institutions of `seats`; `waits`: for one's own; `results`
    counts what it gave."""

    call: CallHead
    received: int
    answered: int
    seats: int
    waits: bool
    results: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CallsPage:
    draft: DraftHead
    current: tuple[CallLine, ...]  # open, or waiting to be closed
    former: tuple[CallLine, ...]
    may_call: bool


@dataclass(frozen=True, slots=True)
class ReachedLine:
    """An institution at the table: when it confirmed receipt, how much of it it answered."""

    institution: InstitutionMark
    kind: str
    received_at: datetime | None
    answered: int
    ours: bool


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What a seat says about one thing. `step` None: nothing. `answered`: an objection has its reply. `lapsed`: it does
    not count for the text that was asked about, or any more."""

    institution: InstitutionMark
    kind: str
    step: Step | None = None
    reason: str = ""
    by: str = ""
    entered_for: bool = False
    at: datetime | None = None
    confirm_until: datetime | None = None
    confirmed_at: datetime | None = None
    answered: bool = False
    lapsed: bool = False
    inherited: InstitutionMark | None = None
    hidden: bool = False
    position_id: int = 0
    ours: bool = False

    @property
    def objects(self) -> bool:
        return self.step is not None and self.step.meaning == "objects"

    @property
    def is_provisional(self) -> bool:
        return self.confirm_until is not None and self.confirmed_at is None


@dataclass(frozen=True, slots=True)
class AmendmentAsked:
    number: int
    title: str
    institution: InstitutionMark | None
    state: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One thing that is asked about. `clause` as it stands, where it reads as it did; `now` leads from the words asked
    about to those that stand (None: it is gone). `standing` is what the rule makes of what was said so far, `result`
    what it gave in the end; both are empty where there is none."""

    ordinal: int
    human: str
    clause_id: str | None
    clause: ClauseLine | None
    amendment: AmendmentAsked | None
    differs: bool
    void: bool
    now: tuple[Span, ...] | None
    standing: str
    result: str
    said: tuple[SaidLine, ...]
    own: SaidLine | None
    may_answer: bool
    votes: tuple[int, int] = (0, 0)
    blocking: tuple[InstitutionMark, ...] = ()
    unanswered: tuple[InstitutionMark, ...] = ()
    asking: tuple[InstitutionMark, ...] = ()
    waiting: tuple[InstitutionMark, ...] = ()
    reserved: tuple[InstitutionMark, ...] = ()

    @property
    def by_step(self) -> tuple[tuple[Step, int], ...]:
        """How many said each step, whoever they are, from the first of the scale on."""
        said = [line.step for line in self.said if line.step and not line.lapsed and not line.hidden]
        return tuple((step, said.count(step)) for step in sorted(set(said), key=lambda step: step.number))


@dataclass(frozen=True, slots=True)
class SealLine:
    """A commitment in the record. `words` is what it was made of, once the call is revealed; `holds`: both agree."""

    event: int
    institution: InstitutionMark | None
    human: str
    at: datetime
    commitment: str
    words: str = ""
    step: Step | None = None
    holds: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """The end was put off: when, from which end, and why."""

    at: datetime
    former: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """`missing` have not confirmed or answered; `early` are those without whose answers it is neither revealed nor
    closed before its end. `barred` says why whoever looks does not answer: role, seat, part; empty where they may."""

    draft: DraftHead
    call: CallHead
    items: tuple[ItemShown, ...]
    reached: tuple[ReachedLine, ...]
    missing: tuple[InstitutionMark, ...]
    early: tuple[InstitutionMark, ...]
    seals: tuple[SealLine, ...]
    steps: Scale
    barred: str
    enter_for: tuple[InstitutionMark, ...]
    may_call: bool
    received: bool
    reason: str = ""  # why it was called off
    extensions: tuple[ExtensionLine, ...] = ()

    @property
    def left(self) -> int:
        """How much one's own institution has not answered."""
        return sum(item.may_answer and item.own is None for item in self.items)

    @property
    def received_by(self) -> int:
        """How many institutions confirmed that it reached them."""
        return sum(line.received_at is not None for line in self.reached)

    @property
    def answered_by(self) -> int:
        """How many answered all that is asked."""
        return sum(line.answered == self.call.count for line in self.reached)

    @property
    def holds(self) -> bool:
        """Whether everything revealed is what the record was given."""
        return all(seal.holds for seal in self.seals)


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a call may ask about: a clause (`id`) or an amendment (`number`); `words` as it reads."""

    human: str
    words: str
    id: str = ""
    number: int = 0
    depth: int = 0
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """The form that opens a call: what it would ask about, and what it could ask about besides."""

    draft: DraftHead
    chosen: tuple[Offered, ...]
    parts: tuple[Offered, ...]
    amendments: tuple[Offered, ...]
    days_off: int
    full_seats: int
