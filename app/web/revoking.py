"""Taking the latest version back: what will happen, why, and done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid
from app.services import revoking
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("revoking", __name__)


@pages.get("/drafts/<slug>/versions/<int:number>/revoke")
def ask(slug: str, number: int) -> ResponseReturnValue:
    return _shown(slug, number)


@pages.post("/drafts/<slug>/versions/<int:number>/revoke")
def revoke(slug: str, number: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    try:
        made = revoking.revoke(
            database(), slug=slug, version=number, reason=reason, user_id=user_id(), now=now(),
            expected_version=request.form.get("expected_version", default=0, type=int),
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return _shown(slug, number, reason, sentence(refusal)), status_of(refusal)
    flash(_("Version %(made)s restores the text before version %(number)s.", made=made, number=number))
    return redirect(url_for("drafts.read", slug=slug, number=made), 303)


def _shown(slug: str, number: int, reason: str = "", refused: str = "") -> str:
    """What revoking would do; `reason` is what a refused form held."""
    page = revoking.revoking_page(database(), slug=slug, version=number, **viewer())
    return render_template("drafts/revoke.html", page=page, draft=page.draft, reason=reason, refused=refused)
