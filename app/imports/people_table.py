"""A list of people as spreadsheets save it: text with separators, in one of several encodings → cells by column.

Read with Python's csv in its usual dialect (RFC 4180); the separator is the one by which the first line names most
columns.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from app.domain import invited_words
from app.domain.errors import Invalid

SEPARATORS = (",", ";", "\t")
MOST_LINES = 500
LONGEST_TEXT = 500_000  # characters


class NoColumnOfNames(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "The first line names the columns: one of them is “name”, others may be email, institution, role, part and "
            "language."
        )


class ColumnTwice(Invalid):
    def __init__(self, column: str) -> None:
        super().__init__(f"Two columns are called “{column}”: leave one of them out.")


class TooLong(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A list has at most {MOST_LINES} lines: divide it.")


class LineUnreadable(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Line {number} cannot be read: a quotation mark is open, or a cell is too long.")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of the line in the file on which it begins; `over` what stands behind the last column."""

    number: int
    cells: Mapping[str, str]
    over: str = ""


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with or without its mark, else Windows-1251. Never fails."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for encoding in _guessed(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1251", "replace")


def _guessed(data: bytes) -> tuple[str, ...]:
    """Text in UTF-16 without its mark has a zero beside every Latin letter and separator."""
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if max(even, odd) * 8 > len(data[:2000]):
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8-sig", "cp1251")


def read(text: str) -> tuple[Row, ...]:
    """The lines below the first one that are not empty.

    Raises NoColumnOfNames, ColumnTwice, TooLong, LineUnreadable.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong
    text = text.removeprefix("\ufeff")
    names = max((_columns(text, separator) for separator in SEPARATORS), key=lambda found: len(_known(found[1])))
    separator, columns = names
    known = _known(columns)
    if "name" not in known:
        raise NoColumnOfNames
    for column in known:
        if known.count(column) > 1:
            raise ColumnTwice(column)
    rows = [_row(number, cells, columns) for number, cells in _lines(text, separator) if any(map(str.strip, cells))]
    if len(rows) - 1 > MOST_LINES:
        raise TooLong
    return tuple(rows[1:])


def _columns(text: str, separator: str) -> tuple[str, list[str | None]]:
    try:
        first = next((cells for _, cells in _lines(text, separator) if any(map(str.strip, cells))), [])
    except LineUnreadable:
        first = []
    return separator, [invited_words.column(cell) for cell in first]


def _known(columns: list[str | None]) -> list[str]:
    return [column for column in columns if column]


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Cells with the number of the line on which they begin. A line `sep=;`, which Excel understands, is none."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if not (begins == 1 and separator.join(cells).lower().startswith("sep=")):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise LineUnreadable(begins) from error


def _row(number: int, cells: list[str], columns: list[str | None]) -> Row:
    by_column = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    return Row(number, by_column, "".join(cells[len(columns) :]).strip())
