"""Who brought the words of a difference: every new word traced to its amendment and the institutions behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.diff import Span
from app.domain.provenance import Origins, part
from app.services.marks import Marks
from app.services.pages import InstitutionMark, TracedSpan
from app.services.pages_comparing import ComparedLine
from app.services.pages_reading import By
from app.services.tabling import bringers
from app.store.amendments import number_of


def traced_lines(
    session: Session, draft_id: int, lines: Sequence[ComparedLine], origins: Mapping[str, Origins], institutions: Marks
) -> tuple[ComparedLine, ...]:
    """The lines of a comparison, their new words traced. Two statements where amendments brought any, else none."""
    amended = any(origin.amendments for runs in origins.values() for _, origin in runs)
    by = bringers(session, draft_id, institutions) if amended else {}
    return tuple(replace(line, spans=traced(line.spans, origins.get(line.clause_id, ()), by)) for line in lines)


def traced(spans: Iterable[Span | TracedSpan], origins: Origins, by: Mapping[int, By]) -> tuple[TracedSpan, ...]:
    """A difference with who brought its new words. `origins` are those of the new body; () where they are not known."""
    made: list[TracedSpan] = []
    at = 0
    for span in spans:
        runs = part(origins, at, at + len(span.text)) if span.op == "+" else ()
        start = 0
        for length, origin in runs:
            numbers = tuple(sorted(map(number_of, origin.amendments)))
            made.append(TracedSpan("+", span.text[start : start + length], numbers, _marks(numbers, by)))
            start += length
        if not runs:
            made.append(TracedSpan(span.op, span.text, (), ()))
        at += len(span.text) if span.op != "-" else 0
    return tuple(made)


def _marks(numbers: Iterable[int], by: Mapping[int, By]) -> tuple[InstitutionMark, ...]:
    """The institutions behind amendments, each once: who proposed them, and who with them."""
    found: dict[InstitutionMark, None] = {}
    for number in numbers:
        one = by.get(number)
        if one is not None:
            found.update((mark, None) for mark in (one.institution, *one.sponsors) if mark is not None)
    return tuple(found)
