"""Clauses as HTML: hanging numbers, words, and what leads to them."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from app.domain.clauses import Clause, Kind
from app.domain.render import render
from app.exports.document import Line
from app.exports.inline import words

LONGEST_ENTRY = 300
_ALIGNED = re.compile(r' style="text-align:\s*(left|right|center)"')
_PICTURE = re.compile(r'<img src="[^"]*" alt="([^"]*)"[^>]*>')
_LINK = re.compile(r"</?a\b[^>]*>")


def clause(line: Line, read: Clause) -> str:
    """One clause. It can be linked to by its id, which is permanent, and by its address."""
    indent = f" indent-{min(line.indent, 5)}" if line.indent and not line.level else ""
    return (
        f'<div class="clause kind-{line.kind.value}{indent}" id="c-{escape(line.clause_id)}">'
        f'<span class="place" id="{escape(line.address)}"></span>{_said(line, read)}</div>\n'
    )


def _said(line: Line, read: Clause) -> str:
    said = _alone(render(read))
    if not line.level:
        label = _label(line, "label") if line.label else '<span class="label"></span>'
        return f'{label}<div class="words">{said}</div>'
    level = min(line.level, 3)
    heading = " ".join(one for one in (_label(line, "heading-label") if line.label else "", said) if one)
    return f'<h{level} class="words heading">{heading}</h{level}>'


def _label(line: Line, name: str) -> str:
    """The number as written, which leads to its own place so that it can be copied and sent."""
    return f'<a class="{name}" href="#{escape(line.address)}">{escape(words(line.label))}</a>'


def _alone(html: str) -> str:
    """Rendered words as a file may have them that needs nothing and leads nowhere outside: of a picture what it is
    called, of a link its words, of a cell's alignment a class, since the policy allows no style on an element."""
    html = _ALIGNED.sub(r' class="aligned-\1"', html)
    return _LINK.sub("", _PICTURE.sub(r"\1", html))


def contents(lines: Sequence[Line], heading: str, spoken: str) -> Iterator[str]:
    """The headings as links, under a heading in the language `spoken`; nothing where there are none."""
    headed = [line for line in lines if line.level and line.kind is not Kind.TITLE]
    if not headed:
        return
    said = escape(heading)
    yield f'<nav class="contents"><details open><summary lang="{spoken}">{said}</summary>\n<ol aria-label="{said}">\n'
    yield from (_entry(line) for line in headed)
    yield "</ol>\n</details></nav>\n"


def _entry(line: Line) -> str:
    said = " ".join(one for one in (words(line.label), words(line.new_body)) if one)
    short = said if len(said) <= LONGEST_ENTRY else f"{said[:LONGEST_ENTRY]}…"
    return f'<li class="contents-{min(line.level, 3)}"><a href="#{escape(line.address)}">{escape(short)}</a></li>\n'
