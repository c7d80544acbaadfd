"""The clauses of a document as the template `law` takes them: in order, a block each, heading by heading numbered in
depth so that no level is left out (PDF/UA-1 wants that), numbers as written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.clauses import Kind
from app.exports.document import Line
from app.exports.grid_changes import Row, changed_rows
from app.exports.inline import pieces, shown, words
from app.exports.numbers import HEADINGS, label_pieces
from app.exports.pdf_pieces import BLANK, Said, looking, marked, said

Block = dict[str, Any]
WIDEST_LABEL = 5
"""Characters of a number that have room in the gutter."""
TABLE_LINE = 72
"""Characters in a line of a table as wide as the page."""
MARKS: Mapping[str, str] = {"moved": "+->", "moved_and_edited": "+->", "moved_away": "+-<"}
"""How words that came, went and stayed look, by what became of their clause."""


def blocks(lines: Iterable[Line]) -> Iterator[tuple[Line, Block]]:
    """Each line with how it is set."""
    path: list[int] = []
    for line in lines:
        level = 0
        if _is_bookmarked(line):
            while path and path[-1] >= line.depth:
                path.pop()
            path.append(line.depth)
            level = len(path)
        yield line, block(line, level)


def _is_bookmarked(line: Line) -> bool:
    """A heading of the text's own that says something (PDF/UA-1 allows none that is empty)."""
    is_heading = line.kind in HEADINGS and line.kind is not Kind.TITLE and not line.is_gone
    return is_heading and bool((words(line.label) + words(line.new_body)).strip(BLANK))


def block(line: Line, level: int = 0, told: list[Said] | None = None) -> Block:
    """One clause; `level` is that of its heading, 0 for none in the outline; `told` is set in place of its words."""
    rows = changed_rows(line) if line.kind is Kind.TABLE and told is None else []
    if rows:
        return _grid(line, rows)
    marks, letters = MARKS.get(line.change, "+-="), "m" if line.kind in (Kind.CODE, Kind.TABLE) else ""
    number = marked((one for one in label_pieces(line) if one.text.strip()), marks)
    told = marked(pieces(line), marks, letters) if told is None else told
    if line.kind in HEADINGS:
        listed = bool(line.new_body or line.kind is not Kind.ARTICLE)
        known = {"as": "heading", "kind": line.kind.value, "level": level, "listed": listed}
        return {**known, "number": number, "words": told}
    is_wide = sum(len(one if isinstance(one, str) else one[0]) for one in number) > WIDEST_LABEL
    kind = "quote" if line.kind is Kind.QUOTE else "clause"
    return {"as": kind, "indent": min(line.indent, 5), "number": number, "wide": is_wide, "words": told}


def _grid(line: Line, rows: list[Row]) -> Block:
    columns = max(len(cells) for _, cells in rows)
    letters = {"+": "+", "-": "-", "=": ""}
    if line.change in MARKS:
        letters = dict(zip("+-=", MARKS[line.change][2] * 3, strict=True))
    longest = max(4, TABLE_LINE // columns)
    told = [
        [
            [one for span in cell for part, look in shown(span.text)
             for one in said(part, looking(look) + letters[span.op], longest)]
            for cell in (*cells, *[()] * (columns - len(cells)))
        ]
        for _, cells in rows
    ]  # fmt: skip
    first, *rest = ([[cell] for cell in cells] for cells in told)
    return {"as": "grid", "indent": min(line.indent, 5), "widths": _widths(told), "header": first, "rows": rest}


def _widths(rows: list[list[list[Said]]]) -> list[float]:
    """Shares of the page: as many as the longest cell of a column has letters, within bounds."""
    return [min(max(6, *map(_length, column)), 60) ** 0.7 for column in zip(*rows, strict=True)]


def _length(cell: list[Said]) -> int:
    return sum(len(one if isinstance(one, str) else one[0]) for one in cell)
