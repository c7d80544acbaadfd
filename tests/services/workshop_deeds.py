"""The parking lot, small groups and ballots on the demonstration law, said briefly."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from app.domain.ballots import read_code
from app.services import balloting, forming_groups, parking, showing_groups, showing_paper, showing_parking
from app.services.balloting import Marked
from app.services.deciding import Parking
from app.services.forming_groups import Forming
from app.services.pages_groups import GroupPage
from app.services.pages_paper import PaperAsked, PaperPage
from app.services.pages_parking import ParkingPage
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.deeds import NOW

TODAY = date(2026, 11, 24)
SOON = NOW + timedelta(days=2)


def park(
    app: Flask, words: str = "Who pays?", name: str = "facilitator", *, owner: str = "MVD", due: date | None = None,
    clause: str = "", owner_words: str = "",
) -> int:  # fmt: skip
    person = user_id(app, name)
    with app.app_context():
        matter = Parking(words, owner, owner_words, due)
        return parking.park(db.session, slug=SLUG, parking=matter, clause=clause, user_id=person, now=NOW)


def to_matter(app: Flask, deed: str, name: str = "facilitator", /, number: int = 1, **facts: Any) -> None:
    """Change, settle or reopen a matter."""
    person = user_id(app, name)
    with app.app_context():
        getattr(parking, deed)(db.session, slug=SLUG, number=number, user_id=person, now=NOW, **facts)


def lot(app: Flask, name: str = "facilitator", *, days: int = 0) -> ParkingPage:
    person, now = user_id(app, name), NOW + timedelta(days=days)
    with app.app_context():
        return showing_parking.parking(db.session, slug=SLUG, user_id=person, language="en", now=now)


def form(app: Flask, person_name: str = "facilitator", /, **typed: Any) -> int:
    """Form a group on article 13 with civil society and the ministry, of which the first reports back."""
    usual = {"name": "Time limits", "numbers": "13", "members": ("CSO", "MVD"), "rapporteur": "CSO", "due_at": SOON}
    person = user_id(app, person_name)
    with app.app_context():
        return forming_groups.form_group(
            db.session, slug=SLUG, forming=Forming(**(usual | typed)), user_id=person, now=NOW, today=TODAY
        )


def report(app: Flask, name: str = "civil", *numbers: int, number: int = 1, words: str = "We agree on this.") -> None:
    person = user_id(app, name)
    with app.app_context():
        forming_groups.report_back(
            db.session, slug=SLUG, number=number, words=words, numbers=numbers, user_id=person, now=NOW, today=TODAY
        )


def to_agenda(app: Flask, name: str = "facilitator", *, number: int = 1, sitting: int = 1) -> int:
    person = user_id(app, name)
    with app.app_context():
        return forming_groups.put_on_agenda(
            db.session, slug=SLUG, number=number, sitting=sitting, user_id=person, now=NOW
        )


def dissolve(app: Flask, name: str = "facilitator", *, number: int = 1) -> None:
    person = user_id(app, name)
    with app.app_context():
        forming_groups.dissolve_group(db.session, slug=SLUG, number=number, user_id=person, now=NOW)


def group(app: Flask, name: str = "facilitator", *, number: int = 1, now: datetime = NOW) -> GroupPage:
    person = user_id(app, name)
    with app.app_context():
        return showing_groups.group_page(db.session, slug=SLUG, number=number, user_id=person, language="en", now=now)


def printed(
    app: Flask, *parts: str, name: str = "facilitator", institution: str = "", item: int | None = None
) -> PaperPage:
    person = user_id(app, name)
    wanted = PaperAsked(parts or ("agenda", "clauses", "ballots"), item, institution)
    with app.app_context():
        return showing_paper.paper(
            db.session, slug=SLUG, number=1, wanted=wanted, user_id=person, language="en", now=NOW
        )


def ballot(app: Flask, place: str, institution: str) -> str:
    """What stands at the top of a printed ballot."""
    found = next(one for one in printed(app, "ballots", institution=institution).ballots if one.asked.place == place)
    return f"{found.code} {found.asked.check}"


def enter(
    app: Flask, code: str, name: str = "facilitator", *, step: int = 1, reason: str = "", number: int = 1, **marked: Any
) -> str:
    person = user_id(app, name)
    with app.app_context():
        return balloting.enter_ballot(
            db.session, slug=SLUG, number=number, code=read_code(code), marked=Marked(step, reason, **marked),
            user_id=person, now=NOW, today=TODAY,
        )  # fmt: skip
