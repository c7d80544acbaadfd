"""Planning sessions: their agendas from clauses, amendments and matters, before and while they are held."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import NotAllowed, Refusal, Unstorable
from app.services import convening, showing_agenda, showing_sessions
from app.services.agendas import MOST_ITEMS, ItemChange, TooManyItems, UnknownReading, UnusablePlace
from app.services.asking_about import NothingNamedSo
from app.services.choosing_items import Choice, NothingToAdd, OnAgendaAlready
from app.services.convening import (
    ItemTakenUp,
    NoTitle,
    Plan,
    PlanIsFixed,
    SessionHasBegun,
    UnusableMoment,
    moment_typed,
)
from app.services.deciding import Decided
from app.services.owning import NotOnTheTable, NoWordOfReason
from app.services.pages_convening import AgendaPage, SessionsPage
from app.services.presiding import UnusableMinutes
from app.services.sittings import NoSuchItem
from app.store.db import db
from app.store.sittings import AgendaItem, NoSuchSession
from tests.product import SLUG, chain, clause_ids, user_id
from tests.services.deeds import issue
from tests.services.sittings import do, moment

pytest_plugins = ["tests.demonstration"]
BISHKEK = ZoneInfo("Asia/Bishkek")
AT = datetime(2026, 12, 1, 9, 30, tzinfo=BISHKEK)


def plan(app: Flask, about: str = "", *, title: str = "First reading", at: datetime | None = AT, **chosen: Any) -> int:
    choice = Choice(typed=about, **chosen)
    return deed(app, convening.plan_session, plan=Plan(title, "Issyk-Kul", at), choice=choice, number=None)


def deed(
    app: Flask,
    do: Callable[..., Any],
    name: str = "facilitator",
    /,
    *,
    number: int | None = 1,
    at: float = 0,
    **facts: Any,
) -> Any:
    person = user_id(app, name)
    where = {} if number is None else {"number": number}
    when = {} if do is showing_sessions.index else {"now": moment(at)}
    with app.app_context():
        return do(db.session, slug=SLUG, user_id=person, **when, **where, **facts)


def add(app: Flask, about: str = "", *, number: int = 1, **chosen: Any) -> int:
    return int(deed(app, convening.add_items, number=number, choice=Choice(typed=about, **chosen)))


def change(app: Flask, *changes: ItemChange, number: int = 1) -> int:
    return int(deed(app, convening.change_items, number=number, changes=changes))


def page(app: Flask, number: int = 1, at: float = 0) -> AgendaPage:
    found = deed(app, showing_agenda.agenda_page, number=number, at=at, language="en")
    assert isinstance(found, AgendaPage)
    return found


def items(app: Flask, number: int = 1) -> list[str]:
    """The agenda as it is cited: name, reading where it is the second, minutes where there are any."""
    return [
        (line.human or line.heading)
        + (" II" if line.reading == 2 else "")
        + (f" {line.minutes}" if line.minutes else "")
        for line in page(app, number).agenda
    ]


def refusal(app: Flask, kind: type[Refusal], act: Callable[[], object]) -> str:
    """The sentence of a refusal after which nothing is stored."""
    before = len(chain(app))
    with pytest.raises(kind) as caught:
        act()
    with app.app_context():
        db.session.rollback()
    assert len(chain(app)) == before
    return str(caught.value)


def test_a_session_is_planned_with_its_agenda_in_one_event(demonstrated: Flask) -> None:
    number = plan(demonstrated, "13(2); Chapter 3; A4; 13(2)", minutes=15)
    assert (number, items(demonstrated)) == (1, ["Article 13(2) 15", "Chapter 3 15", "A4 15"])
    last = chain(demonstrated)[-1]
    at = clause_ids(demonstrated)
    assert (last.kind, last.facts["session"], last.facts["title"]) == ("session_planned", 1, "First reading")
    assert last.facts["planned_for"] == "2026-12-01T03:30:00+00:00"
    assert [(one["clause"], one["amendment"]) for one in last.facts["items"]] == [
        (at["art_13__para_2"], None), (at["chp_3"], None), (None, 4),
    ]  # fmt: skip
    assert plan(demonstrated, title="Second reading", at=None) == 2


def test_all_of_a_kind_comes_in_the_order_of_the_text_and_only_what_is_not_there(demonstrated: Flask) -> None:
    plan(demonstrated, contested=True)
    contested = ["Article 13(1)", "Article 19(3)", "Article 21(1)"]
    assert items(demonstrated) == contested
    assert add(demonstrated, articles_of=clause_ids(demonstrated)["chp_3"]) == 5
    articles = [f"Article {number}" for number in range(11, 16)]
    assert items(demonstrated) == [*contested, *articles]
    assert add(demonstrated, amendments=True) == 15
    asked = [line.human for line in page(demonstrated).agenda][8:]
    assert (asked[:5], asked[-3:], len(set(asked))) == (["A9", "A10", "A7", "A8", "A13"], ["A4", "A5", "A6"], 15)
    assert refusal(demonstrated, NothingToAdd, lambda: add(demonstrated, amendments=True, contested=True)).startswith(
        "There is nothing to add"
    )


def test_one_clause_stands_on_an_agenda_once_in_each_reading(demonstrated: Flask) -> None:
    plan(demonstrated, "13")
    said = refusal(demonstrated, OnAgendaAlready, lambda: add(demonstrated, "14; Article 13"))
    assert said == "“Article 13” is on the agenda already, for the same reading."
    add(demonstrated, "13", reading=2)
    assert items(demonstrated) == ["Article 13", "Article 13 II"]


@pytest.mark.parametrize(
    ("choice", "kind", "said"),
    [
        (Choice(), NothingToAdd, "There is nothing to add: name a clause, an amendment or a matter that is not on the agenda."),
        (Choice(typed="13; Opening"), NothingNamedSo, "“Opening” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
        (Choice(typed="A99"), NothingNamedSo, "“A99” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
        (Choice(typed="13", minutes=0), UnusableMinutes, "A time box is 1 to 600 minutes."),
        (Choice(typed="13", minutes=601), UnusableMinutes, "A time box is 1 to 600 minutes."),
        (Choice(typed="13", reading=3), UnknownReading, "An item is taken in its first or in its second reading."),
        (Choice(typed="13", behind=7), NoSuchItem, "This item is not on the agenda."),
        (Choice(matter="x" * 501), Unstorable, "The text is longer than 500 characters or holds a null character."),
        (Choice(matter="a\0b"), Unstorable, "The text is longer than 500 characters or holds a null character."),
        (Choice(left_open=True), NothingToAdd, "There is nothing to add: name a clause, an amendment or a matter that is not on the agenda."),
        (Choice(parts=("no-such-clause",)), NothingToAdd, "There is nothing to add: name a clause, an amendment or a matter that is not on the agenda."),
    ],
)  # fmt: skip
def test_what_cannot_go_on_an_agenda_is_refused_in_a_sentence(
    demonstrated: Flask, choice: Choice, kind: type[Refusal], said: str
) -> None:
    plan(demonstrated)
    assert refusal(demonstrated, kind, lambda: deed(demonstrated, convening.add_items, choice=choice)) == said


def test_an_agenda_has_so_many_items_at_the_most(demonstrated: Flask) -> None:
    plan(demonstrated)
    with demonstrated.app_context():
        db.session.add_all(
            AgendaItem(sitting_id=1, number=at, place=at, kind="matter", title=f"Matter {at}", reading=1)
            for at in range(1, MOST_ITEMS)
        )
        db.session.commit()
    add(demonstrated, "13")
    said = refusal(demonstrated, TooManyItems, lambda: add(demonstrated, "14; 15"))
    assert said == "An agenda has 200 items at most; with these it would have 202."


def test_items_get_other_places_readings_and_time_boxes_in_one_event(demonstrated: Flask) -> None:
    plan(demonstrated, "11; 12; 13; 14")
    before = len(chain(demonstrated))
    assert change(demonstrated, ItemChange(4, 2, 45, 1), ItemChange(2, 1, 10), ItemChange(1, 1, None)) == 2
    assert items(demonstrated) == ["Article 14 II 45", "Article 11", "Article 12 10", "Article 13"]
    last = chain(demonstrated)[-1]
    assert (len(chain(demonstrated)), last.kind, last.facts["order"]) == (before + 1, "agenda_changed", [4, 1, 2, 3])
    assert change(demonstrated, ItemChange(2, 1, 10)) == 0
    assert len(chain(demonstrated)) == before + 1
    for wrong, kind in ((ItemChange(9, 1, 5), NoSuchItem), (ItemChange(1, 1, 601), UnusableMinutes),
                        (ItemChange(1, 0, 5), UnknownReading), (ItemChange(1, 1, 5, 0), UnusablePlace)):  # fmt: skip
        refusal(demonstrated, kind, lambda wrong=wrong: change(demonstrated, ItemChange(3, 2, 5), wrong))  # type: ignore[misc]
    assert items(demonstrated)[3] == "Article 13"


def test_items_move_step_by_step_and_new_ones_come_behind_a_chosen_one(demonstrated: Flask) -> None:
    plan(demonstrated, "11; 12; 13")
    for item, by in ((3, -1), (1, -1), (2, 1)):
        deed(demonstrated, convening.move_item, item=item, by=by)
    assert items(demonstrated) == ["Article 11", "Article 13", "Article 12"]
    add(demonstrated, "14; 15", behind=1)
    add(demonstrated, matter="Opening of the  workshop", behind=0)
    deed(demonstrated, convening.remove_item, item=3)
    expected = ["Opening of the workshop", "Article 11", "Article 14", "Article 15", "Article 12"]
    assert items(demonstrated) == expected
    with demonstrated.app_context():
        rows = db.session.scalars(select(AgendaItem.place).where(AgendaItem.removed_at.is_(None)))
        assert sorted(rows) == [1, 2, 3, 4, 5]
    refusal(demonstrated, NoSuchItem, lambda: deed(demonstrated, convening.remove_item, item=3))
    refusal(demonstrated, NoSuchItem, lambda: deed(demonstrated, convening.move_item, item=3, by=1))


def test_an_agenda_changes_while_its_session_is_held_but_what_was_taken_up_stays(demonstrated: Flask) -> None:
    plan(demonstrated, "11; 12; 13", minutes=20)
    do(demonstrated, "open_session")
    do(demonstrated, "take_up", item=1, skipped=False)
    do(demonstrated, "take_up", at=5, item=2, skipped=False)
    for item in (1, 2):
        said = refusal(
            demonstrated,
            ItemTakenUp,
            lambda item=item: deed(demonstrated, convening.remove_item, item=item),  # type: ignore[misc]
        )
        assert said == "This item was taken up in the session already, so it stays on the agenda."
    add(demonstrated, "14", minutes=5, behind=2)
    deed(demonstrated, convening.remove_item, item=3)
    now = page(demonstrated, at=10)
    assert [line.human for line in now.agenda] == ["Article 11", "Article 12", "Article 14"]
    assert (now.removable, now.ends_at) == (frozenset({4}), moment(10) + timedelta(minutes=15 + 5))
    said = refusal(demonstrated, SessionHasBegun, lambda: deed(demonstrated, convening.call_off, reason="Rain."))
    assert said == "Session 1 has begun: it can be closed, but no longer called off."
    do(demonstrated, "close_session", at=30)
    said = refusal(demonstrated, PlanIsFixed, lambda: add(demonstrated, "15"))
    assert said == "Session 1 is over or was called off: its agenda stays as it is."


def test_what_a_session_left_open_comes_back_for_its_second_reading(demonstrated: Flask) -> None:
    plan(demonstrated, "10; 11; 12; 13; A4; 14", minutes=20)
    do(demonstrated, "open_session")
    outcomes = {1: "agreed", 2: "postponed", 3: "in_brackets", 5: "to_group"}
    for item in (1, 2, 3, 4, 5):
        do(demonstrated, "take_up", at=item, item=item, skipped=item == 5)
        if item in outcomes:
            do(demonstrated, "decide", at=item, item=item, decided=Decided(outcomes[item]))
    do(demonstrated, "close_session", at=30)
    plan(demonstrated, title="Second reading", left_open=True)
    assert items(demonstrated, 2) == [
        "Article 11 II 20", "Article 12 II 20", "Article 13 II 20", "A4 II 20", "Article 14 20",
    ]  # fmt: skip
    plan(demonstrated, title="Third", left_open=True, minutes=5)
    assert items(demonstrated, 3)[0] == "Article 11 II 5"
    assert page(demonstrated, 3).before == 1


def test_a_plan_changes_and_a_session_that_is_not_held_is_called_off_with_its_reason(demonstrated: Flask) -> None:
    plan(demonstrated, "13")
    before = len(chain(demonstrated))
    deed(demonstrated, convening.change_session, plan=Plan("First reading", "Issyk-Kul", AT))
    assert len(chain(demonstrated)) == before
    deed(demonstrated, convening.change_session, plan=Plan("First reading", "Bishkek", AT + timedelta(hours=1)))
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["place"], last.facts["planned_for"]) == (
        "session_replanned", "Bishkek", "2026-12-01T04:30:00+00:00",
    )  # fmt: skip
    refusal(demonstrated, NoTitle, lambda: deed(demonstrated, convening.change_session, plan=Plan(" ")))
    refusal(demonstrated, Unstorable, lambda: deed(demonstrated, convening.change_session, plan=Plan("x" * 201)))
    refusal(demonstrated, NoWordOfReason, lambda: deed(demonstrated, convening.call_off, reason="  "))
    deed(demonstrated, convening.call_off, reason="The hall is flooded.")
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts) == ("session_called_off", {"session": 1, "reason": "The hall is flooded."})
    refusal(demonstrated, PlanIsFixed, lambda: deed(demonstrated, convening.call_off, reason="Again."))
    assert page(demonstrated).changeable is False
    refusal(demonstrated, NoSuchSession, lambda: add(demonstrated, "13", number=2))


def test_amendments_that_left_the_table_are_refused_and_do_not_come_back(demonstrated: Flask) -> None:
    plan(demonstrated, "A4; A15")
    do(demonstrated, "open_session")
    do(demonstrated, "close_session", at=5)
    issue(demonstrated, "facilitator", 15)
    plan(demonstrated, left_open=True)
    assert items(demonstrated, 2) == ["A4"]
    refusal(demonstrated, NotOnTheTable, lambda: add(demonstrated, "A15", number=2))


def test_only_those_who_hold_sessions_plan_them(demonstrated: Flask) -> None:
    plan(demonstrated, "13; 14")
    for act, facts in (
        (convening.plan_session, {"number": None, "plan": Plan("Mine"), "choice": Choice()}),
        (convening.change_session, {"plan": Plan("Mine")}),
        (convening.call_off, {"reason": "No."}),
        (convening.add_items, {"choice": Choice(typed="15")}),
        (convening.change_items, {"changes": [ItemChange(1, 2, 5)]}),
        (convening.move_item, {"item": 1, "by": 1}),
        (convening.remove_item, {"item": 1}),
    ):
        said = refusal(demonstrated, NotAllowed, lambda act=act, facts=facts: deed(demonstrated, act, "civil", **facts))  # type: ignore[misc]
        assert said == "As representative of this draft you may not hold sessions."


def test_the_list_has_what_is_held_what_is_planned_and_what_was(demonstrated: Flask) -> None:
    for about, title, at in (("13; 14", "First", None), ("15", "Second", AT), ("", "Third", AT - timedelta(days=1)), ("", "Fourth", None)):  # fmt: skip
        plan(demonstrated, about, title=title, at=at, minutes=10)
    do(demonstrated, "open_session")
    do(demonstrated, "decide", item=1, decided=Decided("agreed"))
    do(demonstrated, "decide", item=1, decided=Decided("postponed"))
    do(demonstrated, "decide", item=2, decided=Decided("agreed"))
    last = chain(demonstrated)[-1].number
    do(demonstrated, "undo", deed=last)
    do(demonstrated, "close_session", at=5)
    do(demonstrated, "open_session", number=2, at=6)
    deed(demonstrated, convening.call_off, number=4, reason="Not needed.")
    found = deed(demonstrated, showing_sessions.index, "observer", number=None, language="en")
    assert isinstance(found, SessionsPage)
    assert [[line.session.title for line in part] for part in (found.held, found.planned, found.past)] == [
        ["Second"], ["Third"], ["Fourth", "First"],
    ]  # fmt: skip
    first = found.past[1]
    assert (first.items, first.minutes, first.decisions, first.record, found.presiding) == (2, 20, 1, None, False)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("", None),
        ("2026-12-01T09:30", datetime(2026, 12, 1, 3, 30, tzinfo=UTC)),
        (" 2026-12-01 09:30 ", datetime(2026, 12, 1, 3, 30, tzinfo=UTC)),
        ("2020-01-31T23:59", datetime(2020, 1, 31, 17, 59, tzinfo=UTC)),  # entered afterwards
    ],
)
def test_a_moment_is_that_of_the_place(typed: str, moment: datetime | None) -> None:
    assert moment_typed(typed, BISHKEK) == moment


@pytest.mark.parametrize(
    "typed", ["soon", "2026-12-01", "2026-13-01T09:30", "0001-01-01T00:00", "9999-12-31T23:59", "09:30", "x" * 500]
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(UnusableMoment, match="is no date with a time: write it like 2027-02-15 09:30"):
        moment_typed(typed, BISHKEK)
