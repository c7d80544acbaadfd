"""The parking lot: what is put aside, who takes care of it and until when, how it was settled."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import parking, showing_parking
from app.services.deciding import Parking
from app.web.context import database, here_and_now, user_id, viewer
from app.web.forms import done_or_again
from app.web.translating import _

pages = Blueprint("parking", __name__)
PARK = "park"


@pages.get("/drafts/<slug>/parking")
def index(slug: str) -> ResponseReturnValue:
    return _shown(slug)


@pages.post("/drafts/<slug>/parking")
def park(slug: str) -> ResponseReturnValue:
    typed = request.form

    def deed() -> str:
        matter = Parking(
            typed.get("text", ""), typed.get("owner", ""), typed.get("owner_words", ""),
            parking.day_of(typed.get("due", "")),
        )  # fmt: skip
        parking.park(
            database(), slug=slug, parking=matter, clause=typed.get("clause", ""), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("It is in the parking lot.")

    return _done(slug, PARK, deed)


@pages.post("/drafts/<slug>/parking/<int:number>/change")
def change(slug: str, number: int) -> ResponseReturnValue:
    typed = request.form

    def deed() -> str:
        parking.change(
            database(), slug=slug, number=number, owner=typed.get("owner", ""),
            owner_words=typed.get("owner_words", ""), due=parking.day_of(typed.get("due", "")), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("It is recorded who takes care of it, and until when.")

    return _done(slug, f"change-{number}", deed)


@pages.post("/drafts/<slug>/parking/<int:number>/settle")
def settle(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        now = here_and_now()
        parking.settle(
            database(), slug=slug, number=number, words=request.form.get("text", ""), user_id=user_id(), now=now,
            today=now.date(),
        )  # fmt: skip
        return _("The matter is settled.")

    return _done(slug, f"settle-{number}", deed)


@pages.post("/drafts/<slug>/parking/<int:number>/reopen")
def reopen(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        parking.reopen(
            database(), slug=slug, number=number, reason=request.form.get("reason", ""), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("The matter is open again.")

    return _done(slug, f"reopen-{number}", deed)


def _done(slug: str, place: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the page again with what was typed at that place."""
    anchor = f"matter-{place.rpartition('-')[2]}" if place != PARK else None
    return done_or_again(
        deed, lambda refused: _shown(slug, place, refused), lambda: url_for("parking.index", slug=slug, _anchor=anchor)
    )


def _shown(slug: str, place: str = "", refused: str = "") -> str:
    page = showing_parking.parking(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template(
        "parking/index.html", page=page, draft=page.draft, place=place, refused=refused, typed=request.form
    )
