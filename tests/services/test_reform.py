"""Five hundred amendments as drafters would have made them, from the real next version of a long law: one issue."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.edits import Edit
from app.domain.lifecycle import State
from app.domain.permissions import Role
from app.domain.reading import parse
from app.services import issuing
from app.services.choosing import Choice
from app.services.importing import import_draft
from app.store import amendments, institutions, versions
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.institutions import Institution
from app.store.memberships import add_member, find_draft
from app.store.users import User
from tests.conftest import SOON_CHECKED, application
from tests.domain.reforming import proposals_of
from tests.shared import LAWS, text_of

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
SLUG, COUNT, CODES = "code-civil", 500, ("MVD", "CSO", "AKY", "GPO", "NPM", "UN", "OSCE", "FAC")
CODE_CIVIL = [law for law in LAWS if law.name == "fr-code-civil"]


@pytest.fixture
def code_civil(empty_sqlite: Path, tmp_path: Path) -> Iterator[Session]:
    """The Code civil as the only draft, with a facilitator and eight institutions."""
    shutil.copy(empty_sqlite, tmp_path / "law.sqlite")
    app = application(f"sqlite:///{tmp_path / 'law.sqlite'}", tmp_path)
    with app.app_context():
        session = cast(Session, db.session)
        data = (CODE_CIVIL[0] / "v0004.md").read_bytes()
        import_draft(session, data=data, slug=SLUG, language="fr", now=NOW, progress=lambda step: None)
        session.add(User(name="fac", full_name="Facilitator", password_hash=SOON_CHECKED, created_at=NOW))
        session.flush()
        draft = find_draft(session, SLUG)
        add_member(session, draft, name="fac", role=Role.FACILITATOR, institution_code=None, now=NOW)
        for code in CODES:
            institutions.add(session, code=code, kind="ministry", names={"en": f"Institution {code}"})
        session.commit()
        yield session
        db.session.remove()
        db.engine.dispose()


def put_forward(law: dict[str, Clause], wanted: Sequence[Clause]) -> list[tuple[Edit, ...]]:
    """What the reform changed, and as many of its amendments once more, of another institution, as make five hundred."""
    found = proposals_of(law, wanted, most=COUNT)
    return [*found, *found[: COUNT - len(found)]]


@pytest.mark.skipif(not CODE_CIVIL, reason="the Code civil is not beside the repository (../shared/corpora)")
def test_five_hundred_amendments_issued_at_once_are_the_real_next_version_byte_for_byte(code_civil: Session) -> None:
    session = code_civil
    draft = find_draft(session, SLUG)
    law = {one.id: one.clause for one in versions.clauses_of(session, draft.id, "fr", 1)}
    wanted = text_of(CODE_CIVIL[0] / "v0005.md")
    bodies = list(session.scalars(select(Institution.id).order_by(Institution.id)))
    for number, edits in enumerate(put_forward(law, parse(wanted).clauses), start=1):
        row = AmendmentRow(
            draft_id=draft.id, number=number, language="fr", made_on=1, base_version=1, author_id=None, title="",
            institution_id=bodies[number % len(bodies)], rationale="A reason.", state=State.SUBMITTED.value,
            created_at=NOW,
        )  # fmt: skip
        amendments.add(session, row, edits)
    session.commit()
    everything = Choice(frozenset(range(1, COUNT + 1)), {})
    person = session.scalar(select(User.id))
    issuing.issue(session, slug=SLUG, choice=everything, expected_version=1, message="All", user_id=person, now=NOW)
    issued = versions.clauses_of(session, draft.id, "fr", 2)
    assert "".join(one.clause.source for one in issued) == wanted
    states = Counter(row.state for row in amendments.all_of(session, draft.id))
    assert states == {State.ADOPTED.value: COUNT}
