"""Calls on the demonstration law, said briefly, and what is seen of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from app.services import calling, closing, conducting, responding, showing_call, showing_calls
from app.services.asking_about import Wanted
from app.services.calling import Period, Terms
from app.services.pages_calls import CallPage, CallsPage, ItemShown
from app.services.positioning import Stance
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.deeds import NOW, version_numbers

BISHKEK = ZoneInfo("Asia/Bishkek")
FULL = ("interior", "prosecutor", "prevention", "ombudsman", "civil")


def later(days: float) -> datetime:
    return (NOW + timedelta(days=days)).astimezone(BISHKEK)


def ask(
    app: Flask, about: str = "14(1)", *, name: str = "facilitator", days: float = 0, period: Period | None = None,
    **terms: object,
) -> int:  # fmt: skip
    """Open a call about what is typed; its number."""
    person, version = user_id(app, name), version_numbers(app)[0]
    asked = Terms(period=period or Period(), **terms)  # type: ignore[arg-type]
    with app.app_context():
        return calling.open_call(
            db.session, slug=SLUG, wanted=Wanted(typed=about), terms=asked, version=version, user_id=person,
            now=later(days), zone=BISHKEK,
        )  # fmt: skip


def answer(
    app: Flask, name: str, *, number: int = 1, item: int | None = 1, step: int = 1, reason: str = "", days: float = 0,
    confirm_days: int | None = None, entered_for: str = "",
) -> int:  # fmt: skip
    person, stance = user_id(app, name), Stance(step, reason, confirm_days, entered_for)
    with app.app_context():
        return responding.respond(
            db.session, slug=SLUG, number=number, ordinal=item, stance=stance, user_id=person, now=later(days),
            today=later(days).date(),
        )  # fmt: skip


def conduct(app: Flask, deed: str, name: str = "facilitator", *, number: int = 1, days: float = 0) -> object:
    """Receive, remind, reveal or close a call."""
    person = user_id(app, name)
    with app.app_context():
        done = getattr(conducting, deed, None) or getattr(closing, deed)
        return done(db.session, slug=SLUG, number=number, user_id=person, now=later(days), today=later(days).date())


def extend(app: Flask, period: Period, *, number: int = 1, days: float = 0, reason: str = "A holiday.") -> datetime:
    person = user_id(app, "facilitator")
    with app.app_context():
        return conducting.extend(
            db.session, slug=SLUG, number=number, period=period, reason=reason, user_id=person, now=later(days),
            zone=BISHKEK,
        )  # fmt: skip


def call_off(app: Flask, *, number: int = 1, reason: str = "A mistake.") -> None:
    person = user_id(app, "facilitator")
    with app.app_context():
        conducting.call_off(db.session, slug=SLUG, number=number, reason=reason, user_id=person, now=NOW)


def page(app: Flask, name: str, *, number: int = 1, days: float = 0) -> CallPage:
    person = user_id(app, name)
    with app.app_context():
        return showing_call.call_page(
            db.session, slug=SLUG, number=number, user_id=person, language="en", now=later(days)
        )


def item(app: Flask, name: str = "observer", *, number: int = 1, days: float = 0) -> ItemShown:
    """The first thing that a call asks about, as somebody sees it."""
    return page(app, name, number=number, days=days).items[0]


def listed(app: Flask, name: str, *, days: float = 0) -> CallsPage:
    person = user_id(app, name)
    with app.app_context():
        return showing_calls.index(db.session, slug=SLUG, user_id=person, language="en", now=later(days))


def results(app: Flask, *, number: int = 1) -> Sequence[str]:
    return [one.result for one in page(app, "observer", number=number).items]


def waiting(app: Flask, name: str) -> list[int]:
    """The numbers of the calls that wait for somebody's institution."""
    person = user_id(app, name)
    with app.app_context():
        return [one.number for one in showing_calls.waiting(db.session, user_id=person, now=later(0), slug=SLUG)]
