"""The clauses of a document as what stands in the body of a Word document, and around them the ranges of what moved."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from app.domain.clauses import Kind
from app.exports.document import Line
from app.exports.docx_grid import table
from app.exports.docx_marked import MARKS, Marker, paragraph
from app.exports.docx_notes import Anchor
from app.exports.docx_xml import w


def body(writing: Marker, anchors: Mapping[str, Sequence[Anchor]]) -> Iterator[str]:
    """Paragraphs and tables in order; what moved together is one move."""
    for moving, those in itertools.groupby(writing.document.lines, key=_moving):
        range_id = next(writing.ids) if moving else 0
        for at, line in enumerate(those):
            opening = ""
            if moving and at == 0:
                name, number = moving
                opening = w(f"{name}RangeStart", id=range_id, name=f"move{number}", **writing.signed(line.backing))
            own = () if line.change == "moved_away" else anchors.get(line.clause_id, ())
            yield _clause(writing, line, own, opening)
        if moving:
            yield w(f"{moving[0]}RangeEnd", id=range_id)


def _moving(line: Line) -> tuple[str, int] | None:
    return (MARKS[line.change], line.move) if line.move else None


def _clause(writing: Marker, line: Line, anchors: Sequence[Anchor], opening: str) -> str:
    set_out = table(writing, line, anchors) if line.kind is Kind.TABLE else ""
    return opening + set_out if set_out else paragraph(writing, line, anchors, opening)
