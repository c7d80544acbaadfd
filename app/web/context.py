"""What every view needs: the database session, who is signed in, the language, the time."""

from datetime import UTC, datetime
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale, get_timezone, refresh
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from app.services import accounts
from app.store.db import db


class Viewer(TypedDict):
    """Who asks and in which language: the arguments of every use case that reads."""

    user_id: int | None
    language: str


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind a request."""

    def __init__(self, person: accounts.Person) -> None:
        self.id = person.id
        self.name = person.name
        self.full_name = person.full_name


def register(app: Flask) -> None:
    """Set up signing in and the languages."""
    Babel(app, locale_selector=_language)
    LoginManager(app).user_loader(_load)
    app.context_processor(lambda: {"language": language()})


def database() -> Session:
    return cast(Session, db.session)


def now() -> datetime:
    return datetime.now(UTC)


def here_and_now() -> datetime:
    """The moment in the time of the installation's place: its day is the day there."""
    return now().astimezone(get_timezone())


def zone() -> ZoneInfo:
    """The time of the installation's place, in which days end and sessions are planned."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def language() -> str:
    """The interface's language for this request."""
    return str(get_locale() or "en")


def user_id() -> int | None:
    """The signed-in person's id."""
    return current_user.id if current_user.is_authenticated else None


def viewer() -> Viewer:
    return {"user_id": user_id(), "language": language()}


def choose_language(chosen: str) -> None:
    """Keep the interface's language for this browser; unknown ones are ignored."""
    if chosen in current_app.config["LANGUAGES"]:
        session["language"] = chosen
        refresh()


def _language() -> str | None:
    known = current_app.config["LANGUAGES"]
    return session.get("language") or request.accept_languages.best_match(known) or known[0]


def _load(value: str) -> SignedIn | None:
    person = accounts.person(database(), int(value)) if value.isdecimal() else None
    return SignedIn(person) if person else None
