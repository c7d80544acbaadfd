"""Style sheets and scripts under one fingerprint: browsers keep them for good, and a new release is seen at once.

The fingerprint stands in the path, so that modules importing each other by relative names carry it along. The style
sheets are one file each for people and one answer for browsers: joined in the order of `SHEETS`.
"""

import hashlib
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort, url_for

STATIC = Path(__file__).parent / "static"
SHEETS = (
    "layers", "tokens", "base", "masthead", "buttons", "forms", "notices", "live", "marks", "redline", "law",
    "clause-tools", "contents", "views", "keys", "margin", "comments", "positions", "calls", "closing", "amendments",
    "overview", "composer", "everywhere", "bench", "bench-parts", "compare", "said", "history", "library",
    "publication", "consultation", "revoking", "search", "account", "second-factor", "news", "board", "attribution",
    "session", "big-screen", "workshop", "agenda", "console", "record", "members", "invitations", "downloads", "print",
    "receipts", "paper", "activity", "checkpoint",
)  # fmt: skip
JOINED = "kelishim.css"
FOREVER = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Read all of it once; templates call `asset(path)`."""
    files = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in STATIC.rglob("*.*")}
    files[JOINED] = b"\n".join(files[f"css/{name}.css"] for name in SHEETS)
    app.extensions["kelishim-assets"] = files
    fingerprint = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
    app.template_global("asset")(lambda path: url_for("assets.read", fingerprint=fingerprint, path=path))
    app.add_url_rule("/assets/<fingerprint>/<path:path>", "assets.read", lambda **at: read(app, **at))


def read(app: Flask, fingerprint: str, path: str) -> Response:
    """A file, whatever the fingerprint: a page from before an update still gets its style."""
    files: dict[str, bytes] = app.extensions["kelishim-assets"]
    if path not in files:
        abort(404)
    response = Response(files[path], mimetype=guess_type(path)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = FOREVER
    return response
