"""What a law cites of itself: every unit named, with the clause it leads to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.domain.citations.chains import cite
from app.domain.citations.targets import OPAQUE, Place, Unclear, Units
from app.domain.citations.words import SENTENCE, Item, Named, Step


@dataclass(frozen=True, slots=True)
class Cited:
    """A unit named in the body of the clause at `clause`; `citation` is the place of the whole citation in that body,
    the same for all units of one list."""

    clause: int
    citation: int
    item: Item
    places: tuple[Place, ...]

    @property
    def target(self) -> int | None:
        """The position of the clause it leads to; None: the law has no such unit."""
        return self.places[-1].clause

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The units and numbers it names, to tell whether two citations say the same."""
        return tuple((step.unit.name, step.number.value if step.number else "") for step in self.item.steps)


def cited_in(units: Units) -> list[Cited]:
    """The units a law cites of itself, in reading order. Opaque clauses (quotes, tables) are not read."""
    found: list[Cited] = []
    for at, clause in enumerate(units.clauses):
        if clause.kind in OPAQUE or not clause.body:
            continue
        for citation in cite(clause.body, units.grammar):
            for item in citation.items:
                found += read(units, at, citation.start, item)
    return found


def by_clause(found: Sequence[Cited]) -> dict[int, list[Cited]]:
    """The units cited, by the position of the clause that cites them."""
    return {clause: list(those) for clause, those in groupby(found, key=lambda cited: cited.clause)}


def read(units: Units, at: int, citation: int, item: Item) -> list[Cited]:
    """Where one item of a citation in the clause at `at` leads: a range with a hyphen is two units."""
    try:
        places = units.places(item.steps, at)
    except Unclear:
        return []
    if places[-1].clause is None:
        ends = _ends_of_range(item, places[-1].step)
        both = [Cited(at, citation, end, units.places(end.steps, at)) for end in ends]
        if both and all(cited.target is not None for cited in both):
            return both
    return [Cited(at, citation, item, places)]


def _ends_of_range(item: Item, missing: Step) -> tuple[Item, ...]:
    """`1-3` with a hyphen is a range where the law has no such number but both ends."""
    number = missing.number
    match = re.fullmatch(r"(\d+)-(\d+)", number.text) if number else None
    if match is None or number is None or int(match[1]) >= int(match[2]):
        return ()
    first = replace(number, end=number.start + match.end(1), text=match[1], value=match[1])
    last = replace(number, start=number.start + match.start(2), text=match[2], value=match[2])
    return (
        replace(item, end=first.end, steps=with_number(item.steps, missing, first)),
        replace(item, start=last.start, steps=with_number(item.steps, missing, last), ranged=True),
    )


def with_number(steps: Sequence[Step], changed: Step, number: Named) -> tuple[Step, ...]:
    """The same steps with another number at one of them."""
    return tuple(replace(step, number=number) if step is changed else step for step in steps)


def units_of(item: Item) -> tuple[Step, ...]:
    """The steps that lead to a clause (a sentence does not)."""
    return tuple(step for step in item.steps if step.unit is not SENTENCE)
