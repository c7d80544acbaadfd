"""A session on paper: sheets and ballots as they are printed, and what stands on ballots entered as from paper."""

from typing import Any

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.sittings import AgendaItem
from tests.product import added, chain, stored
from tests.services.calls import conduct, item
from tests.services.deeds import issue, submit, words
from tests.services.sittings import do, moment, plan
from tests.services.stances import on, state
from tests.services.test_presiding import call
from tests.services.workshop_deeds import ballot, enter, printed

pytest_plugins = ["tests.demonstration"]
AT_TABLE = ["MVD", "GPO", "NPM", "AKY", "CSO", "UN", "OSCE"]


@pytest.fixture
def session(demonstrated: Flask) -> Flask:
    """A session over articles 13, 14, a matter, and amendment A1."""
    plan(demonstrated)
    with demonstrated.app_context():
        row = db.session.query(AmendmentRow).filter_by(number=1).one()
        db.session.add(AgendaItem(sitting_id=1, number=4, place=4, kind="amendment", amendment_id=row.id, reading=1))
        db.session.commit()
    return demonstrated


def refused(app: Flask, code: str, name: str = "facilitator", **marked: Any) -> str:
    before = stored(app)
    with pytest.raises(Refusal) as refusal:
        enter(app, code, name, **marked)
    assert stored(app) == before
    return str(refusal.value)


def last(app: Flask) -> dict[str, Any]:
    return dict(chain(app)[-1].facts)


def test_a_session_is_printed_as_agenda_sheets_and_ballots(session: Flask) -> None:
    page = printed(session)
    assert [line.human or line.heading for line in page.agenda] == ["Article 13", "Article 14", "Next steps", "A1"]
    assert [sheet.line.number for sheet in page.sheets] == [1, 2, 4], "a matter has no text"
    assert page.brackets.runs[page.sheets[0].clauses[1].id]
    assert (len(page.ballots), page.count) == (21, 21)
    assert [one.code for one in page.ballots[::3]] == [f"S1-1-{code}" for code in AT_TABLE]
    assert {one.code for one in printed(session, "ballots", institution="CSO", item=2).ballots} == {"S1-2-CSO"}
    assert printed(session, "agenda").sheets == printed(session, "agenda").ballots == ()


def test_a_ballot_is_entered_as_from_paper_for_its_institution(session: Flask) -> None:
    code = ballot(session, "S1-2", "MVD")
    before = stored(session)
    assert enter(session, code.lower(), step=3, reason="The boxes cost too much.") == "Article 14"
    assert added(before, stored(session)) == {"positions": 1, "events": 1}
    facts = last(session)
    assert (facts["on_paper"], facts["entered_for"], facts["about"], facts["reason"]) == (
        True, True, "below", "The boxes cost too much.",
    )  # fmt: skip
    position = on(session, "civil", "art_14__para_1")["MVD"].position
    assert position is not None
    assert (position.step.name, position.entered_for) == ("reservation", True)
    assert enter(session, ballot(session, "S1-4", "GPO"), ad_referendum=True, days=10) == "A1"
    assert (last(session)["amendment"], last(session)["confirm_until"] is None) == (1, False)
    assert first_broken_link(chain(session)) is None


def test_the_record_says_on_paper_of_paper_alone(session: Flask) -> None:
    state(session, "facilitator", entered_for="MVD")
    assert "on_paper" not in last(session)


def test_a_ballot_on_other_words_is_refused_unless_they_read_the_same_again(session: Flask) -> None:
    old = ballot(session, "S1-2", "MVD")
    number = submit(session, "civil", words(session, "art_14__para_1", "sealed box", "locked box"))
    issue(session, "facilitator", number)
    assert refused(session, old).startswith("The text was changed while you read it.")
    new = ballot(session, "S1-2", "MVD")
    assert new.split()[0] == old.split()[0]
    assert enter(session, new) == "Article 14"
    assert enter(session, ballot(session, "S1-1", "MVD")) == "Article 13", "which was not changed"


def test_a_ballot_on_an_item_answers_the_call_about_it_and_is_sealed_as_all_answers(session: Flask) -> None:
    on_item = ballot(session, "S1-2", "MVD")
    do(session, "open_session")
    do(session, "take_up", at=0, item=2, skipped=False)
    number = call(session, 2, at=0, hidden=True)
    assert ballot(session, f"C{number}-1", "MVD") != on_item
    enter(session, on_item, step=6, reason="We object.")
    facts = last(session)
    assert (facts["on_paper"], facts["call"]) == (True, number)
    assert {"step", "stance", "reason"} & set(facts) == set()
    assert facts["commitment"]
    assert item(session, "facilitator", number=number).own is None, "not even whoever typed it is shown it"
    enter(session, ballot(session, f"C{number}-1", "CSO"), step=1)
    assert [one.code for one in printed(session, "ballots", institution="CSO").ballots] == [
        "S1-1-CSO", f"C{number}-1-CSO", "S1-4-CSO",
    ]  # fmt: skip


def test_a_ballot_of_a_call_that_is_over_is_refused(session: Flask) -> None:
    do(session, "open_session")
    number = call(session, 2, at=0)
    codes = {code: ballot(session, f"C{number}-1", code) for code in AT_TABLE}
    for code in codes.values():
        enter(session, code)
    conduct(session, "close", number=number)
    assert refused(session, codes["MVD"]).startswith(f"The time to answer call {number} is over")


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_what_no_ballot_says_is_refused_and_nothing_is_stored(session: Flask) -> None:
    good = ballot(session, "S1-2", "MVD")
    check = good.split()[1]
    for code, marked, said in (
        (f"S1-9-MVD {check}", {}, "No ballot of this session has the code S1-9-MVD"),
        (f"S1-3-MVD {check}", {}, "No ballot of this session has the code S1-3-MVD"),
        (f"C7-1-MVD {check}", {}, "No ballot of this session has the code C7-1-MVD"),
        (f"S2-2-MVD {check}", {}, "This ballot is of session 2: enter it there."),
        (f"S1-2-XXX {check}", {}, "No institution “XXX” sits at the table"),
        (f"S1-2-FAC {check}", {}, "No institution “FAC” sits at the table"),
        ("S1-2-MVD", {}, "Type the six characters of the words too"),
        ("S1-2-MVD 000000", {}, "The text was changed while you read it."),
        (good, {"step": 9}, "The scale has steps 1 to 6"),
        (good, {"step": 6}, "What would you need? This position needs its reason."),
        (good, {"ad_referendum": True}, "A position given ad referendum is confirmed in 1 to 180 days."),
    ):
        assert refused(session, code, **marked).startswith(said), code
    assert "you may not hold sessions" in refused(session, good, "civil")


def test_the_times_of_the_agenda_run_from_the_opening(session: Flask) -> None:
    do(session, "open_session")
    assert {number: at for number, at in printed(session).begins.items() if number < 3} == {1: moment(0), 2: moment(20)}
