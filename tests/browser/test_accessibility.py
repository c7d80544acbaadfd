"""No page breaks a rule of WCAG 2.2 A and AA that a machine can check (axe-core), for anybody, in light and in dark.

One server and a browser context per person; in the dark only the contrast is looked at again, since all else is the same.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LAW, People, served

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([only, kind]) => (await axe.run(document, {
  runOnly: {type: kind, values: only}, resultTypes: ["violations"], elementRef: false, preload: false,
})).violations.map((found) => `${found.id}: ${found.nodes.length} × ${found.nodes[0].html.slice(0, 200)}`)"""


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration with a second version, a published one, and the style guide."""
    instance = tmp_path_factory.mktemp("accessibility") / "instance"
    shutil.copytree(demonstration, instance)
    with served(instance, styleguide=True) as address:
        yield address


@pytest.fixture(scope="module")
def people(chromium: Browser, server: str) -> Iterator[People]:
    everybody = People(chromium, server, script=True)
    yield everybody
    everybody.leave()


@pytest.fixture(scope="module")
def facilitator(people: People) -> Page:
    """A15 is taken up and the new version published, so that there is something to compare, to trace and to read."""
    page = people.person("facilitator", viewport={"width": 1280, "height": 800})
    page.goto(f"{LAW}/consolidation")
    page.locator("#choose-15").check()
    page.get_by_role("button", name="Issue version 2").click()
    page.get_by_role("link", name="Publish version 2").click()
    page.locator("input[value=public]").check()
    page.get_by_role("button", name="Publish version 2 for good").click()
    page.get_by_role("link", name="Source text (Markdown)").wait_for()
    return page


def faults(page: Page, *, contrast_only: bool = False) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    chosen: list[object] = [["color-contrast"], "rule"] if contrast_only else [TAGS, "tag"]
    found: list[str] = page.evaluate(RUN, chosen)
    return found


def clause(page: Page) -> str:
    page.goto(LAW)
    return f"{LAW}/clauses/{page.locator('.clause', has_text='register every allegation').get_attribute('data-clause')}"


def everywhere(page: Page, paths: list[str]) -> dict[str, list[str]]:
    """What axe finds on pages, in light and in dark; nothing where a page is not there yet."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if scheme == "light":
                page.goto(path)
            if wrong := faults(page, contrast_only=scheme == "dark"):
                found[f"{path} {scheme}"] = wrong
    return found


def test_the_check_finds_what_is_wrong(people: People) -> None:
    page = people.somebody()
    page.goto("/sign-in")
    page.evaluate("""document.querySelector('main').insertAdjacentHTML('beforeend',
        '<img src="/x.png"><p id="pale">pale</p><input name="unnamed">');
        document.getElementById('pale').style.color = '#ccc'""")
    assert {fault.split(":")[0] for fault in faults(page)} == {"image-alt", "color-contrast", "label"}
    people.complaints.clear()


def test_whoever_has_not_signed_in_meets_no_barrier(people: People, facilitator: Page) -> None:
    page = people.somebody()
    published = f"/publications/{LAW.rpartition('/')[2]}/1"
    assert (
        everywhere(
            page, ["/", "/sign-in", published, published.rpartition("/")[0], LAW, "/no-such-page", "/styleguide"]
        )
        == {}
    )


def test_a_facilitator_meets_no_barrier(facilitator: Page) -> None:
    at = clause(facilitator)
    part = facilitator.locator(".contents-2 a", has_text="Conduct of the investigation").get_attribute("href")
    changed = f"{LAW}?chapter={str(part).removeprefix('#c-')}"
    paths = ["/", LAW, f"{LAW}?view=brackets", f"{changed}&view=redline", f"{changed}&view=provenance", at, f"{at}/propose",
             f"{LAW}/board", f"{LAW}/board/blocking", f"{LAW}/board/progress",
             f"{LAW}/amendments", f"{LAW}/amendments/1", f"{LAW}/amendments/everywhere?words=thirty&new=forty", f"{LAW}/compare", f"{LAW}/compare?view=side",
             f"{LAW}/discussion", f"{LAW}/search?q=allegation", "/news", f"{LAW}/calls", f"{LAW}/calls/open",
             f"{LAW}/sessions", f"{LAW}/sessions/new",
             f"{LAW}/positions", f"{LAW}/annex", f"{at}/package", f"{LAW}/versions/1/publish",
             f"{LAW}/versions/1/downloads"]  # fmt: skip
    assert everywhere(facilitator, paths) == {}


def test_the_bench_with_its_collisions_has_no_barrier(facilitator: Page) -> None:
    facilitator.emulate_media(color_scheme="light")
    facilitator.goto(f"{LAW}/consolidation")
    facilitator.get_by_text("Choose many at once").click()
    facilitator.locator("button[value=all]").click()
    facilitator.locator("fieldset.collision").first.wait_for()
    assert faults(facilitator) == []
    facilitator.emulate_media(color_scheme="dark")
    assert faults(facilitator, contrast_only=True) == []


@pytest.mark.parametrize("name", ["observer", "civil", "administrator"])
def test_everybody_else_in_a_draft_meets_no_barrier(people: People, facilitator: Page, name: str) -> None:
    page = people.person(name, viewport={"width": 1280, "height": 800})
    at = clause(page)
    part = str(page.locator(".contents-2 a").nth(2).get_attribute("href")).removeprefix("#c-")
    paths = {
        "observer": [f"{LAW}?chapter={part}", at],
        "civil": [at, f"{at}/propose", f"{LAW}/amendments/1"],
        "administrator": ["/", at],
    }
    assert everywhere(page, paths[name]) == {}


def test_what_opens_in_the_reading_view_has_no_barrier(facilitator: Page) -> None:
    facilitator.emulate_media(color_scheme="light")
    facilitator.goto(LAW)
    facilitator.locator(".clause", has_text="register every allegation").get_by_role("link").first.click()
    facilitator.locator(".margin-clause .margin-title").wait_for()
    facilitator.keyboard.press("?")
    facilitator.get_by_role("dialog", name="Keyboard").wait_for()
    assert faults(facilitator) == []


def test_every_text_of_a_law_says_its_language(facilitator: Page) -> None:
    for view in ("clean", "brackets", "redline", "provenance"):
        facilitator.goto(f"{LAW}-ky?view={view}")
        assert facilitator.locator("article.law").get_attribute("lang") == "ky"
        assert facilitator.locator(".contents-list").get_attribute("lang") == "ky"
        assert facilitator.locator(".law-head").get_attribute("lang") == "en"
