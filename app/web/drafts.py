"""Library, reading view."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import reading
from app.services.pages_reading import VIEWS
from app.web import first_run, law_text
from app.web.context import database, here_and_now, user_id, viewer

pages = Blueprint("drafts", __name__)


@pages.get("/")
def library() -> ResponseReturnValue:
    if user_id() is None and first_run.is_due():
        return redirect(url_for("first_run.read"), 303)
    return render_template("drafts/library.html", drafts=reading.library(database(), **viewer()))


@pages.get("/drafts/<slug>")
@pages.get("/drafts/<slug>/versions/<int:number>")
def read(slug: str, number: int | None = None) -> ResponseReturnValue:
    view = request.args.get("view", "")
    asked = view if view in VIEWS else VIEWS[0]
    page = reading.read(
        database(), slug=slug, number=number, view=asked, against=request.args.get("against", type=int),
        chapter=request.args.get("chapter"), now=here_and_now(), **viewer(),
    )  # fmt: skip
    return law_text.sent(page, asked)


@pages.get("/drafts/<slug>/at/<address>")
@pages.get("/drafts/<slug>/versions/<int:number>/at/<address>")
def at(slug: str, address: str, number: int | None = None) -> ResponseReturnValue:
    found = reading.clause_at(database(), slug=slug, number=number, address=address, user_id=user_id())
    return redirect(url_for("drafts.read", slug=slug, number=number, _anchor=f"c-{found}"), 303)
