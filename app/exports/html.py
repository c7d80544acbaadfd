"""A version as one HTML file that needs nothing else: read on a telephone without a network, in ten years, on paper.

It has no script, loads nothing and leads nowhere outside itself; its own policy lets a browser do no more than show it.
Clauses are rendered as on the pages (`domain.render`).
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path

from app.domain.clauses import Kind
from app.exports.document import Document, Line
from app.exports.docx_xml import clean
from app.exports.html_clauses import clause, contents
from app.exports.html_policy import policy
from app.exports.inline import words
from app.exports.words import EN, Words, day, words_for

MEDIA_TYPE = "text/html; charset=utf-8"
STYLE = Path(__file__).with_name("html_page.css").read_text(encoding="utf-8")
LONGEST_RUNNING_TITLE = 100
TOGETHER = 64
"""How many lines go into a piece of the file."""


def page(document: Document) -> Iterator[bytes]:
    """The text alone, with contents; each clause can be linked to by its id (`#c-…`) and by its address."""
    for piece in _together(_page(document.alone())):
        yield clean(piece).encode("utf-8")


def _together(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, TOGETHER)):
        yield piece


def _page(document: Document) -> Iterator[str]:
    said = words_for(document.language)
    lines = list(document.text())
    title = lines[:1] if lines and lines[0].kind is Kind.TITLE else []
    text = lines[len(title) :]
    yield _head(document, said)
    yield from _opening(document, said, title)
    yield from contents(text, said.contents, _spoken(document, said))
    yield f'<main class="law" lang="{escape(document.language)}">\n'
    yield from (clause(line, document.clauses[line.clause_id]) for line in text)
    yield "</main>\n"
    yield from _colophon(document)
    yield "</body>\n</html>\n"


def _head(document: Document, said: Words) -> str:
    """Everything before the body."""
    style = f"\n{STYLE}{_running(document, said)}"
    version = said.version.format(number=document.version.number)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"{policy(style)}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="Kelishim">\n'
        f"<title>{escape(words(document.title))} · {escape(version)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
    )


def _running(document: Document, said: Words) -> str:
    """What stands on every printed page but the title's on the first: the law, the version, the page's number."""
    title = words(document.title)
    short = title if len(title) <= LONGEST_RUNNING_TITLE else f"{title[:LONGEST_RUNNING_TITLE].rstrip()}…"
    version = f"{said.version.format(number=document.version.number)} · {document.version.fingerprint}"
    before, rest = said.page.split("{page}")
    between, after = rest.split("{pages}")
    number = " ".join((_quoted(before), "counter(page)", _quoted(between), "counter(pages)", _quoted(after)))
    return (
        f"@page {{ @top-left {{ content: {_quoted(short)}; }} @bottom-left {{ content: {_quoted(version)}; }} "
        f"@bottom-right {{ content: {number}; }} }}\n@page :first {{ @top-left {{ content: none; }} }}\n"
    )


def _quoted(text: str) -> str:
    """A string of CSS in which every sign that could mean something is written by its number."""
    plain = (one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in clean(text))
    return f'"{"".join(plain)}"'


def _opening(document: Document, said: Words, title: Iterable[Line]) -> Iterator[str]:
    """The title, and which text this is."""
    yield "<header>\n"
    found = [clause(line, document.clauses[line.clause_id]) for line in title]
    yield from found or [f'<h1 class="words heading">{escape(words(document.title))}</h1>\n']
    version = document.version
    date = said.of_date.format(date=day(version.at, document.language))
    yield (
        f'<p class="imprint" lang="{_spoken(document, said)}">'
        f"<strong>{escape(said.version.format(number=version.number))}</strong> "
        f'<time datetime="{version.at:%Y-%m-%d}">{escape(date)}</time><br>{escape(said.fingerprint)}: '
        f'<code class="fingerprint">{version.sha256}</code></p>\n'
    )
    yield from (f'<p class="note">{escape(value)}</p>\n' for key, value in document.front_matter if key == "note")
    yield "</header>\n"


def _spoken(document: Document, said: Words) -> str:
    """The language of the few words that are not the law's."""
    return "en" if said is EN else escape(document.language)


def _colophon(document: Document) -> Iterator[str]:
    """What the law's own file says about it."""
    pairs = [(key.replace("_", " "), value) for key, value in document.front_matter if key != "note"]
    if pairs:
        yield '<footer><dl class="colophon">\n'
        yield from (f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>\n" for key, value in pairs)
        yield "</dl></footer>\n"
