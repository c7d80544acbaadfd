"""A session on paper: sheets to print, and entering what came back on them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.ballots import Code, read_check, read_code
from app.domain.errors import Invalid, Outdated
from app.services import balloting, showing_paper
from app.services.balloting import Marked
from app.services.pages_paper import PARTS, PaperAsked
from app.web.context import database, here_and_now, user_id, viewer
from app.web.errors import status_of
from app.web.forms import whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("papers", __name__)
LONGEST_CODE = 60
LARGEST = 9_999
"""More days than anybody may take to confirm."""


@pages.get("/drafts/<slug>/sessions/<int:number>/paper")
def read(slug: str, number: int) -> ResponseReturnValue:
    page = showing_paper.paper(database(), slug=slug, number=number, wanted=_wanted(), now=here_and_now(), **viewer())
    return render_template("papers/read.html", page=page, draft=page.draft, session=page.session)


@pages.get("/drafts/<slug>/sessions/<int:number>/ballots")
def ballots(slug: str, number: int) -> ResponseReturnValue:
    return _form(slug, number)


@pages.post("/drafts/<slug>/sessions/<int:number>/ballots")
def enter_ballot(slug: str, number: int) -> ResponseReturnValue:
    """Record one ballot and offer the form for the next one."""
    now = here_and_now()
    try:
        code = _code()
        human = balloting.enter_ballot(
            database(), slug=slug, number=number, code=code, marked=_marked(), user_id=user_id(), now=now,
            today=now.date(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _form(slug, number, sentence(refusal)), status_of(refusal)
    flash(_("Recorded as on paper: %(institution)s on %(place)s. The next one.", institution=code.institution,
            place=human))  # fmt: skip
    return redirect(url_for("papers.ballots", slug=slug, number=number), 303)


def _wanted() -> PaperAsked:
    asked = request.args
    parts = tuple(part for part in PARTS if part in asked.getlist("part"))
    return PaperAsked(parts or PaperAsked().parts, asked.get("item", type=int), asked.get("institution", ""))


def _code() -> Code:
    """The code that was typed, or what was chosen in place of one; the check typed with it or by itself."""
    typed = request.form
    code = typed.get("code", "").strip()[:LONGEST_CODE]
    chosen = f"{typed.get('what', '')}-{typed.get('institution', '')}"[:LONGEST_CODE]
    found = read_code(code or chosen)
    check = found.check or read_check(typed.get("check", ""))
    return Code(found.about, found.number, found.ordinal, found.institution, check)


def _marked() -> Marked:
    typed = request.form
    days = typed.get("confirm_days", "").strip()
    return Marked(
        typed.get("step", 0, type=int),
        typed.get("reason", ""),
        bool(typed.get("ad_referendum") or days),
        whole_number(days, LARGEST),
    )


def _form(slug: str, number: int, refused: str = "") -> str:
    page = showing_paper.ballots(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template(
        "papers/ballots.html", page=page, draft=page.draft, session=page.session, typed=request.form, refused=refused
    )
