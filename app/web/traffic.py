"""How much one person sends and searches in a minute (services.limiting), seen before anything is read of it.

Whoever is signed in is counted as a person, anybody else by the network they come from; nobody on this machine itself,
behind whom everybody stands where a proxy passes requests on. Several machines count each for itself.
"""

import logging
import time
from pathlib import Path

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.services import limiting
from app.services.limiting import Kind, TooMuchAtOnce
from app.store.traffic import WINDOW, Counts, Uncounted
from app.web import ended
from app.web.context import secret, user_id
from app.web.errors import again_after, typed
from app.web.people import from_where
from app.web.refusals import sentence
from app.web.translating import _

LOG = logging.getLogger(__name__)
FILE = "traffic.sqlite"
COUNTS, COMPLAINED = "kelishim.traffic", "kelishim.traffic.complained"
SEARCHES = ("search.everywhere", "search.in_draft")
TYPED = ("unsent.keep", "unsent.clean")
LONGEST_SHOWN = 500
BY_MACHINES = ("notices.stop",)
"""Sent by mail programs, each from where its provider is (RFC 8058)."""


def register(app: Flask) -> None:
    app.extensions[COUNTS] = Counts(Path(app.instance_path) / FILE)
    app.before_request(_count)


def forget(app: Flask) -> None:
    """Nothing is kept of minutes that are over, though nobody comes by."""
    app.extensions[COUNTS].forget(time.time())


def _count() -> ResponseReturnValue | None:
    kind = _kind() if current_app.config["LIMITS_TRAFFIC"] else None
    if kind is None:
        return None
    try:
        limiting.count(
            current_app.extensions[COUNTS], kind=kind, person=user_id(), address=from_where(), secret=secret(),
            moment=time.time(),
        )  # fmt: skip
    except TooMuchAtOnce as refusal:
        return _answer(refusal)
    except Uncounted as error:
        _complain(error)
    return None


def _answer(refusal: TooMuchAtOnce) -> ResponseReturnValue:
    """What was typed comes back, to be sent again with one button where that is possible."""
    headers = again_after(refusal) | {"Cache-Control": "no-store"}
    is_fragment = bool(request.headers.get("X-Fragment"))
    kept = ended.of_request() if current_user.is_authenticated and not is_fragment else None
    if kept is not None:
        return ended.page(kept, step="send", why=sentence(refusal)), 429, headers
    if refusal.kind is Kind.SEARCHING:
        advice, words = _("Wait, then search again."), [request.args.get("q", "")[:LONGEST_SHOWN]]
    else:
        advice, words = _("Nothing was stored. Wait, then send it again."), typed()
    shown = render_template(
        "errors/_fragment.html" if is_fragment else "errors/page.html", status=429, title=_("Too much at once"),
        sentence=sentence(refusal), advice=advice, typed=[one for one in words if one.strip()],
    )  # fmt: skip
    return shown, 429, headers


def _kind() -> Kind | None:
    """What is counted of this request; most are not."""
    if request.method == "POST":
        if request.endpoint in BY_MACHINES:
            return None
        return Kind.TYPING if request.endpoint in TYPED else Kind.WRITING
    return Kind.SEARCHING if request.endpoint in SEARCHES else None


def _complain(error: Uncounted) -> None:
    """Once a minute: who cannot count does not stand in the way, and a full disk is not helped by lines."""
    if time.time() - current_app.extensions.get(COMPLAINED, 0.0) >= WINDOW:
        current_app.extensions[COMPLAINED] = time.time()
        LOG.warning("Requests are not limited: %s cannot be used (%s).", FILE, error)
