"""PDF through typst: the text alone, and marked up against another version."""

from typing import Any

from app.domain.clauses import Kind
from app.exports.document import Document, Line
from app.exports.pdf_law import Block, block, blocks
from app.exports.pdf_notes import Told, amendments_behind, notes_on
from app.exports.pdf_page import issue, page_of_law
from app.exports.pdf_pieces import Said, said
from app.exports.pdf_typst import typeset
from app.exports.pdf_words import printed_words
from app.exports.words import words_for


def clean(document: Document) -> bytes:
    """The text alone, with a list of its contents."""
    alone = document.alone()
    return law(alone, [found for _, found in blocks(behind_title(alone))])


def redline(document: Document) -> bytes:
    """The text with every change since the document's base: words that came underlined, those that went struck, moves
    told in words; at the edge who is behind a change, at the end the amendments with their reasons."""
    lines = behind_title(document)
    notes = notes_on(document, lines)
    found = [{**made, "note": notes[at]} if at in notes else made for at, (_, made) in enumerate(blocks(lines))]
    words = printed_words(document.language)
    legend: list[list[Said]] = [[[words.came, "+"]], [[words.went, "-"]], [[words.moved, ">"]]]
    return law(document, found, legend=legend, behind=amendments_behind(document), has_notes=True)


def law(
    document: Document,
    found: list[Block],
    *,
    heading: list[Said] | None = None,
    legend: list[list[Said]] | None = None,
    behind: Told = ("", ()),
    has_notes: bool = False,
) -> bytes:
    """A law of these blocks. `legend` explains its marks; `behind` is set at its end."""
    words, version = words_for(document.language), document.version
    is_listed = not has_notes and any(one.get("level") and one["listed"] for one in found)
    values: dict[str, Any] = {
        **page_of_law(document),
        "heading": heading or title(document),
        "issue": list(said(issue(document))),
        "contents": words.contents if is_listed else "",
        "legend": legend or [],
        "blocks": found,
        "behind": {"heading": behind[0], "items": behind[1]},
        "colophon": [issue(document), f"{words.fingerprint}: {version.sha256}"],
        "has_notes": has_notes,
        "plenary": document.plenary,
    }
    return typeset("law", values, title=document.title, language=document.language, at=version.at)


def title(document: Document) -> list[Said]:
    """What the text calls itself, or else the draft."""
    first = next(iter(document.lines), None)
    if first is None or first.kind is not Kind.TITLE:
        return list(said(document.title))
    made = block(first)
    words: list[Said] = [*made["number"], *([" "] if made["number"] else []), *made["words"]]
    return words or list(said(document.title))


def behind_title(document: Document) -> tuple[Line, ...]:
    """The lines below that title."""
    lines = document.lines
    return lines[1:] if lines and lines[0].kind is Kind.TITLE else lines
