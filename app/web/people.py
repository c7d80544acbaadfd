"""Signing in and out, choosing the interface's language."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.domain.errors import Refusal
from app.services import accounts
from app.web.context import SignedIn, choose_language, database, now
from app.web.errors import status_of
from app.web.refusals import sentence

pages = Blueprint("people", __name__)


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    name, target = request.form.get("name", ""), _inside(request.values.get("next", ""))
    if request.method == "GET":
        return render_template("people/sign_in.html", name="", next=target, refusal="")
    try:
        found = accounts.sign_in(database(), name=name, password=request.form.get("password", ""), now=now())
    except Refusal as refusal:
        shown = render_template("people/sign_in.html", name=name, next=target, refusal=sentence(refusal))
        return shown, status_of(refusal)
    person = accounts.person(database(), found)
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen
    if person:
        login_user(SignedIn(person))
    return redirect(target or url_for("drafts.library"), 303)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    return redirect(url_for("drafts.library"), 303)


@pages.post("/language")
def language() -> ResponseReturnValue:
    choose_language(request.form.get("language", ""))
    return redirect(_inside(request.form.get("next", "")) or url_for("drafts.library"), 303)


def _inside(target: str) -> str:
    """A path of this site, or nothing: no redirect ever leaves it."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    safe = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if safe and "\\" not in target and target.isprintable() else ""
