"""The Code civil with twelve institutions that have all spoken of every article, for those who measure the board."""

import random
from datetime import UTC, datetime
from typing import cast

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.permissions import Role
from app.services.importing import import_draft
from app.services.passwords import HASHER
from app.store import institutions, versions
from app.store.db import db
from app.store.institutions import Institution
from app.store.memberships import add_member, find_draft
from app.store.positions import Position
from app.store.users import User
from tests.shared import SHARED

SLUG = "code-civil"
FILE = SHARED / "corpora/fr-code-civil/v0001.md"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
CODES = ("MVD", "CSO", "AKY", "GPO", "NPM", "MJ", "MH", "GKNB", "SC", "BAR", "UN", "OSCE")
SHARES = ((1, 55), (2, 20), (3, 7), (4, 6), (5, 6), (6, 6))


def make(app: Flask) -> None:
    """Import the law, seat everybody (the last two are heard and not counted), let them speak; and somebody to look."""
    with app.app_context():
        session = cast(Session, db.session)
        import_draft(
            session, data=FILE.read_bytes(), slug=SLUG, language="fr", now=NOW, progress=lambda step: None
        )  # fmt: skip
        draft = find_draft(session, SLUG)
        somebody = User(
            name="somebody", full_name="Somebody", password_hash=HASHER.hash("kelishim-demo"), created_at=NOW
        )  # fmt: skip
        session.add(somebody)
        session.flush()
        add_member(session, draft, name="somebody", role=Role.OBSERVER, institution_code=None, now=NOW)
        for code in CODES:
            institutions.add(session, code=code, kind="ministry", names={"en": f"Institution {code}"})
            institutions.give_seat(session, draft.id, code, "advisory" if code in ("UN", "OSCE") else "full")
        session.commit()


def speak(app: Flask) -> None:
    """Every institution states a position on every article with all below it, of a kind that nobody could guess."""
    chance = random.Random(4)  # noqa: S311
    with app.app_context():
        session = cast(Session, db.session)
        draft = find_draft(session, SLUG)
        known = {code: id for id, code in session.execute(select(Institution.id, Institution.code))}
        ids = [one.id for one in versions.clauses_of(session, draft.id, "fr", 1) if one.clause.kind.value == "article"]
        steps, weights = zip(*SHARES, strict=True)
        session.execute(
            insert(Position.__table__),  # type: ignore[arg-type]
            [
                {
                    "draft_id": draft.id, "about": "below", "clause_id": clause_id, "language": "fr", "version": 1,
                    "text_sha256": "0" * 64, "institution_id": known[code], "entered_for": False,
                    "step": chance.choices(steps, weights)[0], "reason": "", "nonce": "", "created_at": NOW,
                }
                for clause_id in ids
                for code in CODES
            ],
        )  # fmt: skip
        session.commit()
