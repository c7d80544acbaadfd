"""Words replaced everywhere: typed, their places looked at and ticked, submitted as one amendment."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Refusal
from app.services import replacing
from app.services.pages_replacing import EverywherePage
from app.services.replacing import Replacement
from app.web import receipts
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("replacing", __name__)
PATH = "/drafts/<slug>/amendments/everywhere"


@pages.get(PATH)
def everywhere(slug: str) -> ResponseReturnValue:
    """The form; with words in the address it is filled, and shows their places."""
    asked = request.args
    typed = Replacement(asked.get("words", ""), asked.get("new", ""), asked.get("match_case", "yes") == "yes")
    return _shown(slug, typed)


@pages.post(PATH)
def submit(slug: str) -> ResponseReturnValue:
    """Show the places, or submit; what cannot be done is said above the form, which comes back as it was left."""
    typed, form, receipt = _typed(), request.form, receipts.new()
    if form.get("do") != "submit":
        return _shown(slug, typed)
    try:
        number = replacing.replace_everywhere(
            database(), slug=slug, replacement=typed, base_version=form.get("base_version", default=0, type=int),
            title=form.get("title", ""), rationale=form.get("rationale", ""), user_id=user_id(), now=now(),
            receipt=receipt,
        )  # fmt: skip
    except Refusal as refusal:
        database().rollback()
        return _shown(slug, typed, refusal)
    flash(_("Amendment A%(number)s is on the table.", number=number))
    receipts.hand_over(slug, receipt)
    return redirect(url_for("amendments.read", slug=slug, number=number), 303)


def _typed() -> Replacement:
    form = request.form
    return Replacement(
        form.get("words", ""), form.get("new", ""), form.get("match_case") == "yes",
        frozenset(place for key in form.getlist("leave_out") if (place := _place(key))),
        frozenset(form.getlist("leave_out_group")),
    )  # fmt: skip


def _place(key: str) -> tuple[str, int] | None:
    """A place as a form calls it; nothing for what is none, which leaves nothing out."""
    clause_id, _colon, start = key.rpartition(":")
    return (clause_id, int(start)) if clause_id and start.isascii() and start.isdecimal() and len(start) < 9 else None


def _shown(slug: str, typed: Replacement, refusal: Refusal | None = None) -> ResponseReturnValue:
    page, why = _page(slug, typed)
    refusal = refusal or why
    answer = render_template(
        "amendments/everywhere.html", page=page, draft=page.draft, typed=typed, form=request.form,
        refused=sentence(refusal) if refusal else "",
    )  # fmt: skip
    return answer, status_of(refusal) if refusal else 200


def _page(slug: str, typed: Replacement) -> tuple[EverywherePage, Refusal | None]:
    """The page; where its words cannot be looked for, only the form and why."""
    try:
        asked = request.method == "POST"
        return replacing.show(database(), slug=slug, replacement=typed, asked=asked, **viewer()), None
    except Invalid as refusal:
        return replacing.show(database(), slug=slug, **viewer()), refusal
