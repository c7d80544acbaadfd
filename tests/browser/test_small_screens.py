"""What every page keeps on the smallest screen and the slowest line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.conftest import LAW, People, _found

FIRST_VIEW = 100 * 1024
"""Bytes over the line for the first page somebody opens, with all that it needs."""


@pytest.fixture
def people(chromium: Browser, address: str) -> People:
    return People(chromium, address, script=True)


def test_nothing_overflows_at_320_pixels_in_any_language(people: People) -> None:
    page = people.person("facilitator", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page.goto(LAW)
    clause = page.locator(".clause", has_text="register every allegation within").get_attribute("data-clause")
    at = f"{LAW}/clauses/{clause}"
    too_wide = []
    for language in ("English", "Русский", "Кыргызча"):
        page.get_by_role("button", name=language).click()
        for path in ("/", LAW, f"{LAW}?view=brackets", f"{LAW}?view=redline", f"{LAW}?view=provenance", at, f"{at}/propose", f"{LAW}/amendments", f"{LAW}/amendments/1", f"{LAW}/amendments/everywhere?words=Office&new=Bureau", f"{LAW}/consolidation", f"{LAW}/calls", f"{LAW}/calls/open", f"{LAW}/sessions", f"{LAW}/sessions/new",
                     f"{LAW}/compare"):  # fmt: skip
            page.goto(path)
            if path.endswith("consolidation"):
                page.locator(".choose-more > summary").click()
                page.locator("button[value=all]").click()
                page.locator("fieldset.collision").first.wait_for()
            width = page.evaluate("document.documentElement.scrollWidth")
            too_wide += [(language, path, width)] if width > 320 else []
    people.leave()
    assert too_wide == []
    assert people.complaints == []


def test_a_finger_reaches_what_can_be_done_with_a_clause(people: People) -> None:
    page = people.person("interior", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(LAW)
    line = page.locator(".clause", has_text="register every allegation within")
    line.get_by_role("link").first.tap()
    sheet = page.get_by_role("complementary")
    sheet.get_by_role("heading", name="Article 13(1)").wait_for()
    for deed in ("Propose other words", "Comment", "Copy link"):
        box = sheet.get_by_role("link", name=deed, exact=True).bounding_box()
        assert box is not None and box["height"] >= 24 and box["width"] >= 24
    sheet.get_by_role("button", name="Close the margin").tap()
    assert not sheet.is_visible()
    people.leave()
    assert people.complaints == []


def test_the_first_view_of_the_law_needs_at_most_100_kilobytes(people: People) -> None:
    page = people.person("ombudsman")
    state = page.context.storage_state()
    fresh = people.somebody(storage_state=state)
    finished = []

    def note(request: Request) -> None:  # Playwright cannot mark a built-in method as its handler
        finished.append(request)

    fresh.on("requestfinished", note)
    fresh.goto(LAW)
    fresh.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in finished}
    people.leave()
    assert len(sizes) > 5
    assert 10 * 1024 < sum(sizes.values()) < FIRST_VIEW, sizes


@pytest.fixture
def large_text(chromium: Browser) -> Iterator[Browser]:
    """The browser of somebody who has set the text to twice its usual size."""
    doubled = ["--no-sandbox", "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    browser = chromium.browser_type.launch(executable_path=_found(), args=doubled)
    yield browser
    browser.close()


def test_nothing_overflows_with_text_of_double_size(large_text: Browser, address: str) -> None:
    people = People(large_text, address, script=True)
    too_wide = []
    for width in (1280, 768, 360):
        page = people.person("facilitator", viewport={"width": width, "height": 800})
        page.goto(LAW)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        clause = page.locator(".clause", has_text="register every allegation within").get_attribute("data-clause")
        at = f"{LAW}/clauses/{clause}"
        for path in ("/", LAW, f"{LAW}?view=brackets", f"{LAW}?view=redline", f"{LAW}?view=provenance", at, f"{at}/propose",
                     f"{LAW}/amendments", f"{LAW}/compare", f"{LAW}/consolidation"):  # fmt: skip
            page.goto(path)
            found = page.evaluate("document.documentElement.scrollWidth")
            too_wide += [(width, path, found)] if found > width else []
    people.leave()
    assert too_wide == []
