"""Signing in on the page of a form whose sign-in had ended, and going on with it."""

from flask import Blueprint, Flask, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.errors import Refusal
from app.services import app_codes, recovery_codes, second_factors
from app.web import ended
from app.web.context import database, here_and_now, secret
from app.web.ended import Kept
from app.web.errors import again_after, page, status_of
from app.web.people import by_password
from app.web.refusals import sentence
from app.web.signing_in import ask_second, enter_as, pending
from app.web.translating import _

pages = Blueprint("resuming", __name__)


def register(app: Flask) -> None:
    """Its form carries no token: that of the session which ended is worth nothing, and whether a page of ours sent it
    is seen otherwise."""
    app.extensions["csrf"].exempt(pages)


@pages.post("/sign-in/again")
def again() -> ResponseReturnValue:
    kept = ended.of_page() if ended.is_from_here() else None
    if kept is None:
        return page(400, ended.not_ours())
    if current_user.is_authenticated:
        return ended.page(kept, step="send")
    try:
        return {"password": _by_password, "second": _by_second}.get(request.form.get("do", ""), _not_yet)(kept)
    except Refusal as refusal:
        database().rollback()
        step: ended.Step = "second" if pending(here_and_now()) else "sign_in"
        shown = ended.page(kept, step=step, refusal=sentence(refusal), name=request.form.get("name", ""))
        return shown, status_of(refusal), again_after(refusal)


def _by_password(kept: Kept) -> ResponseReturnValue:
    found = by_password()
    if second_factors.is_needed(database(), found):
        ask_second(found, "")
        return ended.page(kept, step="second")
    enter_as(found, "password")
    return ended.page(kept, step="send")


def _by_second(kept: Kept) -> ResponseReturnValue:
    due, now = pending(here_and_now()), here_and_now()
    if due is None:
        return _not_yet(kept)
    code, recovery = request.form.get("code", ""), request.form.get("recovery", "").strip()
    if recovery:
        recovery_codes.use(database(), user_id=due[0], code=recovery, secret=secret(), now=now)
    else:
        app_codes.check(database(), user_id=due[0], code=code, secret=secret(), now=now)
    enter_as(due[0], "recovery" if recovery else "totp")
    return ended.page(kept, step="send")


def _not_yet(kept: Kept) -> ResponseReturnValue:
    """They came back from signing in otherwise, and have not."""
    session.pop("second", None)
    return ended.page(kept, step="sign_in", refusal=_("You are not signed in yet.")), 422
