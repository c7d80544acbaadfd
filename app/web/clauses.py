"""One clause with everything said about it: a page of its own, and the same in the margin of the reading view."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid
from app.services import discussing, reading
from app.web import receipts
from app.web.context import database, here_and_now, now, user_id, viewer
from app.web.errors import status_of
from app.web.marking import body_of, with_marks
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("clauses", __name__)


@pages.get("/drafts/<slug>/clauses/<clause_id>")
def read(slug: str, clause_id: str) -> ResponseReturnValue:
    return shown(slug, clause_id)


@pages.post("/drafts/<slug>/clauses/<clause_id>/comments")
def comment(slug: str, clause_id: str) -> ResponseReturnValue:
    typed, receipt = request.form, receipts.new()
    try:
        made = discussing.comment_on_clause(
            database(), slug=slug, clause_id=clause_id, user_id=user_id(), kind=typed.get("kind", "comment"),
            body=body_of(typed), quote=typed.get("quote", ""), occurrence=typed.get("occurrence", 1, type=int),
            reply_to=typed.get("reply_to", type=int), now=now(), receipt=receipt,
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return shown(slug, clause_id, typed, sentence(refusal)), status_of(refusal)
    flash(_("Your comment was added."))
    receipts.hand_over(slug, receipt)
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor=f"comment-{made}"), 303)


def shown(
    slug: str, clause_id: str, typed: Mapping[str, str] | None = None, refused: str = "", place: str = "comments"
) -> str:
    """The clause with everything said about it; `typed` is what a refused form held, `place` where it stands."""
    page = with_marks(reading.clause(database(), slug=slug, clause_id=clause_id, now=here_and_now(), **viewer()))
    template = "clauses/_margin.html" if request.headers.get("X-Fragment") == "margin" else "clauses/read.html"
    return render_template(template, page=page, draft=page.draft, typed=typed or {}, refused=refused, place=place)
