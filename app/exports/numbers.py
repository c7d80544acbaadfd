"""The number of a clause as it is shown before its words: exactly as written, never made by a program."""

from collections.abc import Iterator

from app.domain.clauses import Kind
from app.domain.diff import Op
from app.exports.document import Backing, Line
from app.exports.inline import Piece, shown

HEADINGS = frozenset({Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE})


def label_pieces(line: Line) -> Iterator[Piece]:
    """The number as written, and what parts it from the words."""
    old = _numbered(line.old_kind or line.kind, line.old_label, line.old_body)
    new = _numbered(line.kind, line.label, line.new_body)
    if line.is_gone or line.is_new_here or line.old_kind is None:
        op: Op = "-" if line.change == "deleted" else "+" if line.change == "inserted" else "="
        for part in old if line.is_gone else new:
            yield from _looking(op, part, line.backing)
        return
    for before, after in zip(old, new, strict=True):
        if before == after:
            yield from _looking("=", after, line.backing)
        else:
            yield from _looking("-", before, line.backing)
            yield from _looking("+", after, line.backing)


def _numbered(kind: Kind, label: str, words: str) -> tuple[str, str]:
    """A heading's number is followed by a space, that of a text by a tab, which makes its words stand in one line."""
    return label, (" " if kind in HEADINGS else "\t") if label and words else ""


def _looking(op: Op, words: str, backing: Backing) -> Iterator[Piece]:
    """`12^1^.` with its raised digit."""
    if "^" not in words:
        yield from (Piece(op, part, backing=backing) for part in (words,) if part)
        return
    yield from (Piece(op, part, look, backing) for part, look in shown(words))
