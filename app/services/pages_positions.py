"""What pages show of positions: a line per seat, what it said before, and what whoever looks may do."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.scale import Meaning, Scale, Step
from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_calls import CallHead
from app.services.pages_closing import NOTHING, AnswerLine, Closing


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position as it was given. `step` None: taken back. `about` and `place` say on what: the clause, all that stands
    in `place`, the whole version, the amendment. `lapsed` says why it does not count: setting (the text changed, its
    words did not), text, reopened, unconfirmed; empty where it counts. `hidden`: until its call is revealed."""

    id: int
    step: Step | None
    reason: str
    by: str  # full name; empty where it is not stored
    entered_for: bool  # by a facilitator
    at: datetime
    version: int
    about: str
    place: str = ""
    lapsed: str = ""
    confirm_until: datetime | None = None
    confirmed_at: datetime | None = None
    hidden: bool = False
    answers: tuple[AnswerLine, ...] = ()  # of an objection

    @property
    def objects(self) -> bool:
        return self.step is not None and self.step.meaning is Meaning.OBJECTS

    @property
    def may_be_printed(self) -> bool:
        """Whether its reason may stand with the text as a reservation."""
        return self.step is not None and self.step.meaning is Meaning.RESERVED and not (self.lapsed or self.hidden)

    @property
    def is_provisional(self) -> bool:
        """Given ad referendum, not confirmed, and still in time."""
        return self.confirm_until is not None and self.confirmed_at is None and self.lapsed != "unconfirmed"

    @property
    def days_to_confirm(self) -> int | None:
        """In how many days it was to be confirmed, where it was not: what a repeated one has too."""
        return max((self.confirm_until - self.at).days, 1) if self.confirm_until and not self.confirmed_at else None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """What a seat says. `inherited`: the institution merged into it that said so. `history` newest first."""

    institution: InstitutionMark  # untold where only one's own may be named
    kind: str
    position: PositionLine | None
    inherited: InstitutionMark | None = None
    history: tuple[PositionLine, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class PositionsShown:
    """`words` is the fingerprint of the text that is shown, `words_below` that of it with all below (empty: nothing
    stands below). `barred` says why whoever looks cannot speak for an institution: role, seat, part; empty where they
    can."""

    state: str
    seats: tuple[SeatLine, ...]
    steps: Scale
    words: str
    words_below: str = ""
    barred: str = "role"
    enter_for: tuple[InstitutionMark, ...] = ()  # institutions for which a facilitator may enter one
    blocking: tuple[InstitutionMark, ...] = ()
    waiting: tuple[InstitutionMark, ...] = ()
    lapsed: tuple[InstitutionMark, ...] = ()
    unanswered: tuple[InstitutionMark, ...] = ()  # of those that object
    may_answer: bool = False
    closing: Closing = NOTHING
    asked: tuple[CallHead, ...] = ()  # calls that ask about it and are not closed

    @property
    def by_step(self) -> tuple[tuple[Step, int], ...]:
        """How many say each step of the scale, whoever they are."""
        said = [one.step.number for one in self._counted if one.step]
        return tuple((step, said.count(step.number)) for step in self.steps if step.number in said)

    @property
    def silent(self) -> int:
        """How many have said nothing that counts."""
        return len(self.seats) - len(self._counted)

    @property
    def _counted(self) -> list[PositionLine]:
        said = [seat.position for seat in self.seats if seat.position]
        return [one for one in said if one.step and not one.lapsed and not one.hidden]

    @property
    def is_sealed(self) -> bool:
        """Whether what is stated here is hidden until a call is revealed."""
        return any(call.sealed for call in self.asked)

    @property
    def may_state(self) -> bool:
        return bool(self.words) and (not self.barred or bool(self.enter_for))


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A clause on which one's own institution has something to do: its position there lapsed or waits for its word."""

    clause_id: str
    human: str
    position: PositionLine


@dataclass(frozen=True, slots=True)
class OwnPositions:
    """The page of one's own institution, and of what is said about the whole latest version."""

    draft: DraftHead
    whole: PositionsShown
    lapsed: tuple[OwnLine, ...]
    to_confirm: tuple[OwnLine, ...]
    answered: tuple[OwnLine, ...] = ()  # one's own objections that the group answered and one said nothing to
    in_setting_of_all: int = 0  # positions of all institutions whose text changed in its setting only, for facilitators

    @property
    def in_setting(self) -> tuple[OwnLine, ...]:
        """Those whose text changed in its setting only."""
        return tuple(line for line in self.lapsed if line.position.lapsed == "setting")
