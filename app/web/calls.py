"""Calls for positions: opening one, answering it, conducting it to its end."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypedDict

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Invalid, Outdated, Refusal
from app.services import calling, closing, conducting, preparing_calls, responding, showing_call, showing_calls
from app.services.asking_about import Wanted
from app.services.calling import Period, Terms
from app.services.positioning import LONGEST_AD_REFERENDUM_DAYS, Stance
from app.store.calls import Waiting
from app.web.context import database, here_and_now, user_id, viewer, zone
from app.web.errors import status_of
from app.web.filters import ending
from app.web.forms import done_or_again, whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("calls", __name__)


def register(app: Flask) -> None:
    """The news ask which calls wait for somebody's institution."""
    app.template_global("calls_waiting")(calls_waiting)


def calls_waiting(slug: str | None) -> list[Waiting]:
    return showing_calls.waiting(database(), user_id=user_id(), now=here_and_now(), slug=slug)


class Doing(TypedDict):
    """Who does something, and when: the day is that of the installation's place."""

    user_id: int | None
    now: datetime
    today: date


LARGEST = 100_000
"""A larger amount of time is no number that anybody means."""


@pages.get("/drafts/<slug>/calls")
def index(slug: str) -> ResponseReturnValue:
    page = showing_calls.index(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template("calls/index.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/calls/open")
def prepare(slug: str) -> ResponseReturnValue:
    asked = request.args
    wanted = Wanted(parts=tuple(asked.getlist("clause")), amendments=tuple(asked.getlist("amendment", type=int)))
    return _form(slug, wanted, from_bench=asked.get("from") == "bench")


@pages.post("/drafts/<slug>/calls/open")
def open_call(slug: str) -> ResponseReturnValue:
    wanted, typed = _wanted(), request.form
    try:
        if typed.get("do") == "show":
            return _form(slug, wanted, named=True)
        number = calling.open_call(
            database(), slug=slug, wanted=wanted, terms=_terms(), version=typed.get("version", 0, type=int),
            user_id=user_id(), now=here_and_now(), zone=zone(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _form_again(slug, wanted, refusal), status_of(refusal)
    flash(_("The call is open. Everybody at the table finds it in the news."))
    return redirect(url_for("calls.read", slug=slug, number=number), 303)


@pages.get("/drafts/<slug>/calls/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    return _shown(slug, number)


@pages.post("/drafts/<slug>/calls/<int:number>/answer")
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Answer one thing, or with `item` empty all that is left; `do=take_back` takes an answer back."""
    item = request.form.get("item", type=int)
    return _done(
        slug, number, f"item-{item}" if item else "all", lambda: _answer(slug, number, item)
    )  # fmt: skip


@pages.post("/drafts/<slug>/calls/<int:number>/receipt")
def receive(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        conducting.receive(database(), slug=slug, number=number, **_now())
        return _("It is recorded that the call reached your institution.")

    return _done(slug, number, "reached", deed)


@pages.post("/drafts/<slug>/calls/<int:number>/remind")
def remind(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        count = conducting.remind(database(), slug=slug, number=number, **_now())
        return str(ngettext("%(num)s institution was reminded.", "%(num)s institutions were reminded.", count))

    return _done(slug, number, "conduct", deed)


@pages.post("/drafts/<slug>/calls/<int:number>/extend")
def extend(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        until = conducting.extend(
            database(), slug=slug, number=number, period=_period(), reason=request.form.get("reason", ""),
            user_id=user_id(), now=here_and_now(), zone=zone(),
        )  # fmt: skip
        return _("The call is open until %(moment)s; everybody is told.", moment=ending(until))

    return _done(slug, number, "extend", deed)


@pages.post("/drafts/<slug>/calls/<int:number>/reveal")
def reveal(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        closing.reveal(database(), slug=slug, number=number, **_now())
        return _("The answers are revealed to everybody at once.")

    return _done(slug, number, "conduct", deed)


@pages.post("/drafts/<slug>/calls/<int:number>/close")
def close(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        closing.close(database(), slug=slug, number=number, **_now())
        return _("The call is closed; its results are recorded.")

    return _done(slug, number, "conduct", deed)


@pages.post("/drafts/<slug>/calls/<int:number>/call-off")
def call_off(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        conducting.call_off(
            database(), slug=slug, number=number, reason=request.form.get("reason", ""), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("The call is called off: it decides nothing.")

    return _done(slug, number, "call-off", deed)


def _answer(slug: str, number: int, item: int | None) -> str:
    typed = request.form
    if item is not None and typed.get("do") == "take_back":
        responding.take_back(
            database(), slug=slug, number=number, ordinal=item, entered_for=typed.get("entered_for", ""), **_now()
        )
        return _("The position is taken back; it stays in the record.")
    count = responding.respond(database(), slug=slug, number=number, ordinal=item, stance=_stance(), **_now())
    return str(ngettext("%(num)s position is recorded.", "%(num)s positions are recorded.", count))


def _done(slug: str, number: int, place: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the page again with what was typed at that place."""
    return done_or_again(
        deed,
        lambda refused: _shown(slug, number, place, refused),
        lambda: _back(slug) or url_for("calls.read", slug=slug, number=number, _anchor=place),
    )


def _back(slug: str) -> str:
    """The session in which the call was answered, if it was."""
    session = request.form.get("session", type=int)
    return url_for("sessions.read", slug=slug, number=session, _anchor="call") if session else ""


def _shown(slug: str, number: int, place: str = "", refused: str = "") -> str:
    page = showing_call.call_page(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template(
        "calls/read.html", page=page, draft=page.draft, call=page.call, place=place, refused=refused, typed=request.form
    )


def _form(slug: str, wanted: Wanted, *, from_bench: bool = False, refused: str = "", named: bool = False) -> str:
    """The form that opens a call; `named`: what was typed is found and stands among what is ticked."""
    page = preparing_calls.opening(
        database(), slug=slug, wanted=wanted, from_bench=from_bench, now=here_and_now(), **viewer()
    )
    typed = request.form.to_dict() | ({"about": ""} if named else {})
    return render_template("calls/open.html", page=page, draft=page.draft, typed=typed, refused=refused)


def _form_again(slug: str, wanted: Wanted, refusal: Refusal) -> str:
    """With what was ticked and typed. Where the text is another one meanwhile, that is what stands in it now."""
    kept = Wanted(wanted.clauses, wanted.parts, wanted.amendments)
    return _form(slug, kept, refused=sentence(refusal))


def _wanted() -> Wanted:
    typed = request.form
    return Wanted(
        tuple(typed.getlist("clause")),
        tuple(typed.getlist("part")),
        tuple(typed.getlist("amendment", type=int)),
        typed.get("about", ""),
    )


def _terms() -> Terms:
    typed = request.form
    return Terms(
        question=typed.get("question", ""),
        rule=typed.get("rule", ""),
        share=typed.get("share", ""),
        more=typed.get("more") == "yes",
        of_seats=typed.get("of") == "seats",
        period=_period(),
        confirm_days=_amount("confirm_days"),
        hidden=typed.get("hidden") == "yes",
    )


def _period() -> Period:
    return Period(_amount("amount"), request.form.get("unit", "days"))


def _amount(field: str) -> int | None:
    """A number of days or hours: None where nothing was typed, 0 where that is no number."""
    return whole_number(request.form.get(field, ""), LARGEST)


def _stance() -> Stance:
    """Ad referendum in a call that says until when that is confirmed: as long as the call gives."""
    typed = request.form
    days = LONGEST_AD_REFERENDUM_DAYS if typed.get("ad_referendum") else _amount("confirm_days")
    return Stance(typed.get("step", 0, type=int), typed.get("reason", ""), days, typed.get("entered_for", ""))


def _now() -> Doing:
    now = here_and_now()
    return {"user_id": user_id(), "now": now, "today": now.date()}
