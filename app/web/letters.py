"""The outbox, for administrators of the installation: how many letters wait, were sent, were given up."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.letters.possible import is_possible
from app.services import sending
from app.web.context import database, now, user_id
from app.web.refusals import sentence_of

pages = Blueprint("letters", __name__)


@pages.get("/administration/letters")
def index() -> ResponseReturnValue:
    outbox = sending.show_outbox(database(), user_id=user_id())
    return render_template(
        "administration/letters.html", outbox=outbox, possible=is_possible(), sentence_of=sentence_of
    )


@pages.post("/administration/letters")
def retry() -> ResponseReturnValue:
    """What waits for another try is tried at once."""
    count = sending.retry_now(database(), user_id=user_id(), now=now())
    flash(ngettext("%(num)s letter is tried again now.", "%(num)s letters are tried again now.", count))
    return redirect(url_for("letters.index"), 303)
