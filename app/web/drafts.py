"""Library, reading view, comparison, publishing a version."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.services import comparing, publishing, reading
from app.web import outline
from app.web.context import database, now, user_id, viewer

pages = Blueprint("drafts", __name__)


@pages.get("/healthz")
def healthz() -> ResponseReturnValue:
    return "ok\n", {"Content-Type": "text/plain"}


@pages.get("/")
def library() -> ResponseReturnValue:
    return render_template("drafts/library.html", drafts=reading.library(database(), **viewer()))


@pages.get("/drafts/<slug>")
@pages.get("/drafts/<slug>/versions/<int:number>")
def read(slug: str, number: int | None = None) -> ResponseReturnValue:
    page = reading.read(database(), slug=slug, number=number, **viewer())
    entries, tabled = outline.contents(page.clauses), outline.on_the_table(page.clauses)
    return render_template("drafts/read.html", page=page, draft=page.draft, entries=entries, on_table=tabled)


@pages.get("/drafts/<slug>/compare")
def compare(slug: str) -> ResponseReturnValue:
    newest = reading.latest(database(), slug=slug, user_id=user_id())
    old = request.args.get("old", default=max(newest - 1, 1), type=int)
    new = request.args.get("new", default=newest, type=int)
    everything = request.args.get("everything") == "1"
    page = comparing.compare(database(), slug=slug, old=old, new=new, everything=everything, **viewer())
    return render_template("drafts/compare.html", page=page, draft=page.draft, everything=everything)


@pages.post("/drafts/<slug>/versions/<int:number>/publish")
def publish(slug: str, number: int) -> ResponseReturnValue:
    made = publishing.publish(database(), slug=slug, version=number, user_id=user_id(), now=now())
    flash(_("Version %(number)s is published. Everybody may read it at this address.", number=number))
    return redirect(url_for("publications.read", slug=slug, number=made), 303)
