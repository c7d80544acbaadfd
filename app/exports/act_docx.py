"""The amending act as a Word document: items and letters hang as in the acts that parliaments pass, what is quoted over
several paragraphs stands below its item, and the end names both texts by their fingerprints."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from app.exports.act import Act, Entry, Sentence, act
from app.exports.act_words import EN, KY, RU, ActWords
from app.exports.document import Document, Issued
from app.exports.docx_package import package
from app.exports.docx_styles import STEP, footer, section, settings, styles
from app.exports.docx_xml import paragraph, part, run, w
from app.exports.inline import words as shown
from app.exports.words import Words, day, words_for

_RAISED = re.compile(r"(?<=\w)\^(\d{1,3})\^")
_DEPTHS = ("Paragraph", "Point")


def written(said: ActWords, document: Document) -> bytes:
    """The act in its own language; it quotes the law in the document's."""
    found = act(document, said)
    paper = replace(document, language=said.language)
    words = words_for(said.language)
    body = [*_head(found), *_text(found, words), _colophon(paper, words)]
    parts = {
        "document.xml": part("document", w("body", "".join([*body, section()]))),
        "styles.xml": styles(said.language, {}),
        "settings.xml": settings(said.language, tracking=False),
        "header1.xml": part("hdr", paragraph("Header", run(_running(paper, words)))),
        "footer1.xml": footer(paper),
    }
    return package(replace(paper, title=found.title), found.called.kind, parts)


in_english, in_russian, in_kyrgyz = (partial(written, said) for said in (EN, RU, KY))


def _head(found: Act) -> Iterator[str]:
    yield paragraph("Subtitle", run(found.called.kind))
    yield paragraph("Title", run(found.title))


def _text(found: Act, words: Words) -> Iterator[str]:
    """The list of changes; of a law that amends a law it is the first of two articles."""
    if not found.entries:
        yield paragraph("UnnumberedParagraph", run(words.nothing_changed))
        return
    first, second = (f"{found.words.article.format(number)} " if found.is_law else "" for number in (1, 2))
    yield paragraph("UnnumberedParagraph", run(first, w("b") + w("bCs")), run(found.opening))
    last = len(found.entries) - 1
    for at, entry in enumerate(found.entries):
        yield from _entry(found.words, at, entry, found.ending if at == last else ";")
    if found.is_law:
        yield paragraph("UnnumberedParagraph", run(second, w("b") + w("bCs")), run(found.words.enters))


def _entry(said: ActWords, place: int, entry: Entry, ending: str) -> Iterator[str]:
    number = said.item.format(place + 1)
    if not entry.parts:
        yield from _item(0, number, entry.sentence, ending)
        return
    yield from _item(0, number, entry.sentence, "")
    last = len(entry.parts) - 1
    for at, one in enumerate(entry.parts):
        yield from _item(1, said.lettered(at), one, ending if at == last else ";")


def _item(depth: int, number: str, sentence: Sentence, ending: str) -> Iterator[str]:
    """A numbered sentence with a mark at its end, and what it quotes in paragraphs below, as deep as its words."""
    first, *quoted = _ended(sentence, ending)
    yield paragraph(_DEPTHS[depth], run(f"{number}\t"), *_runs(first))
    below = w("pPr", w("pStyle", val="UnnumberedParagraph") + w("ind", left=STEP * (depth + 1)))
    yield from (w("p", below + "".join(_runs(one))) for one in quoted)


def _ended(sentence: Sentence, ending: str) -> tuple[str, ...]:
    *before, last = sentence.said, *sentence.quoted
    return (*before, last + ending)


def _runs(sentence: str) -> Iterator[str]:
    """Words as they are quoted, with numbers such as 12^1^ raised."""
    for at, words in enumerate(_RAISED.split(sentence)):
        yield run(words, w("vertAlign", val="superscript") if at % 2 else "")


def _running(document: Document, words: Words) -> str:
    """The head of every page: the law, and which texts of it are meant."""
    versions = " → ".join(
        f"{words.version.format(number=one.number)} · {one.fingerprint}" for one in _versions(document)
    )
    return f"{shown(document.title)}\n{versions}"


def _versions(document: Document) -> Iterator[Issued]:
    yield from (one for one in (document.base, document.version) if one is not None)


def _colophon(document: Document, words: Words) -> str:
    """Which text is amended and which one comes of it, and how to check both."""
    return paragraph("Colophon", run("\n".join(_named(one, document.language, words) for one in _versions(document))))


def _named(version: Issued, language: str, words: Words) -> str:
    date = words.of_date.format(date=day(version.at, language))
    return f"{words.version.format(number=version.number)} {date} · {words.fingerprint}: {version.sha256}"
