"""What happened to a draft, as a workbook (ECMA-376, SpreadsheetML) of one sheet, a row an event.

Rows are written as they come: of a long record only one is held. Nothing in it is a formula or a link.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from app.exports.docx_xml import clean
from app.exports.xlsx import CLOSED, LOOKS, MEDIA_TYPE, MOST

__all__ = ["MEDIA_TYPE", "workbook"]
WIDTHS = (8, 18, 16, 28, 80, 68)


def workbook(title: str, made_at: datetime, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file. The first column holds numbers, the others words."""
    out = io.BytesIO()
    made = Workbook(out, {"constant_memory": True, **CLOSED})
    made.set_properties({"title": clean(title)[:250], "created": made_at.astimezone(UTC).replace(tzinfo=None)})
    looks = {name: made.add_format(dict(LOOKS[name])) for name in ("head", "text", "number")}
    sheet = made.add_worksheet()
    for column, width in enumerate(WIDTHS[: len(heads)]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, clean(head), looks["head"])
    for at, (number, *cells) in enumerate(rows, 1):
        sheet.write_number(at, 0, int(number), looks["number"])
        for column, words in enumerate(cells, 1):
            sheet.write_string(at, column, clean(words)[: MOST // 2], looks["text"])
    made.close()
    return out.getvalue()
