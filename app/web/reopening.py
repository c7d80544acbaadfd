"""Taking up again what was agreed."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.services import reopening
from app.web import positions
from app.web.context import database, here_and_now, user_id
from app.web.translating import _

pages = Blueprint("reopening", __name__)


@pages.post("/drafts/<slug>/clauses/<clause_id>/reopen")
def reopen(slug: str, clause_id: str) -> ResponseReturnValue:
    now = here_and_now()
    try:
        reopening.reopen(
            database(), slug=slug, clause_id=clause_id, reason=request.form.get("reason", ""), user_id=user_id(),
            now=now, today=now.date(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        return positions.again(slug, refusal, "reopen", clause_id)
    flash(_("The clause is reopened; all who had agreed are told."))
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor="positions"), 303)
