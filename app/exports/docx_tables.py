"""The comparison table and the table of disagreements as Word documents: A4 across, their head on every page."""

from collections.abc import Sequence

from app.exports.document import Document
from app.exports.docx_marked import looks
from app.exports.docx_package import package
from app.exports.docx_styles import footer, header, section, settings, styles
from app.exports.docx_xml import paragraph, part, run, w
from app.exports.inline import PLAIN
from app.exports.rows import Cell, Row, comparison, disagreements
from app.exports.words import words_for

COMPARISON_WIDTHS = (624, 1871, 4366, 4366, 3343)
DISAGREEMENT_WIDTHS = (624, 1474, 3345, 3345, 1928, 2494, 1360)
"""Of the columns, in twentieths of a point: together what A4 across has between its margins."""
LONGEST_WHOLE = 800
"""Characters of a cell up to which its row is kept on one page."""


def comparison_table(document: Document) -> bytes:
    """What was in force beside what is proposed (сравнительная таблица, салыштырма таблица)."""
    words = words_for(document.language)
    base = document.base.number if document.base else document.version.number
    about = words.between.format(title=document.title, base=base, number=document.version.number)
    return _written(
        document, words.comparison, about, words.comparison_heads, COMPARISON_WIDTHS, comparison(document),
        words.nothing_changed,
    )  # fmt: skip


def disagreement_table(document: Document) -> bytes:
    """What institutions propose otherwise (таблица разногласий, пикир келишпестиктер таблицасы)."""
    words = words_for(document.language)
    about = words.on_version.format(title=document.title, number=document.version.number)
    return _written(
        document, words.disagreements, about, words.disagreement_heads, DISAGREEMENT_WIDTHS, disagreements(document),
        words.nothing_proposed,
    )  # fmt: skip


def _written(
    document: Document,
    name: str,
    about: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Row],
    nothing: str,
) -> bytes:
    table = _table(name, heads, widths, rows) if rows else paragraph("TableText", run(nothing))
    body = paragraph("Title", run(name)) + paragraph("Subtitle", run(about)) + table
    parts = {
        "document.xml": part("document", w("body", body + paragraph("TableText") + section(landscape=True))),
        "styles.xml": styles(document.language, {}),
        "settings.xml": settings(document.language, tracking=False),
        "header1.xml": header(document),
        "footer1.xml": footer(document),
    }
    return package(document, name, parts)


def _table(name: str, heads: Sequence[str], widths: Sequence[int], rows: Sequence[Row]) -> str:
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid")
        + w("tblW", w=sum(widths), type="dxa")
        + w("tblLayout", type="fixed")
        + w("tblLook", val="0020", firstRow=1)
        + w("tblCaption", val=name),
    )
    grid = w("tblGrid", "".join(w("gridCol", w=width) for width in widths))
    on_every_page = w("trPr", w("cantSplit") + w("tblHeader"))
    head = "".join(_cell(width, paragraph("TableHead", run(said))) for width, said in zip(widths, heads, strict=True))
    return w("tbl", properties + grid + w("tr", on_every_page + head) + "".join(_row(row, widths) for row in rows))


def _row(row: Row, widths: Sequence[int]) -> str:
    cells: tuple[Cell, ...] = ((((f"{row.number}", PLAIN),),), *row.cells)
    whole = w("trPr", w("cantSplit")) if max(_length(cell) for cell in cells) <= LONGEST_WHOLE else ""
    return w("tr", whole + "".join(_cell(width, _words(cell)) for width, cell in zip(widths, cells, strict=True)))


def _length(cell: Cell) -> int:
    return sum(len(said) for words in cell for said, _ in words)


def _words(cell: Cell) -> str:
    """The paragraphs of a cell; a cell has one at least."""
    return "".join(
        paragraph("TableText", *(run(said, looks(look)) for said, look in words)) for words in cell
    ) or paragraph("TableText")  # fmt: skip


def _cell(width: int, content: str) -> str:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")) + content)
