"""The public is asked: a stranger contributes on a phone, confirms by the link of a letter, and is answered in public."""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People
from tests.browser.test_accessibility import faults

PUBLISHED = f"/publications/{LAW.rpartition('/')[2]}/1"
WORDS = "In a village without a post office twenty-four hours are gone before anybody hears of it."
REPLY = "The Office will register by telephone."


def link_in_letter(instance: Path) -> str:
    with sqlite3.connect(instance / "kelishim.sqlite") as database:
        text = database.execute("SELECT text FROM letters ORDER BY id DESC").fetchone()[0]
    found = re.search(r"/consultation/confirm/[\w-]+", text)
    assert found is not None
    return found[0]


def ask_the_public(page: Page) -> None:
    page.goto(f"{LAW}/versions/1/publish")
    page.locator("input[value=public]").check()
    for one in page.locator("input[name=format]:enabled").all():
        one.uncheck()
    page.get_by_role("button", name="Publish version 1 for good").click()
    page.get_by_role("link", name="Open a public consultation").click()
    page.get_by_label("What is asked").fill("Are twenty-four hours enough?")
    page.get_by_role("button", name="Open the consultation").click()
    expect(page.get_by_text("The consultation is prepared.")).to_be_visible()


def contribute(page: Page, instance: Path, script: bool) -> None:
    page.goto(PUBLISHED)
    clause = page.locator(".clause", has_text="register every allegation within")
    clause.get_by_role("link", name="Contribute (Article 13(1))").click()
    page.get_by_label("What you say").fill(WORDS)
    page.get_by_label("Name to show").fill("Aida")
    page.get_by_label("Your e-mail address").fill("aida@example.org")
    check(page, script)
    page.get_by_role("button", name="Send the contribution").click()
    expect(page.get_by_text("A letter with a link goes to aida@example.org.")).to_be_visible()
    page.goto(link_in_letter(instance))
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="Yes, this is my contribution").click()
    expect(page.get_by_text("It is shown once it was looked at.")).to_be_visible()


def moderate(page: Page, script: bool) -> None:
    page.goto(f"{LAW}/consultations/1")
    page.get_by_label("Contribution 1").check()
    page.get_by_role("button", name="Accept: show them to everybody").click()
    page.get_by_role("navigation", name="Contributions by state").get_by_role("link", name="Accepted").click()
    page.get_by_label("Contribution 1").check()
    page.get_by_label("One reply to all that are ticked").fill(REPLY)
    check(page, script)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("1 contribution is answered.")).to_be_visible()


def check(page: Page, script: bool) -> None:
    """Nothing is wider than the screen, and axe, which is a script itself, finds no fault."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert not script or faults(page) == []


def test_the_public_is_asked_and_a_stranger_is_answered_beside_the_clause(people: People, instance: Path) -> None:
    facilitator = people.person("facilitator")
    ask_the_public(facilitator)
    stranger = people.somebody(viewport={"width": 360, "height": 740})
    contribute(stranger, instance, people.script)
    moderate(facilitator, people.script)
    stranger.goto(PUBLISHED)
    beside = stranger.locator(".clause", has_text="register every allegation within").locator("details")
    beside.get_by_text("1 contribution").click()
    for words in ("Aida", WORDS, REPLY):
        expect(beside.get_by_text(words)).to_be_visible()
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 360
