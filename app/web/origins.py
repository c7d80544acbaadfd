"""A form that another site's page sends is not taken, whatever it carries: the second lock behind the tokens of forms.

Browsers say where a request comes from in `Sec-Fetch-Site` (W3C Fetch Metadata) and in `Origin` (RFC 6454); no page can
write these. What is no browser says neither and needs the token alone.
"""

from flask import Flask, request
from flask_wtf.csrf import CSRFError

from app.web.ended import is_from_here

SAFE = ("GET", "HEAD", "OPTIONS")
FROM_ANYWHERE = ("notices.stop",)
"""Mail programs send it by themselves (RFC 8058)."""


def register(app: Flask) -> None:
    app.before_request(_check)


def _check() -> None:
    if request.method not in SAFE and request.endpoint not in FROM_ANYWHERE and not is_from_here():
        raise CSRFError("The form was sent by a page of another site.")
