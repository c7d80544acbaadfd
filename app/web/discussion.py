"""The discussion of a draft on one page; editing, withdrawing and resolving what was said, wherever it stands."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid
from app.services import discussing, editing_comments, listing_threads, resolving
from app.services.discussing import Spot
from app.services.pages_discussion import Filters
from app.web import amendments, clauses
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("discussion", __name__)
TICKS = ("mine", "unanswered", "mentions_me", "detached")


@pages.get("/drafts/<slug>/discussion")
def index(slug: str) -> ResponseReturnValue:
    page = listing_threads.discussion(
        database(), slug=slug, filters=_filters(), page=request.args.get("page", 1, type=int), **viewer()
    )
    return render_template("discussion/index.html", page=page, draft=page.draft, asked=_asked(page.filters))


def _filters() -> Filters:
    asked = request.args
    return Filters(
        asked.get("institution", ""), asked.get("kind", ""), asked.get("state", ""),
        **{name: asked.get(name) == "1" for name in TICKS},
    )  # fmt: skip


def _asked(filters: Filters) -> dict[str, str]:
    """The filters as an address has them."""
    chosen = {"institution": filters.institution, "kind": filters.kind, "state": filters.state}
    chosen |= {name: "1" for name in TICKS if getattr(filters, name)}
    return {name: value for name, value in chosen.items() if value}


@pages.post("/drafts/<slug>/comments/<int:comment_id>/edit")
def edit(slug: str, comment_id: int) -> ResponseReturnValue:
    typed = request.form
    spot = _spot(slug, comment_id)
    try:
        editing_comments.edit_comment(
            database(), slug=slug, comment_id=comment_id, user_id=user_id(), kind=typed.get("kind", "comment"),
            body=typed.get("body", ""), now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return _shown(slug, spot, {**typed, "editing": str(comment_id)}, sentence(refusal)), status_of(refusal)
    flash(_("Your comment has its new wording; the former one is kept beside it."))
    return _back(slug, spot, comment_id)


@pages.post("/drafts/<slug>/comments/<int:comment_id>/withdraw")
def withdraw(slug: str, comment_id: int) -> ResponseReturnValue:
    spot = _spot(slug, comment_id)
    editing_comments.withdraw_comment(database(), slug=slug, comment_id=comment_id, user_id=user_id(), now=now())
    flash(_("Your comment was withdrawn; it stays in the record."))
    return _back(slug, spot, comment_id)


@pages.post("/drafts/<slug>/comments/<int:comment_id>/resolve")
def resolve(slug: str, comment_id: int) -> ResponseReturnValue:
    spot = _spot(slug, comment_id)
    resolving.resolve_thread(database(), slug=slug, comment_id=comment_id, user_id=user_id(), now=now())
    flash(_("The thread is resolved. It stays here, folded, and can be reopened."))
    return _back(slug, spot, comment_id)


@pages.post("/drafts/<slug>/comments/<int:comment_id>/reopen")
def reopen(slug: str, comment_id: int) -> ResponseReturnValue:
    spot = _spot(slug, comment_id)
    resolving.reopen_thread(database(), slug=slug, comment_id=comment_id, user_id=user_id(), now=now())
    flash(_("The thread is open again."))
    return _back(slug, spot, comment_id)


def _spot(slug: str, comment_id: int) -> Spot:
    return discussing.spot_of(database(), slug=slug, comment_id=comment_id, user_id=user_id())


def _shown(slug: str, spot: Spot, typed: dict[str, str], refused: str) -> str:
    if spot.clause_id is not None:
        return clauses.shown(slug, spot.clause_id, typed, refused)
    return amendments.shown(slug, spot.amendment or 0, typed, refused)


def _back(slug: str, spot: Spot, comment_id: int) -> ResponseReturnValue:
    """To the comment, where it stands."""
    anchor = f"comment-{comment_id}"
    if spot.clause_id is not None:
        return redirect(url_for("clauses.read", slug=slug, clause_id=spot.clause_id, _anchor=anchor), 303)
    return redirect(url_for("amendments.read", slug=slug, number=spot.amendment, _anchor=anchor), 303)
