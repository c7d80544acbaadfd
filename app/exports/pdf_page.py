"""What stands at the head and the foot of every page of a PDF."""

import textwrap
from typing import Any

from app.exports.document import Document
from app.exports.pdf_pieces import said
from app.exports.words import day, words_for

RUNNING_TITLE = 44
"""Characters of a title that have room in the head of a page."""


def page(language: str, head: tuple[str, str], foot: str) -> dict[str, Any]:
    """What the templates know of a page: two ends of its head, the beginning of its foot, and how pages are counted."""
    before, rest = words_for(language).page.split("{page}")
    between, after = rest.split("{pages}")
    title, issue = head
    short = textwrap.shorten(title, RUNNING_TITLE, placeholder=" …") if len(title) > RUNNING_TITLE else title
    return {"head": [list(said(short)), list(said(issue))], "foot": list(said(foot)), "page": [before, between, after]}


def page_of_law(document: Document) -> dict[str, Any]:
    return page(document.language, (document.title, issue(document)), f"SHA-256 {document.version.fingerprint}")


def issue(document: Document) -> str:
    """Which version it is, of when, and since which one changes are marked."""
    words, version = words_for(document.language), document.version
    date = words.of_date.format(date=day(version.at, document.language))
    since = f" · {words.changes.format(base=document.base.number)}" if document.base else ""
    return f"{words.version.format(number=version.number)} {date}{since}"
