"""Addresses as a log may hold them. Some are keys: whoever has one reads a publication, joins a draft or takes over an
account. So a line holds the path without what is secret in it, and nothing of what was asked for after the `?`.

Our own lines name patterns only (app.web.request_log); those of the server that `flask run` starts whole addresses.
"""

import logging
import re
from collections.abc import Mapping

SECRET = "<token>"  # noqa: S105  (what is said instead of one)
KEYS = (
    "/p/", "/join/", "/guest/", "/feeds/", "/notices/stop/", "/account/address/", "/sign-in/new-password/",
    "/consultation/confirm/",
)  # fmt: skip
"""What stands before a token in the addresses that have one."""
LEADING = re.compile(rf"^({'|'.join(map(re.escape, KEYS))})[^/]+")
IN_LINE = re.compile(r"(?<=[A-Z] )(/\S*)")
SERVER = "werkzeug"


def register() -> None:
    """Have the server of `flask run` write addresses as we do."""
    logger = logging.getLogger(SERVER)
    if _hide not in logger.filters:
        logger.addFilter(_hide)


def without_secrets(path: str) -> str:
    """A path, or an address with a path, without the token in it and without its query."""
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    scheme, separator, rest = plain.partition("://")
    if separator:
        host, stroke, tail = rest.rpartition("@")[2].partition("/")
        return f"{scheme}://{host}{without_secrets(stroke + tail)}"
    return LEADING.sub(rf"\1{SECRET}", re.sub(r"/+", "/", plain))


def _hide(record: logging.LogRecord) -> bool:
    """The request line of a server's record is one of its arguments, or stands in the sentence itself."""
    if isinstance(record.args, tuple):
        record.args = tuple(_said(one) if isinstance(one, str) else one for one in record.args)
    elif isinstance(record.args, Mapping):
        record.args = {name: _said(one) if isinstance(one, str) else one for name, one in record.args.items()}
    if isinstance(record.msg, str):
        record.msg = _said(record.msg)
    return True


def _said(words: str) -> str:
    return IN_LINE.sub(lambda found: without_secrets(found[1]), words)
