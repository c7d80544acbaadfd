"""A paper that is no law (`paper`) as a Word document: a record, a communiqué, a note."""

from collections.abc import Iterator
from typing import assert_never

from app.domain.clauses import Kind
from app.exports.docx_marked import looks
from app.exports.docx_package import About, packed
from app.exports.docx_styles import foot, section, settings, styles
from app.exports.docx_xml import paragraph, part, run, w
from app.exports.inline import shown
from app.exports.paper import Block, Grid, Heading, Item, Paper, Paragraph

WIDTH = 9354
"""Between the margins of an upright page, in twentieths of a point."""
LEVELS = {Kind.PART: 1, Kind.SECTION: 2, Kind.CHAPTER: 3}
"""The three levels of headings that a paper has, as `styles` asks for them."""
ITEMS = ("Paragraph", "Point", "Subpoint")
"""Styles of items by depth; what stands deeper is set as the last."""
LONGEST_HEAD = 80
"""Characters of the title that the head of a page has room for."""
GAP = w("p", w("pPr", w("spacing", before=0, after=0, line=120, lineRule="exact")))
"""Parts a table from what follows."""
END = w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")))
"""The body of a document ends in a paragraph: where nothing is said in it, one that takes no room."""
LONGEST_WHOLE = 800
"""Characters of a row up to which it is kept on one page."""


def paper(value: Paper) -> bytes:
    """The same paper gives the same bytes. Nobody is named as its author."""
    body = paragraph("Title", run(_plain(value.title))) + "".join(_blocks(value))
    parts = {
        "document.xml": part("document", w("body", body + section())),
        "styles.xml": styles(value.language, LEVELS),
        "settings.xml": settings(value.language, tracking=False),
        "header1.xml": _header(value),
        "footer1.xml": foot(value.language),
    }
    return packed(About(_plain(value.title), "", value.footer, value.language, value.at), parts)


def _blocks(value: Paper) -> Iterator[str]:
    before: Block | None = None
    for block in value.blocks:
        if isinstance(before, Grid) and not isinstance(block, Heading):
            yield GAP  # without which Word takes two tables for one
        yield _block(block)
        before = block
    if isinstance(before, Grid) or before is None:
        yield END


def _block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return paragraph(f"Heading{min(max(level, 1), len(LEVELS))}", _runs(words))
        case Paragraph(words):
            return paragraph("UnnumberedParagraph", _runs(words))
        case Item(label, words, depth):
            style = ITEMS[min(depth, len(ITEMS) - 1)]
            return paragraph(style, run(f"{label}\t"), _runs(words))
        case Grid():
            return _table(block)
        case _:
            assert_never(block)


def _table(grid: Grid) -> str:
    columns = max([len(grid.header), *(len(row) for row in grid.rows)], default=0)
    if not columns:
        return paragraph("TableText")
    shares = grid.widths or (1,) * columns
    widths = [WIDTH * share // sum(shares) for share in shares]
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid")
        + w("tblW", w=sum(widths), type="dxa")
        + w("tblLayout", type="fixed")
        + w("tblLook", val="0020" if grid.header else "0000", firstRow=int(bool(grid.header))),
    )
    drawn = w("tblGrid", "".join(w("gridCol", w=width) for width in widths))
    head = w("trPr", w("cantSplit") + w("tblHeader")) + _cells(grid.header, widths, "TableHead") if grid.header else ""
    rows = "".join(_row(row, widths) for row in grid.rows)
    return w("tbl", properties + drawn + (w("tr", head) if head else "") + rows)


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    whole = w("trPr", w("cantSplit")) if sum(map(len, row)) <= LONGEST_WHOLE else ""
    return w("tr", whole + _cells(row, widths, "TableText"))


def _cells(row: tuple[str, ...], widths: list[int], style: str) -> str:
    """A row that is too short gets empty cells."""
    full = (*row, *("",) * (len(widths) - len(row)))
    return "".join(
        w("tc", w("tcPr", w("tcW", w=width, type="dxa")) + paragraph(style, _runs(words)))
        for width, words in zip(widths, full, strict=False)
    )


def _runs(words: str) -> str:
    """Words with their marks of emphasis as emphasis; a line end is a line end."""
    return w("r", w("br")).join(_line(line) for line in words.split("\n"))


def _line(words: str) -> str:
    return "".join(run(said, looks(look)) for said, look in shown(words))


def _plain(words: str) -> str:
    return " ".join("".join(said for said, _ in shown(words)).split())


def _header(value: Paper) -> str:
    """The head of every page: what the paper is, and what stands at the foot of it where pages have no head."""
    title = _plain(value.title)
    title = title if len(title) <= LONGEST_HEAD else f"{title[:LONGEST_HEAD].rstrip()}…"
    said = "\n".join(one for one in (title, value.footer) if one)
    return part("hdr", paragraph("Header", run(said)))
