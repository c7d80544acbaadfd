"""The composer, the list of amendments, one amendment with its discussion."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.errors import Invalid, Refusal
from app.services import discussing, proposing
from app.services.pages import ComposerPage, Preview
from app.services.proposing import Proposal
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.marking import body_of
from app.web.refusals import sentence

pages = Blueprint("amendments", __name__)
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


@pages.get("/drafts/<slug>/amendments")
def index(slug: str) -> ResponseReturnValue:
    page = proposing.list_amendments(database(), slug=slug, **viewer())
    return render_template("amendments/index.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/amendments/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    return shown(slug, number)


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


@pages.post("/drafts/<slug>/amendments/<int:number>/withdraw")
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    proposing.withdraw(database(), slug=slug, number=number, user_id=user_id(), now=now())
    flash(_("Amendment A%(number)s was withdrawn; it stays in the record.", number=number))
    return redirect(url_for("amendments.read", slug=slug, number=number), 303)


@pages.post("/drafts/<slug>/amendments/<int:number>/comments")
def comment(slug: str, number: int) -> ResponseReturnValue:
    typed = request.form
    try:
        made = discussing.comment_on_amendment(
            database(), slug=slug, number=number, user_id=user_id(), kind=typed.get("kind", "comment"),
            body=body_of(typed), quote=typed.get("quote", ""), reply_to=typed.get("reply_to", type=int), now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        database().rollback()
        return shown(slug, number, typed, sentence(refusal)), status_of(refusal)
    flash(_("Your comment was added."))
    return redirect(url_for("amendments.read", slug=slug, number=number, _anchor=f"comment-{made}"), 303)


def shown(slug: str, number: int, typed: Mapping[str, str] | None = None, refused: str = "") -> str:
    """An amendment with its discussion; `typed` is what a refused form held."""
    page = proposing.read_amendment(database(), slug=slug, number=number, **viewer())
    return render_template("amendments/read.html", page=page, draft=page.draft, typed=typed or {}, refused=refused)
