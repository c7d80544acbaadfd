"""The life of an amendment as one table. Its fate at a consolidation is derived from the text, never chosen."""

from enum import StrEnum

from app.domain.errors import Outdated


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    TAKEN_UP = "taken_up"
    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    NOT_ADOPTED = "not_adopted"
    SUPERSEDED = "superseded"


DECIDED = frozenset({State.ADOPTED, State.ADOPTED_IN_PART, State.NOT_ADOPTED, State.SUPERSEDED})
OPEN = frozenset({State.SUBMITTED, State.TAKEN_UP})
"""States in which an amendment is on the table: shown beside its clause, merged, carried onto new versions."""

FOLLOWS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.TAKEN_UP, State.WITHDRAWN}) | DECIDED,
    State.TAKEN_UP: frozenset({State.SUBMITTED, State.WITHDRAWN}) | DECIDED,
    State.WITHDRAWN: frozenset(),
    State.ADOPTED: frozenset(),
    State.ADOPTED_IN_PART: frozenset(),
    State.NOT_ADOPTED: frozenset(),
    State.SUPERSEDED: frozenset(),
}


class NoLongerOpen(Outdated):
    """The amendment has moved on, so this step is not possible any more."""

    def __init__(self, number: int, state: State, wanted: State) -> None:
        super().__init__(
            f"Amendment A{number} is {state.value.replace('_', ' ')} and can no longer become "
            f"{wanted.value.replace('_', ' ')}."
        )
        self.number, self.state, self.wanted = number, state, wanted


def check_step(number: int, state: State, wanted: State) -> None:
    """Raises NoLongerOpen when an amendment in this state cannot become `wanted`."""
    if wanted not in FOLLOWS[state]:
        raise NoLongerOpen(number, state, wanted)


def diagram() -> str:
    """The table as a Mermaid state diagram: docs/lifecycle.md shows it."""
    steps = [f"    {state.value} --> {other.value}" for state in State for other in State if other in FOLLOWS[state]]
    ends = [f"    {state.value} --> [*]" for state in State if not FOLLOWS[state]]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft", "    [*] --> submitted", *steps, *ends])
