"""Records on the demonstration law, said briefly, and a session that has everything a record tells of."""

from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.services import attending, recording, showing_records
from app.services.deciding import Decided, Parking
from app.services.pages_records import RecordPage
from app.store.db import db
from app.store.drafts import Draft
from app.store.institutions import Institution, InstitutionName
from app.store.records import RecordDocument
from tests.product import SLUG, user_id
from tests.services.calls import BISHKEK
from tests.services.sittings import do, moment, plan

NAMES = {
    "MVD": ("Министерство внутренних дел", "Ички иштер министрлиги"),
    "CSO": ("Коалиция гражданского общества", "Жарандык коомдун коалициясы"),
    "GPO": ("Генеральная прокуратура", "Башкы прокуратура"),
}


def at(minutes: float) -> datetime:
    """So many minutes after nine o'clock, as the group's clock says it."""
    return moment(minutes).astimezone(BISHKEK)


def start(
    app: Flask, kind: str = "session", name: str = "facilitator", *, number: int | None = 1, language: str = "en",
    minutes: float = 120,
) -> int:  # fmt: skip
    person = user_id(app, name)
    with app.app_context():
        return recording.start_record(
            db.session, slug=SLUG, kind=kind, number=number, language=language, user_id=person, now=at(minutes)
        )


def to_record(app: Flask, deed: str, name: str = "facilitator", /, number: int = 1, **facts: Any) -> None:
    """Save, issue or discard a record."""
    person = user_id(app, name)
    with app.app_context():
        doing = getattr(recording, f"{deed}_record")
        doing(db.session, slug=SLUG, number=number, user_id=person, now=at(130), **facts)


def record(app: Flask, name: str = "facilitator", *, number: int = 1) -> RecordPage:
    person = user_id(app, name)
    with app.app_context():
        return showing_records.record_page(db.session, slug=SLUG, number=number, user_id=person, language="en")


def rows(app: Flask) -> list[tuple[object, ...]]:
    """Every record as it is stored."""
    with app.app_context():
        table = RecordDocument.__table__
        return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]


def named(app: Flask, name: str, said: str, *, number: int = 1) -> None:
    """Somebody agrees to be named in the record of a session."""
    person = user_id(app, name)
    with app.app_context():
        attending.give_name(db.session, slug=SLUG, number=number, name=said, user_id=person, now=moment(5))


def attributed(app: Flask, mode: str) -> None:
    with app.app_context():
        db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
        db.session.commit()


def in_their_languages(app: Flask) -> None:
    """Give three institutions their names in Russian and Kyrgyz."""
    with app.app_context():
        for code, (russian, kyrgyz) in NAMES.items():
            who = db.session.scalars(select(Institution.id).where(Institution.code == code)).one()
            db.session.add(InstitutionName(institution_id=who, language="ru", name=russian))
            db.session.add(InstitutionName(institution_id=who, language="ky", name=kyrgyz))
        db.session.commit()


def hold(app: Flask) -> None:
    """A session over articles 13 and 14 with a break: two came, one item is decided, a matter is put aside."""
    plan(app)
    do(app, "open_session")
    do(app, "attend", "interior", at=1, code="", here=True)
    do(app, "attend", "civil", at=2, code="", here=True)
    do(app, "take_up", at=3, item=1, skipped=False)
    do(app, "pause", at=30)
    do(app, "resume", at=45)
    do(app, "take_up", at=50, item=2, skipped=True)
    decided = Decided("in_brackets", "The time limit is left to the second reading.")
    do(app, "decide", at=51, item=2, decided=decided)
    do(app, "take_up", at=60, item=3, skipped=False)
    do(app, "park", at=61, parking=Parking("Who pays for the *boxes*?", "MVD", due=date(2026, 12, 9)))
    do(app, "close_session", at=90)
