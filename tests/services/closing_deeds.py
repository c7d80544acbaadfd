"""Closing clauses of the demonstration law, said briefly: answers, reopenings, links, printed words."""

from datetime import datetime

from flask import Flask

from app.services import answering, explaining, packaging, reopening
from app.services.answering import Answer
from app.services.explaining import Attached
from app.services.packaging import Chosen
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.deeds import NOW
from tests.services.stances import PARA, _id, state, words_of

FULL = ("interior", "prosecutor", "prevention", "ombudsman", "civil")


def everybody(app: Flask, address: str = PARA, **said: object) -> None:
    for name in FULL:
        state(app, name, clause=address, **said)  # type: ignore[arg-type]


def answer(app: Flask, position_id: int, text: str = "", change: str = "", name: str = "facilitator") -> None:
    person = user_id(app, name)
    with app.app_context():
        answering.answer_objection(
            db.session, slug=SLUG, position_id=position_id, answer=Answer(text, change), user_id=person, now=NOW,
            today=NOW.date(),
        )  # fmt: skip


def maintain(app: Flask, answer_id: int, name: str = "interior") -> None:
    person = user_id(app, name)
    with app.app_context():
        answering.maintain(
            db.session, slug=SLUG, answer_id=answer_id, user_id=person, now=NOW, today=NOW.date()
        )  # fmt: skip


def reopen(app: Flask, name: str, address: str = PARA, reason: str = "New figures.", now: datetime = NOW) -> None:
    person, clause_id = user_id(app, name), _id(app, address)
    with app.app_context():
        reopening.reopen(
            db.session, slug=SLUG, clause_id=clause_id, reason=reason, user_id=person, now=now, today=now.date()
        )  # fmt: skip


def link(
    app: Flask, address: str, *others: str, numbers: str = "", reason: str = "One bargain.", name: str = "facilitator"
) -> int:
    person, clause_id = user_id(app, name), _id(app, address)
    chosen = Chosen([_id(app, other) for other in others], numbers)
    with app.app_context():
        return packaging.link_clauses(
            db.session, slug=SLUG, clause_id=clause_id, chosen=chosen, reason=reason, user_id=person, now=NOW,
            today=NOW.date(),
        )  # fmt: skip


def dissolve(app: Flask, package_id: int, reason: str = "Settled apart.", name: str = "facilitator") -> None:
    person = user_id(app, name)
    with app.app_context():
        packaging.dissolve(
            db.session, slug=SLUG, package_id=package_id, reason=reason, user_id=person, now=NOW, today=NOW.date()
        )  # fmt: skip


def attach(
    app: Flask, name: str, address: str = PARA, *, kind: str = "reservation", text: str = "With a note.",
    entered_for: str = "", seen: str | None = None,
) -> int:  # fmt: skip
    person, clause_id = user_id(app, name), _id(app, address)
    words = words_of(app, address) if seen is None else seen
    with app.app_context():
        return explaining.attach(
            db.session, slug=SLUG, clause_id=clause_id, attached=Attached(kind, text, words, entered_for),
            user_id=person, now=NOW, today=NOW.date(),
        )  # fmt: skip


def withdraw(app: Flask, name: str, explanation_id: int) -> None:
    person = user_id(app, name)
    with app.app_context():
        explaining.withdraw(
            db.session, slug=SLUG, explanation_id=explanation_id, user_id=person, now=NOW, today=NOW.date()
        )  # fmt: skip
