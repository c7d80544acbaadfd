"""Which clauses stay where they are, which move as a whole, which go and which come.

What stays is the longest run of linked clauses in the order of both texts. A clause of an article stays only with its
article or numbered unit; chapters may come to stand over articles that stay. A unit that went elsewhere unbroken, with
everything below it, moves; any other that did not stay goes, and comes anew.
"""

from collections.abc import Sequence

from app.domain.clauses import Clause, Kind
from app.domain.compare import Comparison, longest_rising
from app.domain.instructing.citing import Units, number_of, renumbered


class Staying:
    """`link` (old → new) of the clauses that stay or move; `moved` the roots of moved units (new → old)."""

    def __init__(self, old: Units, new: Units, comparison: Comparison) -> None:
        self.old, self.new = old, new
        self.pairs = {
            change.new: change.old
            for change in comparison.changes
            if change.old is not None and change.new is not None and self.can_stay(change.old, change.new)
        }
        self.pair_replaced()
        self.back: dict[int, int] = {}  # new → old, what stays
        self.find_staying()
        self.moved: dict[int, int] = {}
        self.find_moved()
        self.moving = {old + step for root, old in self.moved.items() for step in range(self.new.ends[root] - root)}
        self.there = set(self.back.values())

    def can_stay(self, old: int, new: int) -> bool:
        mine, theirs = self.old.clauses[old], self.new.clauses[new]
        return mine.kind is theirs.kind and label_follows(mine, theirs)

    def pair_replaced(self) -> None:
        """What was replaced by something of the same kind in the same place is restated, not repealed and added: the
        same number in the same unit, or no number behind the same neighbour."""
        taken = set(self.pairs.values())
        for new, clause in enumerate(self.new.clauses):
            if new in self.pairs or clause.kind is Kind.FRONT_MATTER:
                continue
            rivals = [old for old in self.row_of(new) if old not in taken]
            alike = [old for old in rivals if self.is_replaced(old, new)]
            if alike:
                self.pairs[new] = alike[0]
                taken.add(alike[0])

    def row_of(self, new: int) -> Sequence[int]:
        """What stood below the unit that a new clause stands below."""
        above = self.new.parent[new]
        if above is None:
            return self.old.children[None]
        return self.old.children[self.pairs[above]] if above in self.pairs else ()

    def is_replaced(self, old: int, new: int) -> bool:
        mine, theirs = self.old.clauses[old], self.new.clauses[new]
        if mine.kind is not theirs.kind or mine.label != theirs.label:
            return False
        return bool(mine.label) or self.neighbour(self.old, old) == self.pairs.get(self.neighbour(self.new, new), -1)

    def neighbour(self, units: Units, at: int) -> int:
        """The clause before one below the same unit; -1 for the first."""
        row = units.children[units.parent[at]]
        turn = row.index(at)
        return row[turn - 1] if turn else -1

    def find_staying(self) -> None:
        places = sorted(self.pairs)
        link: dict[int | None, int] = {}
        for new in longest_rising(places, [self.pairs[at] for at in places]):
            old = self.pairs[new]
            above, under = self.old.holder(old), self.new.holder(new)
            if above is under is None or (above in link and link[above] == under):
                link[old] = new
        self.back = {new: old for old, new in link.items() if old is not None}

    def find_moved(self) -> None:
        at = 0
        while at < len(self.new.clauses):
            old = self.pairs.get(at)
            if old is not None and at not in self.back and self.moves_whole(old, at):
                self.moved[at] = old
                at = self.new.ends[at]
            else:
                at += 1

    def moves_whole(self, old: int, new: int) -> bool:
        """Whether a unit and everything below it went unbroken, to an article or unit that stays."""
        length = self.new.ends[new] - new
        under = self.new.holder(new)
        if self.old.stands_alone(old) or self.old.ends[old] - old != length or (under and under not in self.back):
            return False
        return all(self.pairs.get(new + step) == old + step and new + step not in self.back for step in range(length))

    def comes(self, new: int) -> bool:
        return new not in self.back

    def goes(self, old: int) -> bool:
        return old not in self.there and old not in self.moving

    def goes_whole(self, old: int) -> bool:
        """Whether nothing below a unit stays where it is."""
        return not any(at in self.there for at in range(old, self.old.ends[old]))

    def next_staying(self, new: int) -> int:
        """The old position of the first clause behind a new one that stays; the end of the law without one."""
        return next((self.back[at] for at in range(new, len(self.new.clauses)) if at in self.back), len(self.old.ends))


def label_follows(old: Clause, new: Clause) -> bool:
    """Whether the new label is the old one, or the old one with another number."""
    return old.label == new.label or (
        bool(old.label and new.label)
        and number_of(old.label) != number_of(new.label)
        and renumbered(old.label, number_of(new.label)) == new.label
    )
