"""Stating, taking back and confirming positions, wherever they are shown; the page of one's own institution."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Invalid, Outdated, Refusal
from app.services import confirming, positioning, showing_positions
from app.services.positioning import Stance, Subject
from app.web import amendments, clauses
from app.web.context import database, here_and_now, user_id, viewer
from app.web.errors import status_of
from app.web.forms import whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("positions", __name__)
PLACE = "positions"


@pages.get("/drafts/<slug>/positions")
def own(slug: str) -> ResponseReturnValue:
    return _own(slug)


@pages.post("/drafts/<slug>/positions")
def on_version(slug: str) -> ResponseReturnValue:
    subject = Subject("version", "", request.form.get("words", ""))
    address = url_for("positions.own", slug=slug, _anchor=PLACE)
    return _done(slug, subject, address, lambda refused: _own(slug, refused))


@pages.post("/drafts/<slug>/clauses/<clause_id>/positions")
def on_clause(slug: str, clause_id: str) -> ResponseReturnValue:
    about = "below" if request.form.get("below") else "clause"
    words = request.form.get("words_below" if about == "below" else "words", "")
    address = url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor=PLACE)
    return _done(
        slug, Subject(about, clause_id, words), address,
        lambda refused: clauses.shown(slug, clause_id, request.form, refused, PLACE),
    )  # fmt: skip


@pages.post("/drafts/<slug>/amendments/<int:number>/positions")
def on_amendment(slug: str, number: int) -> ResponseReturnValue:
    subject = Subject("amendment", str(number), request.form.get("words", ""))
    address = url_for("amendments.read", slug=slug, number=number, _anchor=PLACE)
    return _done(
        slug, subject, address, lambda refused: amendments.shown(slug, number, request.form, refused, PLACE)
    )  # fmt: skip


@pages.post("/drafts/<slug>/positions/<int:position_id>/confirm")
def confirm(slug: str, position_id: int) -> ResponseReturnValue:
    now = here_and_now()
    confirming.confirm(
        database(), slug=slug, position_id=position_id, user_id=user_id(), now=now, today=now.date()
    )  # fmt: skip
    flash(_("Your institution’s position is confirmed."))
    return redirect(where(slug, PLACE), 303)


@pages.post("/drafts/<slug>/positions/unchanged")
def repeat_unchanged(slug: str) -> ResponseReturnValue:
    now = here_and_now()
    repeat = confirming.repeat_unchanged_of_all if request.form.get("of_all") else confirming.repeat_unchanged
    count = repeat(database(), slug=slug, user_id=user_id(), now=now, today=now.date())
    flash(ngettext("%(num)s position holds for the text as it stands.",
                   "%(num)s positions hold for the text as it stands.", count))  # fmt: skip
    return redirect(url_for("positions.own", slug=slug), 303)


def where(slug: str, anchor: str) -> str:
    """The page on which a form about a position stood, by what it says it is about."""
    clause_id, number = request.form.get("clause", ""), request.form.get("amendment", type=int)
    if number:
        return url_for("amendments.read", slug=slug, number=number, _anchor=anchor)
    if clause_id:
        return url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor=anchor)
    return url_for("positions.own", slug=slug, _anchor=anchor)


def again(slug: str, refusal: Refusal, place: str, clause_id: str = "") -> ResponseReturnValue:
    """That page with the form that was refused, and what was typed; `place` names the form."""
    database().rollback()
    said, status = sentence(refusal), status_of(refusal)
    clause_id, number = clause_id or request.form.get("clause", ""), request.form.get("amendment", type=int)
    if number:
        return amendments.shown(slug, number, request.form, said, place), status
    if clause_id:
        return clauses.shown(slug, clause_id, request.form, said, place), status
    return _own(slug, said, place), status


def _done(slug: str, subject: Subject, address: str, again: Callable[[str], str]) -> ResponseReturnValue:
    """State or take back as the form says; the form again, with what was typed, where that was refused."""
    now, typed = here_and_now(), request.form
    try:
        if typed.get("do") == "take_back":
            positioning.take_back(
                database(), slug=slug, subject=subject, user_id=user_id(), now=now, today=now.date(),
                entered_for=typed.get("entered_for", ""),
            )  # fmt: skip
            flash(_("The position is taken back; it stays in the record."))
        else:
            positioning.state_position(
                database(), slug=slug, subject=subject, stance=_stance(), user_id=user_id(), now=now, today=now.date()
            )
            flash(_("The position is recorded."))
    except (Invalid, Outdated) as refusal:
        return _again(refusal, again)
    return redirect(address, 303)


def _again(refusal: Refusal, again: Callable[[str], str]) -> ResponseReturnValue:
    database().rollback()
    return again(sentence(refusal)), status_of(refusal)


def _stance() -> Stance:
    typed = request.form
    days = typed.get("confirm_days", "").strip()
    return Stance(
        typed.get("step", 0, type=int),
        typed.get("reason", ""),
        whole_number(days, 99_999),
        typed.get("entered_for", ""),
    )


def _own(slug: str, refused: str = "", place: str = PLACE) -> str:
    page = showing_positions.own(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template(
        "positions/own.html", page=page, draft=page.draft, typed=request.form, refused=refused, place=place
    )  # fmt: skip
