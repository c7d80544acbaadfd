"""A draft's attribution is set before the first contribution; a session may be stricter; what is stored honours both."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.agreement import fingerprint
from app.domain.errors import Refusal
from app.domain.parts import Part
from app.services import (
    attributing_mode,
    calling,
    convening,
    discussing,
    editing_comments,
    explaining,
    keeping_unsent,
    positioning,
    presiding,
    proposing,
    receipts,
    reopening,
    revising,
    sponsoring,
    tokens,
)
from app.services.asking_about import Wanted
from app.services.choosing_items import Choice
from app.services.convening import Plan
from app.services.explaining import Attached
from app.services.positioning import Stance, Subject
from app.services.proposing import Proposal
from app.store.amendments import AmendmentRow
from app.store.comments import Comment, CommentWording
from app.store.db import db
from app.store.drafts import Draft
from app.store.events import Event
from app.store.memberships import find_draft
from app.store.positions import Position, Reopening
from app.store.sittings import SittingRow
from app.store.unsent import UnsentText
from tests.product import Copies, clause_ids
from tests.services.at_risk import FACILITATOR, ONE, OTHER, READER, SLUG, set_up
from tests.services.calls import BISHKEK

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
NOW = datetime(2026, 3, 4, 10, 17, 31, 5, tzinfo=BISHKEK)
DAY = datetime(2026, 3, 4, tzinfo=BISHKEK)
CODE = "7KQ2-M4XD-09RT"


@pytest.fixture
def app(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        set_up(app, "named")
        with app.app_context():
            db.session.info["zone"] = BISHKEK
            yield app
            db.session.remove()


def choose(mode: str, person: int | None = FACILITATOR.id) -> None:
    attributing_mode.set_attribution(db.session, slug=SLUG, user_id=person, mode=mode, now=NOW)


def refused(deed: Callable[..., Any], *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        deed(*given, **named)
    db.session.rollback()
    return str(refusal.value)


def visits(app: Flask) -> str:
    return clause_ids(app, SLUG)["art_1__para_1"]


def comment(app: Flask, person: int = ONE.id, receipt: str = CODE, now: datetime = NOW) -> int:
    return discussing.comment_on_clause(
        db.session, slug=SLUG, clause_id=visits(app), user_id=person, kind="comment", body="A word.", quote="",
        reply_to=None, now=now, receipt=receipt,
    )  # fmt: skip


def propose(app: Flask, *, draft: bool = False, sponsors: tuple[str, ...] = (), receipt: str = CODE) -> int:
    said = Proposal(1, (Part(visits(app), "words", "It visits."),), "Shorter.", sponsors=sponsors, receipt=receipt)
    return proposing.propose(db.session, slug=SLUG, proposal=said, user_id=ONE.id, now=NOW, draft=draft)


def words(app: Flask) -> str:

    return fingerprint("The mechanism visits every place of detention at any time.")


def state(app: Flask, person: int = ONE.id, now: datetime = NOW, **more: Any) -> int:
    return positioning.state_position(
        db.session, slug=SLUG, subject=Subject("clause", visits(app), words(app)), stance=Stance(1, **more),
        user_id=person, now=now, today=now.date(),
    )  # fmt: skip


def attach(app: Flask) -> int:
    attached = Attached("reservation", "We read it so.", words(app))
    return explaining.attach(
        db.session, slug=SLUG, clause_id=visits(app), attached=attached, user_id=ONE.id, now=NOW, today=NOW.date()
    )


@pytest.mark.parametrize("deed", [comment, propose, lambda app: propose(app, draft=True), state, attach])
def test_after_the_first_contribution_the_attribution_stays(app: Flask, deed: Callable[[Flask], int]) -> None:
    choose("institution_only")
    choose("unattributed")
    choose("named")
    deed(app)
    said = (
        "Something was contributed to this draft already, by people who were told how they would be named: its "
        "attribution stays as it is. For a session a stricter one can be chosen."
    )
    assert refused(choose, "unattributed") == said
    by_operator = attributing_mode.set_by_operator
    assert refused(by_operator, db.session, slug=SLUG, mode="unattributed", now=NOW) == said


@pytest.mark.parametrize(
    ("person", "mode", "sentence"),
    [
        (ONE.id, "unattributed", "As representative of this draft you may not manage members."),
        (None, "unattributed", "There is no draft “at-risk” that you may see."),
        (FACILITATOR.id, "secret", "“secret” is no attribution: it is named, institution_only or unattributed."),
        (FACILITATOR.id, "", "“” is no attribution: it is named, institution_only or unattributed."),
    ],
)
def test_who_may_not_set_it_and_what_it_cannot_be_is_a_sentence(
    app: Flask, person: int | None, mode: str, sentence: str
) -> None:
    assert refused(choose, mode, person) == sentence


def test_setting_it_stands_in_the_record_and_forgets_what_was_not_sent(app: Flask) -> None:
    keeping_unsent.keep(db.session, slug=SLUG, place="a", fields={"body": ["No."]}, user_id=ONE.id, now=NOW)
    choose("unattributed")
    event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.kind, event.user_id, event.facts) == (
        "attribution_set", FACILITATOR.id, {"attribution": "unattributed", "former": "named"}
    )  # fmt: skip
    assert event.happened_at == DAY
    assert db.session.scalars(select(UnsentText)).all() == []
    keep = keeping_unsent.keep
    assert refused(keep, db.session, slug=SLUG, place="a", fields={}, user_id=ONE.id, now=NOW) == (
        "Contributions are not attributed here, so unsent text is kept in this browser alone."
    )


# sessions


def hold(mode: str | None) -> int:
    session = db.session
    number = convening.plan_session(
        session, slug=SLUG, plan=Plan("A reading", attribution=mode), choice=Choice(), user_id=FACILITATOR.id, now=NOW
    )
    presiding.open_session(session, slug=SLUG, number=number, user_id=FACILITATOR.id, now=NOW)
    return number


def close() -> None:
    db.session.execute(update(SittingRow).values(closed_at=NOW + timedelta(hours=1)))
    db.session.commit()


def stored(id: int) -> Comment:
    row = db.session.get(Comment, id, populate_existing=True)
    assert row is not None
    return row


def last_event() -> Event:
    return db.session.scalars(select(Event).order_by(Event.id.desc())).first()  # type: ignore[return-value]


def test_what_is_said_in_a_stricter_session_has_no_author_then_nor_later(app: Flask) -> None:
    hold("unattributed")
    made = comment(app)
    row, event = stored(made), last_event()
    assert (row.author_id, row.institution_id, row.receipt_hash) == (None, None, tokens.hash_of_code(CODE))
    assert (event.kind, event.user_id, event.institution_id) == ("comment_made", None, None)
    close()
    named = comment(app, now=NOW + timedelta(hours=2))
    assert stored(named).author_id == ONE.id
    receipts.show(db.session, [CODE])
    later = NOW + timedelta(hours=3)
    editing_comments.edit_comment(
        db.session, slug=SLUG, comment_id=made, user_id=ONE.id, kind="comment", body="Another word.", now=later
    )
    event, wording = last_event(), db.session.scalars(select(CommentWording)).one()
    assert (event.kind, event.user_id, event.institution_id) == ("comment_edited", None, None)
    assert event.happened_at < later
    assert wording.written_at < later


def test_in_a_session_of_institutions_the_institution_is_stored_and_nobody_else(app: Flask) -> None:
    hold("institution_only")
    row, event = stored(comment(app)), last_event()
    with db.session.no_autoflush:
        institution = row.institution_id
    assert (row.author_id, institution is None, row.receipt_hash is None) == (None, False, False)
    assert (event.user_id, event.institution_id) == (None, institution)


def test_a_session_is_never_laxer_and_its_attribution_is_fixed_when_it_begins(app: Flask) -> None:
    choose("institution_only")
    laxer = refused(hold, "named")
    assert laxer == "A session may be stricter than its draft, but not laxer."
    number = hold("institution_only")
    assert db.session.scalars(select(SittingRow.attribution)).one() is None  # it has the draft's
    change = convening.change_session
    plan = Plan("A reading", attribution="unattributed")
    assert refused(change, db.session, slug=SLUG, number=number, plan=plan, user_id=FACILITATOR.id, now=NOW) == (
        "The session has begun, and people were told how they would be named in it: its attribution stays as it is."
    )
    change(db.session, slug=SLUG, number=number, plan=Plan("Another title"), user_id=FACILITATOR.id, now=NOW)


# receipts


def test_without_the_receipt_nobody_goes_on_with_it_but_a_facilitator_for_the_sake_of_order(app: Flask) -> None:
    choose("unattributed")
    made = comment(app)

    def withdraw(person: int) -> None:
        editing_comments.withdraw_comment(db.session, slug=SLUG, comment_id=made, user_id=person, now=NOW)

    def edit(person: int) -> None:
        editing_comments.edit_comment(
            db.session, slug=SLUG, comment_id=made, user_id=person, kind="comment", body="Mine.", now=NOW
        )

    said = "Only who wrote a comment may edit or withdraw it."
    assert {refused(deed, person) for deed in (withdraw, edit) for person in (ONE.id, OTHER.id, READER.id)} == {said}
    assert refused(edit, FACILITATOR.id) == said
    withdraw(FACILITATOR.id)
    assert (last_event().user_id, stored(made).withdrawn_at) == (FACILITATOR.id, DAY)


def test_a_draft_amendment_is_its_holders_alone(app: Flask) -> None:
    choose("unattributed")
    number = propose(app, draft=True)
    proposal = Proposal(1, (Part(visits(app), "words", "It visits all."),), "Shorter.")

    def submit() -> None:
        revising.reword(
            db.session, slug=SLUG, number=number, revision=1, proposal=proposal, user_id=ONE.id, now=NOW, draft=False
        )

    assert refused(submit) == "There is no amendment A1 in this draft."
    receipts.show(db.session, ["0000-0000-0000"])
    assert refused(submit) == "There is no amendment A1 in this draft."
    receipts.show(db.session, [CODE.lower().replace("-", " ").replace("0", "o")])
    submit()
    row = db.session.scalars(select(AmendmentRow).where(AmendmentRow.draft_id == _draft().id)).one()
    assert (row.state, row.author_id, row.institution_id, row.created_at) == ("submitted", None, None, DAY)


def _draft() -> Draft:
    return find_draft(db.session, SLUG)


def test_proposing_together_puts_names_to_it_and_is_refused(app: Flask) -> None:
    choose("unattributed")
    said = (
        "Amendments are not attributed here: no institution is stored as proposing one, so none can propose it too. An "
        "institution states its position on it instead."
    )
    assert refused(propose, app, sponsors=("MVD",)) == said
    number = propose(app)
    who: dict[str, Any] = {"slug": SLUG, "number": number, "user_id": ONE.id, "now": NOW}
    assert refused(sponsoring.invite, db.session, institution="MVD", **who) == said
    assert refused(sponsoring.take_back, db.session, institution="MVD", **who) == said
    assert refused(sponsoring.answer, db.session, answer="accepted", reason="", **who) == said


# what rules read


def positions() -> list[Position]:
    return list(db.session.scalars(select(Position).where(Position.draft_id == _draft().id).order_by(Position.id)))


def test_of_a_position_the_day_is_stored_and_the_institution(app: Flask) -> None:
    choose("unattributed")
    state(app, confirm_days=9)
    row = positions()[0]
    assert (row.author_id, row.institution_id is None, row.created_at) == (None, False, DAY)
    assert row.confirm_until == datetime(2026, 3, 14, tzinfo=BISHKEK)  # the end of the ninth day
    assert (last_event().user_id, last_event().happened_at) == (None, DAY)


def test_what_is_said_after_a_call_ended_on_the_same_day_still_came_after_it(app: Flask) -> None:
    choose("unattributed")
    opened = NOW - timedelta(days=1)
    calling.open_call(
        db.session, slug=SLUG, wanted=Wanted(typed="1(1)"), version=1, user_id=FACILITATOR.id, now=opened, zone=BISHKEK,
        terms=calling.Terms(period=calling.Period(25, "hours")),
    )  # fmt: skip
    end = opened + timedelta(hours=25)
    state(app, now=end - timedelta(minutes=3))
    state(app, now=end + timedelta(minutes=7))
    before, after = positions()
    assert (before.created_at, before.created_at <= end) == (DAY, True)
    assert after.created_at == end + timedelta(microseconds=1)  # of the end, not of the giver


def test_what_was_said_before_a_clause_was_reopened_on_the_same_day_came_before_it(app: Flask) -> None:
    choose("unattributed")
    for person in (ONE.id, READER.id):
        state(app, person)
    reopening.reopen(
        db.session, slug=SLUG, clause_id=visits(app), reason="A new fact.", user_id=READER.id,
        now=NOW + timedelta(minutes=1), today=NOW.date(),
    )  # fmt: skip
    state(app, now=NOW + timedelta(minutes=2))
    reopened = db.session.scalars(select(Reopening)).one().created_at
    first, _second, again = positions()
    assert first.created_at < reopened <= again.created_at < NOW + timedelta(minutes=2)


def test_the_chain_of_the_record_holds_and_never_runs_backwards(app: Flask) -> None:
    choose("unattributed")
    for minute in range(3):
        comment(app, now=NOW + timedelta(minutes=minute))
    moments = list(
        db.session.scalars(select(Event.happened_at).where(Event.draft_id == _draft().id).order_by(Event.number))
    )
    assert moments == sorted(moments)
    assert moments[-3:] == [DAY, DAY, DAY]
    assert moments[0] < DAY
