"""Institutions and drafts of an installation, for its administrators."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import administering_drafts, administering_institutions
from app.web.context import database, language, now, user_id
from app.web.forms import day_typed, done_or_again
from app.web.translating import _

pages = Blueprint("administration_of", __name__)
KINDS = ("state", "independent", "civil_society", "international", "facilitation")


@pages.get("/administration/institutions")
def institutions() -> ResponseReturnValue:
    return _institutions()


@pages.post("/administration/institutions")
def add_institution() -> ResponseReturnValue:
    def deed() -> str:
        typed = request.form
        administering_institutions.add(
            database(), code=typed.get("code", ""), kind=typed.get("kind", "state"), names=_names(), user_id=user_id()
        )
        return _("“%(code)s” is known now. Give it a seat in the settings of a draft.", code=typed["code"])

    return done_or_again(deed, _institutions, lambda: url_for("administration_of.institutions"))


@pages.get("/administration/institutions/<code>")
def institution(code: str) -> ResponseReturnValue:
    return _institution(code)


@pages.post("/administration/institutions/<code>")
def change_institution(code: str) -> ResponseReturnValue:
    """With `do=period` say when it is there and who succeeds it; else what it is called."""

    def deed() -> str:
        typed = request.form
        if typed.get("do") == "period":
            administering_institutions.set_period(
                database(), code=code, since=day_typed(typed.get("since", "")), until=day_typed(typed.get("until", "")),
                successor=typed.get("successor", ""), user_id=user_id(), now=now(),
            )  # fmt: skip
            return _("Its days and its successor are stored.")
        administering_institutions.rename(
            database(), code=code, kind=typed.get("kind", ""), names=_names(), user_id=user_id()
        )
        return _("Its names are stored.")

    return done_or_again(
        deed, lambda said: _institution(code, said), lambda: url_for("administration_of.institution", code=code)
    )


@pages.get("/administration/drafts")
def drafts() -> ResponseReturnValue:
    return _drafts()


@pages.post("/administration/drafts")
def make_draft() -> ResponseReturnValue:
    """A draft of a Markdown file, or of pasted text."""
    made: list[str] = []

    def deed() -> str:
        typed, file = request.form, request.files.get("file")
        data = file.read() if file and file.filename else typed.get("text", "").replace("\r\n", "\n").encode()
        found = administering_drafts.make(
            database(), data=data, slug=typed.get("address", "").strip(), language=typed.get("language", "").strip(),
            user_id=user_id(), now=now(),
        )  # fmt: skip
        made.append(found.slug)
        return _("The draft is made, with %(count)s clauses; you are its administrator.", count=found.clauses)

    return done_or_again(deed, _drafts, lambda: url_for("drafts.read", slug=made[0]))


@pages.post("/administration/drafts/<slug>/join")
def join(slug: str) -> ResponseReturnValue:
    def deed() -> str:
        administering_drafts.join(database(), slug=slug, user_id=user_id(), now=now())
        return _("You are an administrator of this draft now; its record says so.")

    return done_or_again(deed, _drafts, lambda: url_for("drafts.read", slug=slug))


def _institutions(refused: str = "") -> str:
    lines = administering_institutions.every(database(), user_id=user_id(), language=language())
    return render_template(
        "administration/institutions.html", lines=lines, kinds=KINDS, languages=current_app.config["LANGUAGES"],
        typed=request.form, refused=refused,
    )  # fmt: skip


def _institution(code: str, refused: str = "") -> str:
    lines = administering_institutions.every(database(), user_id=user_id(), language=language())
    one = administering_institutions.found_in(lines, code)
    return render_template(
        "administration/institution.html", one=one, others=[line for line in lines if line.code != code], kinds=KINDS,
        languages=current_app.config["LANGUAGES"], typed=request.form, refused=refused,
    )  # fmt: skip


def _drafts(refused: str = "") -> str:
    lines = administering_drafts.every(database(), user_id=user_id())
    return render_template("administration/drafts.html", lines=lines, typed=request.form, refused=refused)


def _names() -> dict[str, str]:
    return {code: request.form.get(f"name-{code}", "") for code in current_app.config["LANGUAGES"]}
