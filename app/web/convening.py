"""Sessions before and around their holding: the list of a draft, planning one, its agenda, who may be named."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.domain.errors import Invalid, Outdated
from app.services import attending, convening, showing_agenda, showing_sessions
from app.services.agendas import ItemChange
from app.services.choosing_items import Choice
from app.services.convening import Plan
from app.web.context import database, here_and_now, user_id, viewer, zone
from app.web.errors import status_of
from app.web.forms import done_or_again, whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("convening", __name__)
LARGEST = 100_000
"""A larger number of minutes or of an item is none that anybody means."""


@pages.get("/drafts/<slug>/sessions")
def index(slug: str) -> ResponseReturnValue:
    page = showing_sessions.index(database(), slug=slug, **viewer())
    return render_template("convening/index.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/sessions/new")
def plan(slug: str) -> ResponseReturnValue:
    return _plan_form(slug)


@pages.post("/drafts/<slug>/sessions/new")
def plan_session(slug: str) -> ResponseReturnValue:
    try:
        number = convening.plan_session(
            database(), slug=slug, plan=_plan(), choice=_choice(), user_id=user_id(), now=here_and_now()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _plan_form(slug, sentence(refusal)), status_of(refusal)
    flash(_("The session is planned; everybody finds it in the news. This is its agenda."))
    return redirect(url_for("convening.agenda", slug=slug, number=number), 303)


@pages.get("/drafts/<slug>/sessions/<int:number>/agenda")
def agenda(slug: str, number: int) -> ResponseReturnValue:
    return _agenda(slug, number)


@pages.post("/drafts/<slug>/sessions/<int:number>/agenda")
def add_items(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        count = convening.add_items(
            database(), slug=slug, number=number, choice=_choice(), user_id=user_id(), now=here_and_now()
        )
        return str(ngettext("%(num)s item is added.", "%(num)s items are added.", count))

    return _done(slug, number, "add", deed)


@pages.post("/drafts/<slug>/sessions/<int:number>/agenda/items")
def change_items(slug: str, number: int) -> ResponseReturnValue:
    """Store what was changed, and with `do` being `up`, `down` or `remove` and a number move or take off that item."""
    do, _dash, item = request.form.get("do", "").partition("-")

    def deed() -> str:
        convening.change_items(
            database(), slug=slug, number=number, changes=_changes(), user_id=user_id(), now=here_and_now()
        )
        return _do(slug, number, do, _number(item) or 0)

    return _done(slug, number, f"item-{item}" if do in ("up", "down") else "items", deed)


@pages.post("/drafts/<slug>/sessions/<int:number>/plan")
def change_session(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        convening.change_session(
            database(), slug=slug, number=number, plan=_plan(), user_id=user_id(), now=here_and_now()
        )
        return _("The plan of the session is changed.")

    return _done(slug, number, "plan", deed)


@pages.post("/drafts/<slug>/sessions/<int:number>/call-off")
def call_off(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        convening.call_off(
            database(), slug=slug, number=number, reason=request.form.get("reason", ""), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("The session is called off; everybody finds it in the news.")

    return _done(slug, number, "call-off", deed)


@pages.get("/drafts/<slug>/sessions/<int:number>/attendance")
def attendance(slug: str, number: int) -> ResponseReturnValue:
    return _attendance(slug, number)


@pages.post("/drafts/<slug>/sessions/<int:number>/attendance")
def name(slug: str, number: int) -> ResponseReturnValue:
    """Give one's own name to the record; with `do=add` somebody else's, with `do=take_back` take one back."""
    try:
        flash(_name(slug, number))
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _attendance(slug, number, sentence(refusal)), status_of(refusal)
    return redirect(url_for("convening.attendance", slug=slug, number=number), 303)


def _name(slug: str, number: int) -> str:
    typed, now = request.form, here_and_now()
    said = typed.get("name", "")
    if typed.get("do") == "take_back":
        named = typed.get("named", 0, type=int)
        attending.take_back(database(), slug=slug, number=number, named=named, user_id=user_id(), now=now)
        return _("The name is taken back and forgotten.")
    if typed.get("do") == "add":
        attending.add_name(
            database(), slug=slug, number=number, name=said, institution=typed.get("institution", ""),
            consented=typed.get("consented") == "yes", user_id=user_id(), now=now,
        )  # fmt: skip
        return _("The record of this session will name them.")
    attending.give_name(database(), slug=slug, number=number, name=said, user_id=user_id(), now=now)
    return _("The record of this session will name you.")


def _do(slug: str, number: int, do: str, item: int) -> str:
    if do in ("up", "down"):
        convening.move_item(
            database(), slug=slug, number=number, item=item, by=-1 if do == "up" else 1, user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("The item is moved.")
    if do == "remove":
        convening.remove_item(database(), slug=slug, number=number, item=item, user_id=user_id(), now=here_and_now())
        return _("The item is taken off the agenda.")
    return _("The agenda is saved.")


def _done(slug: str, number: int, place: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the page again with what was typed at that place."""
    return done_or_again(
        deed,
        lambda refused: _agenda(slug, number, place, refused),
        lambda: url_for("convening.agenda", slug=slug, number=number, _anchor=place),
    )


def _plan_form(slug: str, refused: str = "") -> str:
    page = showing_agenda.plan_page(database(), slug=slug, **viewer())
    return render_template("convening/plan.html", page=page, draft=page.draft, typed=request.form, refused=refused)


def _agenda(slug: str, number: int, place: str = "", refused: str = "") -> str:
    page = showing_agenda.agenda_page(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template(
        "convening/agenda.html", page=page, draft=page.draft, place=place, refused=refused, typed=request.form,
        adding=request.form if place == "add" else MultiDict(), when=_local(page.session.planned_for),
    )  # fmt: skip


def _attendance(slug: str, number: int, refused: str = "") -> str:
    page = attending.attendance_page(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template(
        "convening/attendance.html", page=page, draft=page.draft, refused=refused, typed=request.form
    )


def _plan() -> Plan:
    """Raises UnusableMoment."""
    typed = request.form
    when = convening.moment_typed(typed.get("when", ""), zone())
    return Plan(typed.get("title", ""), typed.get("place", ""), when, typed.get("attribution"))


def _choice() -> Choice:
    typed, every = request.form, request.form.getlist("all")
    return Choice(
        typed=typed.get("about", ""),
        parts=tuple(typed.getlist("part")),
        matter=typed.get("matter", ""),
        articles_of=typed.get("articles_of", ""),
        contested="contested" in every,
        amendments="amendments" in every,
        left_open="left_open" in every,
        reading=_number(typed.get("reading", "1")) or 0,
        minutes=_number(typed.get("minutes", "")),
        behind=_number(typed.get("behind", "")),
    )


def _changes() -> list[ItemChange]:
    """The items of which something is not as the page showed it."""
    typed, found = request.form, []
    for item in typed.getlist("item", type=int):
        place, reading, minutes = (typed.get(f"{name}-{item}", "").strip() for name in ("place", "reading", "minutes"))
        shown = typed.get(f"shown-{item}", "").split(",")
        if [place, reading, minutes] != shown:
            wanted = None if place == shown[0] else _number(place) or 0
            found.append(ItemChange(item, _number(reading) or 0, _number(minutes), wanted))
    return found


def _number(typed: str) -> int | None:
    return whole_number(typed, LARGEST)


def _local(moment: datetime | None) -> str:
    """As a field for a date and a time holds it."""
    return moment.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if moment else ""
