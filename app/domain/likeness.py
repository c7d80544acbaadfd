"""How alike two clauses are in their words, from 0 to 1: the same words in the same order, long words counting more.

Two texts in one language share their small words whatever they say, so a measure that counts every word alike finds
likeness between strangers. Words of one or two letters count nothing here, long ones up to eight times as much.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from app.domain.clauses import Clause
from app.domain.diff import MOST_LETTERS, WORDS, letter

HEAVIEST = 8
LARGEST_IN_ORDER = 100_000_000
"""Above this product of word counts (two chapters of 10,000 words) the order of the words is not looked at."""


class Likeness:
    """Likeness between clauses of two texts. What was counted once is kept. `letters`: how many words are told
    apart."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], letters: int = MOST_LETTERS) -> None:
        self.sides = (old, new)
        self._letters = _Letters(letters)
        self._weights = self._letters.weights
        self._words: dict[str, str] = {}
        self._below: dict[tuple[int, int], str] = {}
        self._bags: dict[tuple[int, int, bool], tuple[Counter[str], int]] = {}

    def of(self, old: int, new: int, below: bool = False) -> float:
        """Likeness of the bodies of two clauses, or with `below` of all that stands below them too."""
        shared, one, other = self._shared(old, new, below)
        if not one or not other:
            return 1.0 if one == other else 0.0
        same = 2 * shared / (one + other)
        mine, theirs = self._encoded(0, old, below), self._encoded(1, new, below)
        if len(mine) * len(theirs) > LARGEST_IN_ORDER:
            return same
        return (same + Indel.normalized_similarity(mine, theirs)) / 2

    def share(self, side: int, at: int, others: Sequence[int]) -> float:
        """How much of the words of a body on one side stands in bodies of the other side together."""
        mine, weight = self._bag(side, at, False)
        theirs = self._together(1 - side, others)
        few, many = (mine, theirs) if len(mine) < len(theirs) else (theirs, mine)
        shared = sum(min(count, many[word]) * self._weights[word] for word, count in few.items() if word in many)
        return shared / weight if weight else 0.0

    def _together(self, side: int, bodies: Sequence[int]) -> Counter[str]:
        """How often each word stands in some bodies; that of one, which may be asked for often, is not copied."""
        if len(bodies) == 1:
            return self._bag(side, bodies[0], False)[0]
        found: Counter[str] = Counter()
        for at in bodies:
            found.update(self._bag(side, at, False)[0])
        return found

    def opening(self, side: int, at: int, count: int) -> str:
        """The first words of a body, encoded."""
        return self._encoded(side, at, False)[:count]

    def weight(self, side: int, at: int) -> int:
        """How much the words of a body say: 0 for a body without words of three letters."""
        return self._bag(side, at, False)[1]

    def word_count(self, side: int, at: int, below: bool = False) -> int:
        return len(self._encoded(side, at, below))

    def _shared(self, old: int, new: int, below: bool) -> tuple[int, int, int]:
        mine, one = self._bag(0, old, below)
        theirs, other = self._bag(1, new, below)
        weights = self._weights
        shared = sum(min(mine[word], theirs[word]) * weights[word] for word in mine.keys() & theirs.keys())
        return shared, one, other

    def _bag(self, side: int, at: int, below: bool) -> tuple[Counter[str], int]:
        key = (side, at, below)
        if key not in self._bags:
            bag = Counter(self._encoded(side, at, below))
            self._bags[key] = (bag, sum(self._weights[word] * count for word, count in bag.items()))
        return self._bags[key]

    def _encoded(self, side: int, at: int, below: bool) -> str:
        """The words, one letter each, so that they can be compared as a string."""
        if not below:
            return self._encode(self.sides[side][at].body)
        if (side, at) not in self._below:
            self._below[side, at] = "".join([self._encode(clause.body) for clause in self._tree(side, at)])
        return self._below[side, at]

    def _encode(self, body: str) -> str:
        """The words of one body; most bodies stand in both texts, and below more than one heading."""
        found = self._words.get(body)
        if found is None:
            words = WORDS.findall(body.lower())
            found = self._words[body] = "".join(map(self._letters.__getitem__, words))
        return found

    def _tree(self, side: int, top: int) -> Sequence[Clause]:
        """A clause and all that stands below it."""
        clauses = self.sides[side]
        depth, end = clauses[top].depth, top + 1
        while end < len(clauses) and clauses[end].depth > depth:
            end += 1
        return clauses[top:end]


class _Letters(dict[str, str]):
    """A letter for every word, and by letter how much the word weighs; both made when first asked for. Where there are
    more than `most` words, the later ones share the letters of the first and their weight."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.weights: dict[str, int] = {}

    def __missing__(self, word: str) -> str:
        found = self[word] = letter(len(self) % self.most)
        self.weights.setdefault(found, 1 if word.isdigit() else min(max(len(word) - 2, 0), HEAVIEST))
        return found
