"""Links between the clauses of two texts: what is known so far, and what can be asked of two clauses."""

from bisect import bisect_left
from collections.abc import Sequence

from app.domain.clauses import Clause, Kind
from app.domain.labels import canonical
from app.domain.likeness import Likeness

TEXTS = (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT, Kind.INDENT)
"""Kinds of running text: a drafter who numbers unnumbered paragraphs makes no new ones."""
HEADINGS = (Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE)
LEAD = 0.1
"""By how much the best answer must be better than the next one."""


class Links:
    """Links between two sequences of clauses, by their positions. `looks`: how many pairs may be weighed to find
    them."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], looks: int = 0) -> None:
        self.old, self.new = old, new
        self.old_parents, self.new_parents = parents(old), parents(new)
        self.old_children, self.new_children = Rows(old, self.old_parents), Rows(new, self.new_parents)
        self.likeness = Likeness(old, new)
        self._looks_left = looks
        self.link: dict[int, int] = {}  # old → new
        self.back: dict[int, int] = {}  # new → old
        self.certainty: dict[int, float] = {}  # by new position, where below 1
        self.possible: dict[int, tuple[int, ...]] = {}  # new position → old ones it may be
        self.parts_new: dict[int, tuple[int, ...]] = {}  # new position of a split clause → its other parts
        self.parts_old: dict[int, tuple[int, ...]] = {}  # new position of a joined clause → the others in it

    def connect(self, old: int, new: int, certainty: float = 1.0) -> None:
        self.link[old], self.back[new] = new, old
        self.possible.pop(new, None)
        if certainty < 1:
            self.certainty[new] = certainty

    def dissolve(self, old: int) -> None:
        """Take a link back; what it said stays possible."""
        new = self.link.pop(old)
        del self.back[new]
        self.certainty.pop(new, None)
        self.possible[new] = (old,)

    def spend(self, looks: int) -> bool:
        """Whether so many pairs may still be weighed; then they are taken off what is left."""
        if looks > self._looks_left:
            return False
        self._looks_left -= looks
        return True

    def same_number(self, one: int, other: int) -> bool:
        mine, theirs = self.old[one].label, self.new[other].label
        return bool(mine and theirs) and canonical(mine) == canonical(theirs)

    def neighbours(self, one: int, other: int) -> int:
        """How many of the two siblings beside a clause are the same on both sides; the ends of a row count as such."""
        mine, theirs = self.old_children[self.old_parents[one]], self.new_children[self.new_parents[other]]
        here, there = _beside(mine, one), _beside(theirs, other)
        return sum(
            there[side] is None if at is None else self.link.get(at, -1) == there[side] for side, at in enumerate(here)
        )

    def unlinked(self, above: int | None, under: int | None) -> tuple[list[int], list[int]]:
        """What is left below two clauses."""
        mine = [at for at in self.old_children[above] if at not in self.link]
        return mine, [at for at in self.new_children[under] if at not in self.back]


def _beside(row: Sequence[int], at: int) -> tuple[int | None, int | None]:
    """The siblings before and behind."""
    place = bisect_left(row, at)
    return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None


def parents(clauses: Sequence[Clause]) -> list[int | None]:
    """The position of each clause's parent, None at the top."""
    found: list[int | None] = []
    path: list[int] = []
    for at, clause in enumerate(clauses):
        while path and clauses[path[-1]].depth >= clause.depth:
            path.pop()
        found.append(path[-1] if path else None)
        path.append(at)
    return found


class Rows(dict[int | None, list[int]]):
    """The positions below each clause, in order; made when first asked for."""

    def __init__(self, clauses: Sequence[Clause], parents: Sequence[int | None]) -> None:
        super().__init__()
        self.clauses, self.parents = clauses, parents

    def __missing__(self, above: int | None) -> list[int]:
        start, depth = (0, -1) if above is None else (above + 1, self.clauses[above].depth)
        row = self[above] = []
        for at in range(start, len(self.clauses)):
            if self.clauses[at].depth <= depth:
                break
            if self.parents[at] == above:
                row.append(at)
        return row
