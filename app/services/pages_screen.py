"""What stands on the big screen of a session, and on everybody's page of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.fitting import Block
from app.domain.scale import Scale, Step
from app.services.pages import InstitutionMark
from app.services.pages_calls import CallHead
from app.services.pages_reading import By
from app.services.pages_session import AgendaLine, SessionPage


@dataclass(frozen=True, slots=True)
class Manner:
    """How words are shown. `kind`: `=` as they are, `+` came, `-` went, `base` and `side` in brackets, `nothing` a side
    without words, `html` as they are and marked up already, or what a bracketed note says (`insert`, `delete`, `move`,
    `arrive`, `relabel`); `human`: where a note leads."""

    kind: str = "="
    by: tuple[By, ...] = ()
    human: str = ""


OnScreen = Block[Manner]


@dataclass(frozen=True, slots=True)
class Against:
    """What a redline is against: the text of a `version`, or the words of the text that an `amendment` would change."""

    version: int | None = None
    amendment: int | None = None
    counter_text: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the current item, all of them. `show`: text, brackets or redline, as it came out: what was asked for
    may not be there. `said`: the sentences of change, in their language."""

    show: str
    clauses: tuple[OnScreen, ...]
    against: Against | None = None
    said: tuple[str, ...] = ()
    said_in: str = ""
    html: Mapping[str, str] = field(default_factory=dict)  # of text as it stands, by clause id, where it is not cut


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """What a seat answered in a call. `answered`: to how much of what is asked; `steps`: what it said, and of how many
    texts, the most against first; empty while the call is hidden."""

    institution: InstitutionMark
    kind: str
    answered: tuple[int, ...]  # the ordinals
    steps: tuple[tuple[Step, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One text that a call asks about. `standing`: what the rule makes of what was said, `result` what it gave."""

    ordinal: int
    human: str
    clause_id: str | None
    amendment: int | None
    differs: bool
    standing: str
    result: str


@dataclass(frozen=True, slots=True)
class CallAnswers:
    """The last call about the current item, as everybody may know it."""

    call: CallHead
    items: tuple[Asked, ...]
    seats: tuple[SeatAnswer, ...]
    steps: Scale

    @property
    def answered(self) -> int:
        """How many seats have answered all of it."""
        return sum(len(seat.answered) == self.call.count for seat in self.seats)

    @property
    def by_step(self) -> tuple[tuple[Step, int], ...]:
        """How often each step was said, whoever said it."""
        said: Counter[Step] = Counter()
        for seat in self.seats:
            said.update(dict(seat.steps))
        return tuple((step, said[step]) for step in self.steps if said[step])

    @property
    def results(self) -> tuple[str, ...]:
        """What it gave, or as it stands, each once."""
        return tuple(dict.fromkeys(item.result or item.standing for item in self.items if item.result or item.standing))


@dataclass(frozen=True, slots=True)
class Screen:
    """The big screen. `show`: text, brackets, redline, positions, agenda, break, or blank; `part` of `parts`, from 0;
    `size` of the words, in pixels of a screen of 1920×1080; `lines` of the agenda that stand in this part."""

    page: SessionPage
    show: str
    part: int
    parts: int
    size: int
    clauses: tuple[OnScreen, ...]
    words: Words | None
    call: CallAnswers | None
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """Everybody's page of a session. `barred` says why whoever looks does not answer the call, `answered` which of its
    texts their institution answered; `enter_for`: the seats a facilitator may answer for; `turn`: their institution's
    on the list of speakers."""

    page: SessionPage
    words: Words | None
    call: CallAnswers | None
    barred: str
    answered: tuple[int, ...]
    enter_for: tuple[InstitutionMark, ...]
    turn: int | None
    speaks: bool  # their institution has the floor
