"""The words of a clause that comments are about, marked in its text, with a way to what was said."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import ngettext
from markupsafe import Markup, escape

from app.domain.marking import Range, weave
from app.services.pages import ClausePage
from app.services.pages_comments import CommentedWords
from app.web.context import language

OPENING = '<mark class="commented">'
LINK = Markup(
    '<a class="commented-link" href="#comment-{first}" data-aside lang="{language}">'
    '<svg class="symbol" aria-hidden="true" focusable="false"><use href="#s-comment"/></svg>'
    '<span aria-hidden="true">{count}</span><span class="said"> ({said}) </span></a>'
)
SHOWN = 60
"""How many characters of the words a reader's ears are told again."""


def with_marks(page: ClausePage) -> ClausePage:
    """The page of a clause with the commented words marked in its text."""
    if not page.commented:
        return page
    clause = page.clause
    ranges = [Range(words.start, words.end, _link(words, clause.body)) for words in page.commented]
    return replace(page, clause=replace(clause, html=weave(clause.html, clause.body, ranges, OPENING)))


def _link(words: CommentedWords, body: str) -> str:
    quote = body[words.start : words.end]
    quote = quote if len(quote) <= SHOWN else quote[:SHOWN].rpartition(" ")[0] + " …"
    count = len(words.comments)
    said = ngettext(
        "%(num)s comment on the words “%(words)s”", "%(num)s comments on the words “%(words)s”", count, words=quote
    )
    shown = count if count > 1 else ""
    return LINK.format(first=words.comments[0], language=language(), count=shown, said=escape(said))


def body_of(form: Mapping[str, str]) -> str:
    """What somebody wrote, and whom they chose to name, at its end."""
    body, name = form.get("body", ""), form.get("mention", "").strip().lstrip("@")
    unsaid = name and body.strip() and f"@{name}" not in body
    return f"{body.rstrip()} @{name}" if unsaid else body
