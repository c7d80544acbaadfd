"""The pages on which sessions are planned: forms without script, what was typed comes back, statements do not grow."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.deciding import Decided
from tests.product import LAW, Copies, chain, shown, signed_in
from tests.services.sittings import do
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""None of this depends on the database: one is enough."""

SESSIONS = f"{LAW}/sessions"
AGENDA = f"{SESSIONS}/1/agenda"
ITEMS = f"{AGENDA}/items"
NAMES = f"{SESSIONS}/1/attendance"


@pytest.fixture
def facilitator(demonstrated: Flask) -> FlaskClient:
    return signed_in(demonstrated, "facilitator")


def planned(client: FlaskClient, about: str = "11; 12; 13", **form: str) -> None:
    data = {"title": "First reading", "place": "Issyk-Kul", "when": "2026-12-01T09:30", "about": about, "minutes": "20"}
    answer = client.post(f"{SESSIONS}/new", data={**data, **form})
    assert (answer.status_code, answer.location) == (303, AGENDA), shown(answer)


def listed(client: FlaskClient) -> list[tuple[str, str, str, str]]:
    """The items as the page has them: number, place, reading, minutes."""
    page = shown(client.get(AGENDA))
    found = []
    for item in re.findall(r'name="item" value="(\d+)"', page):
        place, reading, minutes = re.findall(rf'name="shown-{item}" value="(\d*),(\d*),(\d*)"', page)[0]
        found.append((item, place, reading, minutes))
    return found


def filled(client: FlaskClient, **changed: str) -> dict[str, str | list[str]]:
    """The form of the agenda as it would be sent, with something in it changed (`minutes_3`)."""
    form: dict[str, str | list[str]] = {"item": [item for item, *_ in listed(client)]}
    for item, place, reading, minutes in listed(client):
        form |= {f"place-{item}": place, f"reading-{item}": reading, f"minutes-{item}": minutes}
        form[f"shown-{item}"] = f"{place},{reading},{minutes}"
    return form | {name.replace("_", "-"): value for name, value in changed.items()}


def test_a_session_is_planned_and_shown_in_local_time(facilitator: FlaskClient) -> None:
    planned(facilitator)
    page = shown(facilitator.get(AGENDA))
    assert "1 December 2026, 09:30" in page
    assert "60 minutes together" in page
    assert re.findall(r'class="agenda-due" datetime="[^"]+">([\d:]+)<', page) == ["09:30", "09:50", "10:10"]
    assert re.search(r"By this it ends at <time [^>]*>10:30<", page)
    assert listed(facilitator) == [("1", "1", "1", "20"), ("2", "2", "1", "20"), ("3", "3", "1", "20")]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": ""}, "Say what the session is called, for instance: First reading of chapter 3."),
        ({"when": "tomorrow"}, "“tomorrow” is no date with a time: write it like 2027-02-15 09:30."),
        ({"about": "13; Opening"}, "“Opening” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
        ({"minutes": "abc"}, "A time box is 1 to 600 minutes."),
        ({"minutes": "601"}, "A time box is 1 to 600 minutes."),
        ({"minutes": "-5"}, "A time box is 1 to 600 minutes."),
        ({"minutes": "9" * 40}, "A time box is 1 to 600 minutes."),
        ({"reading": "3"}, "An item is taken in its first or in its second reading."),
    ],
)  # fmt: skip
def test_what_was_typed_comes_back_with_the_reason(facilitator: FlaskClient, form: dict[str, str], said: str) -> None:
    typed = {
        "title": "First reading",
        "place": "A hall <1>",
        "when": "2026-12-01T09:30",
        "about": "13",
        "minutes": "20",
    }
    typed |= {"all": "contested"} | form
    answer = facilitator.post(f"{SESSIONS}/new", data=typed)
    page = shown(answer)
    assert (answer.status_code, said in page) == (422, True)
    for name in ("title", "place", "when", "about"):
        assert f'value="{typed[name]}"' in page, name
    assert re.search(r'value="contested" checked', page)
    assert chain(facilitator.application)[-1].kind != "session_planned"


def test_items_are_added_by_number_from_the_contents_and_in_words(facilitator: FlaskClient) -> None:
    planned(facilitator, "13")
    page = shown(facilitator.get(AGENDA))
    part = re.search(r'name="part" value="(\w+)"[^>]*> <span[^>]*><strong>Article 15\b', page)
    assert part is not None
    form = {"about": "A4; 14", "part": part[1], "matter": "Opening", "behind": "0", "reading": "2", "minutes": ""}
    assert facilitator.post(AGENDA, data=form).status_code == 303
    page = shown(facilitator.get(AGENDA))
    assert re.findall(r'aria-label="Place of ([^"]+)"', page) == [
        "A4",
        "Article 14",
        "Article 15",
        "Opening",
        "Article 13",
    ]
    assert "4 items without a time box" in page
    again = facilitator.post(AGENDA, data=form)
    assert (again.status_code, "“A4” is on the agenda already, for the same reading." in shown(again)) == (409, True)
    assert 'value="A4; 14"' in shown(again)
    assert 'name="matter" maxlength="500" dir="auto" value="Opening"' in shown(again)
    assert re.search(rf'value="{part[1]}" checked', shown(again))


def test_places_readings_and_minutes_are_saved_at_once(facilitator: FlaskClient) -> None:
    planned(facilitator)
    form = filled(facilitator, place_3="1", minutes_3="45", reading_1="2", minutes_2="", do="save")
    answer = facilitator.post(ITEMS, data=form)
    assert (answer.status_code, answer.location) == (303, f"{AGENDA}#items")
    assert listed(facilitator) == [("3", "1", "1", "45"), ("1", "2", "2", "20"), ("2", "3", "1", "")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minutes_2": "0"}, "A time box is 1 to 600 minutes."),
        ({"minutes_2": "601"}, "A time box is 1 to 600 minutes."),
        ({"minutes_2": "abc"}, "A time box is 1 to 600 minutes."),
        ({"place_2": "first"}, "The place of an item on the agenda is a number: 1 is the first."),
        ({"place_2": "0"}, "The place of an item on the agenda is a number: 1 is the first."),
        ({"reading_2": "9"}, "An item is taken in its first or in its second reading."),
    ],
)
def test_a_wrong_number_changes_nothing_and_stands_there_still(
    facilitator: FlaskClient, changed: dict[str, str], said: str
) -> None:
    planned(facilitator)
    before = len(chain(facilitator.application))
    for do_it in ("save", "up-3", "remove-1"):
        answer = facilitator.post(ITEMS, data=filled(facilitator, minutes_1="33", do=do_it, **changed))
        assert (answer.status_code, said in shown(answer)) == (422, True)
        assert 'name="minutes-1" type="number" min="1" max="600" value="33"' in shown(answer)
        (wrong,) = changed.values()
        assert f'value="{wrong}"' in shown(answer) or wrong == "9"
    assert len(chain(facilitator.application)) == before


def test_an_item_moves_with_what_was_typed_beside_it_and_is_taken_off(facilitator: FlaskClient) -> None:
    planned(facilitator)
    answer = facilitator.post(ITEMS, data=filled(facilitator, minutes_1="5", do="up-3"))
    assert (answer.status_code, answer.location) == (303, f"{AGENDA}#item-3")
    assert listed(facilitator) == [("1", "1", "1", "5"), ("3", "2", "1", "20"), ("2", "3", "1", "20")]
    facilitator.post(ITEMS, data=filled(facilitator, do="down-1"))
    facilitator.post(ITEMS, data=filled(facilitator, do="remove-2"))
    assert [item for item, *_ in listed(facilitator)] == ["3", "1"]
    assert facilitator.post(ITEMS, data=filled(facilitator, do="remove-2")).status_code == 404
    assert facilitator.post(ITEMS, data=filled(facilitator, do="up-x")).status_code == 404


def test_an_older_page_overwrites_nothing_that_it_did_not_change(facilitator: FlaskClient) -> None:
    planned(facilitator)
    older = filled(facilitator, minutes_2="7", do="save")
    facilitator.post(ITEMS, data=filled(facilitator, minutes_1="55", do="save"))
    facilitator.post(ITEMS, data=older)
    assert [minutes for *_, minutes in listed(facilitator)] == ["55", "7", "20"]


def test_a_planned_session_its_change_and_its_end_are_news_for_all(
    demonstrated: Flask, facilitator: FlaskClient
) -> None:
    civil = signed_in(demonstrated, "civil")
    civil.post(f"{LAW}/news", data={})
    planned(facilitator)
    form = {"title": "First reading", "place": "Bishkek", "when": "2026-12-02T10:00"}
    assert facilitator.post(f"{SESSIONS}/1/plan", data=form).status_code == 303
    planned_again = {"title": "Second reading", "when": ""}
    facilitator.post(f"{SESSIONS}/new", data=planned_again)
    refused = facilitator.post(f"{SESSIONS}/1/call-off", data={"reason": " "})
    assert (refused.status_code, "Say why, in a word: the others will read it." in shown(refused)) == (422, True)
    assert facilitator.post(f"{SESSIONS}/1/call-off", data={"reason": "The hall is flooded."}).status_code == 303
    do(demonstrated, "open_session", number=2)
    news = " ".join(re.sub(r"<[^>]*>", " ", shown(civil.get(f"{LAW}/news"))).split())
    for said in (
        "planned session 1 for 1 December 2026, 09:30: First reading",
        "changed session 1 : it is planned for 2 December 2026, 10:00: First reading",
        "planned session 2 : Second reading",
        "called off session 1",
        "The hall is flooded.",
        "opened session 2",
    ):
        assert said in news, news


def test_the_list_leads_everybody_where_they_may_go(demonstrated: Flask, facilitator: FlaskClient) -> None:
    civil = signed_in(demonstrated, "civil")
    assert "No session is planned." in shown(civil.get(SESSIONS))
    planned(facilitator)
    pages = [shown(one.get(SESSIONS)) for one in (facilitator, civil)]
    assert ["Change the agenda" in page for page in pages] == [True, False]
    assert ["3 items, 60 minutes" in page for page in pages] == [True, True]
    do(demonstrated, "open_session")
    do(demonstrated, "decide", item=1, decided=Decided("agreed"))
    pages = [shown(one.get(SESSIONS)) for one in (facilitator, civil)]
    assert [">Follow<" in page for page in pages] == [True, True]
    assert [">Console<" in page for page in pages] == [True, False]
    assert ["1 decision" in page for page in pages] == [True, True]
    assert f'href="{SESSIONS}" aria-current="page"' in pages[1]


def test_a_name_is_given_by_whoever_has_it_and_taken_back(demonstrated: Flask, facilitator: FlaskClient) -> None:
    civil = signed_in(demonstrated, "civil")
    planned(facilitator)
    assert "The session has not begun." in shown(civil.get(NAMES))
    refused = civil.post(NAMES, data={"name": "Cholpon"})
    assert (refused.status_code, "has not begun: names are taken when it is opened." in shown(refused)) == (409, True)
    do(demonstrated, "open_session")
    assert 'value="Cholpon, for civil society (demo)"' in shown(civil.get(NAMES))
    assert civil.post(NAMES, data={"name": "Cholpon A."}).status_code == 303
    page = shown(facilitator.get(NAMES))
    assert "Cholpon A." in page
    refused = facilitator.post(NAMES, data={"do": "add", "name": "Temir T.", "institution": "MVD"})
    assert (refused.status_code, 'value="Temir T."' in shown(refused)) == (422, True)
    assert "Nobody is named who did not agree to it: tick that they did." in shown(refused)
    form = {"do": "add", "name": "Temir T.", "institution": "MVD", "consented": "yes"}
    assert facilitator.post(NAMES, data=form).status_code == 303
    named = re.search(r'name="named" value="(\d+)"', shown(civil.get(NAMES)))
    assert named is not None
    assert facilitator.post(NAMES, data={"do": "take_back", "named": named[1]}).status_code == 404
    assert civil.post(NAMES, data={"do": "take_back", "named": named[1]}).status_code == 303
    page = shown(facilitator.get(NAMES))
    assert ("Temir T." in page, "Cholpon A." in page) == (True, False)


@pytest.fixture(scope="module")
def crowded(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        yield app


def test_pages_take_as_many_statements_however_long_the_agenda_and_however_many_sessions(crowded: Flask) -> None:
    client = signed_in(crowded, "facilitator")
    planned(client, "13; A4")
    do(crowded, "open_session")
    do(crowded, "close_session", at=1)
    client.post(f"{SESSIONS}/new", data={"title": "Second", "about": "13; A4"})
    pages = (SESSIONS, f"{SESSIONS}/2/agenda", NAMES, f"{SESSIONS}/new")
    few = counted(crowded, client, pages)
    for _ in range(4):
        client.post(f"{SESSIONS}/new", data={"title": "More", "all": "amendments", "about": "10; 11; 12; 14"})
    client.post(f"{SESSIONS}/2/agenda", data={"all": "amendments", "about": "10; 11; 12", "reading": "1"})
    client.post(NAMES, data={"name": "Jyldyz"})
    assert counted(crowded, client, pages) == few
    assert max(few) <= 14
