"""The lists as one workbook (ECMA-376, SpreadsheetML): a sheet for amendments, comments and positions each.

What somebody typed is written as words: nothing in it is a formula or a link. The same lists give the same bytes.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from app.exports import lists
from app.exports.document import Document
from app.exports.docx_xml import clean
from app.exports.lists import Cell, List, Numbered, Redline
from app.exports.lists_words import ListWords, list_words
from app.exports.words import words_for

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 32_767
"""Characters that a cell holds, as UTF-16 counts them."""
WIDTHS: Mapping[str, int] = {
    "number": 8, "unit": 24, "does": 14, "change": 60, "before": 50, "after": 50, "institution": 28, "sponsors": 14,
    "person": 22, "decision": 16, "reason": 50, "made_on": 10, "stands_on": 10, "settled": 10, "collides": 12,
    "title": 24, "date": 16, "clause_id": 14, "address": 24, "reply_to": 8, "kind": 14, "quote": 30, "comment": 60,
    "state": 16, "version": 9, "position": 18, "seat": 14, "standing": 24, "call": 8, "entered": 14,
    "confirm_until": 16, "confirmed": 16, "answer": 40, "reached": 20,
}  # fmt: skip
NARROW = 14
"""The width of a column that is not named above: how many took a step of the scale."""
LOOKS: Mapping[str, Mapping[str, object]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
    "number": {"valign": "top", "align": "left"},
    "amendment": {"valign": "top", "align": "left", "num_format": '"A"0'},
    "time": {"valign": "top", "align": "left", "num_format": "yyyy-mm-dd hh:mm"},
    "-": {"font_strikeout": True},
    "+": {"bold": True, "underline": 1},
    "=": {},
    "all -": {"text_wrap": True, "valign": "top", "font_strikeout": True},
    "all +": {"text_wrap": True, "valign": "top", "bold": True, "underline": 1},
}
CLOSED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class _Book:
    document: Document
    words: ListWords
    looks: Mapping[str, Format]


def workbook(document: Document) -> bytes:
    """The file."""
    out = io.BytesIO()
    made = Workbook(out, {"in_memory": True, **CLOSED})
    words = list_words(document.language)
    made.set_properties({"title": clean(document.title)[:250], "created": _moment(document.version.at)})
    book = _Book(document, words, {name: made.add_format(dict(look)) for name, look in LOOKS.items()})
    for found in (lists.amendments(document), lists.comments(document), lists.positions(document)):
        _fill(made.add_worksheet(found.title), found, book)
    made.close()
    return out.getvalue()


def _moment(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _fill(sheet: Worksheet, found: List, book: _Book) -> None:
    _lay_out(sheet, found, book)
    for column, head in enumerate(found.columns.values()):
        sheet.write_string(0, column, clean(head), book.looks["head"])
    for number, row in enumerate(found.rows, 1):
        for column, name in enumerate(found.columns):
            _write(sheet, number, column, row.get(name), book)
    sheet.autofilter(0, 0, len(found.rows), len(found.columns) - 1)


def _lay_out(sheet: Worksheet, found: List, book: _Book) -> None:
    """On the screen and on paper: the head stays in sight and is printed on every page."""
    for column, name in enumerate(found.columns):
        sheet.set_column(column, column, WIDTHS.get(name, NARROW))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title = clean(book.document.title)[:100].replace("&", "&&")
    version = words_for(book.document.language).version.format(number=book.document.version.number)
    sheet.set_header(f"&L{title}&R{version}")
    sheet.set_footer("&C&P / &N")


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, book: _Book) -> None:
    if isinstance(cell, Redline):
        _write_redline(sheet, row, column, cell, book)
    elif isinstance(cell, Numbered):
        sheet.write_number(row, column, cell.number, book.looks["amendment"])
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, book.looks["number"])
    elif isinstance(cell, datetime):
        here = cell.astimezone(book.document.version.at.tzinfo).replace(tzinfo=None)
        sheet.write_datetime(row, column, here, book.looks["time"])
    elif cell:
        _write_words(sheet, row, column, fitting(cell, book.words), "text", book)


def _write_words(sheet: Worksheet, row: int, column: int, words: str, look: str, book: _Book) -> None:
    """Words as they are. What looks like the mark-up of a cell of several looks, xlsxwriter would take for it: such
    words are written as two parts of the same look."""
    if words.startswith("<r>") and words.endswith("</r>"):
        own = book.looks[look[-1] if look.startswith("all ") else "="]
        sheet.write_rich_string(row, column, own, words[:1], own, words[1:], book.looks["text"])
    else:
        sheet.write_string(row, column, words, book.looks[look])


def _write_redline(sheet: Worksheet, row: int, column: int, cell: Redline, book: _Book) -> None:
    """New words bold and underlined, removed ones struck; where all came or went, the whole cell."""
    parts = [(op, text) for op, text in cell.parts if text]
    whole = "".join(text for _, text in parts)
    if len(parts) < 2 or fitting(whole, book.words) != _told(whole):
        op = parts[0][0] if len(parts) == 1 else "="
        told = fitting(str(cell) if len(parts) > 1 else whole, book.words)
        if told:
            _write_words(sheet, row, column, told, "text" if op == "=" else f"all {op}", book)
        return
    sheet.write_rich_string(row, column, *_fragments(parts, book), book.looks["text"])


def _fragments(parts: Iterable[tuple[str, str]], book: _Book) -> Iterator[Format | str]:
    for op, text in parts:
        yield book.looks[op]
        yield _told(text)


def _told(text: str) -> str:
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def fitting(text: str, words: ListWords) -> str:
    """As much of a text as a cell holds, and how much is left out."""
    told = _told(text)
    if _length(told) <= MOST:
        return told
    room = MOST - len(words.cut.format(count=len(told)))
    kept = told.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + words.cut.format(count=len(told) - len(kept))


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
