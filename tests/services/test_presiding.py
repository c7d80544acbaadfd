"""Holding a session: deeds are events, the last is undone for a minute, and whoever may not do it is told."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import calling
from app.services.asking_about import Wanted
from app.services.calling import Terms
from app.services.deciding import Decided, Parking
from app.store.db import db
from tests.product import SLUG, added, chain, stored, user_id
from tests.services.calls import answer, conduct
from tests.services.deeds import at_once, issue, version_numbers
from tests.services.sittings import do, moment, plan, row_of, seen
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


@pytest.fixture
def opened(demonstrated: Flask) -> Flask:
    """The demonstration with a session that was opened at nine."""
    plan(demonstrated)
    do(demonstrated, "open_session")
    return demonstrated


def refused(app: Flask, deed: str, name: str = "facilitator", /, **facts: object) -> str:
    before = stored(app)
    with pytest.raises(Refusal) as refusal:
        do(app, deed, name, **facts)
    assert stored(app) == before
    return str(refusal.value)


def call(app: Flask, item: int = 1, *, at: float = 1, hidden: bool = False) -> int:
    person, version = user_id(app, "facilitator"), version_numbers(app)[-1]
    clause = next(line.clause_id for line in seen(app).agenda if line.number == item)
    with app.app_context():
        return calling.open_call(
            db.session, slug=SLUG, wanted=Wanted(clauses=(str(clause),)), terms=Terms(hidden=hidden), version=version,
            user_id=person, now=moment(at), zone=ZoneInfo("Asia/Bishkek"), at=(1, item),
        )  # fmt: skip


def test_a_session_is_opened_on_a_version_and_its_agenda_is_worked_through(demonstrated: Flask) -> None:
    plan(demonstrated)
    assert seen(demonstrated).session.state == "planned"
    before = stored(demonstrated)
    do(demonstrated, "open_session")
    assert added(before, stored(demonstrated)) == {"events": 1}
    do(demonstrated, "take_up", at=1, item=1, skipped=False)
    page = seen(demonstrated, at=5)
    assert page.current is not None
    assert page.following is not None
    assert (page.session.state, page.session.version) == ("open", version_numbers(demonstrated)[0])
    assert (page.current.human, page.current.heading, page.following.number) == (
        "Article 13",
        "Registration",
        2,
    )
    assert (page.current.spent, page.current.ends_at) == (timedelta(minutes=4), moment(21))
    do(demonstrated, "take_up", at=6, item=2, skipped=True)
    do(demonstrated, "take_up", at=8, item=3, skipped=False)
    page = seen(demonstrated, at=9)
    assert [(line.number, line.status) for line in page.agenda] == [(1, "skipped"), (2, "done"), (3, "current")]
    assert page.following is not None
    assert page.following.number == 1
    assert first_broken_link(chain(demonstrated)) is None


def test_a_session_is_closed_and_tells_what_it_was(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    do(opened, "close_session", at=30)
    page, row = seen(opened, at=99), row_of(opened)
    assert (page.session.state, page.current, page.agenda[0].status) == ("closed", None, "done")
    assert (row.closed_at, row.last_event) == (moment(30), chain(opened)[-1].number)
    assert "is over" in refused(opened, "open_session", at=40)
    assert "is not being held" in refused(opened, "take_up", at=40, item=2, skipped=False)


def test_one_session_is_held_at_a_time(opened: Flask) -> None:
    second = plan(opened, title="Second reading")
    assert (
        refused(opened, "open_session", number=second)
        == "Session 1 is being held: close it before you open another one."
    )
    do(opened, "close_session", at=5)
    do(opened, "open_session", number=second, at=6)
    assert seen(opened, number=second, at=6).session.state == "open"


def test_closing_is_undone_within_a_minute_unless_another_session_is_held(opened: Flask) -> None:
    second = plan(opened, title="Second reading")
    do(opened, "take_up", at=1, item=1, skipped=False)
    do(opened, "close_session", at=5)
    last = seen(opened, at=5.5).undo
    assert last is not None
    do(opened, "undo", at=5.5, deed=last.deed)
    page = seen(opened, at=6)
    assert page.current is not None
    assert (page.session.state, page.current.number, page.current.spent) == ("open", 1, timedelta(minutes=5))
    do(opened, "close_session", at=7)
    do(opened, "open_session", number=second, at=7.2)
    last = seen(opened, at=7.5).undo
    assert last is not None
    assert "Session 2 is being held" in refused(opened, "undo", at=7.5, deed=last.deed)


def test_the_last_deed_is_undone_for_a_minute_and_stays_in_the_record(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    do(opened, "take_up", at=2, item=2, skipped=False)
    last = seen(opened, at=2.5).undo
    assert last is not None
    assert (last.kind, last.until) == ("session_item_taken_up", moment(3))
    assert "only for a minute" in refused(opened, "undo", at=3.1, deed=last.deed)
    assert "only the last deed" in refused(opened, "undo", at=2.5, deed=last.deed - 1)
    do(opened, "undo", at=2.9, deed=last.deed)
    page = seen(opened, at=2.9)
    assert page.current is not None
    assert (page.current.number, page.current.spent) == (1, timedelta(minutes=1.9))
    assert [event.kind for event in chain(opened)][-3:] == [
        "session_item_taken_up",
        "session_item_taken_up",
        "session_deed_undone",
    ]
    assert seen(opened, "interior", at=2.9).undo is None


def test_a_matter_parked_by_mistake_leaves_the_parking_lot(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    parking = Parking("Who pays for it?", owner="MVD", due=moment(9_999).date())
    assert do(opened, "park", at=2, parking=parking) == 1
    (matter,) = seen(opened, at=2).parked
    assert matter.owner is not None
    assert (matter.words, matter.human, matter.owner.code) == ("Who pays for it?", "Article 13", "MVD")
    last = seen(opened, at=2.5).undo
    assert last is not None
    do(opened, "undo", at=2.5, deed=last.deed)
    assert seen(opened, at=3).parked == ()
    assert do(opened, "park", at=4, parking=parking) == 2


def test_a_decision_keeps_its_rule_and_the_exact_text_it_was_made_on(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    do(opened, "decide", at=2, item=1, decided=Decided("in_brackets", " Two proposals remain. "))
    decision = seen(opened, at=3).agenda[0].decision
    assert decision is not None
    assert (decision.outcome, decision.words, decision.rule, decision.call, decision.outdated) == (
        "in_brackets",
        "Two proposals remain.",
        "no_objection",
        None,
        False,
    )
    issue(opened, "facilitator", 1)
    decision = seen(opened, at=4).agenda[0].decision
    assert decision is not None
    assert decision.outdated


def test_a_decision_rests_on_a_call_once_that_is_closed(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=2, skipped=False)
    number = call(opened, 2)
    assert seen(opened, at=2).agenda[1].calls == (number,)
    assert [one.number for one in seen(opened, at=2).calls] == [number]
    by_call = Decided("agreed", call=number)
    assert "is not closed" in refused(opened, "decide", at=3, item=2, decided=by_call)
    for name in ("interior", "prosecutor", "prevention", "ombudsman", "civil"):
        answer(opened, name, number=number)
    conduct(opened, "close", number=number)
    do(opened, "decide", at=5, item=2, decided=by_call)
    decision = seen(opened, at=6).agenda[1].decision
    assert decision is not None
    assert (decision.rule, decision.call, decision.result) == ("consensus", number, "agreed")


def test_a_call_is_opened_only_at_an_item_of_a_session_that_is_held(opened: Flask) -> None:
    do(opened, "close_session", at=1)
    with pytest.raises(Refusal, match="is not being held"):
        call(opened, 1, at=2)


def test_speakers_ask_for_themselves_and_the_facilitator_for_anybody(opened: Flask) -> None:
    do(opened, "ask_floor", "interior", at=1, code="", name="")
    assert "already" in refused(opened, "ask_floor", "interior", at=1, code="", name="")
    do(opened, "ask_floor", "civil", at=1, code="MVD", name="not heeded")
    do(opened, "ask_floor", at=1, code="", name="The expert from Dushanbe")
    turns = seen(opened, "interior", at=2).speakers
    assert [(turn.institution.code if turn.institution else turn.name, turn.ours) for turn in turns] == [
        ("MVD", True),
        ("CSO", False),
        ("The expert from Dushanbe", False),
    ]
    assert "not on the list" in refused(opened, "waive_floor", "interior", at=2, turn=turns[1].number)
    do(opened, "waive_floor", "interior", at=2, turn=turns[0].number)
    do(opened, "give_floor", at=3, turn=turns[2].number)
    page = seen(opened, at=3)
    assert page.floor is not None
    assert (page.floor.turn.name, len(page.speakers)) == ("The expert from Dushanbe", 1)
    do(opened, "end_floor", at=4)
    assert seen(opened, at=4).floor is None
    assert "Choose an institution" in refused(opened, "ask_floor", at=5, code="ABC", name="")
    assert "Choose an institution" in refused(opened, "ask_floor", at=5, code="", name=" ")


def test_institutions_come_and_go(opened: Flask) -> None:
    do(opened, "attend", "interior", at=1, code="", here=True)
    do(opened, "attend", at=2, code="CSO", here=True)
    do(opened, "attend", "interior", at=9, code="CSO", here=False)
    here = {seat.institution.code: seat.since for seat in seen(opened, at=9).seats if seat.since}
    assert here == {"CSO": moment(2)}
    assert "Choose an institution" in refused(opened, "attend", at=9, code="XYZ", here=True)


@pytest.mark.parametrize(
    ("deed", "facts"),
    [
        ("open_session", {}),
        ("take_up", {"item": 1, "skipped": False}),
        ("show", {"what": "text", "part": 0}),
        ("add_time", {"minutes": 5}),
        ("decide", {"item": 1, "decided": Decided("agreed")}),
        ("park", {"parking": Parking("What?")}),
        ("give_floor", {"turn": 1}),
        ("end_floor", {}),
        ("pause", {}),
        ("close_session", {}),
        ("undo", {"deed": 1}),
    ],
)
def test_only_facilitators_hold_a_session(opened: Flask, deed: str, facts: dict[str, object]) -> None:
    assert "may not hold sessions" in refused(opened, deed, "interior", **facts)


def test_what_no_form_sends_is_refused_in_a_sentence(opened: Flask) -> None:
    assert "not on the agenda" in refused(opened, "take_up", item=9, skipped=False)
    assert "what the page offers" in refused(opened, "show", what="dance", part=0)
    assert "what the page offers" in refused(opened, "show", what="text", part=-1)
    assert "what was decided" in refused(opened, "decide", item=1, decided=Decided("perhaps"))
    assert "in a few words" in refused(opened, "park", parking=Parking("  "))
    assert "Choose an institution" in refused(opened, "park", parking=Parking("What?", owner="XYZ"))
    assert "longer than" in refused(opened, "park", parking=Parking("x" * 5_001))
    assert "There is no session 7" in refused(opened, "take_up", number=7, item=1, skipped=False)
    assert "take one up first" in refused(opened, "add_time", minutes=5)
    do(opened, "take_up", at=1, item=1, skipped=False)
    for minutes in (0, 601):
        assert "1 to 600" in refused(opened, "add_time", minutes=minutes)
    do(opened, "add_time", at=2, minutes=5)
    page = seen(opened, at=3)
    assert page.current is not None
    assert (page.current.added, page.current.ends_at) == (5, moment(26))


def test_what_is_done_already_is_not_done_again(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    do(opened, "show", at=1, what="redline", part=0)
    do(opened, "pause", at=2)
    do(opened, "attend", at=2, code="CSO", here=True)
    before = stored(opened)
    do(opened, "take_up", at=3, item=1, skipped=False)
    do(opened, "show", at=3, what="redline", part=0)
    do(opened, "pause", at=3)
    do(opened, "attend", at=3, code="CSO", here=True)
    do(opened, "end_floor", at=3)
    do(opened, "open_session", at=3)
    assert stored(opened) == before


def test_two_facilitators_who_go_on_at_once_go_on_once(opened: Flask) -> None:
    going = [lambda: do(opened, "take_up", at=1, item=1, skipped=False)] * 3
    assert at_once(opened, *going) == [None] * 3
    assert [event.kind for event in chain(opened)].count("session_item_taken_up") == 1


def test_the_page_of_a_session_costs_the_same_however_much_was_done(opened: Flask) -> None:
    do(opened, "take_up", at=1, item=1, skipped=False)
    call(opened, 1)
    seen(opened, at=2)
    with statements(opened) as before:
        seen(opened, at=2)
    for minute in range(2, 12):
        do(opened, "ask_floor", at=minute, code="", name=f"Guest {minute}")
        do(opened, "take_up", at=minute, item=minute % 3 + 1, skipped=False)
        do(opened, "decide", at=minute, item=1, decided=Decided("postponed"))
        do(opened, "park", at=minute, parking=Parking(f"Matter {minute}"))
    do(opened, "take_up", at=12, item=1, skipped=False)
    with statements(opened) as after:
        seen(opened, at=13)
    assert len(after) == len(before) <= 16
