"""Addresses that people are sent to."""

from urllib.parse import urlsplit


def inside(target: str) -> str:
    """A path of this site, or nothing: no redirect ever leaves it."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    safe = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if safe and "\\" not in target and target.isprintable() else ""
