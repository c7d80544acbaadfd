"""The life of an amendment as one table. Its fate at a consolidation is derived from the text, never chosen."""

from enum import StrEnum

from app.domain.errors import Outdated
from app.domain.fates import Fate


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


RETURNS: dict[State, frozenset[State]] = {state: OPEN for state in State if state in DECIDED}
"""Steps back. Only a version that revokes the one which decided takes them; nobody else asks this table."""

BECOMES = {
    Fate.ADOPTED: State.ADOPTED,
    Fate.ADOPTED_IN_PART: State.ADOPTED_IN_PART,
    Fate.NOT_ADOPTED: State.NOT_ADOPTED,
    Fate.SUPERSEDED: State.SUPERSEDED,
    Fate.BRACKETED: State.TAKEN_UP,
}
"""What a fate makes of an amendment that was chosen whole; see `becomes`."""


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


def check_return(number: int, state: State, wanted: State) -> None:
    """The same for a version that revokes another one. What was withdrawn stays withdrawn; revoking a revocation
    decides again what it had reopened. Raises NoLongerOpen."""
    if state is not wanted and wanted not in RETURNS.get(state, frozenset()):
        check_step(number, state, wanted)


def becomes(fate: Fate, *, partly: bool, gave_up: bool) -> State:
    """The state after a version decided, or kept in brackets, what was left of an amendment.

    `partly`: a part of it stands since an earlier version, while the rest was in brackets; `gave_up`: a part of it was
    decided against then. Raises KeyError for a fate that is open.
    """
    if fate is Fate.NOT_ADOPTED and partly:
        return State.ADOPTED_IN_PART
    if fate in (Fate.ADOPTED, Fate.SUPERSEDED) and gave_up:
        return State.ADOPTED_IN_PART
    return BECOMES[fate]


def diagram() -> str:
    """The tables as a Mermaid state diagram: docs/lifecycle.md shows it."""
    steps = [f"    {state.value} --> {other.value}" for state in State for other in State if other in FOLLOWS[state]]
    back = [
        f"    {state.value} --> {other.value}: version revoked"
        for state, others in RETURNS.items()
        for other in State
        if other in others
    ]
    ends = [f"    {state.value} --> [*]" for state in State if not FOLLOWS[state]]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft", "    [*] --> submitted", *steps, *back, *ends])
