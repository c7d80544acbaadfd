"""The contents of a law beside its text: an entry per heading, with how far everything below it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.agreement import State, overall
from app.services.pages import ClauseLine

NUMBER = re.compile(r"\d+(?:[-–.]\d+)*[A-Z]?[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:\^\d+\^)?")
ARTICLE_LEVEL = 3
"""Headings down to here stand in the contents; `level` 1 is the title of the law itself."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading. `number` is the label without its noun (`13` of `Article 13.`), the label where it has no number;
    `end` the place of the next heading among the lines; `brackets` counts those open down to there."""

    id: str
    level: int
    label: str
    number: str
    title: str
    start: int
    end: int
    state: str = "open"
    comments: int = 0
    amendments: int = 0
    brackets: int = 0


def state_of(lines: Sequence[ClauseLine], states: Mapping[str, str]) -> str:
    """How far these clauses are, taken together. A heading about which nothing is said waits for nobody, where
    something stands below it."""
    spoken = [State(states.get(line.id, "open")) for line in lines if not line.level or line.id in states]
    return overall(spoken).value


def headings(lines: Sequence[ClauseLine]) -> tuple[ContentsEntry, ...]:
    """The headings of a law in order, before anything is said about it."""
    starts = [at for at, line in enumerate(lines) if 1 < line.level <= ARTICLE_LEVEL]
    ends = [*starts[1:], len(lines)]
    return tuple(_entry(lines[start], start, end) for start, end in zip(starts, ends, strict=True))


def spoken_of(
    entries: Sequence[ContentsEntry],
    lines: Sequence[ClauseLine],
    active: Iterable[int],
    brackets: Mapping[str, int],
    states: Mapping[str, str],
) -> dict[int, ContentsEntry]:
    """The entries below which something is said, by their place, with its counts. `active` are places of lines;
    `states` those of the clauses that are not simply open."""
    starts = [entry.start for entry in entries]
    found: dict[int, list[ClauseLine]] = {}
    for at in active:
        place = bisect_left(starts, at + 1) - 1
        if place >= 0:
            found.setdefault(place, []).append(lines[at])
    return {place: _counted(entries[place], lines, below, brackets, states) for place, below in found.items()}


def _counted(
    entry: ContentsEntry,
    lines: Sequence[ClauseLine],
    below: Iterable[ClauseLine],
    brackets: Mapping[str, int],
    states: Mapping[str, str],
) -> ContentsEntry:
    """(`dataclasses.replace` takes twice as long, and a large code has hundreds of these.)"""
    comments = amendments = open_brackets = 0
    for line in below:
        comments += line.comments
        amendments += line.amendments
        open_brackets += brackets.get(line.id, 0)
    return ContentsEntry(
        entry.id, entry.level, entry.label, entry.number, entry.title, entry.start, entry.end,
        state_of(lines[entry.start : entry.end], states), comments, amendments, open_brackets,
    )  # fmt: skip


def on_the_table(lines: Iterable[ClauseLine]) -> tuple[ClauseLine, ...]:
    """Clauses with open amendments, contested ones first, each group in the order of the text."""
    return tuple(sorted((line for line in lines if line.amendments), key=lambda line: not line.contested))


def _entry(heading: ClauseLine, start: int, end: int) -> ContentsEntry:
    number = NUMBER.search(heading.label)
    shown = number.group() if number else heading.label
    return ContentsEntry(heading.id, heading.level, heading.label, shown, heading.html, start, end)
