"""The scale on which institutions say where they stand: gradients of agreement, from support to "cannot accept".

After the "gradients of agreement" of Kaner, Berger and others (1987). A draft may have its own scale; what each step
means for a decision is one of five things, so that every rule can read every scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Invalid


class Meaning(StrEnum):
    """What a step of the scale says for a decision."""

    IN_FAVOUR = "in_favour"
    RESERVED = "reserved"  # in favour, with something to be recorded
    ABSTAINS = "abstains"
    ASKS = "asks"  # needs discussion: not against, but not ready either
    OBJECTS = "objects"  # cannot accept


@dataclass(frozen=True, slots=True)
class Step:
    """`number` from 1, the most in favour; `name` as the draft calls it, or a key of the default scale."""

    number: int
    name: str
    meaning: Meaning

    @property
    def needs_reason(self) -> bool:
        """Whether one is asked "what would you need?": where the group cannot go on, or must record it."""
        return self.meaning in (Meaning.RESERVED, Meaning.ASKS, Meaning.OBJECTS)


Scale = tuple[Step, ...]
DEFAULT: Scale = (
    Step(1, "support", Meaning.IN_FAVOUR),
    Step(2, "can_live_with", Meaning.IN_FAVOUR),
    Step(3, "reservation", Meaning.RESERVED),
    Step(4, "abstain", Meaning.ABSTAINS),
    Step(5, "need_discussion", Meaning.ASKS),
    Step(6, "cannot_accept", Meaning.OBJECTS),
)
MOST_STEPS = 9


class UnusableScale(Invalid):
    """A scale on which a group could not decide."""


def scale_of(steps: Sequence[tuple[str, str]]) -> Scale:
    """A scale from (name, meaning) pairs, the most in favour first.

    Raises UnusableScale: two to nine steps, each named once, one at least in favour and one that objects, and nothing
    more in favour below something less so.
    """
    if not 2 <= len(steps) <= MOST_STEPS:
        raise UnusableScale(f"A scale has two to {MOST_STEPS} steps; this one has {len(steps)}.")
    made = tuple(Step(number, name.strip(), _meaning(meaning)) for number, (name, meaning) in enumerate(steps, start=1))
    names = [step.name for step in made]
    for step in made:
        if not step.name:
            raise UnusableScale(f"Step {step.number} of the scale has no name.")
        if names.count(step.name) > 1:
            raise UnusableScale(f"Two steps of the scale are called “{step.name}”.")
    meanings = [step.meaning for step in made]
    if Meaning.IN_FAVOUR not in meanings or Meaning.OBJECTS not in meanings:
        raise UnusableScale("A scale needs a step in favour and one that objects.")
    if meanings != sorted(meanings, key=list(Meaning).index):
        raise UnusableScale("The steps of a scale go from the most in favour to what objects.")
    return made


def _meaning(value: str) -> Meaning:
    try:
        return Meaning(value)
    except ValueError:
        raise UnusableScale(f"“{value}” is not what a step can mean.") from None


def step(scale: Scale, number: int) -> Step:
    """Raises UnusableStance for a number that the scale does not have."""
    found = next((one for one in scale if one.number == number), None)
    if found is None:
        raise UnusableStance(number, len(scale))
    return found


class UnusableStance(Invalid):
    def __init__(self, number: int, steps: int) -> None:
        super().__init__(f"The scale has steps 1 to {steps}; there is no step {number}.")
        self.number, self.steps = number, steps
