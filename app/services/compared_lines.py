"""The lines of a comparison: every clause where it stands now, what is gone where it stood, and of a clause that moved
also the place it left. Identity is stored, so nothing is guessed here."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.clauses import Clause, Kind
from app.domain.compare import Change, ChangeKind, Comparison, longest_rising
from app.domain.diff import Span
from app.domain.instructions import Instruction
from app.domain.render import render
from app.services.pages_comparing import ComparedLine, Elsewhere
from app.services.showing import INDENTS, LEVELS, citations
from app.store.sides import Sides

MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_EDITED)
AWAY = "moved_away"


class Side:
    """One of the two texts, with what is needed to speak about its clauses. The head of the file has no citation."""

    def __init__(self, law: dict[str, Clause]) -> None:
        self.ids, self.clauses = tuple(law), tuple(law.values())
        self.cited = citations(self.clauses)
        if self.clauses and self.clauses[0].kind is Kind.FRONT_MATTER:
            self.cited[0] = ""

    def elsewhere(self, at: int) -> Elsewhere:
        return Elsewhere(self.ids[at], self.cited[at])

    def end(self, at: int) -> int:
        """Where what stands below a clause ends."""
        depth = self.clauses[at].depth
        return next((n for n in range(at + 1, len(self.clauses)) if self.clauses[n].depth <= depth), len(self.clauses))


@dataclass(frozen=True)
class Compared:
    """Two texts and what is known about their clauses; `made` are the sentences of change."""

    texts: Sides
    comparison: Comparison
    made: Sequence[Instruction]

    @cached_property
    def old(self) -> Side:
        return Side(self.texts.old)

    @cached_property
    def new(self) -> Side:
        return Side(self.texts.new)

    def lines(self, *, everything: bool, kind: str) -> tuple[ComparedLine, ...]:
        """The changes, numbered: of one kind, or of all when it is empty; then with what stayed too, if wanted."""
        lines: list[ComparedLine] = []
        number = 0
        for name, change in self._entries():
            if (kind and name != kind) or (name == ChangeKind.KEPT and not (everything and self._is_text(change))):
                continue
            number += name not in (AWAY, ChangeKind.KEPT)
            line = self._line(name, change)
            lines.append(replace(line, number=number) if name not in (AWAY, ChangeKind.KEPT) else line)
        return tuple(lines)

    def _is_text(self, change: Change) -> bool:
        return change.new is not None and self.new.clauses[change.new].kind is not Kind.FRONT_MATTER

    def _entries(self) -> Iterator[tuple[str, Change]]:
        """What stands on the page, in its order: the changes, and the places that moved clauses have left."""
        left = self._places_left()
        yield from ((AWAY, change) for change in left.get(-1, ()))
        for change in self.comparison.changes:
            yield change.kind.value, change
            if change.old is not None:
                yield from ((AWAY, gone) for gone in left.get(change.old, ()))

    def _places_left(self) -> dict[int, list[Change]]:
        """Moved clauses by the clause of the old text behind which they stood: the nearest that is in its order."""
        order = [change.old for change in self.comparison.changes if change.old is not None]
        in_order = longest_rising(order, order)
        left: dict[int, list[Change]] = {}
        for change in self.comparison.changes:
            if change.kind in MOVED and change.old is not None:
                before = bisect_left(in_order, change.old) - 1
                left.setdefault(in_order[before] if before >= 0 else -1, []).append(change)
        for changes in left.values():
            changes.sort(key=lambda change: change.old or 0)
        return left

    def _line(self, name: str, change: Change) -> ComparedLine:
        old, new = change.old, change.new
        here, at = (self.old, old or 0) if new is None or name == AWAY else (self.new, new)
        clause = here.clauses[at]
        level = LEVELS.get(clause.kind, 0)
        changed = name not in (AWAY, ChangeKind.KEPT)
        return ComparedLine(
            name,
            here.ids[at],
            0,
            self.old.cited[old] if old is not None else "",
            self.new.cited[new] if new is not None else "",
            self.old.clauses[old].label if old is not None else "",
            self.new.clauses[new].label if new is not None else "",
            level,
            0 if level else INDENTS.get(clause.kind, 0),
            _spans(change, clause.body) if changed else (),
            self._html(change, clause) if name != AWAY else "",
            self._sentences.get((old, new), ()) if changed else (),
            self._parts(change) if changed else (),
            self._part_of.get((old, new)) if changed else None,
            self._below(at) if name in MOVED else 0,
        )

    def _html(self, change: Change, clause: Clause) -> str:
        """The words of a clause in which none changed."""
        if change.old is None or change.new is None or change.spans:
            return ""
        return self.texts.html.get(self.new.ids[change.new]) or render(clause)

    def _below(self, at: int) -> int:
        """How many clauses went along with one that moved, unchanged."""
        return sum(place in self._kept for place in range(at + 1, self.new.end(at)))

    @cached_property
    def _kept(self) -> frozenset[int]:
        return frozenset(c.new for c in self.comparison.changes if c.kind is ChangeKind.KEPT and c.new is not None)

    @cached_property
    def _sentences(self) -> dict[tuple[int | None, int | None], tuple[str, ...]]:
        """The sentences by the change they stand with: of a unit that is restated whole, the first change in it."""
        changes = self.comparison.changes
        places: dict[tuple[str, int], int] = {}
        for place, change in enumerate(changes):
            places |= {("old", change.old): place} if change.old is not None else {}
            places |= {("new", change.new): place} if change.new is not None else {}
        found: dict[tuple[int | None, int | None], tuple[str, ...]] = {}
        for one in self.made:
            at = places[("new", one.new)] if one.new is not None else places[("old", one.old or 0)]
            change = next((c for c in changes[at:] if c.kind is not ChangeKind.KEPT), changes[at])
            key = (change.old, change.new)
            found[key] = (*found.get(key, ()), one.sentence)
        return found

    def _parts(self, change: Change) -> tuple[Elsewhere, ...]:
        side = self.new if change.kind is ChangeKind.SPLIT else self.old
        return tuple(side.elsewhere(at) for at in change.parts)

    @cached_property
    def _part_of(self) -> dict[tuple[int | None, int | None], Elsewhere]:
        """Of the parts of split and joined clauses, the clause they belong to."""
        found: dict[tuple[int | None, int | None], Elsewhere] = {}
        for change in self.comparison.changes:
            for at in change.parts:
                if change.kind is ChangeKind.SPLIT:
                    found[None, at] = self.old.elsewhere(change.old or 0)
                else:
                    found[at, None] = self.new.elsewhere(change.new or 0)
        return found


def _spans(change: Change, body: str) -> tuple[Span, ...]:
    if change.old is None:
        return (Span("+", body),) if body else ()
    if change.new is None:
        return (Span("-", body),) if body else ()
    return change.spans
