"""The facilitator's console: one page, and every deed of a session as a form.

A script sends the forms and shows what comes back part by part; without it each form leads back to the page. What
everybody may do (asking for the floor, saying that they are here) leads back to everybody's page.
"""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.services import closing, deciding, facilitating, parking, presiding, showing_console, speaking_turns
from app.services.calling import Terms
from app.services.deciding import Decided, Parking
from app.web import words
from app.web.composed import typed as composed_of
from app.web.context import database, here_and_now, user_id, viewer, zone
from app.web.errors import status_of
from app.web.forms import whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("presiding", __name__)
SESSION = "/drafts/<slug>/sessions/<int:number>"
LARGEST = 1_000_000_000
"""A larger number is that of nothing."""
Said = Callable[[], str]


@pages.get(f"{SESSION}/console")
def console(slug: str, number: int) -> ResponseReturnValue:
    return _shown(slug, number)


@pages.post(f"{SESSION}/open")
def open_session(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        presiding.open_session(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("The session is open: everybody can follow it.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/take-up")
def take_up(slug: str, number: int) -> ResponseReturnValue:
    """Go to an item; without one, to none: what was current is done, or with `skipped` to be returned to."""
    item, skipped = _number("item"), request.form.get("skipped") == "yes"

    def deed() -> str:
        presiding.take_up(
            database(), slug=slug, number=number, item=item, skipped=skipped, user_id=user_id(), now=here_and_now()
        )
        return str(_("The next item is taken up.") if item is not None else _("No item is taken up any more."))

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/show")
def show(slug: str, number: int) -> ResponseReturnValue:
    what, part = request.form.get("what", ""), _number("part") or 0

    def deed() -> str:
        presiding.show(
            database(), slug=slug, number=number, what=what, part=part, user_id=user_id(), now=here_and_now()
        )
        return _("The big screen shows it.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/time")
def add_time(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        minutes = _number("minutes") or 0
        presiding.add_time(database(), slug=slug, number=number, minutes=minutes, user_id=user_id(), now=here_and_now())
        return _("The item has %(minutes)s minutes more.", minutes=minutes)

    return _done(slug, number, "time", deed)


@pages.post(f"{SESSION}/pause")
def pause(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        presiding.pause(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("Break: no time runs.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/resume")
def resume(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        presiding.resume(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("The break is over.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/close")
def close_session(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        presiding.close_session(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("The session is closed. What came out of it can be made a record.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/undo")
def undo(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        kind = presiding.undo(
            database(), slug=slug, number=number, deed=_number("deed") or 0, user_id=user_id(), now=here_and_now()
        )
        return _("Undone: %(deed)s.", deed=words.session_deed(kind.value))

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/decide")
def decide(slug: str, number: int) -> ResponseReturnValue:
    typed = request.form

    def deed() -> str:
        decided = Decided(typed.get("outcome", ""), typed.get("words", ""), _number("call"))
        deciding.decide(
            database(), slug=slug, number=number, item=_number("item") or 0, decided=decided, user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("The decision is recorded with its rule and the exact text.")

    return _done(slug, number, "decide", deed)


@pages.post(f"{SESSION}/park")
def park(slug: str, number: int) -> ResponseReturnValue:
    typed = request.form

    def deed() -> str:
        matter = Parking(
            typed.get("words", ""), typed.get("owner", ""), typed.get("owner_words", ""),
            parking.day_of(typed.get("due", "")),
        )  # fmt: skip
        made = deciding.park(
            database(), slug=slug, number=number, parking=matter, user_id=user_id(), now=here_and_now()
        )
        return _("It is in the parking lot as matter %(number)s.", number=made)

    return _done(slug, number, "park", deed)


@pages.post(f"{SESSION}/call")
def open_call(slug: str, number: int) -> ResponseReturnValue:
    """Open a call on the item, or with `about` on an amendment to it."""
    typed = request.form

    def deed() -> str:
        terms = Terms(
            question=typed.get("question", ""), rule=typed.get("rule", ""), share=typed.get("share", "2/3"),
            hidden=typed.get("hidden") == "yes",
        )  # fmt: skip
        made = facilitating.open_call_on_item(
            database(), slug=slug, number=number, item=_number("item") or 0, about=_number("about"), terms=terms,
            version=_number("version") or 0, user_id=user_id(), now=here_and_now(), zone=zone(),
        )  # fmt: skip
        return _("Call %(number)s is open.", number=made)

    return _done(slug, number, "call", deed)


@pages.post(f"{SESSION}/reveal")
def reveal(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        closing.reveal(
            database(), slug=slug, number=_number("call") or 0, user_id=user_id(), now=here_and_now(), today=_today()
        )
        return _("The answers are revealed to everybody at once.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/close-call")
def close_call(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        closing.close(
            database(), slug=slug, number=_number("call") or 0, user_id=user_id(), now=here_and_now(), today=_today()
        )
        return _("The call is closed; its results are recorded.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/bridge")
def write_bridge(slug: str, number: int) -> ResponseReturnValue:
    """Offer a counter-text to amendments; its clauses have the fields that the composer's have."""

    def deed() -> str:
        made = facilitating.write_bridge(
            database(), slug=slug, bridges=request.form.getlist("of", type=int),
            proposal=composed_of(request.form).proposal(), user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
        return _("Counter-text A%(number)s is offered.", number=made)

    return _done(slug, number, "bridge", deed)


@pages.post(f"{SESSION}/floor")
def ask_floor(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        speaking_turns.ask_floor(
            database(), slug=slug, number=number, code=request.form.get("institution", ""),
            name=request.form.get("name", ""), user_id=user_id(), now=here_and_now(), today=_today(),
        )  # fmt: skip
        return _("It is on the list of speakers.")

    return _done(slug, number, "floor", deed, of_everybody=True)


@pages.post(f"{SESSION}/floor/waive")
def waive_floor(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        speaking_turns.waive_floor(
            database(), slug=slug, number=number, turn=_number("turn") or 0, user_id=user_id(), now=here_and_now()
        )
        return _("The turn is off the list of speakers.")

    return _done(slug, number, "", deed, of_everybody=True)


@pages.post(f"{SESSION}/floor/give")
def give_floor(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        speaking_turns.give_floor(
            database(), slug=slug, number=number, turn=_number("turn") or 0, user_id=user_id(), now=here_and_now()
        )
        return _("The floor is given.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/floor/end")
def end_floor(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        speaking_turns.end_floor(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("Nobody has the floor.")

    return _done(slug, number, "", deed)


@pages.post(f"{SESSION}/attend")
def attend(slug: str, number: int) -> ResponseReturnValue:
    here = request.form.get("here") != "no"

    def deed() -> str:
        speaking_turns.attend(
            database(), slug=slug, number=number, code=request.form.get("institution", ""), here=here,
            user_id=user_id(), now=here_and_now(), today=_today(),
        )  # fmt: skip
        return str(_("It is noted as here.") if here else _("It is noted as gone."))

    return _done(slug, number, "", deed, of_everybody=True)


def _done(slug: str, number: int, place: str, deed: Said, *, of_everybody: bool = False) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the console again with what was typed at that place."""
    to_console = request.form.get("back", "page" if of_everybody else "console") != "page"
    try:
        said = deed()
    except (Invalid, Outdated) as refusal:
        database().rollback()
        if not to_console:
            raise
        try:
            return _shown(slug, number, place or "deed", sentence(refusal)), status_of(refusal)
        except NotAllowed:
            raise refusal from None
    flash(said)
    return redirect(url_for("presiding.console" if to_console else "sessions.read", slug=slug, number=number), 303)


def _shown(slug: str, number: int, place: str = "", refused: str = "") -> str:
    """The console; for its script only the parts that may have changed."""
    now = here_and_now()
    shown = showing_console.console(database(), slug=slug, number=number, now=now, **viewer())
    template = "presiding/_parts.html" if request.headers.get("X-Fragment") else "presiding/console.html"
    return render_template(
        template, shown=shown, page=shown.page, draft=shown.page.draft, now=now, place=place, refused=refused,
        typed=request.form,
    )  # fmt: skip


def _number(field: str) -> int | None:
    """None where nothing was typed, 0 where that is no number of anything."""
    return whole_number(request.form.get(field, ""), LARGEST)


def _today() -> date:
    return here_and_now().date()
