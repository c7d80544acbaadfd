"""Amendments as a table that spreadsheets open: UTF-8 with its mark, a comma between cells, each row ended by CRLF
(RFC 4180). A cell never becomes a formula, whatever somebody proposed."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""Without it Excel takes the file for one of its old code pages."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How cells begin that a spreadsheet would calculate (OWASP, CSV injection)."""


def write(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([_cell(value) for value in heads])
    table.writerows([_cell(value) for value in row] for row in rows)
    return (MARK + out.getvalue()).encode("utf-8", "replace")


def _cell(value: str) -> str:
    """The words; an apostrophe before those that look like a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
