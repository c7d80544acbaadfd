"""How contributions to a draft are attributed: what it means, choosing it, and the receipts of those not stored."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.services import attributing_mode
from app.services import receipts as proofs
from app.services.receipts import Proved
from app.web import receipts
from app.web.context import database, here_and_now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("attribution", __name__)
PAGE = "/drafts/<slug>/attribution"


@pages.get(PAGE)
def read(slug: str) -> ResponseReturnValue:
    return _shown(slug)


@pages.post(PAGE)
def set_mode(slug: str) -> ResponseReturnValue:
    try:
        attributing_mode.set_attribution(
            database(), slug=slug, user_id=user_id(), mode=request.form.get("mode", ""), now=here_and_now()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _shown(slug, refused=sentence(refusal)), status_of(refusal)
    flash(_("The attribution is set. It can be changed until the first contribution."))
    return redirect(url_for("attribution.read", slug=slug), 303)


@pages.post(f"{PAGE}/receipt")
def show_receipt(slug: str) -> ResponseReturnValue:
    """Go on with what a code is of; this browser keeps the code from then on."""
    code = request.form.get("receipt", "").strip()
    try:
        found = proofs.proved(database(), slug=slug, code=code, user_id=user_id())
    except proofs.NoSuchReceipt as refusal:
        return _shown(slug, refused=sentence(refusal), place="receipt"), status_of(refusal)
    receipts.keep(code)
    return redirect(_place_of(slug, found), 303)


@pages.post(f"{PAGE}/receipts/forget")
def forget_receipts(slug: str) -> ResponseReturnValue:
    attributing_mode.show(database(), slug=slug, **viewer())
    receipts.forget()
    flash(_("This browser keeps no code any more."))
    return redirect(url_for("attribution.read", slug=slug, _anchor="receipts"), 303)


def _place_of(slug: str, found: Proved) -> str:
    anchor = f"comment-{found.comment}" if found.comment else None
    if found.clause_id is not None:
        return url_for("clauses.read", slug=slug, clause_id=found.clause_id, _anchor=anchor)
    return url_for("amendments.read", slug=slug, number=found.amendment, _anchor=anchor)


def _shown(slug: str, refused: str = "", place: str = "mode") -> str:
    page = attributing_mode.show(database(), slug=slug, **viewer())
    return render_template(
        "drafts/attribution.html", page=page, draft=page.draft, kept=len(receipts.kept()), refused=refused,
        place=place, typed=request.form,
    )  # fmt: skip
