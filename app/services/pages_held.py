"""Whose the bench is, what it holds, and what fell away from it: what the bench's page shows around the choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.services.choosing import NOTHING_CHOSEN, Choice
from app.services.pages_overview import Choice as Value


@dataclass(frozen=True, slots=True)
class Work:
    """What a facilitator did so far. `own` are the own words typed, by the collision's key, chosen or not; `seen` the
    collisions that stood on the page they come from; `base_version` the version that the page showed, 0 if unknown."""

    choice: Choice = NOTHING_CHOSEN
    message: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    base_version: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    full_name: str


@dataclass(frozen=True, slots=True)
class Held:
    """The bench of a draft as one facilitator finds it; `revision` is 0 where none stands open. `others` are the
    facilitators it could be handed to."""

    stands: bool
    mine: bool
    owner: str
    since: datetime | None
    saved_at: datetime | None
    revision: int
    shared: bool
    work: Work
    others: tuple[Person, ...]

    @property
    def anothers(self) -> bool:
        """Whether somebody else works on it."""
        return self.stands and not self.mine


@dataclass(frozen=True, slots=True)
class FallenLine:
    """A chosen amendment that is no longer to be chosen from, and what became of it."""

    number: int
    state: str
    settled_version: int | None
    carried: str | None


@dataclass(frozen=True, slots=True)
class Ways:
    """By what amendments may be chosen together, each with how many there are."""

    institution: tuple[Value, ...]
    within: tuple[Value, ...]
    state: tuple[Value, ...]
