"""Searching one draft, or all drafts that somebody may see. Whatever is typed gives a page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.services import searching
from app.services.pages_search import Asked
from app.web.context import database, viewer

pages = Blueprint("search", __name__)
LONGEST_SHOWN = 500
"""Characters of a query that come back in the field."""


@pages.get("/search")
def everywhere() -> ResponseReturnValue:
    page = searching.everywhere(database(), asked=_asked(), **viewer())
    return render_template("search/results.html", page=page, draft=None)


@pages.get("/drafts/<slug>/search")
def in_draft(slug: str) -> ResponseReturnValue:
    page = searching.in_draft(database(), slug=slug, asked=_asked(), **viewer())
    return render_template("search/results.html", page=page, draft=page.draft)


def _asked() -> Asked:
    group = request.args.get("group", "")
    return Asked(
        request.args.get("q", "").replace("\0", " ").strip()[:LONGEST_SHOWN],
        request.args.get("versions") == "all",
        group if group in searching.GROUPS else "",
        max(request.args.get("page", default=1, type=int), 1),
    )
