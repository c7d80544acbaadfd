"""What became of a table of the law, row by row.

A table that kept its shape is changed cell by cell; of another one the old rows went and the new ones came.
"""

from app.domain.diff import Op, Span, diff
from app.exports.document import Line
from app.exports.grid import Rows, rows_of
from app.exports.inline import words

Row = tuple[Op, tuple[tuple[Span, ...], ...]]
"""What became of a row as a whole, and the words of its cells."""


def changed_rows(line: Line) -> list[Row]:
    """None for what is no table on the sides on which it stands."""
    old, new = rows_of(line.old_body), rows_of(line.new_body)
    if line.is_new_here:
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


def _whole(op: Op, rows: Rows) -> list[Row]:
    return [(op, tuple((Span(op, cell),) if cell else () for cell in cells)) for cells in rows]


def _changed(before: str, after: str) -> tuple[Span, ...]:
    """What changed in a cell: word by word, as a whole where it has marks of emphasis."""
    if before == after:
        return (Span("=", after),) if after else ()
    if words(before) == before and words(after) == after:
        return diff(before, after)
    return tuple(span for span in (Span("-", before), Span("+", after)) if span.text)
