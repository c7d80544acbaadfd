"""Addresses: the label path of a clause in ASCII, after the Akoma Ntoso naming convention (`art_13__para_1__point_2`).

An article has no chapter before it, since numbering runs through a law; a second clause with the same address gets
`.2`, `.3`… behind it, and a problem is reported.
"""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.clauses import Clause, Kind, Problem
from app.domain.labels import canonical, order_of

SEGMENTS = {
    Kind.PART: "part",
    Kind.SECTION: "sec",
    Kind.CHAPTER: "chp",
    Kind.SUBCHAPTER: "subchp",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.POINT: "point",
    Kind.SUBPOINT: "subpoint",
    Kind.INDENT: "al",
    Kind.TABLE: "table",
    Kind.CODE: "code",
    Kind.QUOTE: "quote",
}
WITHOUT_PARENT = {Kind.ARTICLE, Kind.PART}


class Addresses:
    """Gives each clause its address in reading order."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []  # depth and address of the open ancestors
        self._unnumbered: dict[tuple[str, str], int] = {}
        self._taken: dict[str, int] = {}
        self.problems: list[Problem] = []

    def of(self, kind: Kind, depth: int, label: str) -> str:
        """The address of the next clause."""
        while self._path and self._path[-1][0] >= depth:
            self._path.pop()
        plain = self._plain(kind, label, self._path[-1][1] if self._path else "")
        count = self._taken[plain] = self._taken.get(plain, 0) + 1
        address = plain if count == 1 else f"{plain}.{count}"
        if count > 1 and label:
            self.problems.append(
                Problem(
                    "duplicate_number", address, f"There is more than one “{label}” at {plain}; this is number {count}."
                )
            )
        self._path.append((depth, address))
        return address

    def _plain(self, kind: Kind, label: str, parent: str) -> str:
        if kind in (Kind.TITLE, Kind.FRONT_MATTER):
            return kind.value
        if parent in ("", "title", "front_matter") or kind in WITHOUT_PARENT:
            parent = "" if kind not in (Kind.INDENT, Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT) else "preamble"
        segment, number = SEGMENTS[kind], canonical(label) if label else ""
        if not number:
            key = (parent, segment)
            number = str(self._unnumbered.setdefault(key, 0) + 1)
            self._unnumbered[key] += 1
        return f"{parent}__{segment}_{number}" if parent else f"{segment}_{number}"


def readdress(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The same clauses with their addresses made anew, for a law that was put together from parts."""
    addresses = Addresses()
    named = ((clause, addresses.of(clause.kind, clause.depth, clause.label)) for clause in clauses)
    return tuple(clause if clause.address == address else replace(clause, address=address) for clause, address in named)


def gaps(clauses: Iterable[Clause]) -> list[Problem]:
    """Numbers of articles that jump by more than one. Reported, never repaired."""
    found: list[Problem] = []
    last: int | None = None
    for clause in clauses:
        if clause.kind is not Kind.ARTICLE:
            continue
        order = order_of(canonical(clause.label))
        if not order or order[0][0] != 0:
            continue
        if last is not None and order[0][1] > last + 1:
            sentence = f"After article {last} comes “{clause.label}”."
            found.append(Problem("numbering_gap", clause.address, sentence))
        last = order[0][1]
    return found
