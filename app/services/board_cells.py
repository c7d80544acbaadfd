"""What a seat says of a clause, and of many together, as one small number: a code of law has a hundred thousand cells.

A bit says that something is so of one clause at least, so that the cell of an article is that of its clauses, joined.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.rules import Voice
from app.domain.scale import MOST_STEPS, Meaning, Scale
from app.domain.seats import Place, SeatKind
from app.services.agreeing import Agreement, Bound, last_of, last_word

Cell = int
Cells = tuple[Cell, ...]

IN_FAVOUR = (Meaning.IN_FAVOUR, Meaning.RESERVED)
NOTHING: Cell = 1
"""Nothing was said."""
STANDING, LAPSED = 0, MOST_STEPS
"""Behind which bits those of the steps begin: given on the text as it stands, or on an earlier one."""
PROVISIONAL: Cell = 1 << 20
"""Given ad referendum and not confirmed yet."""
INHERITED: Cell = 1 << 21
"""Said by one whom the seat succeeds."""
DIGIT = 32
OUTDATED: Cell = 1 << 22
"""What has lapsed was given on an earlier text (and not before a reopening, or never confirmed)."""


def speaking_places(found: Agreement) -> tuple[Place, ...]:
    """The seats that have a voice: those that count first, those that are heard behind them."""
    seats = [place for place in found.spoken.places if place.kind is not SeatKind.FACILITATING]
    return tuple(sorted(seats, key=lambda place: place.kind is SeatKind.ADVISORY))


def cells_of(found: Agreement) -> dict[str, Cells]:
    """By clause, of those of which somebody spoke: a cell for every seat that has a voice."""
    seats = speaking_places(found)
    known: dict[int, Cells] = {}
    cells: dict[str, Cells] = {}
    for clause_id, pairs in found.positions.items():
        heard = found.voices.get(clause_id)
        if heard is None:
            continue
        key = id(heard)  # what was weighed once is one and the same
        if key not in known:
            said = {voice.institution: voice for voice in heard}
            words = found.fingerprints[clause_id]
            known[key] = tuple(_cell(found, place, pairs, said[place.institution], words) for place in seats)
        cells[clause_id] = known[key]
    return cells


def _cell(found: Agreement, place: Place, pairs: Sequence[Bound], voice: Voice, words: str) -> Cell:
    spoken = None if voice.meaning is None else last_of(pairs, place.institution)
    if voice.meaning is not None and (spoken is None or spoken[0].step is None):
        spoken = last_word(found.spoken, place, pairs)
    if spoken is None or spoken[0].step is None:
        return NOTHING
    inherited = INHERITED if spoken[0].institution_id != place.institution else 0
    if voice.lapsed:
        return 1 << (LAPSED + spoken[0].step) | inherited | (OUTDATED if spoken[1] != words else 0)
    return 1 << (STANDING + spoken[0].step) | inherited | (PROVISIONAL if voice.provisional else 0)


def joined(rows: Iterable[Cells], silent: Cells) -> Cells:
    """The cells of clauses as one row; `silent` is a row in which nobody spoke."""
    found = [0] * len(silent)
    for cells in set(rows):
        found = [one | other for one, other in zip(found, cells, strict=True)]
    return tuple(one or NOTHING for one in found)


def steps_in(cell: Cell, behind: int = STANDING) -> list[int]:
    """The steps that stand, or with `LAPSED` those that were given on an earlier text."""
    return [number for number in range(1, MOST_STEPS + 1) if cell >> (behind + number) & 1]


def says(cell: Cell, scale: Scale) -> frozenset[str]:
    """What filters call it: what the steps mean that stand in it, and whether anything is missing or has lapsed."""
    meanings = {step.meaning.value for step in scale if cell >> (STANDING + step.number) & 1}
    missing = {"nothing"} if cell & NOTHING else set()
    lapsed = {"lapsed"} if steps_in(cell, LAPSED) else set()
    provisional = {"provisional"} if cell & PROVISIONAL else set()
    return frozenset(meanings | missing | lapsed | provisional)


def weightiest(cell: Cell) -> tuple[int, bool]:
    """The step that most needs attention, and whether it was given on an earlier text; 0 where nothing was said. What
    stands goes before what has lapsed."""
    standing = steps_in(cell)
    if standing:
        return standing[-1], False
    lapsed = steps_in(cell, LAPSED)
    return (lapsed[-1], True) if lapsed else (0, False)


def tallied(cells: Cells, scale: Scale) -> tuple[int, ...]:
    """Of how many seats each step of the scale is what most needs attention, then how many spoke on an earlier text
    only, then how many said nothing: what a board says where it names no institution."""
    said = Counter(weightiest(cell) for cell in cells)
    lapsed = sum(count for (_, is_lapsed), count in said.items() if is_lapsed)
    return (*(said[step.number, False] for step in scale), lapsed, said[0, False])


def is_mixed(cell: Cell) -> bool:
    """Whether the clauses of a row are not all the same to a seat."""
    return len(steps_in(cell)) + len(steps_in(cell, LAPSED)) + bool(cell & NOTHING) > 1


class Tally:
    """How many clauses in a row each seat is in favour of, and to how many it objects, whatever row is asked for. The
    counts of all seats are digits of one large number, so that those of many clauses are told by one subtraction."""

    def __init__(self, rows: Iterable[Cells], seats: int, scale: Scale) -> None:
        favour = sum(1 << (STANDING + step.number) for step in scale if step.meaning in IN_FAVOUR)
        against = sum(1 << (STANDING + step.number) for step in scale if step.meaning is Meaning.OBJECTS)
        digits: dict[Cells, int] = {}
        self._seats, self._sums = seats, [0]
        for cells in rows:
            if cells not in digits:
                counts = [cell & mask != 0 for cell in cells for mask in (favour, against)]
                digits[cells] = sum(so << (DIGIT * at) for at, so in enumerate(counts))
            self._sums.append(self._sums[-1] + digits[cells])

    def between(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Of the rows from one to before another: a pair for every seat."""
        left = self._sums[end] - self._sums[start]
        counts = [left >> (DIGIT * at) & ((1 << DIGIT) - 1) for at in range(2 * self._seats)]
        return tuple(zip(counts[::2], counts[1::2], strict=True))


def silence(rows: Iterable[Cells], seats: int) -> list[int]:
    """Of how many clauses each of so many seats has said nothing that counts."""
    found = [0] * seats
    for cells, count in Counter(rows).items():
        for at, cell in enumerate(cells):
            found[at] += 0 if steps_in(cell) else count
    return found
