"""The first page of a new installation: who administers it. Afterwards there is no such page."""

from pathlib import Path

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import NotFound, Refusal
from app.services import first_run
from app.services.first_run import FirstRunOver
from app.web.context import choose_language, database, hashing, language, now, secret
from app.web.errors import again_after, status_of
from app.web.refusals import sentence
from app.web.signing_in import enter_as

pages = Blueprint("first_run", __name__)
OVER = "kelishim-first-run-over"
"""Known in this process; once it is over it is so for good, and nothing more is asked."""


def is_due() -> bool:
    """Whether nobody has an account yet, so that everything begins here."""
    if current_app.extensions.get(OVER):
        return False
    if first_run.is_open(database()):
        return True
    current_app.extensions[OVER] = True
    return False


def announce(app: Flask) -> None:
    """Print the code where whoever started the server sees it, if there is anything to do with it."""
    with app.app_context():
        try:
            is_open = first_run.is_open(database())
        except SQLAlchemyError:  # no tables yet: whoever reads the error page of the first request makes them
            return
        if is_open:
            app.logger.warning("Nobody has an account yet. Open /first-run; its code is %s", first_run.code(folder()))


def folder() -> Path:
    return Path(current_app.instance_path)


@pages.get("/first-run")
def read() -> ResponseReturnValue:
    if not is_due():
        raise FirstRunOver
    first_run.code(folder())
    return _shown()


@pages.post("/first-run")
def make() -> ResponseReturnValue:
    typed = request.form
    choose_language(typed.get("language", ""))
    try:
        made = first_run.make_administrator(
            database(), folder=folder(), typed=typed.get("code", ""), name=typed.get("name", ""),
            full_name=typed.get("full_name", ""), password=typed.get("password", ""), language=language(),
            secret=secret(), now=now(), hashing=hashing(),
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        database().rollback()
        return _shown(sentence(refusal)), status_of(refusal), again_after(refusal)
    enter_as(made, "password")
    return redirect("/administration" if _has_administration() else url_for("drafts.library"), 303)


def _has_administration() -> bool:
    return any(rule.rule == "/administration" for rule in current_app.url_map.iter_rules())


def _shown(refused: str = "") -> str:
    return render_template("first_run/form.html", refused=refused, typed=request.form)
