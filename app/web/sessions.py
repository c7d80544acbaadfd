"""A session as everybody follows it: its page, the big screen of the room, and where it is, for the other pages."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.services import screening_session
from app.web.context import database, here_and_now, viewer

pages = Blueprint("sessions", __name__)


@pages.get("/drafts/<slug>/sessions/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    now = here_and_now()
    followed = screening_session.follow(database(), slug=slug, number=number, now=now, **viewer())
    page = followed.page
    return render_template(
        _template("sessions/read.html", "sessions/_parts.html"), followed=followed, page=page, draft=page.draft,
        call=followed.call.call if followed.call else None, now=now,
    )  # fmt: skip


@pages.get("/drafts/<slug>/sessions/<int:number>/screen")
def screen(slug: str, number: int) -> ResponseReturnValue:
    now = here_and_now()
    shown = screening_session.screen(database(), slug=slug, number=number, now=now, **viewer())
    return render_template(
        _template("sessions/screen.html", "sessions/_screen.html"), shown=shown, draft=shown.page.draft, now=now
    )


@pages.get("/drafts/<slug>/sessions/<int:number>/now")
def now(slug: str, number: int) -> ResponseReturnValue:
    """Where the session is, in a line, for the other pages of the draft."""
    followed = screening_session.follow(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template("sessions/_now.html", page=followed.page, draft=followed.page.draft)


def _template(whole: str, part: str) -> str:
    """Scripts ask for what changes and leave out what stands around it."""
    return part if request.headers.get("X-Fragment") else whole
