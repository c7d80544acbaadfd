"""Pieces of HTML that are made together, kept, and put into pages as they are, already escaped."""

from collections.abc import Sequence
from secrets import token_hex

from flask import current_app
from markupsafe import Markup

SEPARATOR, HERE = Markup(f"<!--{token_hex(16)}-->"), Markup(f"<!--{token_hex(16)}-->")  # noqa: S704
"""Stand between pieces, and in the page where pieces go. No text of a law can hold a comment, whatever is in it."""


def pieces_of(template: str, **values: object) -> Sequence[str]:
    """The pieces a template renders, without the page's own context (a session's token must not be kept)."""
    found = current_app.jinja_env.get_template(template).render(separator=SEPARATOR, **values).split(SEPARATOR)[:-1]
    return [piece.lstrip("\n") for piece in found]  # the same wherever in a template a piece was made
