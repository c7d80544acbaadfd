"""Which clauses of an old text one clause of the new may be."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator


class Rivals:
    """The old clauses that one new clause may be, the likest first."""

    def __init__(self) -> None:
        self.row: list[tuple[int, float]] = []
        self._first = 0  # all before it are linked, and stay so

    def add(self, one: int, score: float) -> None:
        """One that is no liker than those added before."""
        self.row.append((one, score))

    def above(self, least: float) -> Iterator[int]:
        """Those that are liker than that."""
        return (at for at, score in self.row if score > least)

    def has_beside(self, one: int, least: float, linked: Container[int]) -> bool:
        """Whether another than this one is not linked, and liker than that."""
        row = self.row
        while self._first < len(row) and row[self._first][0] in linked:
            self._first += 1
        for place in range(self._first, len(row)):
            at, score = row[place]
            if at != one and at not in linked:
                return score > least
        return False


def rivals_of(ranked: Iterable[tuple[tuple[int, int], float]]) -> dict[int, Rivals]:
    """By new clause, of pairs of an old and a new clause with their likeness, the likest first."""
    found: dict[int, Rivals] = defaultdict(Rivals)
    for (one, other), score in ranked:
        found[other].add(one, score)
    return found
