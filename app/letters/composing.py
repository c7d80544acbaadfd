"""A letter of each kind, from `templates/letters/<kind>.txt`: its first line is the subject, the rest the text.

Where there is a `<kind>.html` beside it (it extends `letters/_layout.html`), that is the letter's other form; where
there is none, the text itself is set as HTML, so that both say the same. A link stands on a line of its own.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from flask_babel import force_locale
from jinja2 import Template
from sqlalchemy.orm import Session

from app.services import configuring
from app.store.db import db
from app.store.letters import Letter

LONGEST_SUBJECT = 200
PLAIN = "letters/_plain.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter's text; a link is one that can be followed."""

    words: str

    @property
    def is_link(self) -> bool:
        return self.words.startswith(("https://", "http://")) and " " not in self.words


def compose(kind: str, *, language: str | None, address: str, unsubscribe: str = "", **facts: Any) -> Letter:
    """Write a letter of a kind in a language; None, or one that is not known, is that of the installation.

    The templates are given the facts, `language` and `unsubscribe`, which is the address that ends such letters.
    """
    language = language_of_letters(language)
    with force_locale(language):
        facts = {**facts, "language": language, "unsubscribe": unsubscribe}
        written = _render(f"letters/{kind}.txt", facts)
        subject, _, text = written.partition("\n")
        subject, text = _subject(subject), _tidy(text)
        said = {**facts, "subject": subject, "paragraphs": _paragraphs(text)}
        html = _render([f"letters/{kind}.html", PLAIN], said)
    return Letter(kind, address, subject, text, html, unsubscribe)


def language_of_letters(chosen: str | None) -> str:
    """The one somebody has chosen, or else that of the installation."""
    known: tuple[str, ...] = current_app.config["LANGUAGES"]
    if chosen not in known:
        chosen = configuring.installation(cast(Session, db.session)).language
    return chosen if chosen in known else known[0]


def _render(name: str | list[str | Template], facts: dict[str, Any]) -> str:
    """Without what pages are given beside: a letter knows no request and nobody signed in."""
    return current_app.jinja_env.get_or_select_template(name).render(facts).strip() + "\n"


def _subject(line: str) -> str:
    """One line without anything that is not to be seen, and not longer than mail programs show."""
    seen = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in line)
    words = " ".join(seen.split())
    return words if len(words) <= LONGEST_SUBJECT else f"{words[: LONGEST_SUBJECT - 1]}…"


def _tidy(text: str) -> str:
    """No space at the ends of lines, and never two empty lines: what templates leave."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[list[Line]]:
    return [[Line(line) for line in block.splitlines()] for block in text.strip().split("\n\n")]
