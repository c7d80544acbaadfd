"""One amendment with its discussion."""

from collections.abc import Mapping

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid
from app.services import discarding, discussing, proposing, reading_amendments
from app.web import receipts
from app.web.context import database, here_and_now, now, user_id, viewer
from app.web.errors import status_of
from app.web.marking import body_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("amendments", __name__)


@pages.get("/drafts/<slug>/amendments/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    return shown(slug, number)


@pages.post("/drafts/<slug>/amendments/<int:number>/withdraw")
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    proposing.withdraw(database(), slug=slug, number=number, user_id=user_id(), now=now())
    flash(_("Amendment A%(number)s was withdrawn; it stays in the record.", number=number))
    return redirect(url_for("amendments.read", slug=slug, number=number), 303)


@pages.post("/drafts/<slug>/amendments/<int:number>/discard")
def discard(slug: str, number: int) -> ResponseReturnValue:
    unsent_at = f"amendments/{number}/reword"
    discarding.discard(database(), slug=slug, number=number, unsent_at=unsent_at, user_id=user_id(), now=now())
    flash(_("The draft A%(number)s is discarded.", number=number))
    return redirect(url_for("overview.index", slug=slug), 303)


@pages.post("/drafts/<slug>/amendments/<int:number>/comments")
def comment(slug: str, number: int) -> ResponseReturnValue:
    typed, receipt = request.form, receipts.new()
    try:
        made = discussing.comment_on_amendment(
            database(), slug=slug, number=number, user_id=user_id(), kind=typed.get("kind", "comment"),
            body=body_of(typed), quote=typed.get("quote", ""), reply_to=typed.get("reply_to", type=int), now=now(),
            receipt=receipt,
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return shown(slug, number, typed, sentence(refusal)), status_of(refusal)
    flash(_("Your comment was added."))
    receipts.hand_over(slug, receipt)
    return redirect(url_for("amendments.read", slug=slug, number=number, _anchor=f"comment-{made}"), 303)


def shown(
    slug: str, number: int, typed: Mapping[str, str] | None = None, refused: str = "", place: str = "comments"
) -> str:
    """An amendment with all around it; `typed` is what a refused form held, `place` where on the page it stands."""
    page = reading_amendments.read_amendment(
        database(), slug=slug, number=number, now=here_and_now(), sentences="sentences" in request.args, **viewer()
    )
    return render_template(
        "amendments/read.html", page=page, draft=page.draft, typed=typed or {}, refused=refused, place=place,
        endpoints=current_app.view_functions,
    )  # fmt: skip
