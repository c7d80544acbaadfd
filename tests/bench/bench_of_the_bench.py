"""The consolidation bench with 500 amendments chosen: on the Code civil, and on a law ten times as long."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Role
from app.services import consolidating
from app.services.choosing import Choice
from app.services.importing import import_draft
from app.store import amendments, versions
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.memberships import add_member, find_draft
from app.store.users import by_name
from tests.bench.law_core import CODE_CIVIL
from tests.bench.measuring import Row, together
from tests.bench.overview import NOW, SLUG, made, proposals
from tests.statements import statements

COUNT, LONGER, LONG = 500, 10, "ten-codes"
TO_REACH = 1.3


def rows() -> Iterator[Row]:
    """The reference is the same bench on the long law's tenth."""
    with tempfile.TemporaryDirectory() as folder:
        app = made(Path(folder), COUNT)
        with app.app_context():
            _lengthen()
            person = by_name(cast(Session, db.session), "somebody")
            assert person is not None
            user_id = person.id
        short, long = _worked(app, SLUG, user_id), _worked(app, LONG, user_id)
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
            page = consolidating.bench(session, slug=slug, choice=choice, user_id=user_id, language="en")
            assert sum(line.chosen for line in page.bench) == COUNT

    return work


def _lengthen() -> None:
    """The same law ten times in a row as another draft, with the same amendments to the first of them."""
    session = cast(Session, db.session)
    data = (CODE_CIVIL / "v0001.md").read_bytes()
    import_draft(
        session, data=b"\n".join([data] * LONGER), slug=LONG, language="fr", now=NOW, progress=lambda step: None
    )
    one, ten = find_draft(session, SLUG), find_draft(session, LONG)
    for draft in (one, ten):
        add_member(session, draft, name="somebody", role=Role.FACILITATOR, institution_code=None, now=NOW)
    short, long = (
        [clause.id for clause in versions.clauses_of(session, draft.id, draft.language, 1)] for draft in (one, ten)
    )
    rows = session.scalars(select(AmendmentRow).where(AmendmentRow.draft_id == one.id).order_by(AmendmentRow.number))
    for row, edits in zip(rows.all(), proposals(long[: len(short)]), strict=False):
        copy = AmendmentRow(
            draft_id=ten.id, number=row.number, language=row.language, made_on=1, base_version=1,
            institution_id=row.institution_id, author_id=None, title="", rationale=row.rationale, state=row.state,
            created_at=NOW,
        )  # fmt: skip
        amendments.add(session, copy, edits)
    session.commit()
