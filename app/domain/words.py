"""Merging the words of one clause: which edits overlap, what each side of a collision would read, the merged body."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.provenance import Later, Origin, Origins, after_change, join, part

Settled = tuple[int, int, str, Origin]  # start and end of a stretch, what it shall read, and whose words these are


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A stretch of a body and what it shall read. `keys` are the amendments that say so; `whole` claims the clause."""

    start: int
    end: int
    new: str
    keys: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the proposals in a collision: what the contested stretch would read, and whose it is (keys, sorted)."""

    text: str
    amendments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Overlapping edits of one body: the stretch they cover together and its sides. One side: they agree."""

    start: int
    end: int
    sides: tuple[Side, ...]
    edits: tuple[WordEdit, ...]


def stretches(body: str, edits: Iterable[WordEdit]) -> list[Stretch]:
    """Group the edits of a body by overlap, in the order of the text. Independent of the order they come in."""
    distinct = _distinct(edits)
    if len(distinct) > 1 and any(edit.whole for edit in distinct):
        return [_stretch(body, distinct)]
    groups: list[list[WordEdit]] = []
    end = -1
    for edit in distinct:
        if groups and (edit.start < end or _same_point(groups[-1][-1], edit)):
            groups[-1].append(edit)
        else:
            groups.append([edit])
        end = max(end, edit.end)
    return [_stretch(body, group) for group in groups]


def overlap(one: WordEdit, other: WordEdit) -> bool:
    """Whether two edits claim the same words or the same point between words."""
    if one.whole or other.whole or _same_point(one, other):
        return True
    first, second = sorted((one, other), key=lambda edit: (edit.start, edit.end))
    return second.start < first.end


def _same_point(one: WordEdit, other: WordEdit) -> bool:
    return one.start == one.end == other.start == other.end


def _distinct(edits: Iterable[WordEdit]) -> list[WordEdit]:
    """Identical edits as one that credits all their authors."""
    given = list(edits)
    if len(given) == 1:
        return given
    keys: dict[tuple[int, int, str, bool], set[str]] = {}
    for edit in given:
        keys.setdefault((edit.start, edit.end, edit.new, edit.whole), set()).update(edit.keys)
    return [
        WordEdit(start, end, new, tuple(sorted(names)), whole)
        for (start, end, new, whole), names in sorted(keys.items())
    ]


def _stretch(body: str, edits: Sequence[WordEdit]) -> Stretch:
    if len(edits) == 1:
        (edit,) = edits
        return Stretch(edit.start, edit.end, (Side(edit.new, edit.keys),), (edit,))
    start, end = min(edit.start for edit in edits), max(edit.end for edit in edits)
    mine: dict[str, list[WordEdit]] = {}
    for edit in edits:
        for key in edit.keys:
            mine.setdefault(key, []).append(edit)
    keys: dict[str, list[str]] = {}
    for key, own in mine.items():
        keys.setdefault(reads(body, start, end, own), []).append(key)
    sides = tuple(Side(text, tuple(sorted(names))) for text, names in sorted(keys.items(), key=lambda side: side[1]))
    return Stretch(start, end, tuple(sorted(sides, key=lambda side: side.amendments)), tuple(edits))


def reads(body: str, start: int, end: int, edits: Iterable[WordEdit]) -> str:
    """What a stretch of the body reads with these edits, which do not overlap."""
    pieces: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [body[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, body[at:end]])


def key_of(clause_id: str, start: int, end: int, sides: Iterable[Side]) -> str:
    """A stable name of a collision: 16 hex digits over the clause, the stretch and its sides."""
    facts = repr((clause_id, start, end, [(side.text, side.amendments) for side in sides]))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def put_together(body: str, origins: Callable[[], Origins], settled: Sequence[Settled]) -> tuple[str, Origins]:
    """The body with these stretches replaced, and where its words come from, which is worked out when it is asked for;
    `origins` gives those of the body."""
    pieces: list[str] = []
    at = 0
    for start, end, new, _ in settled:
        pieces += (body[at:start], new)
        at = end
    pieces.append(body[at:])
    return "".join(pieces), Later(lambda: _traced(body, origins(), settled))


def _traced(body: str, origins: Origins, settled: Iterable[Settled]) -> Origins:
    """Words that stayed keep their origin."""
    runs: list[tuple[int, Origin]] = []
    at = 0
    for start, end, new, origin in settled:
        runs += part(origins, at, start)
        runs += after_change(body[start:end], part(origins, start, end), new, origin)
        at = end
    return join((*runs, *part(origins, at, len(body))))
