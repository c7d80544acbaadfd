"""Consultations for whoever may publish: opened, prolonged, closed; their contributions accepted, refused, answered."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.services import consult_moderating, consult_queue, consulting, parking
from app.services.consult_moderating import Choice
from app.services.consulting import Plan
from app.web import consultation_words
from app.web.consultation_post import post
from app.web.consultations import LARGEST, behind
from app.web.context import database, here_and_now, language, user_id
from app.web.forms import done_or_again, whole_number
from app.web.translating import _

pages = Blueprint("moderating", __name__)


@pages.get("/drafts/<slug>/consultations")
def index(slug: str) -> ResponseReturnValue:
    draft, lines = consult_queue.index(
        database(), slug=slug, user_id=user_id(), preferred=language(), today=here_and_now().date()
    )
    return render_template("consultations/index.html", draft=draft, lines=lines, said=consultation_words)


@pages.get("/drafts/<slug>/consultations/<int:number>")
def queue(slug: str, number: int) -> ResponseReturnValue:
    """`?state=` chooses those that wait, were accepted or refused; `?after=` begins behind a number."""
    return _queue(slug, number)


@pages.get("/drafts/<slug>/consultations/<int:number>/open")
def ask(slug: str, number: int) -> ResponseReturnValue:
    return _opening(slug, number)


@pages.post("/drafts/<slug>/consultations/<int:number>/open")
def open_consultation(slug: str, number: int) -> ResponseReturnValue:
    form = request.form

    def deed() -> str:
        plan = Plan(
            form.get("question", ""), parking.day_of(form.get("first_day", "")),
            parking.day_of(form.get("last_day", "")), "ends_when_superseded" in form,
        )  # fmt: skip
        consulting.open_consultation(
            database(), slug=slug, number=number, plan=plan, user_id=user_id(), now=here_and_now()
        )
        return _("The consultation is prepared. Readers find it at the head of the publication.")

    return done_or_again(
        deed, lambda refused: _opening(slug, number, refused),
        lambda: url_for("consultations.read", slug=slug, number=number),
    )  # fmt: skip


@pages.post("/drafts/<slug>/consultations/<int:number>/prolong")
def prolong(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        consulting.prolong(
            database(), slug=slug, number=number, last_day=parking.day_of(request.form.get("last_day", "")),
            user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
        return _("The consultation is prolonged.")

    return _done(slug, number, "prolong", deed)


@pages.post("/drafts/<slug>/consultations/<int:number>/close")
def close(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        consulting.close(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("The consultation is closed. What arrived can be moderated and answered still.")

    return _done(slug, number, "close", deed)


@pages.post("/drafts/<slug>/consultations/<int:number>/accept")
def accept(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        count = consult_moderating.accept(
            database(), choice=_choice(slug, number), user_id=user_id(), now=here_and_now()
        )
        return str(ngettext("%(num)s contribution is shown from now on.", "%(num)s contributions are shown.", count))

    return _done(slug, number, "accept", deed)


@pages.post("/drafts/<slug>/consultations/<int:number>/refuse")
def refuse(slug: str, number: int) -> ResponseReturnValue:
    form = request.form

    def deed() -> str:
        count = consult_moderating.refuse(
            database(), choice=_choice(slug, number), reason=form.get("reason_code", ""),
            words=form.get("reason", ""), post=post(), user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
        return str(ngettext("%(num)s contribution is refused.", "%(num)s contributions are refused.", count))

    return _done(slug, number, "refuse", deed)


@pages.post("/drafts/<slug>/consultations/<int:number>/answer")
def answer(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        count = consult_moderating.answer(
            database(), choice=_choice(slug, number), body=request.form.get("body", ""), post=post(),
            user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
        return str(ngettext("%(num)s contribution is answered.", "%(num)s contributions are answered.", count))

    return _done(slug, number, "answer", deed)


def _choice(slug: str, number: int) -> Choice:
    typed = request.form.getlist("contribution")
    return Choice(slug, number, {whole_number(one, LARGEST) or 0 for one in typed})


def _done(slug: str, number: int, deed_name: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and come back to the same part of the queue; where it is refused, with what was typed."""
    state = request.args.get("state") or None
    return done_or_again(
        deed, lambda refused: _queue(slug, number, deed_name, refused),
        lambda: url_for("moderating.queue", slug=slug, number=number, state=state),
    )  # fmt: skip


def _queue(slug: str, number: int, place: str = "", refused: str = "") -> str:
    draft, page = consult_queue.queue(
        database(), slug=slug, number=number, user_id=user_id(), preferred=language(), today=here_and_now().date(),
        state=request.args.get("state", ""), after=behind(),
    )  # fmt: skip
    return render_template(
        "consultations/queue.html", draft=draft, page=page, said=consultation_words, place=place, refused=refused,
        typed=request.form, chosen=request.form.getlist("contribution"),
    )  # fmt: skip


def _opening(slug: str, number: int, refused: str = "") -> str:
    draft, page = consult_queue.opening(
        database(), slug=slug, number=number, user_id=user_id(), preferred=language(), today=here_and_now().date()
    )
    return render_template("consultations/open.html", draft=draft, page=page, refused=refused, typed=request.form)
