"""A session of the workshop as a room lives it: eight people with browsers of their own, and the big screen.

It is served as `make run` serves it, so that everything reaches everybody by itself: nobody but the facilitator does
anything to see what is new, and the facilitator's console is never loaded anew.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People

NAMES = ("facilitator", "interior", "prosecutor", "prevention", "ombudsman", "civil", "un", "observer")
FULL = ("prosecutor", "prevention", "ombudsman", "civil")
SESSION = f"{LAW}/sessions/1"
ROOM = {"width": 1920, "height": 1080}
Room = dict[str, Page]


@pytest.fixture
def room(chromium: Browser, installed: str) -> Iterator[Room]:
    people = People(chromium, installed, script=True)
    yield {
        **{name: people.person(name) for name in NAMES},
        "screen": people.person("facilitator", viewport=ROOM),
    }  # fmt: skip
    people.leave()
    assert [said for said in people.complaints if "status of 404" not in said] == []


def test_a_session_goes_from_its_agenda_to_its_record(room: Room) -> None:
    facilitator, screen, interior = room["facilitator"], room["screen"], room["interior"]
    open_a_session_over_three_clauses(room)
    come(room)
    call_hidden_and_answer(room)
    nothing_shows_before_it_is_revealed(room)
    facilitator.keyboard.press("v")
    expect(screen.locator(".big-seats")).to_contain_text("cannot accept")
    expect(interior.locator("[data-part=call]")).to_contain_text("cannot accept")
    facilitator.keyboard.press("x")
    expect(screen.locator(".big-foot")).to_contain_text("Call 1 is closed")
    bridge(facilitator)
    agree_on_the_bridge(room)
    go_through_the_rest(room)
    assert facilitator.evaluate("window.neverLoadedAnew") is True
    issue_the_record(room)


def open_a_session_over_three_clauses(room: Room) -> None:
    facilitator = room["facilitator"]
    facilitator.goto(f"{LAW}/sessions/new")
    facilitator.get_by_label("What it is called").fill("First reading of chapter 3")
    facilitator.get_by_label("Where").fill("Issyk-Kul")
    facilitator.get_by_label("Clauses and amendments by number").fill("13(1); 14(1); 21(1)")
    facilitator.get_by_role("button", name="Plan the session").click()
    facilitator.goto(f"{SESSION}/console")
    facilitator.evaluate("window.neverLoadedAnew = true")
    facilitator.get_by_role("button", name="Open the session").click()
    expect(facilitator.get_by_role("button", name="Begin: Article 13(1)")).to_be_visible()
    room["screen"].goto(f"{SESSION}/screen")
    for name in NAMES[1:]:
        room[name].goto(SESSION)


def come(room: Room) -> None:
    """Everybody is there, and the first clause comes to all of them by itself."""
    for name in NAMES[1:-1]:
        room[name].get_by_role("button", name="We are here").click()
    room["interior"].get_by_role("button", name="Ask for the floor").click()
    facilitator = room["facilitator"]
    expect(facilitator.locator("[data-part=here] .head-count")).to_have_text("6 of 8")
    facilitator.keyboard.press("n")
    for name in NAMES[1:]:
        expect(room[name].locator("#now-head")).to_contain_text("Article 13(1)")
    expect(room["screen"].get_by_role("heading", level=1)).to_contain_text("Article 13(1)")
    assert room["screen"].evaluate(
        "[...document.querySelectorAll('.big')].every((one) => one.scrollWidth <= innerWidth)"
    )
    words = room["screen"].locator(".big-words").bounding_box()
    assert words is not None
    assert words["x"] + words["width"] <= ROOM["width"]
    facilitator.keyboard.press("f")
    expect(room["screen"].locator(".big-floor")).to_contain_text("MVD")


def call_hidden_and_answer(room: Room) -> None:
    facilitator = room["facilitator"]
    facilitator.keyboard.press("c")
    facilitator.get_by_role("button", name="Open the call").click()
    facilitator.keyboard.press("p")
    for name in FULL:
        answer(room[name], "Support")
    answer(room["interior"], "Cannot accept", "Twelve hours cannot be kept in the districts.")
    expect(facilitator.locator("[data-part=call]")).to_contain_text("5 of 7 have answered")


def answer(page: Page, stance: str, reason: str = "") -> None:
    form = page.locator("[data-part=call] details").first
    form.locator("summary").click()
    form.get_by_role("radio", name=stance).check()
    if reason:
        form.get_by_label("Why? What would you need?").fill(reason)
    form.get_by_role("button", name="Record it").click()
    expect(page.locator("[data-part=call]")).to_contain_text("Your institution has answered.")


def nothing_shows_before_it_is_revealed(room: Room) -> None:
    expect(room["screen"].locator(".big-seats")).to_contain_text("answered")
    for name in ("screen", "facilitator", "observer", "civil"):
        seats = room[name].locator(".big-seats, .session-seats, .console-seats").first
        expect(seats).not_to_contain_text("cannot accept")
        expect(seats).not_to_contain_text("support")


def bridge(facilitator: Page) -> None:
    """Words between those that collide, written on the console."""
    facilitator.keyboard.press("w")
    words = facilitator.locator("[data-part=bridge] textarea").first
    words.fill(words.input_value().replace("twenty-four hours", "eighteen hours"))
    facilitator.get_by_role("button", name="Offer the counter-text").click()
    expect(facilitator.locator("[data-part=item]")).to_contain_text("counter-text")


def agree_on_the_bridge(room: Room) -> None:
    """The second call is about the counter-text, and everybody can live with it."""
    facilitator, screen = room["facilitator"], room["screen"]
    facilitator.keyboard.press("r")
    expect(screen.locator(".big-words")).to_contain_text("eighteen")
    facilitator.keyboard.press("c")
    expect(facilitator.get_by_label("About", exact=True)).to_have_value("16")
    facilitator.get_by_role("button", name="Open the call").click()
    for name in (*FULL, "interior"):
        expect(room[name].locator("[data-part=call]")).to_contain_text("Call 2 is open")
        answer(room[name], "Can live with it")
    facilitator.keyboard.press("v")
    expect(facilitator.get_by_role("button", name="Close the call")).to_be_visible()
    facilitator.keyboard.press("x")
    expect(facilitator.locator("[data-part=call]")).to_contain_text("Call 2 is closed")
    facilitator.keyboard.press("d")
    expect(facilitator.get_by_label("By which rule")).to_have_value("2")
    facilitator.get_by_role("button", name="Record the decision").click()
    for page in (room["screen"], room["observer"]):
        expect(page.locator("body")).to_contain_text("Agreed by consensus")


def go_through_the_rest(room: Room) -> None:
    """The second clause stays in brackets, a matter is put aside; the third is agreed without a call."""
    facilitator = room["facilitator"]
    decide(facilitator, "Article 14(1)", "Stays in brackets")
    facilitator.keyboard.press("h")
    facilitator.get_by_label("What is put aside?").fill("Who keeps the register?")
    facilitator.get_by_role("button", name="Put it aside").click()
    expect(facilitator.locator("[data-part=agenda]")).to_contain_text("1 matter was parked.")
    decide(facilitator, "Article 21(1)", "Agreed")
    facilitator.get_by_role("button", name="Close the session").click()
    for name in NAMES[1:]:
        expect(room[name].locator("#now-head")).to_contain_text("The session is over")


def decide(facilitator: Page, human: str, outcome: str) -> None:
    facilitator.keyboard.press("n")
    expect(facilitator.locator("#item-head")).to_contain_text(human)
    facilitator.keyboard.press("d")
    facilitator.get_by_role("radio", name=outcome).check()
    facilitator.get_by_role("button", name="Record the decision").click()
    expect(facilitator.locator("[data-part=decide]")).to_contain_text(outcome)


def issue_the_record(room: Room) -> None:
    """What came out of it is made a document, which everybody reads once it is issued."""
    facilitator, observer = room["facilitator"], room["observer"]
    facilitator.goto(f"{LAW}/records")
    facilitator.get_by_label("Language of the document").select_option("en")
    facilitator.get_by_role("button", name="Write the record").click()
    words = facilitator.get_by_label("Text of the record, in Markdown")
    words.fill(words.input_value() + "\nThe group thanks its hosts at Issyk-Kul.\n")
    facilitator.get_by_role("button", name="Save").click()
    assert observer.goto(f"{LAW}/records/1").status == 404  # type: ignore[union-attr]
    facilitator.get_by_text("Issue it", exact=True).click()
    facilitator.get_by_role("button", name="Issue the record for good").click()
    expect(facilitator.locator(".fingerprint")).to_have_text(re.compile("[0-9a-f]{64}"))
    observer.goto(f"{LAW}/records/1")
    record = observer.locator(".record-document")
    for said in (
        "First reading of chapter 3",
        "Issyk-Kul",
        "Article 13(1)",
        "Who keeps the register?",
        "thanks its hosts",
    ):
        expect(record).to_contain_text(said)
