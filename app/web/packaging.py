"""Linking clauses that are agreed together, and dissolving the link."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.services import annexing, packaging
from app.services.packaging import Chosen
from app.web import positions
from app.web.context import database, here_and_now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("packaging", __name__)


@pages.get("/drafts/<slug>/clauses/<clause_id>/package")
def choose(slug: str, clause_id: str) -> ResponseReturnValue:
    return _shown(slug, clause_id)


@pages.post("/drafts/<slug>/clauses/<clause_id>/package")
def link(slug: str, clause_id: str) -> ResponseReturnValue:
    now, typed = here_and_now(), request.form
    chosen = Chosen(typed.getlist("with"), typed.get("numbers", ""))
    try:
        packaging.link_clauses(
            database(), slug=slug, clause_id=clause_id, chosen=chosen, reason=typed.get("reason", ""),
            user_id=user_id(), now=now, today=now.date(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _shown(slug, clause_id, sentence(refusal)), status_of(refusal)
    flash(_("The clauses are linked: they are agreed only together."))
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor="linked"), 303)


@pages.post("/drafts/<slug>/packages/<int:package_id>/dissolve")
def dissolve(slug: str, package_id: int) -> ResponseReturnValue:
    now = here_and_now()
    try:
        packaging.dissolve(
            database(), slug=slug, package_id=package_id, reason=request.form.get("reason", ""), user_id=user_id(),
            now=now, today=now.date(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        return positions.again(slug, refusal, f"package-{package_id}")
    flash(_("The link is dissolved: each of the clauses is agreed by itself."))
    return redirect(positions.where(slug, "positions"), 303)


def _shown(slug: str, clause_id: str, refused: str = "") -> str:
    page = annexing.choice_of_clauses(database(), slug=slug, clause_id=clause_id, now=here_and_now(), **viewer())
    return render_template(
        "positions/package.html", page=page, draft=page.draft, typed=request.form, refused=refused,
        ticked=set(request.form.getlist("with")),
    )  # fmt: skip
