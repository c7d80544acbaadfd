"""Which level a paragraph or an item stands at: `1.` below `(1)` in a German law, beside the last `1.` in a Kyrgyz one.

A mark of a style that is already open stands beside the last one of that style; a new series begins a level below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.clauses import Kind
from app.domain.enumerators import Enumerator, shows_first

ITEM_RANK = 10_000
"""Ranks of items begin here; those of headings are smaller."""
_OUTERMOST = ("1.", "(1)", "I.", "A.", "§", "1")
_MIDDLE = ("1)", "1°")
_LONGEST_SERIES = 1000  # a number from here on that continues nothing is a year


@dataclass(slots=True)
class Level:
    """A clause that may still get clauses below it: its rank (smaller is further out), depth and indentation; of an
    item the style of its mark and its number in the series."""

    kind: Kind
    rank: int
    label: str = ""
    indent: int = 0
    depth: int = 0
    style: str = ""
    number: int = 0
    components: tuple[int, ...] = ()

    def marked(self, mark: Enumerator, reading: tuple[str, int]) -> None:
        """Take over the style and the number of a mark."""
        self.style, self.number = reading
        self.components = mark.components or (self.number,)


def place(opened: list[Level], mark: Enumerator, label: str, indent: int, has_intro: bool) -> Level | None:
    """The level of an item behind the open ones, outermost first; None when the mark cannot be one here (a year)."""
    dotted = _place_dotted(opened, mark, label)
    if dotted is not None or (mark.components and label[-1:] != "."):
        return _at(dotted, mark, mark.readings[0], label, indent) if dotted else None
    beside = _beside(opened, mark, indent)
    if beside is not None:
        level, reading = beside
        return _at(Level(level.kind, level.rank), mark, reading, label, min(indent, level.indent))
    reading = _reading(mark, opened)
    if not shows_first(mark) and not _may_begin(reading):
        return None
    above = _above(opened, mark, reading, indent)
    kind = _kind_below(above, reading[0], has_intro)
    rank = max(above.rank + 1, ITEM_RANK) if above else ITEM_RANK
    return _at(Level(kind, rank), mark, reading, label, indent)


def _at(level: Level, mark: Enumerator, reading: tuple[str, int], label: str, indent: int) -> Level:
    level.label, level.indent = label, indent
    level.marked(mark, reading)
    return level


def _items(opened: list[Level]) -> Iterator[Level]:
    """The open items, innermost first, up to the heading they stand below."""
    for level in reversed(opened):
        if level.style:
            yield level
        elif level.rank < ITEM_RANK:
            return


def _place_dotted(opened: list[Level], mark: Enumerator, label: str) -> Level | None:
    """`1.2.` below `1.` in an act without articles; `1.2` without a full stop only where it continues a series."""
    if len(mark.components) < 2:
        return None
    strict = label[-1:] != "."
    for level in _items(opened):
        if level.style != "1.":
            continue
        if len(level.components) == len(mark.components) and level.components[:-1] == mark.components[:-1]:
            follows = mark.components[-1] == level.components[-1] + 1
            return Level(level.kind, level.rank) if follows or not strict else None
        if level.components == mark.components[:-1] and _nests(opened):
            first = mark.components[-1] == 1
            return Level(_below_kind(level.kind), level.rank + 1) if first or not strict else None
    if strict and mark.components[-1] == 1 and not any(_items(opened)):
        return Level(Kind.PARAGRAPH, ITEM_RANK)
    return None


def _nests(opened: list[Level]) -> bool:
    """Dotted numbers nest in an act without articles; in a law `1.1.` is a paragraph inserted behind `1.`."""
    return all(level.kind is not Kind.ARTICLE for level in opened)


def _beside(opened: list[Level], mark: Enumerator, indent: int) -> tuple[Level, tuple[str, int]] | None:
    """The open item of the same style a mark stands beside: best the one it continues, else the innermost one."""
    fallback: tuple[Level, tuple[str, int]] | None = None
    first = shows_first(mark)
    readings = dict(mark.readings)
    parts = len(mark.components) or 1
    nests = mark.style == "1." and _nests(opened)
    for level in _items(opened):
        if nests and level.style == "1." and len(level.components) != parts:
            continue
        reading = _same_style(level, mark, readings)
        if reading is None or (first and indent > level.indent + 1):
            continue
        if level.indent > indent + 1 and fallback is None:
            fallback = (level, reading)
            continue
        if reading[1] == level.number + 1 or len(mark.readings) == 1:
            return level, reading
        if fallback is None and not (first and reading[1] != 1):
            fallback = (level, reading)
    return fallback


def _same_style(level: Level, mark: Enumerator, readings: dict[str, int]) -> tuple[str, int] | None:
    if level.style in readings:
        return level.style, readings[level.style]
    double = mark.style
    if double[-2:] in ("aa", "AA") and level.style == double[:-1] and mark.start >= 0:
        return _inserted_letter(level, mark)
    return None


def _inserted_letter(level: Level, mark: Enumerator) -> tuple[str, int] | None:
    """`(aa)` is inserted between `(a)` and `(b)`; `aa)` right below `a)` begins a level of its own in a German law."""
    if mark.style.startswith("(") or mark.readings[0][1] != 1:
        return level.style, level.number
    return None


def _reading(mark: Enumerator, opened: list[Level]) -> tuple[str, int]:
    """How an ambiguous mark is read where it begins a series: what shows 1, else the first reading."""
    return next((reading for reading in mark.readings if reading[1] == 1), mark.readings[0])


def _may_begin(reading: tuple[str, int]) -> bool:
    """Whether a mark that is not the first of a series may stand there all the same: not a year, not an initial."""
    style, number = reading
    return style[-1:] != "." or (style == "1." and number < _LONGEST_SERIES)


def _above(opened: list[Level], mark: Enumerator, reading: tuple[str, int], indent: int) -> Level | None:
    """The clause a new level stands below."""
    style = reading[0]
    for level in reversed(opened):
        if level.rank < ITEM_RANK:
            return level
        if not level.style or level.indent > indent + 1:
            continue
        if shows_first(mark) or _is_outer(level.style, style):
            if style in _OUTERMOST and level.style in _MIDDLE:
                continue
            return level
    return None


def _is_outer(style: str, other: str) -> bool:
    return _tier(style) < _tier(other)


def _tier(style: str) -> int:
    if style in _OUTERMOST:
        return 0
    return 1 if style in _MIDDLE else 2


def _kind_below(above: Level | None, style: str, has_intro: bool) -> Kind:
    if above is None or above.rank < ITEM_RANK:
        directly = style in ("()a", "()aa") and not has_intro  # the subsections of an American section
        return Kind.PARAGRAPH if _tier(style) == 0 or directly else Kind.POINT
    return _below_kind(above.kind)


def _below_kind(kind: Kind) -> Kind:
    return Kind.POINT if kind is Kind.PARAGRAPH else Kind.SUBPOINT
