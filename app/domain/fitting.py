"""How large the words of a law stand on a big screen, and where those that have no room are cut into parts.

Joining the words of all parts gives the words again; no clause is cut that has room in a part of its own. It reckons
with how wide letters are on the average, in the widest of the faces that law is set in, so that what it finds to fit
does; whoever can measure may then choose a larger size of the same list, never other parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Generic, TypeVar

Mark = TypeVar("Mark")

SIZES = (56, 48, 40, 36, 32)
"""Pixels of the law's words on a screen of 1920×1080."""
TIGHTER = 4
"""On 1280×720 a size is as if it were that much larger on 1920×1080: 56 → 40, 32 → 24 pixels there."""
WIDTH, HEIGHT = 1776, 760
"""Pixels that words have on a screen of 1920×1080."""
LABEL = 3.2
"""What the hanging label and each step of indentation take of the width, in letters' heights."""
INDENT = 1.6
LINE, BETWEEN = 1.3, 0.35
"""How high a line is, and how much stands between clauses, of a letter's height."""
LOST = 1.7
"""Of every line, on the average, since words are not divided; in letters' heights."""
EVENER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
"""Of the room, so much is tried for each part, so that the last one is not a line."""
LEAST = 0.35
"""A long clause begins in a part that is not empty where so much of it is left."""
SENTENCE_ENDS = (". ", "! ", "? ", "; ", ".\n", ";\n", ":\n")


@dataclass(frozen=True, slots=True)
class Run(Generic[Mark]):
    """Words of one kind, which `mark` names to whoever shows them; `around`: the width of what is set around them."""

    text: str
    mark: Mark
    around: float = 0.0


@dataclass(frozen=True, slots=True)
class Block(Generic[Mark]):
    """A clause. `begun`: its beginning stands in the part before."""

    key: str
    label: str
    runs: tuple[Run[Mark], ...]
    indent: int = 0
    heading: bool = False
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Fitted(Generic[Mark]):
    """What stands on the screen, in parts, all of one size."""

    parts: tuple[tuple[Block[Mark], ...], ...]
    size: int


def fit(blocks: Sequence[Block[Mark]], room: float = HEIGHT) -> Fitted[Mark]:
    """The whole in the largest size for which there is room; cut into parts where there is none for the smallest."""
    whole = tuple(blocks)
    size = next((size for size in SIZES if height(whole, size) <= room), None)
    if size is not None:
        return Fitted((whole,), size)
    parts = _evenly(whole, room)
    largest = (size for size in SIZES if all(height(part, size) <= room for part in parts))
    return Fitted(parts, next(largest, SIZES[-1]))


def _evenly(blocks: Sequence[Block[Mark]], room: float) -> tuple[tuple[Block[Mark], ...], ...]:
    """In as few parts as there must be, none much fuller than the others."""
    parts = tuple(_parts(blocks, room))
    for share in EVENER:
        evener = tuple(_parts(blocks, room * share))
        if len(evener) > len(parts):
            break
        parts = evener
    return parts


def height(blocks: Sequence[Block[Mark]], size: int) -> float:
    """How high clauses stand at a size, in pixels of 1920×1080: on the smaller of the two screens."""
    em = size + TIGHTER
    return sum((_lines(block, em) * LINE + BETWEEN) * em for block in blocks)


def _lines(block: Block[Mark], em: float) -> int:
    across = _across(block, em)
    lines, at = 0, width(block.label + " ") if block.heading else 0.0
    for run in block.runs:
        at += run.around
        first, *others = run.text.split("\n")
        at += width(first)
        for other in others:
            lines, at = lines + max(1, ceil(at / across)), width(other)
    return lines + max(1, ceil(at / across))


def _across(block: Block[Mark], em: float) -> float:
    hanging = 0.0 if block.heading else LABEL + block.indent * INDENT
    return max(WIDTH / em - hanging - LOST, 4.0)


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """How wide words are, in letters' heights."""
    return sum(map(_of_letter, text))


def _of_letter(letter: str) -> float:
    if letter in " .,:;!'’|-–()[]ijlI":
        return 0.36
    if letter < "\u0400":
        return 0.72 if letter.isupper() or letter in "mw—" else 0.59
    return (0.8 if letter.isupper() else 0.655) if letter < "\u0530" else 1.0


def _parts(blocks: Sequence[Block[Mark]], room: float) -> Iterator[tuple[Block[Mark], ...]]:
    """Cut at clauses, and inside one only where it has no room in a part of its own. A heading never stands alone at
    the end of a part."""
    waiting = list(blocks)
    part: list[Block[Mark]] = []
    while waiting:
        block = waiting.pop(0)
        if height([*part, block], SIZES[-1]) <= room:
            part.append(block)
            continue
        headings = _headings_at_end(part)
        left = room - height(part, SIZES[-1])
        if height([*headings, block], SIZES[-1]) <= room and len(headings) < len(part):
            yield tuple(part[: len(part) - len(headings)])
            waiting[:0] = [*headings, block]
            part = []
        elif part and len(headings) < len(part) and left < LEAST * room:
            yield tuple(part)
            waiting.insert(0, block)
            part = []
        else:
            first, rest = _cut(block, left)
            yield (*part, first)
            waiting[:0] = [rest] if rest else []
            part = []
    if part:
        yield tuple(part)


def _headings_at_end(part: Sequence[Block[Mark]]) -> Sequence[Block[Mark]]:
    at = len(part)
    while at and part[at - 1].heading:
        at -= 1
    return part[at:]


def _cut(block: Block[Mark], left: float) -> tuple[Block[Mark], Block[Mark] | None]:
    """The beginning of a clause for which there is room (a line at least), at the end of a sentence or else of a word,
    and the rest."""
    em = SIZES[-1] + TIGHTER
    lines = max(1, int((left / em - BETWEEN) / LINE))
    room, across = lines * _across(block, em), _across(block, em)
    taken: list[Run[Mark]] = []
    for place, run in enumerate(block.runs):
        used = _used(run, across)
        if used <= room or (not taken and len(run.text) <= 1):
            room -= used
            taken.append(run)
            continue
        end = _end(run.text, room - run.around, across) or int(not taken)
        rest = [replace(run, text=run.text[end:]), *block.runs[place + 1 :]]
        taken += [replace(run, text=run.text[:end])] if end else []
        return replace(block, runs=tuple(taken)), replace(block, runs=tuple(rest), begun=True)
    return block, None


def _used(run: Run[Mark], across: float) -> float:
    """How much of the lines words take; a line that is broken off is a whole one."""
    *broken, last = run.text.split("\n")
    return run.around + sum(max(1, ceil(width(line) / across)) * across for line in broken) + width(last)


def _end(text: str, room: float, across: float) -> int:
    """Where words are cut that have so much room: at the end of a sentence in their last half, or of a word."""
    at, used = 0, 0.0
    while at < len(text):
        used += _of_letter(text[at]) if text[at] != "\n" else across - used % across
        if used > room:
            break
        at += 1
    if at == len(text):
        return at
    sentence = max(text.rfind(end, 0, at) + len(end) if end in text[:at] else 0 for end in SENTENCE_ENDS)
    if sentence > at / 2:
        return sentence
    word = max(text.rfind(space, 0, at) for space in " \n") + 1
    return word or at
