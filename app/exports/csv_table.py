"""A table that spreadsheets open: UTF-8 with its mark, a comma between cells, each row ended by CRLF (RFC 4180). A cell
never becomes a formula, whatever somebody typed, nor does a part of it where a spreadsheet cuts it at other signs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""Without it Excel takes the file for one of its old code pages."""
_FORMULA = re.compile("^(?=[\t\r])|(?:^|(?<=[;,\t\r\n]))(?=[=+\\-@＝＋－＠])")
"""Before what a spreadsheet would calculate: the first characters of a cell (OWASP, CSV injection), also behind a sign
at which one set to another country cuts."""
_CONTROL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([_cell(value) for value in heads])
    table.writerows([_cell(value) for value in row] for row in rows)
    return (MARK + out.getvalue()).encode("utf-8")


def _cell(value: str) -> str:
    """The words; an apostrophe before those that look like a formula, a sign for control characters."""
    return _FORMULA.sub("'", _CONTROL.sub("\ufffd", value))
