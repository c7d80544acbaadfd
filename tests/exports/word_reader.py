"""A Word document as a reader of the standard sees it (ECMA-376, 17.13.5), written without a look at the writer: what
its text is when every change is accepted or rejected, what its comments are about, whether its elements stand in the
order that the schema asks for."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
TAKEN_BY_ACCEPTING, TAKEN_BY_REJECTING = {"del", "moveFrom"}, {"ins", "moveTo"}
APART = {"TOCHeading", "TOC1", "TOC2", "TOC3", "TOC4", "TOC5", "Colophon"}
"""Paragraphs that are not of the law."""

PROPERTIES = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
]  # fmt: skip
LETTERS = [
    "ins", "del", "moveFrom", "moveTo", "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike",
    "dstrike", "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color",
    "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
    "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
]  # fmt: skip
ORDERS = {
    "pPr": PROPERTIES,
    "rPr": LETTERS,
    "style": ["name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
              "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr",
              "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"],
    "sectPr": ["headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
               "pgBorders", "lnNumType", "pgNumType", "cols"],
    "tblPr": ["tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW",
              "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
              "tblDescription"],
    "tbl": ["bookmarkStart", "bookmarkEnd", "tblPr", "tblGrid", "tr"],
    "tr": ["tblPrEx", "trPr", "tc"],
    "trPr": ["cnfStyle", "divId", "gridBefore", "gridAfter", "wBefore", "wAfter", "cantSplit", "trHeight", "tblHeader",
             "tblCellSpacing", "jc", "hidden", "ins", "del", "trPrChange"],
    "tc": ["tcPr", "p"],
    "settings": ["writeProtection", "view", "zoom", "removePersonalInformation", "trackRevisions", "doNotTrackMoves",
                 "defaultTabStop", "autoHyphenation", "characterSpacingControl", "compat", "rsids", "themeFontLang",
                 "clrSchemeMapping", "decimalSymbol", "listSeparator"],
}  # fmt: skip
"""The sequences of the schema (wml.xsd) for the elements that are written."""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert container.testzip() is None
        return {name: container.read(name) for name in container.namelist()}


def root(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[name])


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def misplaced(data: bytes) -> list[str]:
    """Elements that stand where the schema does not allow them."""
    found = []
    for name, content in parts(data).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in etree.fromstring(content).iter():
            order = ORDERS.get(name_of(element))
            if order is None:
                continue
            places = [order.index(name_of(child)) if name_of(child) in order else -1 for child in element]
            if places != sorted(places) or -1 in places:
                found.append(f"{name}: {name_of(element)} has {[name_of(child) for child in element]}")
    return found


@dataclass
class _Reading:
    """The text so far: paragraphs whose mark was taken away run on into the next one."""

    taken: set[str]
    paragraphs: list[str] = field(default_factory=list)
    open: str = ""
    style: str = ""

    def read(self, body: etree._Element) -> None:
        for element in body:
            if name_of(element) == "p":
                self._paragraph(element)
            elif name_of(element) == "tbl":
                self._table(element)

    def _table(self, table: etree._Element) -> None:
        """Its cells, each a paragraph. A row that is taken away must have nothing left in it."""
        for row in table.iter(f"{W}tr"):
            cells = ["".join(self._words(paragraph)) for paragraph in row.iter(f"{W}p")]
            if self._is_taken(row.find(f"{W}trPr")):
                assert not any(cells), cells
            self.paragraphs += [words for words in cells if words]

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in APART:
            return
        words = "".join(self._words(paragraph))
        self.open += words
        if self._is_taken(paragraph.find(f"{W}pPr/{W}rPr")):
            return
        before = paragraph.getprevious()
        if self.open or before is None or name_of(before) != "tbl":  # which needs a paragraph behind it
            self.paragraphs.append(self.open)
        self.open = ""

    def _is_taken(self, properties: etree._Element | None) -> bool:
        return properties is not None and any(name_of(mark) in self.taken for mark in properties)

    def _words(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            name = name_of(child)
            if name in self.taken or name == "pPr":
                continue
            if name in ("t", "delText"):
                yield child.text or ""
            elif name == "tab":
                yield "\t"
            elif name == "br":
                yield "\n"
            else:
                yield from self._words(child)


def accepted(data: bytes) -> list[str]:
    """The paragraphs when every change is accepted."""
    return _read(data, TAKEN_BY_ACCEPTING)


def rejected(data: bytes) -> list[str]:
    """The paragraphs when every change is rejected."""
    return _read(data, TAKEN_BY_REJECTING)


def _read(data: bytes, taken: set[str]) -> list[str]:
    reading = _Reading(taken)
    reading.read(root(data).find(f"{W}body"))
    assert reading.open == "", "the last paragraph has no mark to run on into"
    return reading.paragraphs


@dataclass(frozen=True)
class Commented:
    """A comment with the words of the document that it stands on."""

    author: str
    initials: str
    date: str
    text: str
    anchor: str
    answers: str  # the text of the comment that it answers
    done: bool


def comments(data: bytes) -> list[Commented]:
    files = parts(data)
    if "word/comments.xml" not in files:
        return []
    found = etree.fromstring(files["word/comments.xml"])
    extended = etree.fromstring(files["word/commentsExtended.xml"])
    by_paragraph = {one.findall(f"{W}p")[-1].get(f"{W14}paraId"): one for one in found}
    more = {one.get(f"{W15}paraId"): one for one in extended}
    assert set(more) == set(by_paragraph)
    return [
        Commented(
            one.get(f"{W}author"), one.get(f"{W}initials"), one.get(f"{W}date"), _said(one),
            _anchored(root(data), one.get(f"{W}id")),
            _said(by_paragraph[parent]) if (parent := more[id].get(f"{W15}paraIdParent")) else "",
            more[id].get(f"{W15}done") == "1",
        )
        for id, one in by_paragraph.items()
    ]  # fmt: skip


def _said(comment: etree._Element) -> str:
    return "\n".join("".join(p.itertext(f"{W}t")) for p in comment.findall(f"{W}p"))


def _anchored(document: etree._Element, id: str) -> str:
    """The words between the start and the end of a comment's range; it must have a reference, too."""
    inside, words, ended = False, "", False
    for element in document.iter():
        here = element.get(f"{W}id") == id
        if element.tag == f"{W}commentRangeStart" and here:
            inside = True
        elif element.tag == f"{W}commentRangeEnd" and here:
            inside, ended = False, True
        elif inside and element.tag in (f"{W}t", f"{W}delText"):
            words += element.text or ""
    assert ended, f"comment {id} has no range"
    assert len([e for e in document.iter(f"{W}commentReference") if e.get(f"{W}id") == id]) == 1
    return words
