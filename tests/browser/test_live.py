"""Somebody reads while another one comments: nothing moves, it is said that there is something new, and it is shown when
it is asked for. With script off, reloading shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LAW, People

WORDS = "The investigation shall be completed within two months."
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def everybody(chromium: Browser, installed: str) -> Iterator[People]:
    """On the server that holds streams open."""
    found = People(chromium, installed, script=True)
    yield found
    found.leave()
    assert found.complaints == []


def comment(page: Page, words: str) -> None:
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text("Your comment was added.")).to_be_visible()


def where(words: Locator) -> tuple[float, float]:
    box = words.bounding_box()
    assert box is not None
    return box["x"], box["y"]


def test_what_is_new_is_said_and_shown_when_asked_for_and_nothing_moves(everybody: People) -> None:
    streams: list[str] = []
    page = everybody.person("interior", viewport=DESK)
    page.context.on("request", lambda request: streams.append(request.url) if "/live?" in request.url else None)
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(LAW)
    clause = page.locator(".clause", has_text=WORDS)
    at = f"{LAW}/clauses/" + (clause.get_attribute("data-clause") or "")
    clause.locator(".words").click()
    margin = page.locator("[data-margin-clause]")
    expect(margin.get_by_label("Your comment")).to_be_visible()
    second = page.context.new_page()  # another tab of the same browser
    second.goto(at)
    before = where(clause)

    civil = everybody.person("civil")
    civil.goto(at)
    comment(civil, "Calendar months?")
    for tab in (page, second):
        expect(tab.locator(".live")).to_be_visible()
        expect(tab.locator(".live")).to_contain_text("New comments: 1")
    expect(page.locator("[data-announcer]")).to_contain_text("New comments: 1")
    assert where(clause) == before
    expect(margin.get_by_text("Calendar months?")).to_have_count(0)
    assert len(streams) == 1, streams
    expect(civil.locator(".live")).to_be_hidden()  # what one does oneself is no news
    expect(civil.locator(".here")).to_contain_text("2 people here: CSO, MVD")

    page.locator(".live").get_by_role("link", name="Show").click()
    expect(margin.get_by_text("Calendar months?")).to_be_visible()
    expect(page.locator(".live")).to_be_hidden()
    page.close()  # the other tab goes on listening
    comment(civil, "Or working days?")
    expect(second.locator(".live")).to_contain_text("New comments: 2")


def test_with_script_off_reloading_shows_what_is_new(chromium: Browser, address: str) -> None:
    everybody = People(chromium, address, script=False)
    reader, civil = everybody.person("interior"), everybody.person("civil")
    reader.goto(LAW)
    at = f"{LAW}/clauses/" + (reader.locator(".clause", has_text=WORDS).get_attribute("data-clause") or "")
    for page in (reader, civil):
        page.goto(at)
    comment(civil, "Calendar months?")
    expect(reader.locator(".live")).to_be_hidden()
    reader.reload()
    expect(reader.get_by_text("Calendar months?")).to_be_visible()
    everybody.leave()
    assert everybody.complaints == []
