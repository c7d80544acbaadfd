"""The parking lot, small groups and paper as pages: what is typed wrongly comes back, and pages stay cheap."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.product import LAW, Copies, chain, clause_ids, shown, signed_in, stored
from tests.services.sittings import plan
from tests.services.workshop_deeds import ballot, dissolve, form, park, report, to_matter
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""None of this depends on the database: one is enough."""

GROUP = {"title": "Time limits", "text": "Find one.", "numbers": "13", "member": ["CSO", "MVD"], "rapporteur": "CSO",
         "due": "2099-01-01T10:00", "session": "1", "do": "form"}  # fmt: skip
LARGE = "100000000000000000000"
PAGES = ("/parking", "/groups", "/groups/1", "/sessions/1/paper?part=agenda&part=clauses&part=ballots",
         "/sessions/1/ballots")  # fmt: skip


@pytest.fixture(scope="module")
def workshop(demonstration: Copies) -> Iterator[Flask]:
    """A planned session, an open matter and a settled one, a group at work. Nothing here may be stored by a test."""
    with demonstration() as app:
        plan(app)
        park(app, "Who pays?", due=date(2026, 1, 1))
        park(app, "Which boxes?")
        to_matter(app, "settle", number=2, words="Those of steel.", today=date(2026, 11, 24))
        form(app)
        yield app


@pytest.fixture(scope="module")
def facilitator(workshop: Flask) -> FlaskClient:
    return signed_in(workshop, "facilitator")


@pytest.mark.parametrize(
    ("path", "typed", "status", "said", "kept"),
    [
        ("/parking", {"text": " ", "owner_words": "The boss"}, 422, "Say in a few words what this is about.", ["The boss"]),
        ("/parking", {"text": "Boxes", "clause": "99"}, 422, "“99” names no clause", ["Boxes", 'value="99"']),
        ("/parking", {"text": "Boxes", "due": "soon"}, 422, "“soon” is no day", ["Boxes", 'value="soon"']),
        ("/parking", {"text": "Boxes", "due": "0001-01-01"}, 422, "is no day", ["Boxes"]),
        ("/parking", {"text": "Boxes", "owner": "XXX"}, 422, "Choose an institution", ["Boxes", "XXX"]),
        ("/parking", {"text": "x\0y"}, 422, "holds a null character", []),
        ("/parking/1/settle", {"text": ""}, 422, "Say in a few words how", []),
        ("/parking/2/settle", {"text": "As we said."}, 409, "Matter 2 is settled already.", ["As we said."]),
        ("/parking/1/change", {"due": "x", "owner_words": "Me"}, 422, "“x” is no day", ['value="x"', 'value="Me"']),
        ("/parking/1/reopen", {"reason": "Because."}, 409, "Matter 1 is open already.", ["Because."]),
        ("/parking/2/reopen", {"reason": ""}, 422, "Say why, in a word", []),
        ("/groups/new", {**GROUP, "title": ""}, 422, "Give the group a name", ["Find one.", 'value="13"', "2099-01-01T10:00"]),
        ("/groups/new", {**GROUP, "numbers": "13; x9"}, 422, "“x9” names no clause", ["Time limits", 'value="13; x9"']),
        ("/groups/new", {**GROUP, "member": ["CSO"]}, 422, "at least two institutions", ['value="CSO" checked']),
        ("/groups/new", {**GROUP, "due": "tomorrow"}, 422, "“tomorrow” is no date", ['value="tomorrow"', "Time limits"]),
        ("/groups/new", {**GROUP, "due": "2001-01-01T10:00"}, 422, "at a moment that is over", ["2001-01-01T10:00"]),
        ("/groups/new", {**GROUP, "session": LARGE}, 404, "There is no session 0", []),
        ("/groups/1/report", {"text": "Agreed.", "amendment": "4"}, 422, "changes nothing in the range", ["Agreed."]),
        ("/groups/1/report", {"text": " "}, 422, "Say what the group reports", []),
        ("/groups/1/agenda", {"session": "1"}, 409, "has not reported back yet", []),
        ("/groups/1/agenda", {"session": LARGE}, 409, "has not reported back yet", []),
        ("/sessions/1/ballots", {"code": "what", "reason": "Costly."}, 422, "“what” is no code", ["Costly.", 'value="what"']),
        ("/sessions/1/ballots", {"institution": "MVD", "what": "S1-2", "step": "1"}, 422, "the six characters",
         ['value="MVD" selected', 'value="S1-2" selected', 'value="1" required checked']),
        ("/sessions/1/ballots", {"code": "S1-2-MVD 000000", "reason": "So."}, 409, "The text was changed", ["So."]),
        ("/sessions/1/ballots", {"code": f"S1-{LARGE}-MVD"}, 422, "is no code", []),
        ("/sessions/1/ballots", {"code": "S1-2-M\0VD"}, 422, "sits at the table", []),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly_comes_back_with_a_sentence(
    workshop: Flask,
    facilitator: FlaskClient,
    path: str,
    typed: dict[str, object],
    status: int,
    said: str,
    kept: list[str],
) -> None:
    before = stored(workshop)
    answer = facilitator.post(f"{LAW}{path}", data=typed)
    page = shown(answer)
    assert (answer.status_code, said in page) == (status, True)
    assert [one for one in kept if one not in page] == []
    assert stored(workshop) == before


def test_ballots_of_a_session_are_shown_by_part_item_and_institution(facilitator: FlaskClient) -> None:
    paper = f"{LAW}/sessions/1/paper"
    assert facilitator.get(paper).text.count('class="sheet"') == 3  # the agenda, and two clauses
    page = facilitator.get(f"{paper}?part=ballots&institution=CSO&item=2").text
    assert re.findall(r"<strong>(S[^<]+)</strong>", page) == ["S1-2-CSO"]
    assert "There is nothing to print of this." in facilitator.get(f"{paper}?part=ballots&item=77").text
    for odd in ("?part=what", f"?item={LARGE}", "?institution=%00", "?item=x"):
        assert facilitator.get(paper + odd).status_code == 200


def test_what_is_marked_on_paper_is_recorded_as_it_is(demonstrated: Flask) -> None:
    plan(demonstrated)
    client = signed_in(demonstrated, "facilitator")
    code, check = ballot(demonstrated, "S1-2", "MVD").split()
    form = {"institution": "MVD", "what": "S1-2", "check": check.lower(), "step": "2", "confirm_days": "9"}
    answer = client.post(f"{LAW}/sessions/1/ballots", data=form, follow_redirects=True)
    assert "Recorded as on paper: MVD on Article 14. The next one." in shown(answer)
    facts = chain(demonstrated)[-1].facts
    assert (facts["stance"], facts["on_paper"], bool(facts["confirm_until"])) == ("can_live_with", True, True)
    assert code == "S1-2-MVD"


def test_a_range_is_shown_before_a_group_is_formed_and_what_others_have_of_it(
    workshop: Flask, facilitator: FlaskClient
) -> None:
    ids = clause_ids(workshop)
    form = {**GROUP, "numbers": "13(1); 14", "clause": [ids["art_14__para_1"]], "do": "show"}
    page = shown(facilitator.post(f"{LAW}/groups/new", data=form))
    assert re.findall(r'name="clause" value="(\w+)" checked', page) == [ids["art_13__para_1"], ids["art_14"]]
    assert "Another group works on a part of it too." in page
    assert 'value="Time limits"' in page
    begun = shown(facilitator.get(f"{LAW}/groups/new?clause={ids['art_14']}"))
    assert f'value="{ids["art_14"]}" checked' in begun


def test_who_may_do_what_is_offered_to_them_alone(workshop: Flask) -> None:
    civil, interior = signed_in(workshop, "civil"), signed_in(workshop, "interior")
    assert "Report back</button>" in civil.get(f"{LAW}/groups/1").text
    assert "Report back</button>" not in interior.get(f"{LAW}/groups/1").text
    assert "Dissolve it" not in civil.get(f"{LAW}/groups/1").text
    assert ("Settle it" in interior.get(f"{LAW}/parking").text, "Settle it" in civil.get(f"{LAW}/parking").text) == (
        True,
        False,
    )
    assert "Overdue by" in civil.get(f"{LAW}/parking").text
    assert "Propose other words" not in signed_in(workshop, "observer").get(f"{LAW}/groups/1").text


def test_pages_take_as_many_statements_however_much_there_is(demonstrated: Flask) -> None:
    plan(demonstrated)
    park(demonstrated)
    form(demonstrated)
    report(demonstrated, "civil", 1)
    client = signed_in(demonstrated, "facilitator")
    addresses = [f"{LAW}{path}" for path in PAGES]
    before = counted(demonstrated, client, addresses)
    for number in range(3):
        park(demonstrated, clause="14(1)", owner="CSO", due=date(2026, 11, 20 + number))
        form(demonstrated, numbers="13; 14", members=("AKY", "GPO"), rapporteur="GPO", sitting=1)
        report(demonstrated, "facilitator", 3, 14, number=number + 2)
    dissolve(demonstrated, number=3)
    assert counted(demonstrated, client, addresses) == before
    assert max(before) < 45
