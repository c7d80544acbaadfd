"""A facilitator plans a session and puts its agenda in order; a delegate finds it, follows it, and agrees to be named."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People
from tests.browser.test_accessibility import faults

ORDER = ["Opening", "Article 14", "A4", "Article 13"]


def order(page: Page) -> list[str]:
    places = page.locator("[data-agenda-item] .agenda-place input")
    return [str(one.get_attribute("aria-label")).removeprefix("Place of ") for one in places.all()]


def test_a_session_is_planned_put_in_order_and_found(people: People) -> None:
    page = people.person("facilitator", viewport={"width": 1280, "height": 900})
    page.goto(f"{LAW}/sessions")
    page.get_by_role("link", name="Plan a session").click()
    page.get_by_label("What it is called").fill("First reading")
    page.get_by_label("When").fill("2026-12-01T09:30")
    page.get_by_label("Clauses and amendments by number").fill("13; Article 14; Coffee")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.get_by_role("alert")).to_contain_text("“Coffee” names no clause of this text")
    page.get_by_label("Clauses and amendments by number").fill("13; Article 14; A4")
    page.get_by_label("Minutes for each").fill("20")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.get_by_text("60 minutes together. By this it ends at 10:30")).to_be_visible()

    page.get_by_label("Or a matter in words").fill("Opening")
    page.locator("#behind").select_option(label="at the beginning")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Minutes for Opening").fill("10")
    page.get_by_role("button", name="Article 13 down").click()
    page.wait_for_url("**/agenda#item-1")
    if people.script:
        expect(page.locator("#item-1")).to_be_focused()
        page.keyboard.press("Alt+ArrowDown")
    else:
        page.get_by_role("button", name="Article 13 down").click()
    expect(page.get_by_role("button", name="Article 13 down")).to_be_disabled()
    assert order(page) == ORDER
    expect(page.get_by_text("70 minutes together. By this it ends at 10:40")).to_be_visible()
    if people.script:
        assert faults(page) == []
        page.emulate_media(color_scheme="dark")
        assert faults(page, contrast_only=True) == []

    delegate = people.person("civil", viewport={"width": 360, "height": 700})
    delegate.goto(LAW)
    delegate.get_by_role("navigation", name="This draft").get_by_role("link", name="Sessions").click()
    expect(delegate.get_by_text("4 items, 70 minutes")).to_be_visible()
    page.goto(f"{LAW}/sessions/1/console")
    page.get_by_role("button", name="Open the session").first.click()
    expect(page.get_by_role("button", name="Open the session")).to_have_count(0)
    delegate.reload()
    expect(delegate.get_by_role("link", name="Follow", exact=True)).to_be_visible()
    delegate.goto(f"{LAW}/sessions/1/attendance")
    delegate.get_by_label("My name as it is to stand there").fill("Cholpon A.")
    delegate.get_by_role("button", name="Name me in the record of this session").click()
    expect(delegate.get_by_role("button", name="Take my name back")).to_be_visible()
    if people.script:
        assert faults(delegate) == []
    page.goto(f"{LAW}/sessions/1/attendance")
    expect(page.get_by_text("Cholpon A.")).to_be_visible()
