"""Links for guests: made, listed and revoked by whoever manages a draft's members; opened by guests."""

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.errors import Invalid
from app.letters.links import link
from app.services import guesting
from app.web.context import database, here_and_now, now, user_id, viewer
from app.web.errors import status_of
from app.web.forms import day_typed, done_or_again
from app.web.refusals import sentence
from app.web.signing_in import enter_as
from app.web.translating import _

pages = Blueprint("guests", __name__)
OWN_ACCOUNT = ("/account", "/feeds", "/notices")
"""What is for people who have an account of their own: to a guest there is nothing at these addresses."""


def register(app: Flask) -> None:
    app.before_request(_keep_to_the_draft)


def _keep_to_the_draft() -> None:
    is_barred = request.path.startswith(OWN_ACCOUNT) or request.blueprint == "notices"
    if is_barred and getattr(current_user, "kind", "") == "guest":
        abort(404)


@pages.get("/drafts/<slug>/members/guests")
def index(slug: str) -> ResponseReturnValue:
    return _index(slug)


@pages.post("/drafts/<slug>/members/guests")
def make(slug: str) -> ResponseReturnValue:
    """The answer to a link that was made is the page itself: the link stands on it once, and is kept nowhere."""
    typed = request.form
    try:
        token = guesting.make_link(
            database(), slug=slug, label=typed.get("label", ""), rights=typed.get("rights", ""),
            until=day_typed(typed.get("until", "")), user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return _index(slug, refused=sentence(refusal)), status_of(refusal)
    return _index(slug, made=link("guests.arrive", token=token))


@pages.post("/drafts/<slug>/members/guests/<int:link>/revoke")
def revoke(slug: str, link: int) -> ResponseReturnValue:
    def deed() -> str:
        guesting.revoke_link(database(), slug=slug, link=link, user_id=user_id(), now=here_and_now())
        return _("The link is revoked; whoever came by it is signed out.")

    return done_or_again(deed, lambda said: _index(slug, refused=said), lambda: url_for("guests.index", slug=slug))


@pages.get("/guest/<token>")
def arrive(token: str) -> ResponseReturnValue:
    invited = guesting.opened(database(), token=token, now=now())
    return render_template("guests/arrive.html", invited=invited, token=token)


@pages.post("/guest/<token>")
def enter(token: str) -> ResponseReturnValue:
    invited = guesting.opened(database(), token=token, now=now())
    enter_as(invited.user_id, "guest", ends_at=invited.ends_at)
    return redirect(url_for("drafts.read", slug=invited.slug), 303)


def _index(slug: str, made: str = "", refused: str = "") -> str:
    page = guesting.guests_page(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template(
        "guests/index.html", page=page, draft=page.draft, made=made, refused=refused,
        typed=request.form if refused else {},
    )  # fmt: skip
