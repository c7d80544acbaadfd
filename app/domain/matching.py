"""Which clause of a new text is which of an old one: equal text first, then numbers, words and neighbours together.

Links are only made where the words support them; of two answers that are about as likely, neither is taken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from app.domain.clauses import Clause, Kind
from app.domain.diff import WORDS
from app.domain.labels import canonical

LIKE = 0.5
"""Share of words in common from which two clauses at corresponding places count as one reworded."""
LIKE_SAME_NUMBER = 0.3
"""The same, where the number says so too."""
LIKE_ELSEWHERE = 0.8
"""The same, where nothing but the words says so."""
LEAD = 0.1
"""By how much the best answer must be better than the next one."""


class Matching:
    """Links between two sequences of clauses, by their positions."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.old, self.new = old, new
        self.old_parents, self.new_parents = parents(old), parents(new)
        self.old_children, self.new_children = _children(self.old_parents), _children(self.new_parents)
        self.link: dict[int, int] = {}  # old → new
        self.back: dict[int, int] = {}  # new → old
        self.certainty: dict[int, float] = {}  # by new position, where below 1
        self.possible: dict[int, tuple[int, ...]] = {}  # new position → old ones it may be
        self._words: dict[tuple[bool, int], list[str]] = {}

    def run(self) -> None:
        self.link_equal_in_place()
        self.link_equal_elsewhere()
        self.link_headings()
        self.link_inside(None, None)
        self.link_reworded_elsewhere()

    def connect(self, old: int, new: int, certainty: float = 1.0) -> None:
        self.link[old], self.back[new] = new, old
        if certainty < 1:
            self.certainty[new] = certainty

    def link_equal_in_place(self) -> None:
        """The same words at the same address. Bare numbers of articles say too little and are left for later."""
        places = {(clause.address, clause.kind, clause.body): at for at, clause in enumerate(self.old)}
        for at, clause in enumerate(self.new):
            found = places.get((clause.address, clause.kind, clause.body))
            if found is not None and (clause.body or not self.new_children[at]):
                self.connect(found, at)

    def link_equal_elsewhere(self) -> None:
        """Words that stand once in either text are the same clause wherever they stand, if they are no mere formula."""
        mine, theirs = _unique(self.old, self.link), _unique(self.new, self.back)
        for body, at in theirs.items():
            if body in mine and len(WORDS.findall(body[1])) >= 4:
                self.connect(mine[body], at)

    def link_headings(self) -> None:
        """A heading is the one under which most of the same words stand; else the one of the same number, if the words
        below it are related."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for old, new in self.link.items():
            above, under = self.old_parents[old], self.new_parents[new]
            while above is not None and under is not None:
                if self.old[above].kind is self.new[under].kind:
                    votes[under][above] += len(self.old[old].body)
                above, under = self.old_parents[above], self.new_parents[under]
        ranked = sorted(votes, key=lambda under: -votes[under].most_common(1)[0][1])
        for under in ranked:
            for above, _ in votes[under].most_common(2):
                if under not in self.back and above not in self.link:
                    self.connect(above, under)
        self.link_numbered()

    def link_numbered(self) -> None:
        places = {
            clause.address: at for at, clause in enumerate(self.old) if at not in self.link and is_heading(clause)
        }
        for at, clause in enumerate(self.new):
            found = places.get(clause.address)
            if found is None or at in self.back or found in self.link or not is_heading(clause):
                continue
            likeness = self.likeness_below(found, at)
            if likeness >= LIKE_SAME_NUMBER:
                self.connect(found, at, likeness)

    def likeness_below(self, old: int, new: int) -> float:
        """How much of the words of two headings and all below them is the same, from 0 to 1."""
        mine = self.words_below(self.old, self.old_children, old)
        theirs = self.words_below(self.new, self.new_children, new)
        return Indel.normalized_similarity(mine, theirs) if mine or theirs else 1.0

    def words_below(self, clauses: Sequence[Clause], children: dict[int | None, list[int]], top: int) -> list[str]:
        key = (clauses is self.old, top)
        if key not in self._words:
            words = WORDS.findall(clauses[top].body)
            for child in children[top]:
                words += self.words_below(clauses, children, child)
            self._words[key] = words
        return self._words[key]

    def link_inside(self, old: int | None, new: int | None) -> None:
        """Among the clauses below two linked ones, pair those that are left, then look inside each pair."""
        waiting: list[tuple[int | None, int | None]] = [(old, new)]
        while waiting:
            above, under = waiting.pop()
            mine = [at for at in self.old_children[above] if at not in self.link]
            theirs = [at for at in self.new_children[under] if at not in self.back]
            if mine and theirs:
                self.pair(mine, theirs)
            waiting += [(self.back[at], at) for at in self.new_children[under] if at in self.back]

    def pair(self, mine: Sequence[int], theirs: Sequence[int]) -> None:
        """Link what is alike in words, number and neighbours, best first; the ambiguous stays unlinked."""
        if len(mine) * len(theirs) > 250_000:
            return
        scores = {(one, other): score for one in mine for other in theirs if (score := self.score(one, other)) > 0}
        by_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (one, other), score in scores.items():
            by_new[other].append((score, one))
        for (one, other), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            if one in self.link or other in self.back:
                continue
            rivals = [at for rival, at in by_new[other] if at != one and at not in self.link and rival > score - LEAD]
            if rivals and not self.same_number(one, other):
                self.possible[other] = tuple(sorted([one, *rivals]))
                continue
            self.connect(one, other, min(score, 1.0))

    def score(self, one: int, other: int) -> float:
        """How likely two clauses are the same, 0 where they are not; above 1 where number and neighbours agree too."""
        mine, theirs = self.old[one], self.new[other]
        if mine.kind is not theirs.kind:
            return 0
        likeness = self.likeness_below(one, other)
        agreeing = self.same_number(one, other) + self.same_neighbours(one, other)
        needed = LIKE if not agreeing else LIKE_SAME_NUMBER if agreeing == 1 else LIKE_SAME_NUMBER - 0.1
        return likeness + 0.2 * agreeing if likeness >= needed else 0

    def same_number(self, one: int, other: int) -> bool:
        mine, theirs = self.old[one].label, self.new[other].label
        return bool(mine and theirs) and canonical(mine) == canonical(theirs)

    def same_neighbours(self, one: int, other: int) -> bool:
        """Whether the clause before, or the clause behind, is the same on both sides."""
        before = one > 0 and other > 0 and self.link.get(one - 1) == other - 1
        return before or (one + 1 < len(self.old) and self.link.get(one + 1) == other + 1)

    def link_reworded_elsewhere(self) -> None:
        """Words that came from another place and changed a little on the way: only when nothing else is as like."""
        mine = [at for at in range(len(self.old)) if at not in self.link and self.long(self.old[at])]
        theirs = [at for at in range(len(self.new)) if at not in self.back and self.long(self.new[at])]
        if len(mine) * len(theirs) > 100_000:
            return
        for other in theirs:
            ranked = sorted(((self.likeness(one, other), one) for one in mine if one not in self.link), reverse=True)[
                :2
            ]
            if not ranked or ranked[0][0] < LIKE_ELSEWHERE:
                continue
            if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - LEAD:
                self.possible[other] = tuple(sorted(at for _, at in ranked))
                continue
            self.connect(ranked[0][1], other, ranked[0][0])

    def long(self, clause: Clause) -> bool:
        return not is_heading(clause) and len(WORDS.findall(clause.body)) >= 8

    def likeness(self, one: int, other: int) -> float:
        if self.old[one].kind is not self.new[other].kind:
            return 0
        mine, theirs = WORDS.findall(self.old[one].body), WORDS.findall(self.new[other].body)
        return Indel.normalized_similarity(mine, theirs, score_cutoff=LIKE_ELSEWHERE - LEAD)


def is_heading(clause: Clause) -> bool:
    """Whether a clause is a title, chapter or article rather than text."""
    return clause.kind in (Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE)


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


def _children(above: Sequence[int | None]) -> dict[int | None, list[int]]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for at, parent in enumerate(above):
        children[parent].append(at)
    return children


def _unique(clauses: Sequence[Clause], linked: Iterable[int]) -> dict[tuple[Kind, str], int]:
    """Bodies that stand once among the clauses, with their position, where that is not linked yet."""
    counts = Counter((clause.kind, clause.body) for clause in clauses)
    taken = set(linked)
    return {
        (clause.kind, clause.body): at
        for at, clause in enumerate(clauses)
        if at not in taken and counts[clause.kind, clause.body] == 1
    }
