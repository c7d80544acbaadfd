"""The lists as tables for any spreadsheet or program, a file each. Times are those of the place of the document."""

from datetime import datetime

from app.exports import csv_table, lists
from app.exports.document import Document
from app.exports.lists import Cell, List

MEDIA_TYPE = "text/csv; charset=utf-8"


def amendments(document: Document) -> bytes:
    return _written(document, lists.amendments(document))


def comments(document: Document) -> bytes:
    return _written(document, lists.comments(document))


def positions(document: Document) -> bytes:
    return _written(document, lists.positions(document))


def _written(document: Document, found: List) -> bytes:
    def told(cell: Cell) -> str:
        if isinstance(cell, datetime):
            return f"{cell.astimezone(document.version.at.tzinfo):%Y-%m-%d %H:%M}"
        return "" if cell is None else str(cell)

    rows = ([told(row.get(name)) for name in found.columns] for row in found.rows)
    return csv_table.write(tuple(found.columns.values()), rows)
