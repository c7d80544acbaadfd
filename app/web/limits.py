"""How much may be sent with one request: whatever is more is answered before anything reads it.

The largest body is set by KELISHIM_MAX_UPLOAD; app.live.bodies keeps to it too, for bodies that do not say how long
they are. The other limits are far above what any page sends.
"""

from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, RequestHeaderFieldsTooLarge, RequestURITooLarge
from werkzeug.formparser import FormDataParser

LONGEST_PATH, LONGEST_QUERY, LONGEST_HEADERS = 8 * 1024, 64 * 1024, 64 * 1024  # bytes
MOST_FIELDS, MOST_PARTS = 20_000, 2_000
"""Of a form. Each costs a hundred times what it weighs, so that 16 MB of `a&a&a…` would fill the memory."""
TOO_SLOW = "kelishim.too_slow"
"""In the ASGI scope: the body did not come in time, and was not waited for."""


class Form(FormDataParser):
    """Takes no more fields than MOST_FIELDS. Those of `multipart/form-data` are counted by Werkzeug (MOST_PARTS)."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        if mimetype == "application/x-www-form-urlencoded":
            stream = Counted(stream)  # type: ignore[assignment]
        return super().parse(stream, mimetype, content_length, options)


class Counted:
    """A form as it is read, with its fields counted."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner

    def read(self, size: int = -1) -> bytes:
        said = self._inner.read(size)
        if said.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        return said


class Bounded(Request):
    """A request whose form is read so."""

    form_data_parser_class = Form


def register(app: Flask) -> None:
    app.request_class = Bounded
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.before_request(_check)


def _check() -> None:
    environ = request.environ
    if len(environ.get("PATH_INFO", "")) > LONGEST_PATH or len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise RequestURITooLarge
    if sum(len(name) + len(value) for name, value in environ.items() if name.startswith("HTTP_")) > LONGEST_HEADERS:
        raise RequestHeaderFieldsTooLarge
    if environ.get("asgi.scope", {}).get(TOO_SLOW):
        abort(408)
    if request.content_length is None and "HTTP_TRANSFER_ENCODING" in environ and not _ends_itself(environ):
        abort(411)
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise RequestEntityTooLarge


def _ends_itself(environ: dict[str, Any]) -> bool:
    """Whether the server sees to it that a body of unknown length comes to an end."""
    return bool(environ.get("wsgi.input_terminated"))
