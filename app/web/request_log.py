"""Every request has a number, and is told to the log and the counters once it is answered.

What a log may hold of people at risk. Of a contribution to a draft in the strict mode neither the author nor the time
is stored, only the day; of sign-ins the time is. Who reads a line "POST …/comments, 14:03:22" beside the sign-ins of
that minute, or beside the addresses in a proxy's log, knows who wrote. A number of a page is as telling: the first
request for amendment 17 says when there was an amendment 17. To round the time does not help, since the lines before
and after have theirs and journald gives each line one of its own. Therefore:

- No line ever holds a person, an account, an institution, a client's address, what was sent or what was asked for
  after the `?`, in any draft.
- Of addresses only those parts stand in a line that are known to be no secret (KNOWN), and only of drafts and
  publications; of everything else the pattern alone: `/join/<token>`.
- A request that has to do with a draft has a line only where persons are stored: where the page entered the draft
  (store.memberships) and found them to be. Where they are not, where nobody knows, and where the browser has shown the
  receipt of something unattributed, the request is withheld: it has no line, and is counted with no address.
- A request that failed on our side is told nevertheless, by its pattern and number, because somebody must mend it; what
  failed has stored nothing. The number stands on the page of whoever met it: they may tell it to the administrator.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, has_request_context, request

from app.store.memberships import PERSONS_STORED
from app.web import log_lines
from app.web.context import database
from app.web.log_lines import FACTS

LOG = logging.getLogger("app.requests")
ASKED = "kelishim.asked"
HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[0-9A-Za-z_-]{8,64}")
KNOWN = ("slug", "number", "file_format", "address", "path", "filename")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
OPEN = ("/drafts/", "/publications/", "/static/", "/assets/")
WATCHED = ("/healthz", "/metrics")
"""Asked for every few seconds by machines: they have a line when they fail."""
WITHHELD = "withheld"
CONTRIBUTING = ("consultations", "moderating", "resuming")
"""Blueprints whose pages take contributions at addresses of no draft."""


@dataclass(slots=True)
class Asked:
    """A request on its way. `route` is the pattern its address fits, empty where none does; `withheld` until a page is
    known to be one that may be told of."""

    id: str
    method: str
    began: float = field(default_factory=time.perf_counter)
    route: str = ""
    shown: str = ""
    is_withheld: bool = True
    status: int = 500
    sent: int = 0
    is_over: bool = False


Told = Callable[[Asked, float], None]
"""What is done with a request that was answered, and how many seconds it took."""


def register(app: Flask) -> None:
    """Number the requests of an application and write them down. Whoever else wants to hear of them appends to
    `app.extensions[ASKED]`."""
    log_lines.set_up(app.config["LOG"])
    app.logger.addFilter(_without_address)
    app.extensions[ASKED] = [_write]
    app.template_global("request_number")(number)
    app.url_value_preprocessor(_see)
    app.after_request(_look)
    app.wsgi_app = Numbered(app.wsgi_app, app)  # type: ignore[method-assign]


def number() -> str:
    """The number of this request, to be told to the administrator."""
    return request.environ[ASKED].id if has_request_context() and ASKED in request.environ else ""


class Numbered:
    """A WSGI application around another one, which sees a request from its beginning to the last byte."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], app: Flask) -> None:
        self._inner, self._app = inner, app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = environ[ASKED] = Asked(self._number(environ), environ["REQUEST_METHOD"])

        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            asked.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, asked.id)], *more)

        try:
            pieces = self._inner(environ, started)
        except BaseException:
            self._over(asked)
            raise
        return Pieces(pieces, asked, self._over)

    def _number(self, environ: dict[str, Any]) -> str:
        """The one given by a proxy, which alone may give one; else one drawn by lot."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._app.config.get("PROXIES") else ""
        return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)

    def _over(self, asked: Asked) -> None:
        if not asked.is_over:
            asked.is_over = True
            for told in self._app.extensions[ASKED]:
                told(asked, time.perf_counter() - asked.began)


class Pieces:
    """An answer as it is sent, counted."""

    def __init__(self, pieces: Iterable[bytes], asked: Asked, over: Callable[[Asked], None]) -> None:
        self._pieces, self._asked, self._over = pieces, asked, over

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._asked.sent += len(piece)
            yield piece
        self._over(self._asked)

    def close(self) -> None:
        try:
            getattr(self._pieces, "close", lambda: None)()
        finally:
            self._over(self._asked)


def _see(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Which page is asked for."""
    asked, rule = request.environ.get(ASKED), request.url_rule
    if asked is not None and rule is not None:
        asked.route, asked.shown = rule.rule, _shown(rule.rule, values or {})


def _shown(rule: str, values: dict[str, Any]) -> str:
    """An address of which only what is no secret is said."""
    if not rule.startswith(OPEN):
        return rule
    return PART.sub(lambda found: str(values[found[1]]) if found[1] in KNOWN and found[1] in values else found[0], rule)


def _look(response: Response) -> Response:
    """Whether the page may be told of: once it knows how the draft it showed attributes contributions."""
    asked = request.environ.get(ASKED)
    if asked is not None:
        known: bool | None = database().info.get(PERSONS_STORED)
        asked.is_withheld = not (_is_of_no_draft() if known is None else known)
    return response


def _is_of_no_draft() -> bool:
    return not request.path.startswith("/drafts/") and request.blueprint not in CONTRIBUTING


def _write(asked: Asked, seconds: float) -> None:
    if asked.status < 500 and (asked.is_withheld or asked.route in WATCHED):
        return
    facts: dict[str, object] = {
        "request": asked.id,
        "method": asked.method,
        "route": asked.route,
        "path": asked.route if asked.is_withheld else asked.shown,
        "status": asked.status,
        "milliseconds": round(seconds * 1000, 1),
        "bytes": asked.sent,
    }
    said = f"{asked.method} {facts['path'] or 'no such page'} {asked.status}"
    LOG.info("%s (request %s)", said, asked.id, extra={FACTS: facts})


def _without_address(record: logging.LogRecord) -> bool:
    """Flask tells of what nobody foresaw with its whole address: let it be the pattern and the number instead."""
    if record.exc_info and has_request_context() and current_app:
        asked = request.environ.get(ASKED)
        if asked is not None:
            record.msg, record.args = "%s %s failed (request %s)", (asked.method, asked.route, asked.id)
            setattr(record, FACTS, {"request": asked.id, "method": asked.method, "route": asked.route})
    return True
