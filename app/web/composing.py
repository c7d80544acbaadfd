"""The composer: other words for a clause, typed, looked at, submitted."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.errors import Refusal
from app.services import proposing
from app.services.pages import ComposerPage, Preview
from app.services.proposing import Proposal
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence

pages = Blueprint("composing", __name__)
OPERATIONS = ("words", "restate", "insert", "delete")


@dataclass(frozen=True, slots=True)
class Composed:
    """The composer's fields as somebody left them. Both texts are kept, whichever operation is chosen."""

    base_version: int
    operation: str
    text: str
    insertion: str
    rationale: str = ""
    title: str = ""

    def proposal(self, clause_id: str) -> Proposal:
        text = self.insertion if self.operation == "insert" else self.text
        return Proposal(self.base_version, clause_id, self.operation, text, self.rationale, self.title)


@pages.get("/drafts/<slug>/clauses/<clause_id>/propose")
def compose(slug: str, clause_id: str) -> ResponseReturnValue:
    page = proposing.compose(database(), slug=slug, clause_id=clause_id, **viewer())
    operation = request.args.get("operation", "words")
    operation = operation if operation in OPERATIONS else "words"
    return _composer(page, Composed(page.version.number, operation, page.clause.body, page.suggested_label))


@pages.post("/drafts/<slug>/clauses/<clause_id>/propose")
def propose(slug: str, clause_id: str) -> ResponseReturnValue:
    typed = _typed()
    proposal = typed.proposal(clause_id)
    try:
        if request.form.get("do") == "submit":
            number = proposing.propose(database(), slug=slug, proposal=proposal, user_id=user_id(), now=now())
            flash(_("Amendment A%(number)s is on the table.", number=number))
            return redirect(url_for("amendments.read", slug=slug, number=number), 303)
        preview = proposing.preview(database(), slug=slug, proposal=proposal, **viewer())
    except Refusal as refusal:
        database().rollback()
        page = proposing.compose(database(), slug=slug, clause_id=clause_id, **viewer())
        return _composer(page, typed, None, sentence(refusal)), 200 if _live() else status_of(refusal)
    page = proposing.compose(database(), slug=slug, clause_id=clause_id, **viewer())
    return _composer(page, typed, preview)


def _typed() -> Composed:
    """What was typed; a form with one text field only may give an insertion in it."""
    form = request.form
    text = form.get("text", "")
    return Composed(
        form.get("base_version", default=0, type=int), form.get("operation", "words"), text,
        form.get("insertion", text), form.get("rationale", ""), form.get("title", ""),
    )  # fmt: skip


def _live() -> bool:
    """Whether the script asks while somebody types: then "nothing changes yet" is an answer, not a refusal."""
    return request.headers.get("X-Fragment") == "preview"


def _composer(page: ComposerPage, typed: Composed, preview: Preview | None = None, refused: str = "") -> str:
    template = "amendments/_preview.html" if _live() else "amendments/compose.html"
    return render_template(
        template, page=page, draft=page.draft, typed=typed, preview=preview, refused=refused, operations=OPERATIONS
    )
