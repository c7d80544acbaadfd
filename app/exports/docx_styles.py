"""How a Word document looks: its styles (named in English, as Word names its own), settings, head and foot of a page.

Numbers of clauses are text, exactly as written; Word numbers nothing.
"""

from collections.abc import Iterable, Mapping

from app.domain.clauses import Kind
from app.exports.document import Document
from app.exports.docx_package import relation_id
from app.exports.docx_xml import field, paragraph, part, run, w
from app.exports.words import day, language_tag, words_for

FACE = "Times New Roman"
STEP = 567
"""One step of indentation, one centimetre, in twentieths of a point."""
HEADINGS = (Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER)
BODIES = {
    Kind.TITLE: "Title",
    Kind.ARTICLE: "Article",
    Kind.PARAGRAPH: "Paragraph",
    Kind.POINT: "Point",
    Kind.SUBPOINT: "Subpoint",
    Kind.TABLE: "Preformatted",
    Kind.CODE: "Preformatted",
    Kind.QUOTE: "QuotedText",
}
UNNUMBERED = "UnnumberedParagraph"


def heading_levels(kinds: Iterable[Kind]) -> dict[Kind, int]:
    """The levels of the headings that occur, 1 the highest: none is skipped."""
    found = set(kinds)
    return {kind: level for level, kind in enumerate((kind for kind in HEADINGS if kind in found), 1)}


def style_of(kind: Kind, levels: Mapping[Kind, int]) -> str:
    return f"Heading{levels[kind]}" if kind in levels else BODIES.get(kind, UNNUMBERED)


def styles(language: str, levels: Mapping[Kind, int]) -> str:
    """The part `styles.xml`."""
    tag = language_tag(language)
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", _face() + w("sz", val=24) + w("szCs", val=24)
                          + w("lang", val=tag, eastAsia=tag, bidi=tag)))
        + w("pPrDefault", w("pPr", w("spacing", after=120, line=264, lineRule="auto"))),
    )  # fmt: skip
    return part("styles", defaults + "".join(_styles(len(levels))))


def _face() -> str:
    return w("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs=FACE)


def _styles(deepest: int) -> Iterable[str]:
    yield w("style", w("name", val="Normal") + w("qFormat"), type="paragraph", default=1, styleId="Normal")
    yield w(
        "style",
        w("name", val="Default Paragraph Font") + w("uiPriority", val=1) + w("semiHidden"),
        type="character", default=1, styleId="DefaultParagraphFont",
    )  # fmt: skip
    yield _table_styles()
    bold = w("b") + w("bCs")
    centred = w("jc", val="center")
    yield _style("Title", "Title", w("keepNext") + _space(0, 240) + centred, bold + _size(32))
    for level in range(1, max(deepest, 1) + 1):
        look = w("keepNext") + w("keepLines") + _space(360, 160) + centred + w("outlineLvl", val=level - 1)
        yield _style(f"Heading{level}", f"heading {level}", look, bold + _size(max(28 - 2 * (level - 1), 24)))
    article = w("keepNext") + w("keepLines") + _space(240, 120) + w("outlineLvl", val=deepest)
    yield _style("Article", "Article", article, bold)
    for at, name in enumerate(("Paragraph", "Point", "Subpoint")):
        yield _style(name, name, w("ind", left=STEP * (at + 1), hanging=STEP))
    yield _style(UNNUMBERED, "Unnumbered Paragraph")
    yield _style("QuotedText", "Quoted Text", w("ind", left=STEP, right=STEP))
    yield _style("Preformatted", "Preformatted", w("spacing", after=120, line=240, lineRule="auto"), _mono())
    yield _style("Colophon", "Colophon", w("pBdr", w("top", val="single", sz=4, space=6, color="auto"))
                 + _space(480, 0), _size(18))  # fmt: skip
    yield _style("Subtitle", "Subtitle", w("keepNext") + _space(0, 240) + centred)
    yield _style("Header", "header", _line_below() + _space(0, 0), _size(18))
    yield _style("Footer", "footer", _space(0, 0) + centred, _size(18))
    yield _style("TOCHeading", "TOC Heading", w("keepNext") + _space(240, 120), bold)
    for level in range(1, deepest + 2):
        yield _style(f"TOC{level}", f"toc {level}", _space(0, 40) + w("ind", left=STEP * (level - 1)))
    yield _style("TableHead", "Table Head", w("keepNext") + _space(40, 40) + centred, bold + _size(20))
    yield _style("TableText", "Table Text", _space(40, 40), _size(20))
    yield _style("CommentText", "annotation text", _space(0, 0), _size(20))
    yield _character("CommentReference", "annotation reference", w("sz", val=16) + w("szCs", val=16))
    yield _character("Hyperlink", "Hyperlink", "")


def _table_styles() -> str:
    """Thin lines around every cell."""
    margins = w("tblCellMar", w("left", w=108, type="dxa") + w("right", w=108, type="dxa"))
    normal = w(
        "style",
        w("name", val="Normal Table") + w("uiPriority", val=99) + w("semiHidden")
        + w("tblPr", w("tblInd", w=0, type="dxa") + margins),
        type="table", default=1, styleId="TableNormal",
    )  # fmt: skip
    edges = "".join(
        w(edge, val="single", sz=4, space=0, color="auto")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = w(
        "style",
        w("name", val="Table Grid") + w("basedOn", val="TableNormal") + w("tblPr", w("tblBorders", edges)),
        type="table", styleId="TableGrid",
    )  # fmt: skip
    return normal + grid


def _style(id: str, name: str, look: str = "", letters: str = "") -> str:
    inner = w("name", val=name) + w("basedOn", val="Normal") + w("qFormat")
    inner += (w("pPr", look) if look else "") + (w("rPr", letters) if letters else "")
    return w("style", inner, type="paragraph", styleId=id)


def _character(id: str, name: str, letters: str) -> str:
    inner = w("name", val=name) + w("basedOn", val="DefaultParagraphFont")
    return w("style", inner + (w("rPr", letters) if letters else ""), type="character", styleId=id)


def _space(before: int, after: int) -> str:
    return w("spacing", before=before, after=after)


def _size(half_points: int) -> str:
    return w("sz", val=half_points) + w("szCs", val=half_points)


def _mono() -> str:
    face = "Courier New"
    return w("rFonts", ascii=face, hAnsi=face, cs=face) + _size(20)


def _line_below() -> str:
    return w("pBdr", w("bottom", val="single", sz=4, space=4, color="auto"))


def settings(language: str, *, tracking: bool) -> str:
    """The part `settings.xml`; `tracking` keeps what is changed next visible too."""
    tag = language_tag(language)
    setting = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    return part(
        "settings",
        w("zoom", percent=100)
        + (w("trackRevisions") if tracking else "")
        + w("defaultTabStop", val=STEP)
        + w("compat", setting)
        + w("themeFontLang", val=tag)
        + w("decimalSymbol", val="." if language == "en" else ",")
        + w("listSeparator", val=";"),
    )


def header(document: Document) -> str:
    """The head of every page: title, version and date, the beginning of its fingerprint."""
    words = words_for(document.language)
    version = document.version
    said = (
        f"{words.version.format(number=version.number)} {words.of_date.format(date=day(version.at, document.language))}"
    )
    if document.base is not None:
        said += f" · {words.changes.format(base=document.base.number)}"
    return part("hdr", paragraph("Header", run(f"{document.title}\n{said} · {version.fingerprint}")))


def footer(document: Document) -> str:
    """The foot: which page of how many."""
    return foot(document.language)


def foot(language: str) -> str:
    """The same of any paper in a language."""
    template = words_for(language).page
    before, rest = template.split("{page}")
    between, after = rest.split("{pages}")
    return part(
        "ftr",
        paragraph(
            "Footer", run(before), field("PAGE", "1"), run(between), field("NUMPAGES", "1"), run(after)
        ),
    )  # fmt: skip


def section(*, landscape: bool = False) -> str:
    """A4, with head and foot (`w:sectPr`, the last thing in the body)."""
    size = w("pgSz", w=16838, h=11906, orient="landscape") if landscape else w("pgSz", w=11906, h=16838)
    margins = w("pgMar", top=1304, right=1134, bottom=1134, left=1134 if landscape else 1418,
                header=567, footer=567, gutter=0)  # fmt: skip
    references = "".join(
        f'<w:{name} w:type="default" r:id="{id}"/>'
        for name, id in (
            ("headerReference", relation_id("header1.xml")),
            ("footerReference", relation_id("footer1.xml")),
        )
    )
    return w("sectPr", references + size + margins)
