"""That somebody has just shown that it is they: kept for ten minutes in the browser's signed cookie alone."""

from datetime import datetime, timedelta

from flask import abort, session
from flask_login import current_user

from app.services import proving
from app.web.context import database, here_and_now

PROVED = "proved"
LASTS = timedelta(minutes=10)


def own() -> int:
    """The id of whoever is signed in with an account of their own; to others and to guests there is no such page."""
    if not current_user.is_authenticated or current_user.kind != "person":
        abort(404)
    return int(current_user.id)


def give(user_id: int, now: datetime) -> None:
    session[PROVED] = {"user": user_id, "until": (now + LASTS).timestamp()}


def is_given(user_id: int) -> bool:
    """Whether it was shown a short while ago, or cannot be shown by anything."""
    kept = session.get(PROVED)
    if kept and kept["user"] == user_id and here_and_now().timestamp() <= kept["until"]:
        return True
    return not proving.is_possible(database(), user_id)


def needed() -> int:
    """The id of whoever has shown it. Raises NotProved."""
    user_id = own()
    if not is_given(user_id):
        raise proving.NotProved
    return user_id
