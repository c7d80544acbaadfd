"""A draft with two institutions and few people, without any text: enough to invite to."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from app.services.invitees import Typed
from app.services.inviting import Inviter, Made, invite
from app.store import institutions
from app.store.db import db
from app.store.drafts import Draft
from app.store.users import Membership, User
from tests.conftest import SOON_CHECKED, application

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PASSWORD = "seven brown horses"
PEOPLE = {
    # name: (full name, e-mail, of the installation, role in the draft, role in the other draft)
    "fac": ("Jyldyz Facilitator", None, False, "facilitator", None),
    "boss": ("Bolot Boss", "boss@example.org", True, None, None),
    "admin": ("Kanat Administrator", None, True, "administrator", None),
    "rep": ("Aigul Representative", "aigul@example.org", False, "representative", None),
    "lead": ("Lira Leader", None, False, "observer", "facilitator"),
    "out": ("Otto Outsider", None, False, None, "observer"),
}


@dataclass(frozen=True)
class House:
    """An application that is built once, and its database as every test finds it."""

    app: Flask
    folder: Path
    people: dict[str, int]

    def as_at_first(self) -> Iterator[Flask]:
        for left in self.folder.glob("kelishim.sqlite*"):
            left.unlink()
        shutil.copy(self.folder / "made.sqlite", self.folder / "kelishim.sqlite")
        yield self.app
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def built(empty: Path, folder: Path) -> Iterator[House]:
    shutil.copy(empty, folder / "kelishim.sqlite")
    app = application(f"sqlite:///{folder / 'kelishim.sqlite'}", folder)
    app.config["WTF_CSRF_ENABLED"] = False
    people = set_up(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "kelishim.sqlite", folder / "made.sqlite")
    yield House(app, folder, people)


def set_up(app: Flask) -> dict[str, int]:
    """The ids of the people by their sign-in names; the drafts are called “law” and “other”."""
    with app.app_context():
        session: Session = db.session()
        for code, name in (("MVD", "Ministry of the Interior"), ("CSO", "Civil society")):
            institutions.add(session, code=code, kind="state", names={"en": name, "ru": f"{name} (ru)"})
        drafts = [Draft(slug=slug, title=f"The {slug}", language="en", created_at=NOW) for slug in ("law", "other")]
        session.add_all(drafts)
        session.flush()
        ids = {}
        for name, (full_name, email, is_administrator, *roles) in PEOPLE.items():
            user = User(
                name=name, full_name=full_name, email=email, email_key=email, is_administrator=is_administrator,
                email_confirmed_at=NOW if email else None, created_at=NOW, password_hash=SOON_CHECKED,
            )  # fmt: skip
            session.add(user)
            session.flush()
            ids[name] = user.id
            for draft, role in zip(drafts, roles, strict=True):
                if role:
                    body = institutions.id_of(session, "MVD") if role == "representative" else None
                    member = Membership(
                        draft_id=draft.id, user_id=user.id, role=role, institution_id=body, created_at=NOW
                    )  # fmt: skip
                    session.add(member)
        session.commit()
        return ids


def invited(
    app: Flask, by: int, name: str = "Bakyt Osmonov", email: str = "", days: int = 14, now: datetime = NOW, **typed: str
) -> Made:
    """An invitation to “law”."""
    with app.app_context():
        return invite(
            db.session(), slug="law", typed=Typed(name, email, **{"language": "en", **typed}), days=days,
            by=Inviter(by), now=now,
        )  # fmt: skip
