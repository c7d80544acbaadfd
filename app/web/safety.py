"""Headers that keep a page to itself, forms that only come from our pages, and compression for slow lines."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter

from app.web import limits, log_addresses, traffic

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOT_USED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone",
    "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What no page asks a browser for, and nothing that got into a page may."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # the protection of forms reads it on https
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "Cache-Control": "private, no-cache",
}
BY_TLS_ALONE = "max-age=31536000"
"""A browser that came by TLS once comes by nothing else for a year (RFC 6797). Not for other hosts of the domain, of
which this installation knows nothing."""
PACKED = ("text/", "application/javascript", "image/svg")
WORTH_PACKING = 1024  # bytes


class Number(IntegerConverter):
    """A number in an address, no larger than the database can be asked for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": 2**31 - 1, **options})


def register(app: Flask) -> None:
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a form may stay open over lunch: valid as long as the session
    app.url_map.converters["int"] = Number
    log_addresses.register()
    limits.register(app)  # before anything reads what was sent
    app.before_request(_check_address)
    traffic.register(app)
    CSRFProtect(app)
    app.after_request(_headers)
    app.after_request(_pack)


def _check_address() -> None:
    """No page is at an address with a null character, which PostgreSQL could not even look for."""
    if "\0" in request.path:
        abort(404)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure or current_app.config["PUBLIC_ADDRESS"].startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", BY_TLS_ALONE)
    return response


def _pack(response: Response) -> Response:
    """gzip for text: a law is six times smaller on a hotel's line.

    Cookies are SameSite, so no other site can make a browser fetch such a page with its secrets and a guess in it.
    """
    response.vary.add("Accept-Encoding")
    if response.direct_passthrough:
        return response  # a file goes out as it is kept
    if response.is_streamed and response.mimetype == "text/html" and request.accept_encodings.quality("gzip") > 0:
        response.response = _packed(response.response)  # type: ignore[arg-type]
        response.headers["Content-Encoding"] = "gzip"
    if not (response.mimetype or "").startswith(PACKED) or response.is_streamed:
        return response
    data = response.get_data()
    if len(data) >= WORTH_PACKING and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(data, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A page that is sent while it is packed. Its head goes out at once; of the rest speed counts as much as size."""
    packer = zlib.compressobj(level=4, wbits=zlib.MAX_WBITS | 16)
    for number, piece in enumerate(pieces):
        for start in range(0, len(piece), 1 << 16):
            yield packer.compress(piece[start : start + (1 << 16)])
        if number == 0:
            yield packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
