"""How alike two clauses are in their words, from 0 to 1: the same words in the same order, long words counting more.

Two texts in one language share their small words whatever they say, so a measure that counts every word alike finds
likeness between strangers. Words of one or two letters count nothing here, long ones up to eight times as much.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from app.domain.clauses import Clause
from app.domain.diff import WORDS

HEAVIEST = 8
LARGEST_IN_ORDER = 100_000_000
"""Above this product of word counts (two chapters of 10,000 words) the order of the words is not looked at."""


class Likeness:
    """Likeness between clauses of two texts. What was counted once is kept."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.sides = (old, new)
        self._letters = _Letters()
        self._weights = self._letters.weights
        self._words: dict[tuple[int, int, bool], str] = {}
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
        theirs: Counter[str] = Counter()
        for other in others:
            theirs.update(self._bag(1 - side, other, False)[0])
        shared = sum(min(count, theirs[word]) * self._weights[word] for word, count in mine.items() if word in theirs)
        return shared / weight if weight else 0.0

    def opening(self, side: int, at: int, count: int) -> str:
        """The first words of a body, encoded."""
        return self._encoded(side, at, False)[:count]

    def weight(self, side: int, at: int) -> int:
        """How much the words of a body say: 0 for a body without words of three letters."""
        return self._bag(side, at, False)[1]

    def word_count(self, side: int, at: int) -> int:
        return len(self._encoded(side, at, False))

    def _shared(self, old: int, new: int, below: bool) -> tuple[int, int, int]:
        mine, one = self._bag(0, old, below)
        theirs, other = self._bag(1, new, below)
        if len(mine) > len(theirs):
            mine, theirs = theirs, mine
        weights = self._weights
        shared = sum(min(count, theirs[word]) * weights[word] for word, count in mine.items() if word in theirs)
        return shared, one, other

    def _bag(self, side: int, at: int, below: bool) -> tuple[Counter[str], int]:
        key = (side, at, below)
        if key not in self._bags:
            bag = Counter(self._encoded(side, at, below))
            self._bags[key] = (bag, sum(self._weights[word] * count for word, count in bag.items()))
        return self._bags[key]

    def _encoded(self, side: int, at: int, below: bool) -> str:
        """The words, one letter each, so that they can be compared as a string."""
        key = (side, at, below)
        if key not in self._words:
            places = self._below(side, at) if below else [at]
            text = "\n".join([self.sides[side][place].body for place in places])
            self._words[key] = "".join(map(self._letters.__getitem__, WORDS.findall(text.lower())))
        return self._words[key]

    def _below(self, side: int, top: int) -> list[int]:
        clauses = self.sides[side]
        end = top + 1
        while end < len(clauses) and clauses[end].depth > clauses[top].depth:
            end += 1
        return list(range(top, end))


class _Letters(dict[str, str]):
    """A letter for every word, and by letter how much the word weighs; both made when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.weights: dict[str, int] = {}

    def __missing__(self, word: str) -> str:
        code = 0x4E00 + len(self)
        letter = self[word] = chr(code if code < 0xD800 else code + 0x800)
        self.weights[letter] = 1 if word.isdigit() else min(max(len(word) - 2, 0), HEAVIEST)
        return letter
