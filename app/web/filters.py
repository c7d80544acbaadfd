"""What templates call: dates as people write them, law as HTML, where a form came from."""

import re
from datetime import UTC, date, datetime, timedelta

from flask import Flask, request
from flask.globals import request_ctx
from flask_babel import format_date, format_datetime, format_decimal, format_timedelta, get_locale, to_user_timezone
from markupsafe import Markup
from werkzeug.routing import MapAdapter

from app.services.gathering import gist_of
from app.services.marks import Day
from app.services.pages import ClausePage
from app.web import words
from app.web.translating import _

ALIGNED = re.compile(r' style="text-align:\s*(left|right|center)"')
IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')
LINK = re.compile(r"</?a\b[^>]*>")
CONTEXT = 90
"""How many characters of a clause stand around contested words."""


def register(app: Flask) -> None:
    """Make them known to templates."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.template_filter("day")(day)
    app.template_filter("moment")(moment)
    app.template_filter("stamp")(stamp)
    app.template_filter("clock")(clock)
    app.template_filter("ending")(ending)
    app.template_filter("how_long")(how_long)
    app.template_filter("last_day")(last_day)
    app.template_filter("law")(law)
    app.template_filter("unlinked")(unlinked)
    app.template_filter("before")(before)
    app.template_filter("after")(after)
    app.template_filter("gist")(gist_of)
    app.template_filter("grouped")(format_decimal)
    app.template_filter("clause_state")(clause_state)
    app.template_filter("stance_word")(words.stance)
    app.template_global("here")(here)
    app.jinja_env.globals["words"] = words


def day(at: date) -> str:
    """A date as people write it in the interface's language, in the installation's time zone: `24 November 2026`."""
    return str(format_date(at, "d MMMM y" if str(get_locale()) == "en" else "long"))


def moment(at: datetime) -> str:
    """Date and time, to the minute; of what has only a day, that."""
    return day(at) if isinstance(at, Day) else f"{day(at)}, {format_datetime(at, 'HH:mm')}"


def stamp(at: datetime) -> str:
    """The same for machines, as ISO 8601 has it."""
    return (to_user_timezone(at).date() if isinstance(at, Day) else at).isoformat()


def clock(at: datetime) -> str:
    """The time of the day; nothing for what has only a day."""
    return "" if isinstance(at, Day) else str(format_datetime(at, "HH:mm"))


def ending(at: datetime) -> str:
    """When a period ends. One that ends at midnight ends with the day before."""
    local = to_user_timezone(at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return _("the end of %(day)s", day=_weekday(at - timedelta(seconds=1)))
    return f"{_weekday(at)}, {format_datetime(at, 'HH:mm')}"


def last_day(at: datetime) -> str:
    """The day with which a period ends: the one before a midnight."""
    return day(at - timedelta(seconds=1))


def _weekday(at: datetime) -> str:
    return str(format_date(at, "EEEE d MMMM y" if str(get_locale()) == "en" else "full"))


def how_long(at: datetime) -> str:
    """How far off a moment is: `in 3 days`."""
    return str(format_timedelta(at - datetime.now(UTC), add_direction=True, threshold=1.2))


def law(html: str) -> Markup:
    """A clause's HTML (made from Markdown with raw HTML off) as the page may show it.

    The page's policy allows no inline style and no image from elsewhere: a table cell's alignment becomes a class, and
    an image a link that the reader may follow.
    """
    html = ALIGNED.sub(r' class="aligned-\1"', html)
    return Markup(IMAGE.sub(r'<a href="\1" rel="noreferrer">\2</a>', html))  # noqa: S704


def unlinked(html: str) -> Markup:
    """A heading's HTML without links, to stand inside one."""
    return Markup(LINK.sub("", law(html)))  # noqa: S704


def before(text: str) -> str:
    """The end of the text before contested words, cut at a word."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def after(text: str) -> str:
    """The beginning of the text behind contested words, cut at a word."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def clause_state(page: ClausePage) -> str:
    """How far the clause of a page is."""
    return page.positions.state if page.positions else "open"


def here() -> str:
    """The address to come back to: this page, or for an address that only takes forms, the nearest page above it."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    adapter: MapAdapter = request_ctx.url_adapter  # type: ignore[assignment]
    path = request.path
    while path and not adapter.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"
