"""The stream of a draft's live updates (server-sent events), and who is here.

The view answers with what was missed. Behind `app.live` the answer stays open and goes on; behind any other server it
ends there, and the browser asks again after a while with the number of the last event it was told.
"""

import json
import secrets
from dataclasses import asdict
from functools import lru_cache

from flask import Blueprint, Response, render_template, request

from app.domain.telling import Notice
from app.services import live, presence
from app.services.live import News
from app.web.context import database, now, sign_in_id, user_id

pages = Blueprint("live", __name__)

GOES_ON = "kelishim.live"
"""What the ASGI scope holds where the answer is to go on, and the header that says from where and for whom:
`draft reached person sign-in`."""
AGAIN_AFTER = 2000  # milliseconds, where it does not: soon enough that the line does not count as down
SOONEST, SPREAD = 1000, 2000
"""Milliseconds until a browser that lost its stream comes back; spread, so that not all come at once."""


@pages.get("/drafts/<slug>/live")
def of_draft(slug: str) -> Response:
    person = user_id()
    gain = live.listen(database(), slug=slug, user_id=person, after=_last_seen())
    goes_on = GOES_ON in request.environ.get("asgi.scope", {})
    again = SOONEST + secrets.randbelow(SPREAD) if goes_on else AGAIN_AFTER
    words = f"retry: {again}\n\n{''.join(told(one, person) for one in gain.news)}{place(gain.reached)}"
    # An iterator is sent as it is: what was packed could not go on.
    response = Response(iter((words,)), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})
    if goes_on:
        response.headers[GOES_ON] = f"{gain.draft_id} {gain.reached} {person} {sign_in_id()}"
    return response


@pages.get("/drafts/<slug>/presence")
def here(slug: str) -> str:
    found = presence.who_is_here(database(), slug=slug, user_id=user_id(), now=now())
    return render_template("live/here.html", present=found)


def told(news: News, person: int | None) -> str:
    """A piece of news as the stream says it to somebody."""
    return frame(news.notice, person is not None and news.by == person)


@lru_cache(maxsize=2048)  # an event is written out once, however many hear of it
def frame(notice: Notice, own: bool = False) -> str:
    """A notice as the stream says it. `own`: to whoever did what it tells of."""
    facts = {name: value for name, value in asdict(notice).items() if value is not None} | (
        {"own": True} if own else {}
    )
    return f"id: {notice.number}\ndata: {json.dumps(facts, ensure_ascii=False)}\n\n"


def place(reached: int) -> str:
    """Where a listener stands, told without a notice."""
    return f"id: {reached}\nevent: here\ndata: {reached}\n\n"


def _last_seen() -> int | None:
    """The browser says by a header what it heard last; a page says by its address what it was made from."""
    said = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return min(int(said), 2**31 - 1) if said.isascii() and said.isdecimal() else None
