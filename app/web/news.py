"""What is new, marking it as seen, and following clauses and drafts."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from app.services import following, news
from app.services.following import Following
from app.web.context import database, now, user_id, viewer
from app.web.translating import _

pages = Blueprint("news", __name__)


def register(app: Flask) -> None:
    """Templates ask how many things are new, and whether somebody follows what they look at."""
    app.template_global("news_count")(news_count)
    app.template_global("follows_it")(follows_it)


def news_count() -> int:
    """How many things are new for the signed-in person; 100 stands for that many or more."""
    known = user_id()
    return 0 if known is None else news.count(database(), user_id=known)


def follows_it(slug: str, clause_id: str | None = None) -> Following:
    return following.follows_it(database(), slug=slug, clause_id=clause_id, user_id=user_id())


@pages.get("/news")
def of_all() -> ResponseReturnValue:
    page = news.of_all(database(), zone=get_timezone(), **viewer())
    return render_template("news/read.html", page=page, draft=None)


@pages.get("/drafts/<slug>/news")
def of_draft(slug: str) -> ResponseReturnValue:
    page = news.of_draft(database(), slug=slug, zone=get_timezone(), **viewer())
    return render_template("news/read.html", page=page, draft=page.draft)


@pages.post("/news")
def mark_all() -> ResponseReturnValue:
    """Each field is named as a draft and holds the number of the last event that the page showed."""
    numbers = {slug: request.form.get(slug, type=int) for slug in request.form}
    seen = {slug: number for slug, number in numbers.items() if number is not None}
    news.mark_all_seen(database(), up_to=seen, user_id=user_id(), now=now())
    flash(_("All of it is marked as seen."))
    return redirect(url_for("news.of_all"), 303)


@pages.post("/drafts/<slug>/news")
def mark(slug: str) -> ResponseReturnValue:
    up_to = request.form.get("up_to", type=int)
    news.mark_seen(database(), slug=slug, up_to=up_to, user_id=user_id(), now=now())
    flash(_("Marked as seen."))
    target = url_for("news.of_all") if request.form.get("from") == "all" else url_for("news.of_draft", slug=slug)
    return redirect(target, 303)


@pages.post("/drafts/<slug>/follow")
def follow_draft(slug: str) -> ResponseReturnValue:
    _follow(slug, None)
    return redirect(url_for("drafts.read", slug=slug), 303)


@pages.post("/drafts/<slug>/clauses/<clause_id>/follow")
def follow_clause(slug: str, clause_id: str) -> ResponseReturnValue:
    _follow(slug, clause_id)
    if request.form.get("from") == "text":
        return redirect(url_for("drafts.read", slug=slug, _anchor=f"c-{clause_id}"), 303)
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id), 303)


def _follow(slug: str, clause_id: str | None) -> None:
    """Follow, or with `do=unfollow` no longer."""
    if request.form.get("do") == "unfollow":
        following.unfollow(database(), slug=slug, clause_id=clause_id, user_id=user_id())
        flash(_("You no longer follow this."))
        return
    following.follow(database(), slug=slug, clause_id=clause_id, user_id=user_id(), now=now())
    flash(_("You follow this. What happens here will stand under “News”."))
