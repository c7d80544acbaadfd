"""Where what is new comes to stand, as a drafter would say it: after its neighbour, in its unit, by its number."""

from collections.abc import Iterator

from app.domain.clauses import Kind
from app.domain.instructing.citing import HEADED, ITEMS, STRUCTURE, Part, Units, number_of
from app.domain.instructing.orders import Place, Where
from app.domain.instructing.staying import Staying
from app.domain.labels import canonical, order_of


class Placing:
    """Places for new units, read in the order of the new law.

    Between two clauses that stay, every place is as good as another, since what stood between them is gone; but what
    comes later may not stand before what came earlier (`least`).
    """

    def __init__(self, old: Units, new: Units, staying: Staying, by_number: bool) -> None:
        self.old, self.new, self.staying, self.by_number = old, new, staying, by_number
        self.least = 0
        self.link = {old: new for new, old in staying.back.items()}

    def passed(self, at: int, settled: set[int]) -> int:
        """Go past a clause that stays, or past a unit restated as a whole; the new position behind it."""
        old = self.staying.back[at]
        if at in settled:
            self.least = self.old.ends[old]
            return self.new.ends[at]
        self.least = old + 1
        return at + 1

    def taken(self, place: Place) -> None:
        self.least = place.at

    def end_of(self, at: int) -> int:
        """Where a new unit ends: before anything below it that stays or moves."""
        there = (place for place in range(at + 1, self.new.ends[at]) if self.is_known(place))
        return next(there, self.new.ends[at])

    def is_known(self, at: int) -> bool:
        return at in self.staying.back or at in self.staying.moved

    def row(self, at: int) -> list[int]:
        """A new unit and the new ones of its kind right behind it."""
        clause, row = self.new.clauses[at], [at]
        while clause.label or clause.kind is Kind.INDENT:
            following = self.end_of(row[-1])
            if following != self.new.ends[row[-1]] or following >= len(self.new.clauses) or self.is_known(following):
                break
            other = self.new.clauses[following]
            is_alike = other.kind is clause.kind and bool(other.label) == bool(clause.label)
            if not is_alike or self.new.parent[following] != self.new.parent[at]:
                break
            row.append(following)
        return row

    def place(self, at: int, explicit: bool = False) -> Place:
        """The place for a new unit."""
        most = self.staying.next_staying(at)
        ways = self.explicit(at, most) if explicit or not self.by_number else self.all_ways(at, most)
        return next(place for place in ways if self.least <= place.at <= most)

    def all_ways(self, at: int, most: int) -> Iterator[Place]:
        yield from self.in_order_of_numbers(at)
        yield from self.explicit(at, most)

    def in_order_of_numbers(self, at: int) -> Iterator[Place]:
        """Articles and chapters have their order in the whole law, other units in the one they stand in."""
        clause, above = self.new.clauses[at], self.new.parent[at]
        if not canonical(number_of(clause.label)):
            return
        if clause.kind in HEADED:
            places = [p for p, other in enumerate(self.old.clauses) if other.kind is clause.kind and other.label]
            found = place_by_number(self.old, places, clause.label, len(self.old.clauses))
            yield Place(Where.BY_NUMBER, None, found)
        elif above in self.staying.back and not self.new.stands_alone(above):
            old = self.staying.back[above]
            places = [p for p in self.old.children[old] if self.old.clauses[p].kind is clause.kind]
            found = place_by_number(self.old, places, clause.label, self.old.ends[old])
            yield Place(Where.BY_NUMBER, self.old.target(old), found)

    def explicit(self, at: int, most: int) -> Iterator[Place]:
        """Places seen from a unit of the old law, the nearest first."""
        yield from self.beside_siblings(at, most)
        above = self.new.parent[at]
        if above in self.staying.back:
            yield from self.inside(self.staying.back[above])
        yield from self.somewhere(at, most)

    def beside_siblings(self, at: int, most: int) -> Iterator[Place]:
        row = self.new.children[self.new.parent[at]]
        turn = row.index(at)
        before = next((place for place in reversed(row[:turn]) if place in self.staying.back), None)
        behind = next((place for place in row[turn + 1 :] if place in self.staying.back), None)
        if before is not None:
            yield from self.after(self.staying.back[before])
        if behind is not None and self.staying.back[behind] == most:
            yield Place(Where.BEFORE, self.old.target(most), most)

    def inside(self, old: int) -> Iterator[Place]:
        if self.old.ends[old] == old + 1 and self.old.clauses[old].kind in (Kind.ARTICLE, *ITEMS):
            yield Place(Where.AT_END, self.old.target(old), old + 1)
        yield from self.behind_opening(old)

    def after(self, old: int) -> Iterator[Place]:
        """Behind a unit and all below it; behind a heading that stands for itself, right behind it."""
        if self.old.stands_alone(old):
            yield Place(Where.AFTER, self.old.target(old), old + 1)
        else:
            yield Place(Where.AFTER, self.old.target(old), self.old.ends[old])

    def behind_opening(self, old: int) -> Iterator[Place]:
        if not self.old.stands_alone(old) and self.old.ends[old] > old + 1:
            part = Part.HEADING if self.old.clauses[old].kind in HEADED else Part.OPENING
            yield Place(Where.BEHIND_OPENING, self.old.target(old, part), old + 1)

    def somewhere(self, at: int, most: int) -> Iterator[Place]:
        """Behind whatever stands before, from its own level outwards; before whatever follows; in an empty law."""
        kind = self.new.clauses[at].kind
        before: int | None = self.least - 1
        chain: list[int] = []
        while before is not None and before >= 0:
            chain.append(before)
            before = self.old.parent[before]
        like = [old for old in chain if self.old.clauses[old].kind is kind or kind in STRUCTURE]
        for old in [*like, *chain]:
            yield from self.after(old)
        if chain:
            yield from self.behind_opening(chain[0])
        if most < len(self.old.clauses):
            yield Place(Where.BEFORE, self.old.target(most), most)
        if most:
            last = most - 1
            while (above := self.old.parent[last]) is not None:
                yield from self.after(last)
                last = above
            yield from self.after(last)
        yield Place(Where.AT_START, None, 0)


def place_by_number(units: Units, places: list[int], label: str, end: int) -> int:
    """Behind the last of the units at `places` whose number is not greater; before them all when there is none, and at
    `end` when there are no units."""
    order = order_of(canonical(number_of(label)))
    lower = [place for place in places if order_of(canonical(units.numbers[place])) <= order]
    if lower:
        return units.ends[lower[-1]]
    return places[0] if places else end
