"""The ten minutes of a newcomer, from the first page to a published text, with real clicks."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import People, point_at

CLAUSE = "The investigation shall be completed within two months."


@pytest.fixture
def address(installed: str) -> str:
    """The whole way is gone on the server that people are given."""
    return installed


def open_the_law(page: Page) -> None:
    page.get_by_role("link", name="On the Mechanism for the Effective Investigation").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("On the Mechanism")


def clause(page: Page, words: str = CLAUSE) -> Locator:
    return page.locator(".clause", has_text=words)


def choose_in_margin(page: Page, deed: str) -> None:
    """Point at the clause and choose a deed beside it."""
    line = clause(page)
    point_at(line)
    line.get_by_role("link", name=deed, exact=True).click()


def comment(people: People) -> None:
    page = people.person("ombudsman")
    open_the_law(page)
    page.locator(".contents").get_by_role("link", name="Time limits").click()
    choose_in_margin(page, "Comment")
    about = page.get_by_role("complementary") if people.script else page.get_by_role("main")
    about.get_by_label("Your comment").fill("Two months of what: <calendar> or working time?")
    about.get_by_label("On these words").fill("two months")
    about.get_by_label("It is a").select_option(label="question")
    about.get_by_role("button", name="Add comment").click()
    expect(about.get_by_text("Your comment was added.")).to_be_visible()
    expect(about.locator(".comment-body")).to_have_text("Two months of what: <calendar> or working time?")
    expect(about.locator("blockquote").first).to_contain_text("two months")


def propose(people: People, name: str, old: str, new: str, why: str) -> Page:
    page = people.person(name)
    open_the_law(page)
    choose_in_margin(page, "Propose")
    words = page.get_by_label("Your words")
    words.fill(words.input_value().replace(old, new))
    if not people.script:
        page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview] del").first).to_contain_text("two")
    expect(page.locator("[data-preview] ins").first).to_contain_text(new.partition(" ")[0])
    page.get_by_label("Why").fill(why)
    return page


def submit(page: Page, number: int) -> None:
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Amendment A{number}")
    expect(page.get_by_text(f"Amendment A{number} is on the table.")).to_be_visible()


def consolidate(people: People) -> Page:
    page = people.person("facilitator")
    open_the_law(page)
    page.get_by_role("link", name="Amendments", exact=True).click()
    expect(page.locator("#A16")).to_contain_text("Collides with A17")
    page.get_by_role("link", name="Consolidate").click()
    for number in (16, 17):
        page.locator(f"#choose-{number}").check()
    if not people.script:
        page.get_by_role("button", name="Show the merged text").click()
    collision = page.locator("fieldset.collision")
    expect(collision).to_have_count(1)
    for words in ("three", "one month", "Complex cases", "Memory fades"):
        expect(collision).to_contain_text(words)
    page.get_by_label("What this version is").fill("After the first day")
    page.get_by_role("button", name="Issue version 2").click()
    expect(page.get_by_role("alert")).to_contain_text("not settled yet")
    expect(page.get_by_label("What this version is")).to_have_value("After the first day")
    return page


def settle_and_issue(page: Page, people: People) -> None:
    collision = page.locator("fieldset.collision")
    collision.get_by_role("radio", name="Own words").check()
    collision.get_by_role("textbox").fill("seven weeks")
    if not people.script:
        page.get_by_role("button", name="Show the merged text").click()
    expect(page.locator(".bench-merged ins").first).to_contain_text("seven weeks")
    page.get_by_role("button", name="Issue version 2").click()
    expect(page.get_by_text("Version 2 is issued.")).to_be_visible()
    expect(clause(page, "The investigation shall be completed within seven weeks.")).to_be_visible()


def publish(page: Page) -> str:
    page.get_by_role("link", name="Compare versions").click()
    expect(page.locator(".compared")).to_have_count(1)
    expect(page.locator(".compared ins")).to_contain_text("seven weeks")
    page.get_by_role("link", name="Text", exact=True).click()
    page.get_by_role("link", name="Publish version 2").click()
    page.locator("input[value=public]").check()
    page.get_by_role("button", name="Publish version 2 for good").click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()
    return page.url


def check_the_publication(people: People, url: str, folder: Path) -> None:
    page = people.somebody()
    page.goto(url)
    expect(clause(page, "The investigation shall be completed within seven weeks.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Source text (Markdown)").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator(".file .fingerprint").first).to_have_text(hashlib.sha256(file.read_bytes()).hexdigest())
    page.get_by_text("How to check it").click()
    expect(page.get_by_text(f"sha256sum {file.name}")).to_be_visible()


def test_a_law_is_read_commented_amended_settled_issued_and_published(people: People, tmp_path: Path) -> None:
    comment(people)
    interior = propose(people, "interior", "two months", "three months", "Complex cases need it.")
    submit(interior, 16)
    civil = propose(people, "civil", "two months", "one month", "Memory fades.")
    expect(civil.locator("[data-preview]")).to_contain_text("A16")
    submit(civil, 17)
    expect(civil.get_by_text("Collides with A16")).to_be_visible()
    page = consolidate(people)
    settle_and_issue(page, people)
    check_the_publication(people, publish(page), tmp_path)
