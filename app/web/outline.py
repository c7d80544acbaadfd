"""The contents of a law beside its text: an entry per heading, with how far everything below it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.services.pages import ClauseLine

NUMBER = re.compile(r"\d+(?:[-–.]\d+)*[A-Z]?[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:\^\d+\^)?")
ARTICLE_LEVEL = 3
"""Headings down to here stand in the contents; `level` 1 is the title of the law itself."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading. `number` is the label without its noun (`13` of `Article 13.`), the label where it has no number."""

    id: str
    level: int
    label: str
    number: str
    title: str
    state: str
    comments: int
    amendments: int


def state_of(lines: Iterable[ClauseLine]) -> str:
    """How far these clauses are: contested, discussed or open. (Agreement comes with positions.)"""
    lines = tuple(lines)
    if any(line.contested for line in lines):
        return "contested"
    return "discussed" if any(line.comments or line.amendments for line in lines) else "open"


def contents(lines: Sequence[ClauseLine]) -> tuple[ContentsEntry, ...]:
    """The headings of a law in order, each with the counts of what stands between it and the next heading."""
    starts = [at for at, line in enumerate(lines) if 1 < line.level <= ARTICLE_LEVEL]
    ends = [*starts[1:], len(lines)]
    return tuple(_entry(lines[start:end]) for start, end in zip(starts, ends, strict=True))


def on_the_table(lines: Iterable[ClauseLine]) -> tuple[ClauseLine, ...]:
    """Clauses with open amendments, contested ones first, each group in the order of the text."""
    return tuple(sorted((line for line in lines if line.amendments), key=lambda line: not line.contested))


def _entry(lines: Sequence[ClauseLine]) -> ContentsEntry:
    heading = lines[0]
    number = NUMBER.search(heading.label)
    return ContentsEntry(
        heading.id,
        heading.level,
        heading.label,
        number.group() if number else heading.label,
        heading.html,
        state_of(lines),
        sum(line.comments for line in lines),
        sum(line.amendments for line in lines),
    )
