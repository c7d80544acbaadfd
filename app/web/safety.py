"""Headers that keep a page to itself, and forms that only come from our pages."""

from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter

from app.web import limits, log_addresses, packing, traffic

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
    app.after_request(packing.pack)


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
