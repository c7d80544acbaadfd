"""The overview of 500 open amendments on the Code civil, made from its real next version, as the browser gets it."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.edits import Edit, edits_between
from app.domain.lifecycle import State
from app.domain.matching import match
from app.domain.permissions import Role
from app.domain.reading import parse
from app.services.importing import import_draft
from app.services.passwords import HASHER
from app.store import amendments, events, institutions, versions
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.institutions import Institution
from app.store.memberships import add_member, find_draft
from app.store.users import User
from config import ROOT
from tests.bench.law_core import CODE_CIVIL
from tests.bench.measuring import Row, together
from tests.conftest import application, sign_in
from tests.shared import text_of
from tests.statements import statements

SLUG, CODES = "code-civil", ("MVD", "CSO", "AKY", "GPO", "NPM", "UN", "OSCE", "FAC")
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
PAGES = (
    ("all of them, the first hundred", "", 1),
    ("agreed first", "?order=agreed", 1),
    ("of one institution", "?institution=AKY", 1),
    ("all in full, to print", "?printed=1", 3),
    ("as a table (CSV)", ".csv", 1),
)
"""Name, address, and how many times the reference it may take."""


def rows() -> Iterator[Row]:
    """Each page against the reading view of the same law, which shows no amendment in full."""
    with tempfile.TemporaryDirectory() as folder:
        app = made(Path(folder), 500)
        client = app.test_client()
        sign_in(client, "somebody")
        first = time.perf_counter()
        opened(client, "/amendments")()
        first = time.perf_counter() - first
        for name, at, to_reach in PAGES:
            with statements(app) as asked:
                opened(client, f"/amendments{at}")()
            seconds, reading = together(opened(client, f"/amendments{at}"), opened(client, ""))
            note = f"{len(asked)} statements"
            if not at:
                note += f"; when nothing is kept yet {first * 1000:.0f} ms"
            yield Row(f"500 amendments on the Code civil: {name}", seconds, "its reading view", reading, to_reach, note)
        with app.app_context():
            db.engine.dispose()


def opened(client: FlaskClient, path: str) -> Callable[[], object]:
    """A page to its first byte."""

    def work() -> None:
        answer = client.get(f"/drafts/{SLUG}{path}", buffered=False)
        assert answer.status_code == 200
        next(iter(answer.response))
        answer.close()

    return work


def made(folder: Path, count: int, url: str = "") -> Flask:
    """An application whose only draft is the Code civil with so many open amendments of eight institutions."""
    app = application(url or f"sqlite:///{folder / 'bench.sqlite'}", folder)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        session = db.session
        data = (CODE_CIVIL / "v0001.md").read_bytes()
        import_draft(session, data=data, slug=SLUG, language="fr", now=NOW, progress=lambda step: None)  # type: ignore[arg-type]
        _fill(session, count)  # type: ignore[arg-type]
    return app


def _fill(session: Session, count: int) -> None:
    draft = find_draft(session, SLUG)
    session.add(User(name="somebody", full_name="Somebody", password_hash=HASHER.hash("kelishim-demo"), created_at=NOW))
    session.flush()
    add_member(session, draft, name="somebody", role=Role.OBSERVER, institution_code=None, now=NOW)
    for code in CODES:
        institutions.add(session, code=code, kind="ministry", names={"en": f"Institution {code}"})
    bodies = list(session.scalars(select(Institution.id).order_by(Institution.id)))
    ids = [one.id for one in versions.clauses_of(session, draft.id, draft.language, 1)]
    for number, edits in enumerate(proposals(ids)[:count], start=1):
        row = AmendmentRow(
            draft_id=draft.id, number=number, language=draft.language, made_on=1, base_version=1,
            institution_id=bodies[number % len(bodies)], author_id=None, title="", rationale=f"Reason {number}.",
            state=State.SUBMITTED.value, created_at=NOW,
        )  # fmt: skip
        amendments.add(session, row, edits)
    events.record(session, draft, "amendment_submitted", now=NOW, user_id=None, number=count)
    session.commit()


def proposals(ids: list[str]) -> list[tuple[Edit, ...]]:
    """What the next version changes, clause by clause; the clauses with most changes first one change each."""
    old, new = (parse(text_of(CODE_CIVIL / name)).clauses for name in ("v0001.md", "v0002.md"))
    assert len(old) == len(ids)
    link = match(old, new).link
    pairs = [(ids[at], old[at].body, new[to].body) for at, to in sorted(link.items()) if old[at].body != new[to].body]
    found: list[tuple[Edit, ...]] = [edits_between(*pair) for pair in pairs]
    while len(found) < 500:
        most = max(found, key=len)
        at = found.index(most)
        found[at : at + 1] = [(edit,) for edit in most]
    return found
