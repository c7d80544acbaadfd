"""The lines of a document: a text alone, or two as one marked text with who is behind each change."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from app.domain.clauses import Clause, Kind
from app.domain.diff import Span, diff
from app.domain.edits import Law
from app.domain.provenance import Origins, part
from app.domain.redline import GONE, redline
from app.domain.redline import Line as Marked
from app.exports.document import Backing, Line, Run
from app.services.crediting import Credits
from app.services.showing import INDENTS, LEVELS, citations

MOVED = ("moved", "moved_and_edited")
NO_CREDITS = Credits()


def lines_of(law: Law) -> tuple[Line, ...]:
    """A text alone."""
    cited = _Cited(law)
    return tuple(
        _line(id, clause, cited, (Run("=", clause.body),) if clause.body else ())
        for id, clause in law.items()
        if clause.kind is not Kind.FRONT_MATTER
    )


def lines_between(
    old: Law, new: Law, origins: Mapping[str, Origins] | None = None, credited: Credits = NO_CREDITS
) -> tuple[Line, ...]:
    """The new text marked up against the old; `origins` are those of its words, by clause."""
    marking = _Marking(_Cited(old), _Cited(new), origins or {}, credited)
    marked = (one for one in redline(old, new) if marking.clause(one).kind is not Kind.FRONT_MATTER)
    return _moved_together(tuple(_where_it_stood([marking.line(one) for one in marked])))


class _Cited:
    """A text with what is needed to speak about its clauses."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.human = dict(zip(law, citations(list(law.values())), strict=True))

    def chain(self, clause_id: str) -> Iterator[str]:
        """A clause and those it stands in, itself first."""
        here: str | None = clause_id
        while here is not None:
            yield here
            here = self._above[here]

    @cached_property
    def _above(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        path: list[tuple[int, str]] = []
        for clause_id, clause in self.law.items():
            while path and path[-1][0] >= clause.depth:
                path.pop()
            found[clause_id] = path[-1][1] if path else None
            path.append((clause.depth, clause_id))
        return found


class _Marking:
    def __init__(self, old: _Cited, new: _Cited, origins: Mapping[str, Origins], credited: Credits) -> None:
        self._old, self._new, self._origins, self._credited = old, new, origins, credited

    def clause(self, one: Marked) -> Clause:
        return self._side(one).law[one.clause_id]

    def _side(self, one: Marked) -> _Cited:
        return self._old if one.kind in GONE else self._new

    def line(self, one: Marked) -> Line:
        clause, before = self.clause(one), self._old.law.get(one.clause_id)
        backing = self._behind(one)
        made = _line(one.clause_id, clause, self._side(one), tuple(self._runs(one, clause, backing)))
        return replace(
            made,
            change=one.kind,
            backing=backing,
            old_label=before.label if before else "",
            old_kind=before.kind if before else None,
        )

    def _behind(self, one: Marked) -> Backing:
        """Who is behind what was done to a clause as a whole."""
        if one.kind == "inserted":
            runs = self._origins.get(one.clause_id, ())
            return self._credited.of_words(runs[0][1]) if runs else self._credited.otherwise
        if one.kind == "deleted":
            return self._credited.of_deed(self._old.chain(one.clause_id), "delete")
        if one.kind in MOVED or one.kind == "moved_away":
            return self._credited.of_deed(self._old.chain(one.clause_id), "move")
        return self._credited.of_deed((one.clause_id,), "relabel") if one.kind != "kept" else self._credited.otherwise

    def _runs(self, one: Marked, clause: Clause, backing: Backing) -> Iterator[Run]:
        if one.kind == "moved_away":
            after = self._new.law[one.clause_id].body
            spans = diff(clause.body, after) if after != clause.body else (Span("=", clause.body),)
            return (run for run in self._traced(one.clause_id, spans) if run.op != "+")
        if one.kind == "deleted":
            return (Run("-", span.text, backing) for span in one.spans)
        stayed = (Span("=", clause.body),) if clause.body else ()
        return self._traced(one.clause_id, one.spans or stayed)

    def _traced(self, clause_id: str, spans: Sequence[Span]) -> Iterator[Run]:
        """The difference with who is behind each word; what was put in the place of other words took these away."""
        came = [tuple(self._came(clause_id, spans, at)) if span.op == "+" else () for at, span in enumerate(spans)]
        for at, span in enumerate(spans):
            if span.op == "=":
                yield Run("=", span.text)
            elif span.op == "+":
                yield from came[at]
            else:
                near = [run.backing for side in (at + 1, at - 1) if 0 <= side < len(came) for run in came[side]]
                known = next((backing for backing in near if backing.amendments), None)
                yield Run("-", span.text, known or self._credited.of_removal(clause_id, span.text))

    def _came(self, clause_id: str, spans: Sequence[Span], which: int) -> Iterator[Run]:
        start = sum(len(span.text) for span in spans[:which] if span.op != "-")
        text = spans[which].text
        runs = part(self._origins.get(clause_id, ()), start, start + len(text))
        known = [(length, self._credited.of_words(origin)) for length, origin in runs]
        rest = len(text) - sum(length for length, _ in known)
        at, near = 0, next((backing for _, backing in known if backing.amendments), None)
        found: list[Backing] = []
        for length, backing in (*known, (rest, self._credited.otherwise)):
            near = backing if backing.amendments else near  # words of the base that were put among an amendment's own
            found += [near or backing] * length
        for backing, those in groupby(found):
            length = len(tuple(those))
            yield Run("+", text[at : at + length], backing)
            at += length


def _line(clause_id: str, clause: Clause, cited: _Cited, runs: tuple[Run, ...]) -> Line:
    level = LEVELS.get(clause.kind, 0)
    indent = 0 if level else INDENTS.get(clause.kind, 0)
    return Line(
        clause_id, clause.kind, clause.depth, level, indent, clause.label, clause.address, cited.human[clause_id], runs
    )


def _where_it_stood(lines: Sequence[Line]) -> Iterator[Line]:
    """Between clauses that stay in place, what went before what came in its place; but what came below a clause that
    stays stands before what went above it."""
    for stays, those in groupby(lines, key=lambda line: not (line.is_gone or line.is_new_here)):
        found = list(those)
        if stays:
            yield from found
            continue
        gone, new = (deque(line for line in found if line.is_gone is wanted) for wanted in (True, False))
        while gone or new:
            yield (gone if gone and not (new and new[0].depth > gone[0].depth) else new).popleft()


def _moved_together(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Clauses that stand together at both places moved together: one number for all of them."""
    left = {line.clause_id: at for at, line in enumerate(lines) if line.change == "moved_away"}
    moves: dict[str, int] = {}
    number, last = 0, (-2, -2)
    for at, line in enumerate(lines):
        if line.change in MOVED:
            here = (at, left[line.clause_id])
            number += here != (last[0] + 1, last[1] + 1)
            moves[line.clause_id], last = number, here
    return tuple(replace(line, move=moves[line.clause_id]) if line.clause_id in moves else line for line in lines)
