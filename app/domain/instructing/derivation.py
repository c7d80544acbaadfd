"""From a comparison to orders: what a drafter would write to turn the old law into the new one.

Every citation is to the law as it stood before; nothing that one order does changes what another one cites. What is
moved is not repealed with what it stood in. Several additions at one place stand in the order of the list.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.domain.clauses import Clause, Kind
from app.domain.compare import Comparison
from app.domain.instructing.citing import ITEMS, OPAQUE, Part, Step, Units, written
from app.domain.instructing.orders import Add, Move, Order, Place, Placed, Renumber, Repeal, Restate, Reword
from app.domain.instructing.placing import Placing
from app.domain.instructing.staying import Staying
from app.domain.instructing.wording import Wording, standing, wordings
from app.domain.instructing.writing_out import quotable, reads_back

RESTATED_SHARE = 0.6
"""From this share of its clauses changed, and three of them, an article is restated as a whole."""


def any_in(places: Sequence[int], wanted: range) -> bool:
    """Whether any of the rising positions is in a range."""
    at = bisect_left(places, wanted.start)
    return at < len(places) and places[at] < wanted.stop


class Instructing:
    """One derivation under way. `by_number`: the style places a new unit by its number where that says enough."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], comparison: Comparison, by_number: bool) -> None:
        self.old, self.new = Units(old), Units(new)
        self.staying = Staying(self.old, self.new, comparison)
        self.placing = Placing(self.old, self.new, self.staying, by_number)
        self.placed: list[tuple[tuple[int, int, int], Placed]] = []
        back, olds = self.staying.back, self.old.clauses
        self.coming = [at for at, one in enumerate(new) if at not in back or olds[back[at]].body != one.body]
        self.going = [at for at in range(len(old)) if at not in self.staying.there]
        self.restated = {old: new for new, old in self.staying.back.items() if self.restates_whole(old, new)}
        self.settled_old = {at for old in self.restated for at in range(old, self.old.ends[old])}
        self.settled_new = {at for new in self.restated.values() for at in range(new, self.new.ends[new])}

    def run(self) -> list[Placed]:
        """The orders in the order of the old law, additions where they come to stand."""
        for old, new in self.restated.items():
            if not any(old in range(at + 1, self.old.ends[at]) for at in self.restated):
                text = quotable(self.new.clauses[new : self.new.ends[new]], self.old.context(old + 1)) or ""
                self.add(Restate(self.old.target(old), text, text), old, new, old, 1)
        for new, old in self.linked():
            self.reword(old, new)
        self.renumber()
        self.repeal()
        self.add_units()
        return [placed for _, placed in sorted(self.placed, key=lambda entry: entry[0])]

    def add(self, order: Order, old: int | None, new: int | None, at: int, rank: int) -> None:
        self.placed.append(((at, rank, len(self.placed)), Placed(order, old, new, at)))

    def linked(self) -> Iterator[tuple[int, int]]:
        """What stays and what moves, where it is not restated with the unit it stands in."""
        pairs = {new: old for new, old in self.staying.back.items() if old not in self.settled_old}
        for root, old in self.staying.moved.items():
            pairs.update({root + step: old + step for step in range(self.new.ends[root] - root)})
        return iter(sorted(pairs.items()))

    def restates_whole(self, old: int, new: int) -> bool:
        """A numbered unit whose own words are restated while units below it come or go, and a unit of which little is
        left, are restated with everything below them."""
        clause = self.old.clauses[old]
        if clause.kind not in (Kind.ARTICLE, *ITEMS) or not clause.label:
            return False
        mine, theirs = range(old + 1, self.old.ends[old]), range(new + 1, self.new.ends[new])
        if not any_in(self.coming, theirs) and not any_in(self.going, mine):
            return False
        coming = [at for at in theirs if at not in self.staying.back]
        going = [at for at in mine if at not in self.staying.there]
        inside = all(self.staying.back[at] in mine for at in theirs if at in self.staying.back)
        if not inside or len(theirs) - len(coming) != len(mine) - len(going) or self.anything_moves(mine, theirs):
            return False
        if not self.is_worth_restating(clause, old, new, coming, going):
            return False
        return quotable(self.new.clauses[new : self.new.ends[new]], self.old.context(old + 1)) is not None

    def anything_moves(self, mine: range, theirs: range) -> bool:
        roots = self.staying.moved
        return any(at in self.staying.moving for at in mine) or any(
            at in range(root, self.new.ends[root]) for at in theirs for root in roots
        )

    def is_worth_restating(self, clause: Clause, old: int, new: int, coming: list[int], going: list[int]) -> bool:
        if clause.kind in ITEMS and (coming or going) and self.restates_words(old, new):
            return True
        below = range(new + 1, self.new.ends[new])
        edited = [
            at
            for at in below
            if at in self.staying.back and self.old.clauses[self.staying.back[at]].body != self.new.clauses[at].body
        ]
        changed = max(len(coming), len(going)) + len(edited)
        return changed >= 3 and changed >= RESTATED_SHARE * max(len(below), self.old.ends[old] - old - 1)

    def restates_words(self, old: int, new: int) -> bool:
        mine, theirs = self.old.clauses[old].body, self.new.clauses[new].body
        return mine != theirs and wordings(mine, theirs) is None

    def reword(self, old: int, new: int) -> None:
        mine, theirs = self.old.clauses[old], self.new.clauses[new]
        if mine.body == theirs.body:
            return
        quoted = None if mine.kind in OPAQUE else wordings(mine.body, theirs.body)
        target = self.old.own_words(old)
        if quoted is None:
            text = written(theirs) if mine.kind in ITEMS else theirs.body
            self.add(Restate(target, text, theirs.body), old, new, old, 1)
        if quoted and self.speaks_for_article(old, quoted):
            target = self.old.target(old - 1)
        for wording in quoted or ():
            self.add(Reword(target, wording), old, new, old, 1)

    def speaks_for_article(self, old: int, quoted: Sequence[Wording]) -> bool:
        """Words of the only paragraph of an article are cited as the article's, where its heading has them not."""
        above = self.old.parent[old]
        if above is None or self.old.clauses[above].kind is not Kind.ARTICLE or self.old.children[above] != [old]:
            return False
        heading = self.old.clauses[above].body
        is_text = self.old.clauses[old].kind is Kind.INDENT
        return is_text and not any(standing(heading, wording.words) for wording in quoted)

    def renumber(self) -> None:
        changing = [
            (old, new)
            for new, old in self.linked()
            if self.old.clauses[old].label != self.new.clauses[new].label and not self.brings_its_number(old, new)
        ]
        runs: list[list[tuple[int, int]]] = []
        for old, new in sorted(changing):
            if runs and self.continues(runs[-1][-1], (old, new)):
                runs[-1].append((old, new))
            else:
                runs.append([(old, new)])
        for part in (part for run in runs for part in ([run] if len(run) > 2 else [[pair] for pair in run])):
            (first, one), (last, other) = part[0], part[-1]
            numbers = (self.new.steps(one)[-1], self.new.steps(other)[-1])
            self.add(Renumber(self.old.target(first), self.old.target(last), numbers), first, one, first, 2)

    def brings_its_number(self, old: int, new: int) -> bool:
        """A numbered unit without anything below it is restated together with its number."""
        is_leaf = self.old.clauses[old].kind in ITEMS and self.old.ends[old] == old + 1
        return is_leaf and self.restates_words(old, new)

    def continues(self, before: tuple[int, int], pair: tuple[int, int]) -> bool:
        """Whether two neighbours are renumbered alike, 14 to 15 and 15 to 16."""
        (one, other), (mine, theirs) = before, pair
        numbers = [self.old.numbers[one], self.old.numbers[mine], self.new.numbers[other], self.new.numbers[theirs]]
        if not all(number.isascii() and number.isdigit() for number in numbers):
            return False
        first, second, third, fourth = map(int, numbers)
        steps = self.old.steps(one), self.old.steps(mine)
        return (
            second == first + 1
            and fourth == third + 1
            and steps[0][:-1] == steps[1][:-1]
            and steps[0][-1].kind is steps[1][-1].kind
            and not steps[0][-1].turn
            and not steps[1][-1].turn
            and not any(self.old.are_alike(mine, at) for at in range(one + 1, mine))
        )

    def repeal(self) -> None:
        at = 0
        while at < len(self.old.clauses):
            if at in self.settled_old or not self.staying.goes(at):
                at += 1
            elif self.old.stands_alone(at) or not self.staying.goes_whole(at):
                part = Part.WHOLE if self.old.stands_alone(at) else Part.CAPTION
                self.add(Repeal(self.old.target(at, part)), at, None, at, 1)
                at += 1
            else:
                self.add(Repeal(self.old.target(at)), at, None, at, 1)
                at = self.old.ends[at]

    def add_units(self) -> None:
        at = 0
        while at < len(self.new.clauses):
            if at in self.staying.moved:
                old = self.staying.moved[at]
                place = self.placing.place(at, explicit=True)
                self.placing.taken(place)
                self.add(Move(self.old.target(old), place), old, at, place.at, 0)
                at = self.new.ends[at]
            elif at in self.staying.back or at in self.settled_new:
                at = self.placing.passed(at, self.settled_new)
            else:
                at = self.add_joined(at)

    def add_joined(self, at: int) -> int:
        """Add one unit, or a row of neighbours of one kind together; where to go on."""
        row = self.placing.row(at)
        for count in range(len(row), 0, -1):
            end = self.placing.end_of(row[count - 1])
            place = self.placing.place(at)
            path = self.old.context(place.at)
            text = quotable(self.new.clauses[at:end], path)
            if text is not None:
                self.add_unit(row[:count], place, text, path, end)
                return end
        self.add_in_parts(at, end)
        return end

    def add_unit(self, row: Sequence[int], place: Place, text: str, path: Sequence[Clause], end: int) -> None:
        self.placing.taken(place)
        naming = not reads_back(text, self.new.clauses[row[0] : end], path)
        units = tuple(self.new.steps(at)[-1] for at in row)
        self.add(Add(units, place, text, naming), None, row[0], place.at, 0)

    def add_in_parts(self, at: int, end: int) -> None:
        """A unit that cannot be read back in one piece comes clause by clause, all at one place."""
        place = self.placing.place(at, explicit=True)
        self.placing.taken(place)
        for part in range(at, end):
            text = written(self.new.clauses[part])
            step: Step = self.new.steps(part)[-1]
            self.add(Add((step,), place, text, True), None, part, place.at, 0)
