"""A table of the law as a Word table, its rows and the words in its cells tracked.

Word cannot move rows: of a table that moved they went at the old place and came at the new one.
"""

from collections.abc import Iterator, Sequence

from app.domain.diff import Span
from app.exports.document import Backing, Line
from app.exports.docx_marked import Marker, bookmarked, looks
from app.exports.docx_notes import Anchor, end, references, start
from app.exports.docx_xml import paragraph, text, w
from app.exports.grid_changes import Row, changed_rows
from app.exports.inline import shown

WIDTH = 9354
"""Between the margins of an upright page, in twentieths of a point."""
ELEMENTS = {"+": "ins", "-": "del"}


def table(writing: Marker, line: Line, anchors: Sequence[Anchor]) -> str:
    """The table and the empty paragraph that parts it from what follows; nothing for what is no table on both sides."""
    rows = changed_rows(line)
    if not rows:
        return ""
    backing = next((run.backing for run in line.runs if run.op != "="), line.backing)
    columns = max(len(cells) for _, cells in rows)
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid") + w("tblW", w=WIDTH, type="dxa") + w("tblLook", val="0020", firstRow=1),
    )
    grid = w("tblGrid", w("gridCol", w=WIDTH // columns) * columns)
    said = [_row(writing, row, backing, at == 0) for at, row in enumerate(rows)]
    first, *rest = said
    opening = "".join(start(one) + end(one) + "".join(references(one)) for one in anchors)
    if line.change != "moved_away":
        opening = bookmarked(writing, line.clause_id, opening)
    inner = properties + grid + first.replace("</w:p>", opening + "</w:p>", 1) + "".join(rest)
    mark = {row[0] for row in rows}
    whole = ELEMENTS.get(mark.pop(), "") if len(mark) == 1 else ""
    behind = w("pPr", w("rPr", writing.tracked(whole, backing))) if whole else ""
    return w("tbl", inner) + w("p", behind)


def _row(writing: Marker, row: Row, backing: Backing, is_head: bool) -> str:
    op, cells = row
    mark = writing.tracked(ELEMENTS[op], backing) if op in ELEMENTS else ""
    properties = w("cantSplit") + (w("tblHeader") if is_head else "") + mark  # one of the first two there must be
    style = "TableHead" if is_head else "TableText"
    said = "".join(
        w("tc", w("tcPr", w("tcW", w=0, type="auto")) + _cell(writing, cell, backing, style)) for cell in cells
    )
    return w("tr", w("trPr", properties) + said)


def _cell(writing: Marker, spans: Sequence[Span], backing: Backing, style: str) -> str:
    return paragraph(style, *(one for span in spans for one in _runs(writing, span, backing)))


def _runs(writing: Marker, span: Span, backing: Backing) -> Iterator[str]:
    name = ELEMENTS.get(span.op, "")
    for part, look in shown(span.text):
        seen = looks(look)
        run = w("r", (w("rPr", seen) if seen else "") + text(part, deleted=name == "del"))
        yield writing.tracked(name, backing, run) if name else run
