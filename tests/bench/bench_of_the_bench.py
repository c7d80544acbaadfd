"""The consolidation bench with 500 amendments of every kind chosen: on the Code civil, and on a law ten times as long."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy.orm import Session

from app.domain.lifecycle import State
from app.domain.permissions import Role
from app.domain.provenance import Origin, whole
from app.domain.reading import parse
from app.services import consolidating
from app.services.choosing import Choice
from app.store import amendments, versions
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.drafts import Draft
from app.store.memberships import add_member
from app.store.users import by_name
from app.store.versions import NewText
from tests.bench.long_law import COUNT, LONGER, OLD, named, reform, ten_times
from tests.bench.measuring import Row, together
from tests.bench.overview import NOW, made
from tests.shared import text_of
from tests.statements import statements

SHORT, LONG = "one-code", "ten-codes"
TO_REACH = 1.3


def rows() -> Iterator[Row]:
    """The reference is the same bench on the long law's tenth."""
    with tempfile.TemporaryDirectory() as folder:
        app = made(Path(folder), 1)
        with app.app_context():
            text = text_of(OLD)
            for slug, law in ((SHORT, text), (LONG, ten_times(text))):
                _store(slug, law)
            person = by_name(cast(Session, db.session), "somebody")
            assert person is not None
            user_id = person.id
        short, long = _worked(app, SHORT, user_id), _worked(app, LONG, user_id)
        short(), long()
        asked = [_asked(app, work) for work in (short, long)]
        seconds, reference = together(long, short)
        note = f"{asked[1]} statements, on one {asked[0]}"
        name = f"the bench with {COUNT} amendments chosen on {LONGER} Codes civils"
        yield Row(name, seconds, "the same on one", reference, TO_REACH, note)
        with app.app_context():
            db.engine.dispose()


def _asked(app: Flask, work: Callable[[], object]) -> int:
    with statements(app) as found:
        work()
    return len(found)


def _worked(app: Flask, slug: str, user_id: int) -> Callable[[], object]:
    """The page of the bench as the service makes it, each time in a session of its own."""
    choice = Choice(frozenset(range(1, COUNT + 1)), {})

    def work() -> None:
        with app.app_context():
            session = cast(Session, db.session)
            page = consolidating.bench(session, slug=slug, choice=choice, user_id=user_id, language="en", now=NOW)
            assert sum(line.chosen for line in page.bench) == COUNT

    return work


def _store(slug: str, text: str) -> None:
    """A law as a draft, and the reform to it. The long one is more than a file may hold."""
    session = cast(Session, db.session)
    draft = Draft(slug=slug, title=slug, language="fr", attribution="named", created_at=NOW)
    session.add(draft)
    session.flush()
    clauses = enumerate(parse(text).clauses)
    texts = [NewText(f"{slug}-{n}", clause, whole(clause.body, Origin(1))) for n, clause in clauses]
    versions.add_version(session, draft, message="Stored", author_id=None, now=NOW, order=texts)
    add_member(session, draft, name="somebody", role=Role.FACILITATOR, institution_code=None, now=NOW)
    ids = [one.id for one in texts]
    for number, edits in enumerate(reform()[1], start=1):
        row = AmendmentRow(
            draft_id=draft.id, number=number, language=draft.language, made_on=1, base_version=1,
            institution_id=None, author_id=None, title="", rationale=f"Reason {number}.", state=State.SUBMITTED.value,
            created_at=NOW,
        )  # fmt: skip
        amendments.add(session, row, named(edits, ids))
    session.commit()
