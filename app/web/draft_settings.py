"""The settings of a draft: title, scale, days off, seats."""

import re
from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.scale import MOST_STEPS, Meaning
from app.services import draft_settings, giving_seats, setting
from app.services.giving_seats import Period
from app.web.context import database, here_and_now, now, user_id, viewer
from app.web.forms import day_typed, done_or_again
from app.web.translating import _

pages = Blueprint("draft_settings", __name__)
PARTS = ("title", "scale", "days")


@pages.get("/drafts/<slug>/settings")
def read(slug: str) -> ResponseReturnValue:
    return _page(slug)


@pages.post("/drafts/<slug>/settings")
def change(slug: str) -> ResponseReturnValue:
    """`part` says what of the settings is changed: title, scale, days."""

    def deed() -> str:
        typed, by = request.form, user_id()
        match _part():
            case "scale":
                setting.change_scale(database(), slug=slug, steps=_steps(), user_id=by, now=now())
                return _("The scale is stored.")
            case "days":
                days = [day for one in re.split(r"[\s,;]+", typed.get("days", "")) if (day := day_typed(one))]
                setting.change_days_off(database(), slug=slug, days=days, user_id=by, now=now())
                return _("The days off are stored. Calls that are open end as they were told.")
        setting.set_title(database(), slug=slug, title=typed.get("title", ""), user_id=by, now=now())
        return _("The title is stored.")

    return _done(slug, _part(), deed)


@pages.post("/drafts/<slug>/settings/seats")
def give_seat(slug: str) -> ResponseReturnValue:
    def deed() -> str:
        typed = request.form
        giving_seats.give_seat(
            database(), slug=slug, code=typed.get("institution", ""), kind=typed.get("kind", ""), period=_period(),
            user_id=user_id(), now=now(),
        )  # fmt: skip
        return _("The seat is given.")

    return _done(slug, "seats", deed)


@pages.post("/drafts/<slug>/settings/seats/<int:seat>")
def change_seat(slug: str, seat: int) -> ResponseReturnValue:
    """With `do=take` take it away."""

    def deed() -> str:
        typed, by = request.form, user_id()
        if typed.get("do") == "take":
            giving_seats.take_seat(database(), slug=slug, seat=seat, user_id=by, now=now())
            return _("The seat is taken away.")
        giving_seats.change_seat(
            database(), slug=slug, seat=seat, kind=typed.get("kind", ""), period=_period(), user_id=by, now=now()
        )
        return _("The seat is changed.")

    return _done(slug, f"seat-{seat}", deed)


def _done(slug: str, place: str, deed: Callable[[], str]) -> ResponseReturnValue:
    return done_or_again(
        deed, lambda said: _page(slug, place, said), lambda: url_for("draft_settings.read", slug=slug, _anchor=place)
    )


def _page(slug: str, place: str = "", refused: str = "") -> str:
    page = draft_settings.settings_page(database(), slug=slug, today=here_and_now().date(), **viewer())
    return render_template(
        "drafts/settings.html", page=page, draft=page.draft, place=place, refused=refused, meanings=list(Meaning),
        typed=request.form if refused else {}, most=MOST_STEPS,
    )  # fmt: skip


def _part() -> str:
    """What of the settings is changed. Where the form does not say it, what it holds does."""
    typed = request.form
    if (part := typed.get("part", "")) in PARTS:
        return part
    return "days" if "days" in typed else "scale" if "step" in typed else "title"


def _steps() -> list[tuple[str, str]]:
    """Of the form's lines those that have a name."""
    lines = zip(request.form.getlist("step"), request.form.getlist("meaning"), strict=False)
    return [(name, meaning) for name, meaning in lines if name.strip()]


def _period() -> Period:
    """Raises UnusableDay."""
    return day_typed(request.form.get("since", "")), day_typed(request.form.get("until", ""))
