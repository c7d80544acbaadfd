"""Two versions compared with the keyboard alone, and on a phone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LAW, ROOT, People, _environment
from tests.changed_law import changed

SLUG = LAW.rpartition("/")[2]


@pytest.fixture
def grown(address: str, tmp_path: Path) -> str:
    """The sample law has a second version, with one change of every kind."""
    (tmp_path / "2.md").write_bytes(changed().encode())
    command = ["flask", "--app", "wsgi", "drafts", "import", "--draft", SLUG, str(tmp_path / "2.md")]
    environment = _environment(tmp_path / "instance")
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=True, capture_output=True)
    return address


def is_focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, target: Locator, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if is_focused(target):
            return
    raise AssertionError(f"{target} is not reached with {most} tabs")


def choose(page: Page) -> None:
    """Version 2 against version 1, side by side."""
    tab_to(page, page.get_by_label("From"))
    page.keyboard.press("ArrowUp")
    tab_to(page, page.get_by_label("to", exact=True), 1)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("shown"), 1)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Compare", exact=True), 2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 2 compared with version 1")


def look(page: Page, number: int) -> Locator:
    """The change that the address names now."""
    change = page.locator("[data-change]").nth(number - 1)
    expect(page).to_have_url(re.compile(f"#{change.get_attribute('id')}$"))
    expect(change).to_be_in_viewport()
    return change


def step_by_links(page: Page) -> None:
    tab_to(page, page.get_by_role("link", name="First change"))
    page.keyboard.press("Enter")
    first = look(page, 1)
    tab_to(page, first.get_by_role("link", name="Next change"), 3)
    page.keyboard.press("Enter")
    second = look(page, 2)
    tab_to(page, second.get_by_role("link", name="Previous change"), 3)
    page.keyboard.press("Enter")
    look(page, 1)
    page.go_back()
    look(page, 2)


def step_by_keys(page: Page) -> None:
    for key, number in (("n", 3), ("n", 4), ("p", 3)):
        page.keyboard.press(key)
        assert is_focused(look(page, number))
    third = page.locator("[data-change]").nth(2).get_attribute("id")
    keys = page.get_by_label("Keys: n goes to the next change")
    keys.focus()
    page.keyboard.press("Space")
    page.keyboard.press("n")
    assert page.url.endswith(f"#{third}")
    page.reload()
    expect(keys).not_to_be_checked()


def test_versions_are_chosen_and_changes_stepped_through_without_a_mouse(people: People, grown: str) -> None:
    page = people.person("observer")
    page.goto(f"{LAW}/compare")
    choose(page)
    expect(page.get_by_text("This is the way back")).to_be_visible()
    expect(page.locator(".side-version").first).to_have_text("Version 2")
    step_by_links(page)
    if people.script:
        step_by_keys(page)
    else:
        expect(page.get_by_text("Keys: n goes")).to_be_hidden()
    page.reload()
    tab_to(page, page.get_by_role("link", name="Compare the other way round"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 1 compared with version 2")


def test_on_a_phone_the_two_texts_stand_below_one_another_each_with_its_head(chromium: Browser, grown: str) -> None:
    people = People(chromium, grown, script=True)
    page = people.person("observer", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page.goto(f"{LAW}/compare?view=side&everything=1")
    sides = page.locator(".one-side")
    above, below = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert above is not None and below is not None
    assert below["y"] >= above["y"] + above["height"]
    expect(sides.nth(1).get_by_text("Version 2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main summary')].filter(e => e.offsetParent)"
        ".map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, box]) => box.height < 24 || box.width < 24)"
        ".map(([text]) => text)"
    )
    people.leave()
    assert small == []
    assert people.complaints == []
