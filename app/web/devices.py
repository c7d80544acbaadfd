"""What a browser is called in a few words, by what it says of itself: so people know where they are signed in."""

import re

from flask import request

SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    (r"YaBrowser/", "Yandex Browser"), (r"Edg(e|A|iOS)?/", "Edge"), (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"), (r"Firefox/|FxiOS/", "Firefox"), (r"Chrom(e|ium)/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)  # fmt: skip
"""The first that is found: most say that they are others too."""


def device() -> str:
    """Of this request."""
    return named(request.headers.get("User-Agent", ""))


def named(says: str) -> str:
    """As “Firefox · Windows”; empty where nothing is recognised."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, says)), "")
    system = next((name for sign, name in SYSTEMS if sign in says), "")
    return " · ".join(part for part in (browser, system) if part)
