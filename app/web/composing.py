"""The composer: other words for clauses, typed, looked at, saved or submitted; of one's own, or around others'."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.attribution import Mode
from app.domain.errors import Refusal
from app.domain.parts import OPERATIONS, Part
from app.services import attributing_mode, composing, proposing, revising
from app.services.composing import PLAIN, Aim
from app.services.pages_composing import ComposerPage, Preview
from app.web import receipts
from app.web.composed import Composed, begun, filled, typed
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("composing", __name__)
MOST_BRIDGED = 50


@pages.get("/drafts/<slug>/clauses/<clause_id>/propose")
def compose(slug: str, clause_id: str) -> ResponseReturnValue:
    operation = request.args.get("operation", "words")
    return _begin(slug, PLAIN, (Part(clause_id, operation if operation in OPERATIONS else "words"),))


@pages.post("/drafts/<slug>/clauses/<clause_id>/propose")
def propose(slug: str, clause_id: str) -> ResponseReturnValue:
    return _sent(slug, PLAIN, clause_id)


@pages.get("/drafts/<slug>/amendments/<int:number>/reword")
def reword(slug: str, number: int) -> ResponseReturnValue:
    return _begin(slug, Aim(reword=number))


@pages.post("/drafts/<slug>/amendments/<int:number>/reword")
def send_rewording(slug: str, number: int) -> ResponseReturnValue:
    return _sent(slug, Aim(reword=number))


@pages.get("/drafts/<slug>/amendments/<int:number>/amend")
def amend(slug: str, number: int) -> ResponseReturnValue:
    return _begin(slug, Aim(amends=number))


@pages.post("/drafts/<slug>/amendments/<int:number>/amend")
def send_other_words(slug: str, number: int) -> ResponseReturnValue:
    return _sent(slug, Aim(amends=number))


@pages.get("/drafts/<slug>/amendments/bridge")
def bridge(slug: str) -> ResponseReturnValue:
    return _begin(slug, _bridging())


@pages.post("/drafts/<slug>/amendments/bridge")
def send_counter_text(slug: str) -> ResponseReturnValue:
    return _sent(slug, _bridging())


def _bridging() -> Aim:
    return Aim(bridges=tuple(dict.fromkeys(request.args.getlist("of", type=int)))[:MOST_BRIDGED])


def _begin(slug: str, aim: Aim, parts: tuple[Part, ...] = ()) -> str:
    page = composing.compose(database(), slug=slug, aim=aim, parts=parts, now=now(), **viewer())
    return _composer(page, aim, begun(page))


def _sent(slug: str, aim: Aim, clause_id: str = "") -> ResponseReturnValue:
    """Do what the button says; what cannot be done is said above the form, which comes back as it was left."""
    composed, do = typed(request.form, clause_id), request.form.get("do", "")
    try:
        if do in ("submit", "save"):
            return redirect(_stored(slug, aim, composed, draft=do == "save"), 303)
        composed, preview = _next(slug, aim, composed, do)
    except Refusal as refusal:
        database().rollback()
        page = _page(slug, aim, composed)
        return _composer(page, aim, composed, None, sentence(refusal)), 200 if _live() else status_of(refusal)
    page = _page(slug, aim, composed)
    return _composer(page, aim, filled(composed, page), preview)


def _next(slug: str, aim: Aim, composed: Composed, do: str) -> tuple[Composed, Preview | None]:
    """The form after a button that stores nothing. The enter key adds the clause that was typed, or previews."""
    number = do.removeprefix("remove-")
    if do != number and number.isdecimal():
        return composed.without(int(number)), None
    if do == "add" or (do == "next" and composed.adding):
        found = composing.clause_named(database(), slug=slug, typed=composed.adding, **viewer())
        return composed.with_clause(found), None
    return composed, composing.preview(database(), slug=slug, aim=aim, parts=composed.meant(), **viewer())


def _stored(slug: str, aim: Aim, composed: Composed, *, draft: bool) -> str:
    """Submit or save; where to go on."""
    receipt, session, who = receipts.new(), database(), user_id()
    proposal = composed.proposal(_kept_at(slug, aim), receipt)
    if aim.reword is not None:
        number = aim.reword
        revising.reword(
            session, slug=slug, number=number, revision=composed.revision, proposal=proposal, user_id=who, now=now(),
            draft=draft,
        )  # fmt: skip
    elif aim.bridges is not None:
        number = proposing.offer(
            session, slug=slug, bridges=aim.bridges, proposal=proposal, user_id=who, now=now(), draft=draft
        )
    else:
        number = proposing.propose(
            session, slug=slug, proposal=proposal, user_id=who, now=now(), draft=draft, amends=aim.amends
        )
    flash(_done(aim, number, draft, attributing_mode.holds(session, slug=slug, user_id=who)))
    receipts.hand_over(slug, receipt)
    return url_for("composing.reword" if draft else "amendments.read", slug=slug, number=number)


def _done(aim: Aim, number: int, draft: bool, mode: Mode) -> str:
    if draft and mode is Mode.UNATTRIBUTED:
        said = _("A%(number)s is saved as a draft. Only who has its code sees it.", number=number)
    elif draft:
        said = _("A%(number)s is saved as a draft. Only your institution sees it.", number=number)
    elif aim.reword is not None:
        said = _("A%(number)s is on the table with these words.", number=number)
    elif aim.bridges:
        said = _("Counter-text A%(number)s is offered.", number=number)
    else:
        said = _("Amendment A%(number)s is on the table.", number=number)
    return str(said)


def _page(slug: str, aim: Aim, composed: Composed) -> ComposerPage:
    return composing.compose(
        database(), slug=slug, aim=aim, parts=composed.meant(), as_typed=True, now=now(), **viewer()
    )


def _live() -> bool:
    """Whether the script asks while somebody types: then "nothing changes yet" is an answer, not a refusal."""
    return request.headers.get("X-Fragment") == "preview"


def _composer(
    page: ComposerPage, aim: Aim, composed: Composed, preview: Preview | None = None, refused: str = ""
) -> str:
    template = "amendments/_preview.html" if _live() else "amendments/compose.html"
    return render_template(
        template, page=page, draft=page.draft, aim=aim, typed=composed, preview=preview, refused=refused,
        kept_at=_kept_at(page.draft.slug, aim),
    )  # fmt: skip


def _kept_at(slug: str, aim: Aim) -> str:
    """Where the text of this form is kept until it is sent."""
    offered = "/" + "-".join(map(str, aim.bridges)) if aim.bridges else ""
    return request.path.removeprefix(f"/drafts/{slug}/") + offered
