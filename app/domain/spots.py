"""Where a place among the clauses of one version is in the next one, and what came to it since.

An insertion or a move names a place by the clause that it is behind or, first, inside of. The place is found through
the clauses around it that stand there still, as in a merge: also where the clause that names it went. What the new
version brought to it is put in order with the amendment by number, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.clauses import Clause, Kind, write
from app.domain.compare import longest_rising
from app.domain.edits import ClauseId, InsertClauses, Law, MoveClause
from app.domain.labels import canonical, order_of
from app.domain.merged import trees_of
from app.domain.reading import parse_fragment
from app.domain.tree import Place, Tree

Named = tuple[ClauseId | None, Place]
"""A place as edits name it: behind or inside a clause; None: first of all."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the new version, by the name it has there; the clauses that came to it, in order; and those of the old
    version that are gone from it."""

    named: Named
    came: tuple[ClauseId, ...]
    gone: frozenset[ClauseId]


class Spots:
    """Places of the old version in the new one, clauses being the same where their ids are."""

    def __init__(self, old: Law, new: Law) -> None:
        self.old_law, self.new_law = old, new
        self.old, self.new = trees_of(old, new)

    def find(self, edit: InsertClauses | MoveClause) -> Spot | None:
        """Where an edit puts something; None where what that stands in is gone, or is now in the clause to be moved,
        and where the clause that names the place went while others there changed their order. The clause to be moved is
        not looked at, unless it came there."""
        moved = edit.clause_id if isinstance(edit, MoveClause) else None
        after, place = meant = self._outermost(edit)
        inside = after is None or place == "inside"
        above = after if after is None or inside else self.old.parent[after]
        if above is not None and (above not in self.new_law or moved in self.new.path(above)):
            return None
        row, there = self.old.children[above], self.new.children[above]
        at = 0 if inside else row.index(after) + 1  # type: ignore[arg-type]
        staying = self._staying(above, moved, None if inside else after)
        if not inside and after not in staying and not staying.issuperset({*row} & {*there} - {after, moved}):
            return None
        low = next((n for n in reversed(range(at)) if row[n] in staying), -1)
        high = next((n for n in range(at, len(row)) if row[n] in staying), len(row))
        start = there.index(row[low]) + 1 if low >= 0 else 0
        end = there.index(row[high]) if high < len(row) else len(there)
        named: Named = (row[low], "after") if low >= 0 else (above, "inside")
        if inside or (named == meant and self._says(edit, meant)):
            named = (edit.after, edit.place)
        return Spot(named, tuple(there[start:end]), frozenset(row[low + 1 : high]))

    def _outermost(self, edit: InsertClauses | MoveClause) -> Named:
        """The name of a place that fits what comes there: an article put behind the last paragraph of another one
        stands behind that article."""
        named: Named = (edit.after, edit.place)
        if edit.after is None or isinstance(edit, MoveClause):
            return named
        clauses = parse_fragment(edit.source, [self.old_law[above] for above in self.old.path(edit.after)])
        return _climbed(self.old_law, self.old, named, clauses[0].depth) if clauses else named

    def _says(self, edit: InsertClauses | MoveClause, meant: Named) -> bool:
        """Whether the edit's own name of its place says it in the new version too."""
        named: Named = (edit.after, edit.place)
        if named == meant:
            return True
        depth = self.new_law[meant[0]].depth if meant[0] is not None else 0
        return edit.after in self.new_law and _climbed(self.new_law, self.new, named, depth) == meant

    def stayed(self, clause_id: ClauseId) -> bool:
        """Whether a clause stands where it stood: in the same one, and in the same order with most of those there."""
        above = self.old.parent[clause_id]
        return self.new.parent[clause_id] == above and clause_id in self._staying(above)

    def _staying(
        self, above: ClauseId | None, without: ClauseId | None = None, rather: ClauseId | None = None
    ) -> set[ClauseId]:
        """What stands below a clause in both versions, in the same order. Of two clauses that changed places either may
        be the one that moved: `rather` did not, if that can be."""
        there = {clause_id: at for at, clause_id in enumerate(self.new.children[above])}
        both = [id for id in self.old.children[above] if id in there and id != without]
        places = [there[id] for id in both]
        staying = longest_rising(range(len(both)), places)
        if rather in there and len(staying) < len(both):
            through = _rising_through(places, both.index(rather))
            staying = through if len(through) == len(staying) else staying
        return {both[at] for at in staying}

    def text(self, spot: Spot) -> str:
        """What came to a place, with all below it."""
        return write(self.new_law[below] for clause_id in spot.came for below in self.new.below(clause_id))

    def holds(self, spot: Spot, source: str) -> bool:
        """Whether new clauses came to this very place, in a row."""
        lines, wanted = _lines(self.text(spot)), _lines(source)
        return any(lines[at : at + len(wanted)] == wanted for at in range(len(lines) - len(wanted) + 1))

    def at(self, edit: InsertClauses | MoveClause, spot: Spot) -> InsertClauses | MoveClause | None:
        """The edit at this place, behind what came to it and has a lower number; None where numbers do not tell."""
        after, place = spot.named
        if not spot.came:
            return replace(edit, after=after, place=place)
        if isinstance(edit, MoveClause):
            arriving: Sequence[Clause] = [self.new_law[edit.clause_id]]
        else:
            arriving = parse_fragment(edit.source, [self.new_law[above] for above in self.new.path(after)])
        lower = _lower([self.new_law[clause_id] for clause_id in spot.came], arriving)
        if lower:
            after, place = spot.came[lower - 1], "after"
        return replace(edit, after=after, place=place) if lower is not None else None


def _rising_through(places: Sequence[int], at: int) -> list[int]:
    """The longest run of rising places that one of them is in."""
    before = [n for n in range(at) if places[n] < places[at]]
    behind = [n for n in range(at + 1, len(places)) if places[n] > places[at]]
    rising = (longest_rising(side, [places[n] for n in side]) for side in (before, behind))
    return [*next(rising), at, *next(rising)]


def _climbed(law: Law, tree: Tree, named: Named, depth: int) -> Named:
    """The outermost name of a place, seen from a clause of this depth."""
    after, place = named
    while after is not None:
        if place == "inside":
            if law[after].depth < depth or tree.children[after]:
                break
            place = "after"
        else:
            above = tree.parent[after]
            if above is None or law[above].depth < depth or tree.children[above][-1] != after:
                break
            after = above
    return after, place


def _lower(came: Sequence[Clause], arriving: Sequence[Clause]) -> int | None:
    """How many of the clauses that came have a number below those that are to arrive; None where it cannot be told."""
    kind = arriving[0].kind if arriving else Kind.INDENT
    if any(clause.kind is not kind for clause in came):
        return None
    numbers, others = ([canonical(c.label) for c in row if c.kind is kind] for row in (came, arriving))
    if not all((*numbers, *others)) or len({*numbers, *others}) < len(numbers) + len(others):
        return None
    keys = [order_of(number) for number in numbers]
    lower = {sum(key < order_of(number) for key in keys) for number in others}
    return lower.pop() if keys == sorted(keys) and len(lower) == 1 else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
