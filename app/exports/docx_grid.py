"""A table of the law as a Word table, its rows and the words in its cells tracked.

A table that kept its shape is changed cell by cell; of another one the old rows went and the new ones came. Word cannot
move rows: of a table that moved they went at the old place and came at the new one.
"""

from collections.abc import Iterator, Sequence

from app.domain.diff import Op, Span, diff
from app.exports.document import NEW_HERE, Backing, Line
from app.exports.docx_marked import Marker, bookmarked, looks
from app.exports.docx_notes import Anchor, end, references, start
from app.exports.docx_xml import paragraph, text, w
from app.exports.grid import Rows, rows_of
from app.exports.inline import shown, words

WIDTH = 9354
"""Between the margins of an upright page, in twentieths of a point."""
ELEMENTS = {"+": "ins", "-": "del"}
_Row = tuple[Op, tuple[tuple[Span, ...], ...]]
"""What became of a row as a whole, and the words of its cells."""


def table(writing: Marker, line: Line, anchors: Sequence[Anchor]) -> str:
    """The table and the empty paragraph that parts it from what follows; nothing for what is no table on both sides."""
    rows = _rows(line)
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


def _rows(line: Line) -> list[_Row]:
    old, new = rows_of(line.old_body), rows_of(line.new_body)
    if line.change == "inserted" or line.change in NEW_HERE:
        return _whole("+", new)
    if line.is_gone:
        return _whole("-", old)
    if not old or not new:
        return []
    if [len(cells) for cells in old] != [len(cells) for cells in new]:
        return [*_whole("-", old), *_whole("+", new)]
    return [
        ("=", tuple(_changed(before, after) for before, after in zip(was, now, strict=True)))
        for was, now in zip(old, new, strict=True)
    ]


def _whole(op: Op, rows: Rows) -> list[_Row]:
    return [(op, tuple((Span(op, cell),) if cell else () for cell in cells)) for cells in rows]


def _changed(before: str, after: str) -> tuple[Span, ...]:
    """What changed in a cell: word by word, as a whole where it has marks of emphasis."""
    if before == after:
        return (Span("=", after),) if after else ()
    if words(before) == before and words(after) == after:
        return diff(before, after)
    return tuple(span for span in (Span("-", before), Span("+", after)) if span.text)


def _row(writing: Marker, row: _Row, backing: Backing, is_head: bool) -> str:
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
