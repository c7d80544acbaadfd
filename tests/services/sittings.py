"""Sessions on the demonstration law, said briefly."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.services import deciding, presiding, showing_session, speaking_turns
from app.services.pages_session import SessionPage
from app.store import sittings
from app.store.db import db
from app.store.memberships import find_draft
from app.store.sittings import AgendaItem, SittingRow
from tests.product import SLUG, clause_ids, user_id
from tests.services.deeds import NOW

ARTICLES = ("art_13", "art_14")
TODAY = {"ask_floor", "attend"}


def plan(app: Flask, *, title: str = "First reading") -> int:
    """A session over articles 13 (20 minutes) and 14, and a matter; its number."""
    at = clause_ids(app)
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        row = SittingRow(
            draft_id=draft.id, number=sittings.next_number(db.session, draft.id), title=title, place="Issyk-Kul",
            created_at=NOW,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        common = {"sitting_id": row.id, "reading": 1}
        db.session.add_all([
            AgendaItem(number=1, place=1, kind="clause", clause_id=at[ARTICLES[0]], minutes=20, **common),
            AgendaItem(number=2, place=2, kind="clause", clause_id=at[ARTICLES[1]], **common),
            AgendaItem(number=3, place=3, kind="matter", title="Next steps", minutes=10, **common),
        ])  # fmt: skip
        number = row.number
        db.session.commit()
        return number


def do(app: Flask, deed: str, name: str = "facilitator", /, *, number: int = 1, at: float = 0, **facts: Any) -> Any:
    """Somebody does something in a session, so many minutes after nine o'clock."""
    person, now = user_id(app, name), moment(at)
    if deed in TODAY:
        facts |= {"today": now.date()}
    with app.app_context():
        doing = next(getattr(where, deed) for where in (presiding, deciding, speaking_turns) if hasattr(where, deed))
        return doing(db.session, slug=SLUG, number=number, user_id=person, now=now, **facts)


def moment(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def seen(app: Flask, name: str = "facilitator", *, number: int = 1, at: float = 0) -> SessionPage:
    person = user_id(app, name)
    with app.app_context():
        return showing_session.session_page(
            db.session, slug=SLUG, number=number, user_id=person, language="en", now=moment(at)
        )


def row_of(app: Flask, number: int = 1) -> SittingRow:
    with app.app_context():
        return db.session.scalars(select(SittingRow).where(SittingRow.number == number)).one()
