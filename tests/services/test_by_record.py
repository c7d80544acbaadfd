"""What is read of a draft is kept until a table that it is read from is written, and is nobody's session's."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, null, select, update

from app.services import agreeing, draft_wide
from app.services.by_record import ByRecord
from app.store import packages
from app.store.comments import Comment
from app.store.db import begin_writing, db
from app.store.drafts import Draft
from app.store.memberships import find_draft
from app.store.positions import Position, of_draft
from tests.product import SLUG
from tests.services.deeds import NOW, remark, withdraw
from tests.services.stances import PARA, state
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def said(read: Callable[..., Any] = draft_wide.said_by_clause) -> Any:
    return read(db.session(), find_draft(db.session(), SLUG))


def spoken() -> agreeing.Spoken:
    return agreeing.spoken(db.session(), find_draft(db.session(), SLUG), NOW.date())


def test_each_table_is_told_by_the_last_event_that_wrote_it(demonstrated: Flask) -> None:
    def told() -> dict[str, str]:
        with demonstrated.app_context():
            written = find_draft(db.session(), SLUG).written
            assert written is not None
            return dict(written)

    before = told()
    remark(demonstrated)
    after = told()
    assert {name for name in after if after[name] != before.get(name)} == {"comments"}
    withdraw(demonstrated, "civil", 1)
    last = told()
    assert {name for name in last if last[name] != after[name]} >= {"amendments"}
    assert last["comments"] == after["comments"]


@pytest.mark.parametrize("read", [draft_wide.said_by_clause, draft_wide.relations_of, draft_wide.accepted])
def test_nothing_is_asked_while_nothing_of_it_is_written(demonstrated: Flask, read: Callable[..., Any]) -> None:
    with demonstrated.app_context():
        first = said(read)
    with demonstrated.app_context(), statements(demonstrated) as asked:
        assert said(read) is first
    assert len(asked) == 1  # the draft


def test_what_was_written_is_seen_at_once_by_everybody(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        counts, about = said(draft_wide.said_of_amendments)
    remark(demonstrated)
    with demonstrated.app_context():
        after, _ = said(draft_wide.said_of_amendments)
        assert sum(after.values()) == sum(counts.values()) + 1
    state(demonstrated, "interior", clause=PARA, step=2)
    with demonstrated.app_context():
        assert spoken().given[-1].step == 2
        assert said(draft_wide.said_of_amendments)[1] == about


def test_rows_that_are_kept_belong_to_no_session_and_can_be_read_after_it(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause=PARA, step=2)
    with demonstrated.app_context():
        given = spoken().given[-1]
        assert inspect(given).detached
        assert db.session().scalars(select(Position).where(Position.id == given.id)).one() is not given
    with demonstrated.app_context():
        assert spoken().given[-1] is given
    assert (given.step, given.text_sha256 != "") == (2, True)


def test_a_transaction_that_writes_reads_its_own_rows_and_keeps_none(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause=PARA, step=2)
    with demonstrated.app_context():
        kept = spoken().given[-1]
        begin_writing(db.session())
        own = spoken().given[-1]
        assert own in db.session()
        own.step = 1
        db.session().flush()
        assert spoken().given[-1].step == 1
        db.session().rollback()
        assert spoken().given[-1] is kept
        assert kept.step == 2


def test_only_tables_whose_rows_the_record_vouches_for_can_be_named() -> None:
    ByRecord(of_draft, "positions")
    ByRecord(packages.packages_of, "packages", "package_clauses")
    with pytest.raises(ValueError, match="no event says"):
        ByRecord(of_draft, "positions", "seats")


def test_what_is_written_past_the_record_is_read_anew(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session()
        first = said()
        row = session.scalars(select(Comment).where(Comment.clause_id.is_not(None))).first()
        assert row is not None
        row.withdrawn_at = NOW
        session.commit()
        assert said()[row.clause_id][0] == first[row.clause_id][0] - 1


def test_nothing_is_kept_of_a_draft_that_does_not_say_what_was_written(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session()
        session.execute(update(Draft).values(written=null()))
        session.commit()
        assert said() is not said()
