"""What an amending instruction orders, before any language: quote, restate, repeal, add, renumber, move, and where."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.instructing.citing import Step, Target
from app.domain.instructing.wording import Wording


class Where(StrEnum):
    """Where something comes to stand, seen from a unit of the old law."""

    AFTER = "after"  # behind the unit and all that stands below it
    BEFORE = "before"
    BEHIND_OPENING = "behind_opening"  # behind the unit's own words, before what stands below it
    AT_END = "at_end"  # last of what stands below the unit
    BY_NUMBER = "by_number"  # in the unit, in the order of numbers
    AT_START = "at_start"  # of a law without text


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the old law; `target` is None for the law itself. `at` is the position something comes to stand at."""

    where: Where
    target: Target | None
    at: int


@dataclass(frozen=True, slots=True)
class Reword:
    target: Target
    wording: Wording


@dataclass(frozen=True, slots=True)
class Restate:
    """`text` is the unit anew, with its number and with what stands below it; of a heading its words only.

    `bare` is the same without the number: the opening words as English quotes them.
    """

    target: Target
    text: str
    bare: str


@dataclass(frozen=True, slots=True)
class Repeal:
    target: Target


@dataclass(frozen=True, slots=True)
class Add:
    """New units of one kind; `naming` says that the text alone does not show what they are."""

    units: tuple[Step, ...]
    place: Place
    text: str
    naming: bool


@dataclass(frozen=True, slots=True)
class Renumber:
    """One unit, or a run of neighbours from `first` to `last`; `numbers` are the new steps of the two."""

    first: Target
    last: Target
    numbers: tuple[Step, Step]


@dataclass(frozen=True, slots=True)
class Move:
    target: Target
    place: Place


Order = Reword | Restate | Repeal | Add | Renumber | Move


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with the clauses it is about (positions, None where there is none) and where it stands in the list."""

    order: Order
    old: int | None
    new: int | None
    at: int


def inside(order: Order) -> Order:
    """The order with citations that leave out the article, for a list that has already named it."""
    if isinstance(order, Renumber):
        return replace(order, first=order.first.without_article(), last=order.last.without_article())
    if isinstance(order, Add):
        return replace(order, place=_inside(order.place))
    if isinstance(order, Move):
        return replace(order, target=order.target.without_article(), place=_inside(order.place))
    return replace(order, target=order.target.without_article())


def _inside(place: Place) -> Place:
    return replace(place, target=place.target.without_article()) if place.target else place
