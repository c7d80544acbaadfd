"""A text as what differs from an earlier one, line by line, in the form that Git's packs have for it.

Format: Documentation/gitformat-pack.txt of Git, “Deltified representation”. Text number n refers to the one whose
number is n without its lowest binary one, so that reading any of a thousand goes through ten at the most and what is
written stays near to what changes. (The same in Subversion: “skip-deltas”.)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from dulwich.objects import ObjectID

LONGEST_COPY = 0xFFFF
LONGEST_NEW = 0x7F


@dataclass(frozen=True)
class _Text:
    """A text that later ones may refer to."""

    id: ObjectID
    lines: Sequence[bytes]

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins, and the end."""
        return tuple(accumulate(map(len, self.lines), initial=0))

    @cached_property
    def places(self) -> Mapping[bytes, int]:
        """The first line of each wording."""
        return dict(zip(reversed(self.lines), range(len(self.lines) - 1, -1, -1), strict=True))


class Deltas:
    """The texts of one file as they come."""

    def __init__(self) -> None:
        self._count = 0
        self._texts: dict[int, _Text] = {}

    def add(self, id: ObjectID, content: bytes) -> tuple[ObjectID | None, Iterator[bytes]]:
        """The text that one is told by, and how; None for one that is told whole."""
        new = _Text(id, content.splitlines(keepends=True))
        number, self._count = self._count, self._count + 1
        base = self._texts[number & (number - 1)] if number else None
        self._texts[number] = new
        self._texts = {one: text for one, text in self._texts.items() if _is_in(one, number)}
        return (None, iter(())) if base is None else (base.id, delta(base, new))


def _is_in(one: int, number: int) -> bool:
    """Whether a later text may refer to one: its binary ones are the first of those of `number`."""
    while number > one:
        number &= number - 1
    return number == one


def delta(old: _Text, new: _Text) -> Iterator[bytes]:
    """The new text as copies from the old one and new lines."""
    yield _size(old.starts[-1])
    yield _size(new.starts[-1])
    for start, end, lines in _pieces(old, new):
        yield from _copied(old.starts[start], old.starts[end]) if start < end else _written(b"".join(lines))


def _pieces(old: _Text, new: _Text) -> Iterator[tuple[int, int, Sequence[bytes]]]:
    """From line to line of the old text what is copied, or (both the same) the new lines."""
    at = place = written = 0
    while place < len(new.lines):
        if not (length := _alike(old.lines, at, new.lines, place)):
            at = old.places.get(new.lines[place], at)
            length = _alike(old.lines, at, new.lines, place)
        if not length:
            place += 1
            continue
        if written < place:
            yield 0, 0, new.lines[written:place]
        yield at, at + length, ()
        at += length
        written = place = place + length
    if written < place:
        yield 0, 0, new.lines[written:]


def _alike(old: Sequence[bytes], at: int, new: Sequence[bytes], place: int) -> int:
    """How many lines are the same from two places on, in ever larger steps."""
    most, length, step = min(len(old) - at, len(new) - place), 0, 1
    while step := min(step, most - length):
        start, begin = at + length, place + length
        if old[start : start + step] == new[begin : begin + step]:
            length += step
            step *= 2
        else:
            step //= 2
            most = min(most, length + 2 * step)
    return length


def _size(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    found = bytearray()
    while number > LONGEST_NEW:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*found, number))


def _copied(start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, LONGEST_COPY):
        length = min(LONGEST_COPY, end - at)
        numbers = at.to_bytes(4, "little") + length.to_bytes(2, "little")
        told = sum(1 << place for place, byte in enumerate(numbers) if byte)
        yield bytes((0x80 | told, *(byte for byte in numbers if byte)))


def _written(text: bytes) -> Iterator[bytes]:
    for at in range(0, len(text), LONGEST_NEW):
        piece = text[at : at + LONGEST_NEW]
        yield bytes((len(piece),)) + piece
