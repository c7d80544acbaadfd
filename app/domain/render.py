"""A clause's words as HTML, by markdown-it-py with raw HTML off. Rendered once and kept with the text."""

import re

from markdown_it import MarkdownIt

from app.domain.clauses import Clause, Kind

_MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False}).enable("strikethrough")
_SUPERSCRIPT = re.compile(r"(?<=\w)\^(\d{1,3})\^")
BLOCKS = (Kind.TABLE, Kind.CODE, Kind.QUOTE)


def render(clause: Clause) -> str:
    """The body as HTML: a block for tables, code and quotes, inline for everything else. Safe to put into a page."""
    if clause.kind is Kind.FRONT_MATTER:
        return ""
    if clause.kind in BLOCKS:
        return str(_MARKDOWN.render(clause.source))
    return _SUPERSCRIPT.sub(r"<sup>\1</sup>", str(_MARKDOWN.renderInline(clause.body)))


def render_document(source: str) -> str:
    """A whole text in Markdown as HTML, safe to put into a page."""
    return str(_MARKDOWN.render(source))
