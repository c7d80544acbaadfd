"""Legal erasure of words: a page that asks once more, with the words that would be gone."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.erasing import LONGEST_REASON
from app.domain.errors import Invalid
from app.services import erasing
from app.services.erasing import Erasable
from app.web.context import database, here_and_now, user_id
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("erasing", __name__)


@pages.get("/drafts/<slug>/comments/<int:comment_id>/erase")
def comment(slug: str, comment_id: int) -> ResponseReturnValue:
    return _page(_comment(slug, comment_id))


@pages.post("/drafts/<slug>/comments/<int:comment_id>/erase")
def erase_comment(slug: str, comment_id: int) -> ResponseReturnValue:
    def deed(reason: str) -> None:
        erasing.erase_comment(
            database(), slug=slug, comment_id=comment_id, reason=reason, user_id=user_id(), now=here_and_now()
        )

    return _done(deed, lambda: _comment(slug, comment_id))


@pages.get("/drafts/<slug>/amendments/<int:number>/erase")
def rationale(slug: str, number: int) -> ResponseReturnValue:
    return _page(_rationale(slug, number))


@pages.post("/drafts/<slug>/amendments/<int:number>/erase")
def erase_rationale(slug: str, number: int) -> ResponseReturnValue:
    def deed(reason: str) -> None:
        erasing.erase_rationale(
            database(), slug=slug, number=number, reason=reason, user_id=user_id(), now=here_and_now()
        )

    return _done(deed, lambda: _rationale(slug, number))


def _comment(slug: str, comment_id: int) -> Erasable:
    return erasing.erasable_comment(database(), slug=slug, comment_id=comment_id, user_id=user_id())


def _rationale(slug: str, number: int) -> Erasable:
    return erasing.erasable_rationale(database(), slug=slug, number=number, user_id=user_id())


def _done(deed: Callable[[str], None], asked: Callable[[], Erasable]) -> ResponseReturnValue:
    typed = request.form.get("reason", "")
    about = asked()
    try:
        deed(typed)
    except Invalid as refusal:
        database().rollback()
        return _page(asked(), sentence(refusal), typed), status_of(refusal)
    flash(_("The words are erased. The record says that they were, and why."))
    return redirect(_back(about), 303)


def _page(about: Erasable, refused: str = "", typed: str = "") -> str:
    return render_template(
        "discussion/erase.html", about=about, draft=about.draft, back=_back(about), refused=refused, typed=typed,
        longest=LONGEST_REASON,
    )  # fmt: skip


def _back(about: Erasable) -> str:
    slug = about.draft.slug
    if about.amendment is not None:
        anchor = f"comment-{about.comment}" if about.comment else None
        return url_for("amendments.read", slug=slug, number=about.amendment, _anchor=anchor)
    return url_for("clauses.read", slug=slug, clause_id=about.clause_id, _anchor=f"comment-{about.comment}")
