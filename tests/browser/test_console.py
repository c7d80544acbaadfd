"""The facilitator's console: a whole session by the keyboard without loading the page anew, and by forms without script."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.store.db import db
from tests.browser.conftest import LAW, PATIENCE, People
from tests.browser.test_accessibility import faults
from tests.conftest import application
from tests.web.sessions_made import planned

CONSOLE = f"{LAW}/sessions/1/console"


@pytest.fixture
def instance(demonstration: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration in which a session over articles 13 and 14 and a matter is planned."""
    instance = Path(shutil.copytree(demonstration, tmp_path / "instance"))
    app = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    planned(app)
    with app.app_context():
        db.engine.dispose()
    return instance


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def object_to(page: Page, call: int) -> None:
    page.goto(f"{LAW}/calls/{call}")
    page.locator("#item-1 summary", has_text="State our position").click()
    page.get_by_role("radio", name="cannot accept").check()
    page.locator("#item-1").get_by_label("Why? What would you need?").fill("Twelve hours are needed.")
    page.get_by_role("button", name="Record it").click()
    page.locator("#item-1").get_by_text("Only your institution sees this").wait_for()


@pytest.mark.parametrize("people", [True], indirect=True, ids=["script on"])
def test_a_session_is_held_by_the_keyboard_and_the_page_is_never_loaded_anew(people: People) -> None:
    page = people.person("facilitator", viewport={"width": 1440, "height": 900})
    page.goto(CONSOLE)
    page.evaluate("window.first = true")
    keys = page.keyboard
    page.get_by_role("button", name="Open the session").press("Enter")
    expect(part(page, "bar")).to_contain_text("Begin: Article 13")
    keys.press("n")
    expect(part(page, "item")).to_contain_text("The Office shall register every allegation")
    keys.press("a")  # no key of the console
    keys.press("t")
    expect(part(page, "screen").locator("[aria-pressed=true]")).to_contain_text("Text")
    keys.press("+")
    expect(part(page, "agenda")).to_contain_text("0 of 25 min")

    keys.press("c")
    expect(page.get_by_label("About", exact=True)).to_be_focused()
    page.get_by_label("Share, of a majority").fill("1/9")
    page.get_by_label("Rule", exact=True).select_option("majority")
    keys.press("Tab")
    page.get_by_label("A word to the group").fill("nothing sends this yet: n s d")
    keys.press("Enter")
    expect(part(page, "call").get_by_role("alert")).to_contain_text("“1/9” is not")
    expect(page.get_by_label("A word to the group")).to_have_value("nothing sends this yet: n s d")
    expect(page.get_by_label("A word to the group")).to_be_focused()
    page.get_by_label("Rule", exact=True).select_option("consensus")
    page.get_by_label("A word to the group").press("Enter")
    expect(part(page, "call")).to_contain_text("Call 1 is open")
    expect(page.get_by_role("button", name="Reveal all answers")).to_be_focused()

    keys.press("h")  # words are typed while others answer
    page.get_by_label("What is put aside?").fill("Who pays?")
    object_to(people.person("civil"), call=1)
    expect(part(page, "call")).to_contain_text("1 of 5", timeout=PATIENCE)
    expect(part(page, "call")).not_to_contain_text("cannot accept")
    expect(page.get_by_label("What is put aside?")).to_have_value("Who pays?")
    keys.press("Escape")
    keys.press("v")
    expect(part(page, "call")).to_contain_text("cannot accept")
    keys.press("x")
    expect(part(page, "call")).to_contain_text("Call 1 is closed")

    keys.press("w")
    keys.press("Control+A")
    keys.type("The Office shall register every allegation within eighteen hours of its receipt.")
    page.get_by_role("button", name="Offer the counter-text").press("Enter")
    expect(part(page, "item").get_by_text("counter-text", exact=True)).to_be_visible()
    keys.press("c")
    expect(page.get_by_label("About", exact=True)).to_have_value("16")
    keys.press("Escape")
    keys.press("d")
    page.get_by_label("Stays in brackets").check()
    page.get_by_role("button", name="Record the decision").press("Enter")
    expect(part(page, "bar")).to_contain_text("Undo: the decision")
    expect(part(page, "agenda")).to_contain_text("Stays in brackets")
    keys.press("u")
    expect(part(page, "agenda")).not_to_contain_text("Stays in brackets")
    assert faults(page) == []

    keys.press("h")
    page.get_by_role("button", name="Put it aside").press("Enter")
    expect(part(page, "agenda")).to_contain_text("1 matter was parked")
    page.get_by_label("Add to the list").select_option("MVD")
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Give the floor")).to_be_visible()
    keys.press("f")
    expect(part(page, "floor")).to_contain_text("Speaking:")
    keys.press("e")
    expect(part(page, "floor")).to_contain_text("Nobody has the floor.")
    keys.press("s")
    expect(part(page, "bar")).to_contain_text("Next: Next steps")
    expect(part(page, "agenda")).to_contain_text("skipped")

    keys.press("?")
    page.get_by_label("Use single keys in this browser").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    keys.press("n")
    page.get_by_role("button", name="Close the session").click()
    expect(part(page, "bar")).to_contain_text("The session is over")
    expect(part(page, "agenda")).to_contain_text("waits")  # the key was off
    assert page.evaluate("window.first")


@pytest.mark.parametrize("people", [False], indirect=True, ids=["script off"])
def test_a_session_is_held_by_forms_without_script(people: People) -> None:
    page = people.person("facilitator")
    page.goto(CONSOLE)
    for name in ("Open the session", "Begin: Article 13"):
        page.get_by_role("button", name=name).click()
    page.locator("summary", has_text="Open a call").click()
    page.get_by_role("button", name="Open the call").click()
    for name in ("Reveal all answers", "Close the call"):
        page.get_by_role("button", name=name).click()
    page.locator("summary", has_text="Decide").click()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what was decided.")
    page.get_by_label("Agreed", exact=True).check()
    page.get_by_role("button", name="Record the decision").click()
    expect(part(page, "decide")).to_contain_text("Agreed by consensus")
    page.get_by_role("button", name="Undo: the decision").click()
    expect(part(page, "said")).to_contain_text("Undone: the decision.")
    page.get_by_role("button", name="Next: Article 14").click()
    expect(part(page, "item")).to_contain_text("Article 14")
