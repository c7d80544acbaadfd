"""The comparison table as PDF: A4 across, its head on every page."""

from typing import Any

from app.exports.document import Document
from app.exports.inline import PLAIN
from app.exports.pdf_page import issue, page_of_law
from app.exports.pdf_pieces import Said, said, told
from app.exports.pdf_typst import typeset
from app.exports.rows import Cell, Row, comparison
from app.exports.words import words_for

COMPARISON_WIDTHS = (10, 30, 70, 70, 54)
"""Shares of the page."""
LONGEST = 20
"""Letters without a place to part them that have room in the columns of the text."""
SHORTER = 11
"""The same of the narrow ones."""
LONGEST_WHOLE = 800
"""Letters of a cell up to which its row is kept on one page."""


def comparison_table(document: Document) -> bytes:
    """What was in force beside what is proposed (сравнительная таблица, салыштырма таблица)."""
    words = words_for(document.language)
    base = document.base.number if document.base else document.version.number
    about = words.between.format(title=document.title, base=base, number=document.version.number)
    rows = comparison(document)
    values: dict[str, Any] = {
        **page_of_law(document),
        "heading": list(said(words.comparison)),
        "about": list(said(about)),
        "widths": list(COMPARISON_WIDTHS),
        "header": [[list(said(one))] for one in words.comparison_heads],
        "rows": [_row(row) for row in rows],
        "whole": [_length(row) <= LONGEST_WHOLE for row in rows],
        "nothing": words.nothing_changed,
        "colophon": [issue(document), f"{words.fingerprint}: {document.version.sha256}"],
    }
    name = f"{words.comparison} {about}"
    return typeset("table", values, title=name, language=document.language, at=document.version.at)


def _length(row: Row) -> int:
    """That of its longest cell."""
    return max(sum(len(words) for told in cell for words, _ in told) for cell in row.cells)


def _row(row: Row) -> list[list[list[Said]]]:
    cells: tuple[Cell, ...] = ((((f"{row.number}", PLAIN),),), *row.cells)
    longest = (SHORTER, SHORTER, LONGEST, LONGEST, LONGEST)
    return [[told(words, most) for words in cell] for cell, most in zip(cells, longest, strict=True)]
