"""What the facilitator's console shows besides the session itself."""

from dataclasses import dataclass
from datetime import timedelta

from app.services.pages_reading import By
from app.services.pages_screen import CallAnswers, Screen, Words
from app.services.pages_session import SessionPage


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An amendment that is open about the current item. `where`: the first of the item's clauses it is about."""

    by: By
    where: str
    counter_text: bool


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """A clause of the current item whose words a counter-text may change, and the amendments that do. `operation` is
    the composer's: words, or of a heading heading."""

    clause_id: str
    human: str
    operation: str
    words: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """The console. `words` are those of the current item, as the big screen has them or else in brackets; `screen` is
    what stands there; `rests_on`: the closed call that a decision about the item would rest on; `outcome`: what it
    gave, where that is a decision; `spoken`: how long whoever has the floor has it."""

    page: SessionPage
    screen: Screen
    words: Words | None
    call: CallAnswers | None
    amendments: tuple[OpenLine, ...]
    bridges: tuple[BridgeLine, ...]
    rests_on: int | None
    outcome: str
    spoken: timedelta | None

    @property
    def counter_text(self) -> int | None:
        """The newest counter-text about the item, which a call is opened on first."""
        return max((one.by.number for one in self.amendments if one.counter_text), default=None)
