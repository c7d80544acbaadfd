"""A clause's words as HTML, by markdown-it-py with raw HTML off. Rendered once and kept with the text."""

import re
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.clauses import Clause, Kind

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto"})
_SUPERSCRIPT = re.compile(r"<[^>]*>|(?<=\w)\^(\d{1,3})\^")
"""With a tag before it, inside of which nothing is replaced: the title of a link may have it too."""
BLOCKS = (Kind.TABLE, Kind.CODE, Kind.QUOTE)


def leads_to_the_web(address: str) -> bool:
    """Whether a link may lead there: to a page or a mail address. Other schemes start programs (`ms-msdt:`), show what
    nobody published (`data:`, `blob:`) or run (`javascript:`)."""
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in _SCHEMES


MOST_BRACKETS = 1_000
"""With more `[` than this a text is read without links and images: to look for the end of each takes time that grows
with the square of their number (16 s for 80,000). No law has a hundred in one clause."""
MOST_STARS = 30_000
"""With more of `*`, `_` and `~` a text is read without emphasis: half a second."""
MOST_ROWS = 50_000
"""With more lines a text is read without tables: five seconds."""
DEEPEST_QUOTE = 10
"""With more quotes in quotes a text is read without: each level is read as a text of its own."""
_TOO_DEEP = re.compile(rf"^(?:[ \t]*>){{{DEEPEST_QUOTE + 1}}}", re.MULTILINE)


def _costly(text: str) -> tuple[str, ...]:
    """The rules of markdown-it-py by which a text takes too long to read."""
    rules: tuple[str, ...] = ()
    if text.count("[") > MOST_BRACKETS:
        rules += ("link", "image", "reference", "autolink", "linkify", "html_inline")
    if text.count("*") + text.count("_") + text.count("~") > MOST_STARS:
        rules += ("emphasis", "strikethrough")
    if text.count("\n") > MOST_ROWS:
        rules += ("table",)
    return (*rules, "blockquote") if _TOO_DEEP.search(text) else rules


class _Reader(MarkdownIt):
    """Reads the Markdown of a law, in time that grows with its length alone."""

    is_bounded = False

    def parse(self, src: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:
        return self._bounded(src, env) or super().parse(src, env)

    def parseInline(self, src: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:  # noqa: N802
        return self._bounded(src, env, "parseInline") or super().parseInline(src, env)

    def _bounded(self, src: str, env: MutableMapping[str, Any] | None, read: str = "parse") -> list[Token] | None:
        """What a reader without the costly rules reads; None where a text is not too much for this one."""
        rules = _costly(src) if self.is_bounded else ()
        if not rules:
            return None
        found: list[Token] = getattr(_reader_without(rules), read)(src, env)
        return found

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        return leads_to_the_web(url)


def _reader() -> _Reader:
    made = _Reader("js-default", {"html": False, "linkify": False})
    made.enable("strikethrough")
    return made


@cache
def _reader_without(rules: tuple[str, ...]) -> _Reader:
    made = _reader()
    made.disable(rules)
    return made


def markdown() -> MarkdownIt:
    """What reads the Markdown of a law: for pages here, for files in the exports."""
    made = _reader()
    made.is_bounded = True
    return made


_MARKDOWN = markdown()


def render(clause: Clause) -> str:
    """The body as HTML: a block for tables, code and quotes, inline for everything else. Safe to put into a page."""
    if clause.kind is Kind.FRONT_MATTER:
        return ""
    if clause.kind in BLOCKS:
        return str(_MARKDOWN.render(clause.source))
    return _SUPERSCRIPT.sub(_raised, str(_MARKDOWN.renderInline(clause.body)))


def _raised(found: re.Match[str]) -> str:
    return f"<sup>{found[1]}</sup>" if found[1] else found[0]


def render_document(source: str) -> str:
    """A whole text in Markdown as HTML, safe to put into a page."""
    return str(_MARKDOWN.render(source))
