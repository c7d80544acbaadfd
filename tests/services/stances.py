"""Stating positions on the demonstration law, said briefly, and what is seen of them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.domain.agreement import fingerprint_of_edits
from app.services import positioning, reading, showing_positions
from app.services.pages_positions import SeatLine
from app.services.positioning import Stance, Subject
from app.services.showing import draft_head
from app.services.texts import issued
from app.store import amendments
from app.store.calls import Call, CallItem
from app.store.db import db
from app.store.memberships import enter, find_draft
from app.store.users import User
from tests.product import SLUG, clause_ids, user_id
from tests.services.deeds import NOW, version_numbers

PARA = "art_14__para_1"


def _id(app: Flask, address: str) -> str:
    return clause_ids(app, number=version_numbers(app)[0]).get(address, address)


def subject(app: Flask, address: str, about: str = "clause") -> Subject:
    """What stands there in the latest version; of an amendment its number."""
    which = "" if about == "version" else address if about == "amendment" else _id(app, address)
    with app.app_context():
        entry = enter(db.session, SLUG, user_id(app, "facilitator"))
        text = issued(db.session, find_draft(db.session, SLUG), draft_head(db.session, entry).latest)
        known = about == "version" or (about in ("clause", "below") and which in text.places)
        words = positioning.words_of(text, Subject(about, which, "")) if known else ""
        return Subject(about, which, words)


def words_of(app: Flask, address: str) -> str:
    return subject(app, address).words


def state(
    app: Flask, name: str, *, clause: str = PARA, about: str = "clause", step: int = 1, reason: str = "",
    confirm_days: int | None = None, entered_for: str = "", seen: str | None = None, days: int = 0,
) -> int:  # fmt: skip
    """State a position as somebody; `seen` is the fingerprint they had before them."""
    now = NOW + timedelta(days=days)
    found, person = subject(app, clause, about), user_id(app, name)
    said = Subject(found.about, found.which, found.words if seen is None else seen)
    with app.app_context():
        return positioning.state_position(
            db.session, slug=SLUG, subject=said, stance=Stance(step, reason, confirm_days, entered_for),
            user_id=person, now=now, today=now.date(),
        )  # fmt: skip


def on_amendment(app: Flask, name: str, number: int, step: int) -> None:
    """State a position on an amendment as it stands."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        row = amendments.find(db.session, draft.id, number)
        words = fingerprint_of_edits(amendments.edits_of(db.session, draft.id)[row.id])
    state(app, name, clause=str(number), about="amendment", step=step, reason="Said.", seen=words)


def take_back(app: Flask, name: str, *, clause: str = PARA, entered_for: str = "") -> int:
    found, person = subject(app, clause), user_id(app, name)
    with app.app_context():
        return positioning.take_back(
            db.session, slug=SLUG, subject=found, user_id=person, now=NOW, today=NOW.date(), entered_for=entered_for
        )


def page_of(app: Flask, name: str, address: str, days: int = 0) -> showing_positions.PositionsShown:
    """What somebody sees of the positions on a clause, some days later."""
    person, clause_id = user_id(app, name), _id(app, address)
    with app.app_context():
        page = reading.clause(
            db.session, slug=SLUG, clause_id=clause_id, user_id=person, language="en", now=NOW + timedelta(days=days)
        )
        assert page.positions is not None
        return page.positions


def on(app: Flask, name: str, address: str, days: int = 0) -> dict[str, SeatLine]:
    """The same by the code of the institution."""
    return {line.institution.code: line for line in page_of(app, name, address, days).seats}


def call_about(app: Flask, address: str, *, hidden: bool = False, rule: str = "consensus") -> None:
    """A call that is open about a clause as it stands in version 1."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        opener = db.session.scalars(select(User.id).where(User.name == "facilitator")).one()
        call = Call(draft_id=draft.id, number=1, version=1, rule=rule, hidden=hidden, opened_by=opener, opened_at=NOW)
        db.session.add(call)
        db.session.flush()
        item = CallItem(
            call_id=call.id, ordinal=1, clause_id=clause_ids(app)[address], text_sha256=words_of(app, address)
        )
        db.session.add(item)
        db.session.commit()
