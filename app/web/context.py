"""What every view needs: the database session, who is signed in, the language, the time."""

from datetime import UTC, datetime
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale, get_timezone, refresh
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from app.services import signing_in
from app.services.passwords import Hashing
from app.services.signing_in import Open, Person
from app.store import digests
from app.store.db import db
from app.store.failing import UNUSABLE
from app.web import translating
from app.web.installation import installation


class Viewer(TypedDict):
    """Who asks and in which language: the arguments of every use case that reads."""

    user_id: int | None
    language: str


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind a request, and the sign-in by which they are known. The cookie holds its token alone."""

    def __init__(self, token: str, sign_in: Open, person: Person) -> None:
        self._token = token
        self.sign_in = sign_in
        self.id = person.id
        self.name = person.name
        self.full_name = person.full_name
        self.kind = person.kind
        self.is_administrator = person.is_administrator

    def get_id(self) -> str:
        return self._token


def register(app: Flask) -> None:
    """Set up signing in and the languages."""
    Babel(app, locale_selector=_language)
    translating.install(app)
    manager = LoginManager(app)
    manager.user_loader(_load)
    manager.session_protection = None  # a telephone changes its address all day
    app.context_processor(lambda: {"language": language()})
    app.before_request(_say_where)


def _say_where() -> None:
    """The session knows in which time the days of the installation's place end (store.db.today), and that nothing is
    stored past the record."""
    database().info.update({"zone": zone(), digests.GUARDED: True})


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


def sign_in_id() -> int | None:
    """The sign-in by which they are known here, among others they may have elsewhere."""
    return current_user.sign_in.id if current_user.is_authenticated else None


def secret() -> str:
    """With which counts of tries are kept (services.attempting)."""
    return str(current_app.config["SECRET_KEY"])


def hashing() -> Hashing:
    """How passwords are kept here."""
    return cast(Hashing, current_app.config["HASHING"])


def choose_language(chosen: str) -> None:
    """Keep the interface's language for this browser; unknown ones are ignored."""
    if chosen in current_app.config["LANGUAGES"]:
        session["language"] = chosen
        refresh()


def _language() -> str | None:
    known = current_app.config["LANGUAGES"]
    return session.get("language") or request.accept_languages.best_match(known) or installation().language or known[0]


def _load(token: object) -> SignedIn | None:
    """Who is signed in with this token: one statement, and once a day a note that they came. In a cookie it may be
    anything: then nobody is."""
    if not isinstance(token, str):
        return None
    found = signing_in.who(database(), token, here_and_now())
    if found is None:
        return None
    try:
        signing_in.see(database(), found[0], here_and_now())
    except UNUSABLE:  # the database is busy, full or read only: it can be noted with the next page
        database().rollback()
    return SignedIn(token, *found)
