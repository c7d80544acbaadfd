"""What is kept of a draft's amendments: it holds until one of them is written, and never what may be taken back."""

from flask import Flask
from sqlalchemy import select

from app.services.proposed import Proposed, proposed
from app.store import events
from app.store.amendments import AmendmentRow
from app.store.db import begin_writing, db
from app.store.memberships import find_draft
from tests.product import SLUG
from tests.services.deeds import NOW, remark, withdraw
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def read() -> Proposed:
    return proposed(db.session(), find_draft(db.session(), SLUG))


def states(found: Proposed) -> dict[int, str]:
    return {row.number: row.state for row in found.rows}


def test_amendments_are_read_once_until_one_is_written(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        before = read()
    remark(demonstrated)
    with demonstrated.app_context(), statements(demonstrated) as asked:
        assert read() is before
    assert len(asked) == 1  # the draft
    withdraw(demonstrated, "civil", 1)
    with demonstrated.app_context():
        after = read()
    assert (states(before)[1], states(after)[1]) == ("submitted", "withdrawn")
    assert after.edits == before.edits


def test_what_a_transaction_may_still_take_back_is_not_kept(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session()
        before = read()
        begin_writing(session)
        draft = find_draft(session, SLUG)
        row = session.scalars(select(AmendmentRow).where(AmendmentRow.number == 1)).one()
        row.state = "withdrawn"
        session.flush()
        assert (states(read())[1], read().key) == ("withdrawn", None)
        events.record(session, draft, "amendment_withdrawn", now=NOW, user_id=None, number=1)
        assert (states(read())[1], read().key) == ("withdrawn", None)
        session.rollback()
        assert states(read())[1] == "submitted"
        assert read() is before


def test_amendments_written_past_the_record_are_read_anew(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        before = read()
        session = db.session()
        session.scalars(select(AmendmentRow).where(AmendmentRow.number == 1)).one().state = "withdrawn"
        session.commit()
        after = read()
        assert (states(before)[1], states(after)[1]) == ("submitted", "withdrawn")
        assert after.key is not before.key
