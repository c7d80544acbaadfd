"""Word documents: the text alone, and with real tracked changes against another version."""

from app.domain.clauses import Kind
from app.exports.document import Document, Line
from app.exports.docx_body import body
from app.exports.docx_marked import Marker, marker
from app.exports.docx_notes import NO_NOTES, NOWHERE, Anchor, Notes, comments, end, extended, notes, references, start
from app.exports.docx_package import package
from app.exports.docx_styles import footer, header, section, settings, styles
from app.exports.docx_xml import paragraph, part, run, w
from app.exports.inline import words
from app.exports.words import day


def clean(document: Document) -> bytes:
    """The text alone, with a table of contents and a bookmark on each clause (`c_` and its id)."""
    writing = marker(document.alone())
    paragraphs = list(body(writing, {}))
    titles = sum(line.kind is Kind.TITLE for line in document.lines[:1])
    paragraphs[titles:titles] = _contents(writing)
    return _written(writing, paragraphs, NO_NOTES)


def redline(document: Document) -> bytes:
    """The text with every change since the document's base as a tracked change, comments and reasons as comments."""
    writing = marker(document)
    found = notes(document, writing.words)
    return _written(writing, list(body(writing, found.anchors)), found)


def _written(writing: Marker, paragraphs: list[str], found: Notes) -> bytes:
    document = writing.document
    end_of_text = _colophon(writing, found.anchors.get(NOWHERE, ()))
    parts = {
        "document.xml": part("document", w("body", "".join([*paragraphs, end_of_text, section()]))),
        "styles.xml": styles(document.language, writing.levels),
        "settings.xml": settings(document.language, tracking=document.base is not None),
        "header1.xml": header(document),
        "footer1.xml": footer(document),
    }
    if found.all:
        parts |= {"comments.xml": comments(found.all), "commentsExtended.xml": extended(found.all)}
    subject = writing.words.version.format(number=document.version.number)
    return package(document, subject, parts)


def _contents(writing: Marker) -> list[str]:
    """A field that Word works out anew when it is asked to; until then its entries stand here, as links. No numbers of
    pages, which only a word processor knows."""
    lines = [line for line in writing.document.text() if line.level and line.kind is not Kind.TITLE]
    if not lines:
        return []
    asked = f'<w:instrText xml:space="preserve"> TOC \\o "1-{len(writing.levels) + 1}" \\n \\h \\z \\u </w:instrText>'
    begin, separate, end_of_field = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    links = [_entry(writing, line) for line in lines]
    links[0] = (links[0][0], begin + w("r", asked) + separate + links[0][1])
    links[-1] = (links[-1][0], links[-1][1] + end_of_field)
    *entries, last = (paragraph(style, link) for style, link in links)
    style = w("pStyle", val=links[-1][0])
    last = last.replace(style, style + w("spacing", before=0, after=360), 1)  # parts the contents from the law
    return [paragraph("TOCHeading", run(writing.words.contents)), *entries, last]


def _entry(writing: Marker, line: Line) -> tuple[str, str]:
    level = writing.levels.get(line.kind, len(writing.levels) + 1)
    said = " ".join(one for one in (words(line.label), words(line.new_body)) if one)
    return f"TOC{level}", w("hyperlink", run(said), anchor=writing.bookmarks[line.clause_id], history=1)


def _colophon(writing: Marker, lost: tuple[Anchor, ...]) -> str:
    """What the text is and how to check it: an untracked end, so that a last clause can come and go."""
    document = writing.document
    said = writing.words.version.format(number=document.version.number)
    said += f" {writing.words.of_date.format(date=day(document.version.at, document.language))}"
    said += f" · {writing.words.fingerprint}: {document.version.sha256}"
    anchored = "".join(start(one) + end(one) + "".join(references(one)) for one in lost)
    return paragraph("Colophon", run(said), anchored)
