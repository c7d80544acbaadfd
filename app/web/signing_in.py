"""Signing in and out of a browser: its cookie holds a token and the language, nothing else."""

from datetime import datetime, timedelta

from flask import current_app, render_template, session, url_for
from flask_login import login_user, logout_user

from app.letters.possible import is_possible
from app.services import signing_in
from app.web.context import SignedIn, database, here_and_now
from app.web.devices import device

SECOND = "second"
SECOND_LASTS = timedelta(minutes=10)


def page(*, name: str = "", target: str = "", refusal: str = "") -> str:
    """The page to sign in on."""
    by_mail = "ways_back.forgotten" in current_app.view_functions and is_possible()
    forgotten_at = url_for("ways_back.forgotten") if by_mail else ""
    return render_template(
        "people/sign_in.html", name=name, next=target, refusal=refusal, forgotten_at=forgotten_at
    )  # fmt: skip


def enter_as(user_id: int, method: str, *, ends_at: datetime | None = None) -> None:
    """Sign a person in who has proved who they are; `method` says how (store.sign_ins). What is not committed yet is
    lost, so this comes last. The session is begun anew: nobody can have prepared it (session fixation)."""
    now = here_and_now()
    token = signing_in.begin(
        database(), user_id=user_id, method=method, device=device(), now=now, ends_at=ends_at
    )  # fmt: skip
    begin_anew()
    found = signing_in.who(database(), token, now)
    if found is not None:
        login_user(SignedIn(token, *found))
        session.pop("_id", None)  # Flask-Login's fingerprint of the browser, which nothing here reads


def leave() -> None:
    """Forget who was signed in here; the row is ended by who calls."""
    logout_user()
    begin_anew()


def begin_anew() -> None:
    """An empty session in the same language."""
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen


def ask_second(user_id: int, target: str) -> None:
    """The password was right, the second factor is still due: kept for ten minutes, after which both are asked again.
    Go to `second.step` with it."""
    until = here_and_now() + SECOND_LASTS
    begin_anew()
    session[SECOND] = {"user": user_id, "target": target, "until": until.timestamp()}


def pending(now: datetime) -> tuple[int, str] | None:
    """Whose second factor is due in this browser, and where they want to go."""
    kept = session.get(SECOND)
    if not kept or now.timestamp() > kept["until"]:
        return None
    return kept["user"], kept["target"]
