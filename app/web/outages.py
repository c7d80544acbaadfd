"""The page for whoever meets the database when it cannot be used: what is the matter, whether anything was stored, and
what was typed, to be sent again with one button.

Nothing is sent again by itself: after a connection that was lost in the middle of a commit nobody knows whether it was
done. The page then asks to look first.
"""

from flask import current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.store import failing
from app.store.failing import UNUSABLE, Trouble
from app.web import ended
from app.web.context import database
from app.web.translating import _

WAIT_SECONDS = {Trouble.BUSY: 5, Trouble.AWAY: 5, Trouble.FULL: 60, Trouble.READ_ONLY: 60, Trouble.BROKEN: 600}


def give_up(error: SQLAlchemyError) -> None:
    """One line, and the session is as new."""
    current_app.logger.warning("The database could not be used: %s", failing.why(error))
    try:
        database().rollback()
    except UNUSABLE:  # it was lost before the rollback reached it
        database().invalidate()


def sentence(trouble: Trouble, *, is_writing: bool, may_be_stored: bool) -> str:
    """What is the matter, and whether anything was stored."""
    what = {
        Trouble.FULL: _("The disk of the server is full or cannot be written."),
        Trouble.READ_ONLY: _("The database takes no changes at the moment; what is there can be read."),
        Trouble.BROKEN: _("The database is damaged or incomplete. An administrator must bring back the last backup."),
    }
    uncertain = is_writing and may_be_stored
    if trouble in what or uncertain:
        first = what.get(trouble) or _("The connection to the database was lost.")
        then = _("What you sent may have been stored all the same.") if uncertain else _("Nothing was stored.")
        return f"{first} {then}"
    return _("The database is busy or cannot be reached. Nothing was stored.")


def advice(trouble: Trouble, *, may_be_stored: bool) -> str:
    if may_be_stored:
        return _("Look whether it is there before you send it again: it could stand there twice.")
    if trouble in (Trouble.BUSY, Trouble.AWAY):
        return _("Wait a few seconds and try again.")
    return _("Tell the administrator; flask doctor says more. Nothing that was stored before is touched by this.")


def page(trouble: Trouble, error: SQLAlchemyError, typed: list[str], language: str) -> ResponseReturnValue:
    """Asks nothing of the database, not even who is signed in."""
    is_writing = request.method == "POST"
    uncertain = is_writing and failing.may_be_stored(database(), error)
    headers = {"Retry-After": str(WAIT_SECONDS[trouble]), "Cache-Control": "no-store"}
    kept = ended.of_request() if is_writing else None
    shown = {
        "status": 503,
        "title": _("Not certain") if uncertain else _("Busy") if trouble is Trouble.BUSY else _("Not possible now"),
        "sentence": sentence(trouble, is_writing=is_writing, may_be_stored=uncertain),
        "advice": advice(trouble, may_be_stored=uncertain),
        "typed": list(kept.texts) if kept else typed,
        "language": language,
    }
    if request.headers.get("X-Fragment"):
        return current_app.jinja_env.get_template("errors/_fragment.html").render(shown), 503, headers
    template = current_app.jinja_env.get_template("errors/bare.html")
    return template.render(shown, kept=kept, uncertain=uncertain), 503, headers
