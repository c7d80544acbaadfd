"""Administering an installation: its front page, people, settings. To everybody else there is no such page."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import administering, administering_drafts, configuring, erasing_people
from app.services.administering import check_administrator
from app.services.configuring import Installation
from app.web import backups, installation
from app.web.context import database, here_and_now, now, user_id
from app.web.forms import done_or_again, whole_number
from app.web.translating import _

pages = Blueprint("administration", __name__)
LARGEST = 100_000


@pages.get("/administration")
def index() -> ResponseReturnValue:
    page = administering_drafts.overview(database(), user_id=user_id())
    return render_template("administration/index.html", page=page, backup=backups.standing())


@pages.get("/administration/people")
def people() -> ResponseReturnValue:
    return _people()


@pages.post("/administration/people")
def make_person() -> ResponseReturnValue:
    made: list[int] = []

    def deed() -> str:
        typed = request.form
        made.append(
            administering.make_person(
                database(), name=typed.get("name", "").strip(), full_name=typed.get("full_name", ""),
                user_id=user_id(), now=now(),
            )
        )  # fmt: skip
        return _("The account is made. It has no password yet: let them in below.")

    return done_or_again(deed, _people, lambda: url_for("administration.person", person=made[0]))


@pages.get("/administration/people/<int:person>")
def person(person: int) -> ResponseReturnValue:
    return _person(person)


@pages.post("/administration/people/<int:person>")
def change_person(person: int) -> ResponseReturnValue:
    """Close or reopen an account, make its owner an administrator of the installation or no longer."""

    def deed() -> str:
        session, by = database(), user_id()
        check_administrator(session, by)
        match request.form.get("do"):
            case "close":
                administering.close(session, person_id=person, user_id=by, now=now())
                return _("The account is closed and signed out everywhere.")
            case "reopen":
                administering.reopen(session, person_id=person, user_id=by)
                return _("The account is open again.")
            case "make_administrator":
                administering.make_administrator(session, person_id=person, user_id=by)
                return _("They administer this installation now.")
            case "take_administrator":
                administering.take_administrator(session, person_id=person, user_id=by)
                return _("They administer this installation no more.")
            case "erase":
                typed = request.form.get("name", "")
                erasing_people.erase(session, person_id=person, typed=typed, user_id=by, now=here_and_now())
                return _("What said who they are is erased.")
        return _("Nothing was changed.")

    def address() -> str:
        stepped_back = person == user_id() and request.form.get("do") in ("close", "take_administrator")
        return url_for("drafts.library") if stepped_back else url_for("administration.person", person=person)

    return done_or_again(deed, lambda said: _person(person, said), address)


@pages.get("/administration/settings")
def settings() -> ResponseReturnValue:
    return _settings()


@pages.post("/administration/settings")
def configure() -> ResponseReturnValue:
    def deed() -> str:
        typed = request.form
        wanted = Installation(
            typed.get("name", ""), typed.get("contact", ""), typed.get("language", ""),
            whole_number(typed.get("invitation_days", ""), LARGEST) or 0,
        )  # fmt: skip
        languages = tuple(current_app.config["LANGUAGES"])
        configuring.configure(database(), wanted=wanted, languages=languages, user_id=user_id())
        installation.changed()
        return _("The settings are stored.")

    return done_or_again(deed, _settings, lambda: url_for("administration.settings"))


def _people(refused: str = "") -> str:
    page = administering.people_page(database(), words=request.args.get("q", ""), user_id=user_id())
    return render_template("administration/people.html", page=page, typed=request.form, refused=refused)


def _person(person: int, refused: str = "") -> str:
    one = administering.person(database(), person_id=person, user_id=user_id())
    return render_template("administration/person.html", one=one, refused=refused)


def _settings(refused: str = "") -> str:
    check_administrator(database(), user_id())
    now_set = configuring.installation(database())
    return render_template("administration/settings.html", now_set=now_set, typed=request.form, refused=refused)
