"""Sessions on the demonstration law for the pages that show them and do deeds in them."""

from datetime import UTC, datetime

from flask import Flask

from app.services import presiding
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.sittings import plan


def planned(app: Flask) -> int:
    """A session over articles 13 (20 minutes) and 14, which have open amendments, and a matter; its number."""
    return plan(app)


def opened(app: Flask, at: datetime | None = None) -> int:
    """The same, opened now by the facilitator; nothing is taken up yet."""
    number, person = planned(app), user_id(app, "facilitator")
    with app.app_context():
        now = at or datetime.now(UTC)
        presiding.open_session(db.session, slug=SLUG, number=number, user_id=person, now=now)
    return number


def at_item(app: Flask, item: int = 1) -> int:
    """The same, with an item taken up."""
    number, person = opened(app), user_id(app, "facilitator")
    with app.app_context():
        presiding.take_up(
            db.session, slug=SLUG, number=number, item=item, skipped=False, user_id=person, now=datetime.now(UTC)
        )
    return number
