"""Amendments gathered into groups: those that say the same, those that collide, and those that are free of the rest."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.diff import Span
from app.domain.grouping import connected
from app.domain.lifecycle import OPEN, State
from app.services.pages import AmendmentLine
from app.services.pages_overview import Group, OverviewLine

LONGEST_GIST = 70


def is_contested(line: AmendmentLine, on_table: Collection[int]) -> bool:
    """Whether anything stands against an amendment: an objection, or on the table a collision or a conflict in
    substance."""
    return line.objected or bool(line.collides_with) or any(number in on_table for number in line.conflicts_with)


def gathered(lines: Sequence[AmendmentLine], shown: Collection[int]) -> tuple[Group, ...]:
    """Groups in the order of their first amendment, of those that are shown; whatever is not open stands alone.
    Groups are the same whatever is shown of them."""
    on_table = [line for line in lines if State(line.state) in OPEN]
    groups = _Groups(on_table)
    contested = {line.number for line in on_table if is_contested(line, groups.numbers)}
    found: dict[int, list[OverviewLine]] = {}
    for line in lines:
        if line.number in shown:
            one = OverviewLine(line, line.number in contested, groups.same(line.number))
            found.setdefault(groups.head(line.number), []).append(one)
    return tuple(_group(together, groups) for together in found.values())


def gist_of(line: AmendmentLine) -> tuple[Span, ...]:
    """What is taken and given first."""
    changed = [span for change in line.changes[:1] for span in change.spans if span.op != "="]
    together = changed[:2] if len({span.op for span in changed[:2]}) == 2 else changed[:1]
    return tuple(Span(span.op, _short(span.text)) for span in together)


def _short(text: str) -> str:
    text = " ".join(text[: 4 * LONGEST_GIST].split())
    return text if len(text) <= LONGEST_GIST else f"{text[:LONGEST_GIST].rpartition(' ')[0] or text[:LONGEST_GIST]} …"


def _group(lines: Sequence[OverviewLine], groups: "_Groups") -> Group:
    whole = groups.members(lines[0].amendment.number)
    return Group(_kind(lines, len(whole)), tuple(lines), len(whole) - len(lines))


def _kind(lines: Sequence[OverviewLine], size: int) -> str:
    if any(one.amendment.collides_with for one in lines):
        return "colliding"
    if size == 1:
        return "free"
    return "identical" if all(len(one.same_as) == size - 1 for one in lines) else "linked"


class _Groups:
    """Which open amendments belong together, through however many others."""

    def __init__(self, lines: Iterable[AmendmentLine]) -> None:
        lines = tuple(lines)
        self.numbers = {line.number for line in lines}
        self._same = _alike(lines)
        together = connected(
            (line.number, *self.numbers.intersection(
                (*line.collides_with, *line.conflicts_with, *line.bridges, *self._same[line.number])
            ))
            for line in lines
        )  # fmt: skip
        self._members = {number: sorted(one) for one in together for number in one}

    def head(self, number: int) -> int:
        return self.members(number)[0]

    def members(self, number: int) -> Sequence[int]:
        return self._members.get(number, [number])

    def same(self, number: int) -> tuple[int, ...]:
        return self._same.get(number, ())


def _alike(lines: Iterable[AmendmentLine]) -> Mapping[int, tuple[int, ...]]:
    """Of each open amendment those that change the same words of the same version into the same."""
    by_text: dict[object, list[int]] = {}
    numbered = {line.number: (line.base_version, frozenset(line.changes)) for line in lines}
    for number, said in numbered.items():
        by_text.setdefault(said, []).append(number)
    return {number: tuple(other for other in by_text[said] if other != number) for number, said in numbered.items()}
