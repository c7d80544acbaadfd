"""One version marked up against another: every clause of both texts in one row, what went shown where it stood.

Clauses are matched by their permanent ids, so nothing is guessed. A clause that moved stands twice: at its new place,
and as `moved_away` where it was. The lines other than `deleted` and `moved_away` are the new text in order; the lines
other than `inserted`, `moved` and `moved_and_edited` are the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.clauses import Clause
from app.domain.compare import longest_rising
from app.domain.diff import Span, diff
from app.domain.edits import ClauseId, Law

GONE = frozenset({"deleted", "moved_away"})


@dataclass(frozen=True, slots=True)
class Line:
    """A clause of the redline. `kind` is kept, edited, renumbered, edited_and_renumbered, moved, moved_and_edited,
    inserted, deleted or moved_away; `spans` the difference of its words, empty where they stayed."""

    kind: str
    clause_id: ClauseId
    spans: tuple[Span, ...]


def redline(old: Law, new: Law) -> tuple[Line, ...]:
    """The new text with everything that changed since the old one."""
    moved = moved_between(old, new)
    before = list(old)
    lines: list[Line] = []
    at = 0
    for clause_id, clause in new.items():
        if clause_id in old and clause_id not in moved:
            while before[at] != clause_id:
                lines.append(_gone(before[at], old[before[at]], before[at] in new))
                at += 1
            at += 1
        lines.append(_line(clause_id, clause, old, clause_id in moved))
    return (*lines, *(_gone(other, old[other], other in new) for other in before[at:]))


def moved_between(old: Mapping[ClauseId, object], new: Mapping[ClauseId, object]) -> frozenset[ClauseId]:
    """The fewest clauses that must have moved for the order to be what it is."""
    places = {clause_id: at for at, clause_id in enumerate(old)}
    staying = [clause_id for clause_id in new if clause_id in places]
    in_order = set(longest_rising(range(len(staying)), [places[clause_id] for clause_id in staying]))
    return frozenset(clause_id for at, clause_id in enumerate(staying) if at not in in_order)


def _gone(clause_id: ClauseId, clause: Clause, moved: bool) -> Line:
    return Line("moved_away" if moved else "deleted", clause_id, (Span("-", clause.body),) if clause.body else ())


def _line(clause_id: ClauseId, clause: Clause, old: Law, moved: bool) -> Line:
    before = old.get(clause_id)
    if before is None:
        return Line("inserted", clause_id, (Span("+", clause.body),) if clause.body else ())
    edited = before.body != clause.body
    spans = diff(before.body, clause.body) if edited else ()
    if moved:
        return Line("moved_and_edited" if edited else "moved", clause_id, spans)
    if before.label != clause.label:
        return Line("edited_and_renumbered" if edited else "renumbered", clause_id, spans)
    return Line("edited" if edited else "kept", clause_id, spans)
