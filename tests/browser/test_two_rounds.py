"""A workshop: eight institutions, fifty-five amendments, two rounds on the bench, a bracket kept and settled, one undo.

The facilitator works with script, the representatives without.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.store.db import db
from tests.browser.conftest import LAW, People, point_at
from tests.browser.further_amendments import propose_further
from tests.browser.test_ten_minutes import clause
from tests.conftest import application

INVESTIGATION = "The investigation shall be completed within"
BOTH = "amendment A54, Interior Ministry (demo); amendment A55, Civil Society Coalition (demo)"


@pytest.fixture
def at_table(address: str, instance: Path) -> str:
    """Where the server listens, once all have brought what they have."""
    app = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    propose_further(app)
    with app.app_context():
        db.engine.dispose()
    return address


@pytest.fixture
def everybody(chromium: Browser, at_table: str) -> Iterator[tuple[People, People]]:
    """Those with script, and those without."""
    both = People(chromium, at_table, script=True), People(chromium, at_table, script=False)
    yield both
    for people in both:
        people.leave()
        assert people.complaints == []


def propose(page: Page, words: str, old: str, new: str, number: int) -> None:
    """Point at a clause and propose other words for it."""
    page.goto(LAW)
    line = clause(page, words)
    line.evaluate("line => line.scrollIntoView({block: 'center'})")  # else its deeds come up under those of the next
    point_at(line)
    line.get_by_role("link", name="Propose", exact=True).click()
    text = page.get_by_label("Your words")
    text.fill(text.input_value().replace(old, new))
    page.get_by_label("Why", exact=True).fill("We were asked to.")
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Amendment A{number}")


def offer_a_counter_text(page: Page) -> None:
    """From the page of one of three that collide."""
    page.goto(f"{LAW}/amendments/1")
    expect(page.locator("#rivals article")).to_have_count(2)
    page.get_by_role("link", name="Offer a counter-text").click()
    words = page.get_by_label("Your words")
    words.fill("The Office shall register every allegation without delay, within twenty hours of its receipt.")
    page.get_by_label("Why", exact=True).fill("Haste for some, a limit for the others.")
    page.get_by_role("button", name="Offer the counter-text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Counter-text A56")


def choose(page: Page) -> None:
    """By filters, all that nothing stands against, and one by one some that collide."""
    page.get_by_role("link", name="Consolidate").click()
    count, institution = page.locator("[data-bench-count]"), page.get_by_label("Institution")
    expect(count).to_have_text("0/56")
    page.get_by_text("Choose many at once").click()
    codes = institution.locator("option").evaluate_all("found => found.map((one) => one.value)")
    assert codes == ["", "AKY", "CSO", "FAC", "GPO", "MVD", "NPM", "OSCE", "UN"]
    institution.select_option("UN")
    page.get_by_role("button", name="Only these").click()
    expect(count).to_have_text("6/56")
    page.get_by_role("button", name="All that nothing stands against").click()
    expect(count).to_have_text("37/56")
    expect(page.locator("[data-bench-collisions] .head-count")).to_have_text("0")
    institution.select_option("")
    chapter = page.get_by_label("Chapter").locator("option", has_text="Chapter 4.").get_attribute("value")
    page.get_by_label("Chapter").select_option(chapter)
    page.get_by_role("button", name="These too").click()
    expect(count).to_have_text("44/56")
    for number in (1, 2, 3, 45, 46):
        page.locator(f"#choose-{number}").check()
    expect(count).to_have_text("49/56")
    expect(page.locator("fieldset.collision")).to_have_count(5)


def collision(page: Page, human: str) -> Locator:
    return page.locator("fieldset.collision").filter(has=page.locator("legend", has_text=human))


def settle(page: Page) -> None:
    """By a counter-text, a side together with another, own words, a side; the fifth stays in brackets."""
    unsettled = page.locator("[data-bench-unsettled]")
    expect(unsettled).to_contain_text("5 collisions are not settled yet")
    collision(page, "Article 13(1)").get_by_role("radio", name="A56").check()
    suspension = collision(page, "Article 21(1)")
    suspension.get_by_role("radio", name="A4").check()
    suspension.locator("[name^=also-][value='6']").check()
    collision(page, "Article 19(3)").get_by_role("textbox").fill(", unless the expert asks for it in writing")
    collision(page, "Article 34(1)").get_by_role("radio", name="A45").check()
    expect(unsettled).to_contain_text("1 collision is not settled yet")
    collision(page, "Article 17(2)").get_by_role("radio", name="Keep it in brackets").check()
    expect(unsettled).to_be_empty()
    expect(page.locator("#choose-56")).to_be_checked()
    for number, fate in ((1, "not adopted"), (56, "adopted"), (6, "adopted"), (55, "kept in brackets")):
        expect(page.locator(f"[data-fate='{number}']")).to_have_text(f"→ {fate}")
    foreseen = page.locator("#consequences")
    expect(foreseen).to_contain_text("1 bracket is kept")
    expect(foreseen.locator(".foreseen-carried")).to_have_text("carried unchanged 6A43, A44, A47, A48, A51, A52")


def issue(page: Page, number: int, message: str) -> None:
    page.get_by_label("What this version is").fill(message)
    page.get_by_role("button", name=f"Issue version {number}").click()
    expect(page.get_by_text(f"Version {number} is issued.")).to_be_visible()
    expect(page.locator(".version-facts")).to_contain_text(message)


def check_the_text(page: Page) -> None:
    """What the first round made of the law."""
    for words in (
        "The Office shall register every allegation without delay, within twenty hours of its receipt.",
        "An official who is a suspect may be suspended from duty or transferred to other work by the head of the body "
        "concerned immediately upon receipt of the investigator's request.",
        "officials of the place of deprivation of liberty, unless the expert asks for it in writing.",
        "not later than 1 February and shall",
        "shall be decided by the Head of the Office within two working days.",
        "The victim may choose the lawyer from the list of the Bar.",
        f"{INVESTIGATION} two months.",
        "A Public Advisory Council of nine members",
        "The victim may appeal against the decision to the General Prosecutor or to the court within one month.",
    ):
        expect(clause(page, words)).to_have_count(1)
    expect(clause(page, "shall serve without remuneration")).to_have_count(0)


def check_the_brackets(page: Page, count: int) -> None:
    """How many are open; whose words stand beside those of the text."""
    page.get_by_role("link", name="With brackets").click()
    expect(page.locator(".view-note strong")).to_have_text(f"{count} open brackets")
    contested = clause(page, INVESTIGATION)
    expect(contested.locator(".words")).to_have_text(
        f"{INVESTIGATION} [the text: two months] [A54 MVD: three months] [A55 CSO: one month]."
    )
    for institution in ("Interior Ministry (demo)", "Civil Society Coalition (demo)"):
        expect(contested.get_by_title(institution)).to_be_visible()


def check_whose_words(page: Page, words: str, whose: str) -> None:
    page.get_by_role("link", name="Provenance").click()
    expect(page.locator("a.origin", has_text=words)).to_have_attribute("title", whose)


def published(page: Page, version: int, folder: Path) -> bytes:
    """Publish a version and download it."""
    page.get_by_role("link", name=f"Publish version {version}").click()
    page.locator("input[value=public]").check()
    page.wait_for_load_state("domcontentloaded")
    for one in page.locator("input[name=format]:enabled").all():
        one.uncheck()
    page.get_by_role("button", name=f"Publish version {version} for good").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Source text (Markdown)").click()
    file = folder / f"version-{version}.md"
    download.value.save_as(file)
    return file.read_bytes()


def became(page: Page, version: int, *outcomes: str) -> None:
    """What the news tell an author of a version."""
    told = page.locator(".news-line", has_text=f"issued version {version}").locator("li")
    expect(told).to_have_text([f"Your institution’s amendment {outcome}" for outcome in outcomes])


def lives(page: Page, number: int, state: str, *steps: str) -> None:
    """What an amendment's page says of it, and of its life since it was submitted."""
    page.goto(f"{LAW}/amendments/{number}")
    expect(page.locator(".amendment-state").first).to_have_text(state)
    expect(page.locator(".life-step strong")).to_have_text(["submitted", *steps])


def settle_the_rest(page: Page) -> None:
    """The bracket in words agreed in the room, two as the text stands; one more is kept in brackets."""
    page.get_by_role("link", name="Consolidate").click()
    page.get_by_text("Choose many at once").click()
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.locator("[data-bench-count]")).to_have_text("10/10")
    expect(page.locator("fieldset.collision")).to_have_count(4)
    collision(page, "Article 17(2)").get_by_role("textbox").fill("seven weeks")
    collision(page, "Article 5(4)").get_by_role("radio", name="Keep the text").check()
    collision(page, "Article 31(1)").get_by_role("radio", name="Keep the text").check()
    collision(page, "Article 38(1)").get_by_role("radio", name="Keep it in brackets").check()
    expect(page.locator("[data-bench-unsettled]")).to_be_empty()
    expect(page.locator(".bench-merged ins", has_text="seven weeks")).to_have_count(1)


def revoke(page: Page) -> None:
    """Take version 3 back; what that does is said before."""
    page.locator("summary", has_text="All versions").click()
    page.get_by_role("link", name="Revoke version 3").click()
    returning = page.locator(".returning li")
    expect(returning).to_have_count(10)
    expect(returning.filter(has_text="A54")).to_contain_text("not adopted → taken up")
    expect(returning.filter(has_text="A57")).to_contain_text("adopted → submitted")
    page.get_by_label("Why").fill("It was issued before everybody had spoken.")
    page.get_by_role("button", name="Revoke version 3").click()
    expect(page.locator(".version-facts")).to_contain_text("revokes version 3")
    expect(page.locator(".version-facts")).to_contain_text("It was issued before everybody had spoken.")


def first_round(page: Page, civil: Page, interior: Page, folder: Path) -> bytes:
    """Version 2, as it is downloaded."""
    propose(interior, INVESTIGATION, "two months", "three months", 54)
    propose(civil, INVESTIGATION, "two months", "one month", 55)
    offer_a_counter_text(page)
    choose(page)
    settle(page)
    issue(page, 2, "After the first day")
    check_the_text(page)
    expect(page.locator(".kept-brackets summary")).to_have_text("Issued with 1 bracket kept")
    check_the_brackets(page, 5)
    same = "amendment A31, General Prosecutor's Office (demo); amendment A32, Akyikatchy / Ombudsman (demo)"
    check_whose_words(page, "two working days", f"{same}; since version 2")
    civil.goto("/news")
    became(
        civil, 2, "A1: not adopted", "A5: not adopted", "A13: adopted", "A18: adopted", "A25: adopted", "A33: adopted",
        "A45: adopted", "A48: carried unchanged", "A53: adopted", "A55: kept in brackets",
    )  # fmt: skip
    lives(civil, 55, "taken up", "version 2: kept in brackets")
    return published(page, 2, folder)


def second_round(page: Page, civil: Page, interior: Page) -> None:
    """Version 3, in which the bracket is settled."""
    propose(civil, "The victim may appeal against the decision", "within one month", "within two months", 57)
    propose(interior, "The Office shall register every", "twenty hours", "thirty hours", 58)
    page.goto(LAW)
    settle_the_rest(page)
    issue(page, 3, "After the second day")
    for words in (f"{INVESTIGATION} seven weeks.", "without delay, within thirty hours", "court within two months."):
        expect(clause(page, words)).to_have_count(1)
    expect(page.locator(".views-count")).to_have_text("1 open bracket")
    check_whose_words(page, "seven weeks", f"{BOTH}; in words settled in the room; since version 3")
    civil.goto("/news")
    became(civil, 3, "A48: kept in brackets", "A55: not adopted", "A57: adopted")
    lives(civil, 54, "not adopted, version 3", "version 2: kept in brackets", "version 3: not adopted")


def test_two_rounds_a_bracket_and_an_undo(everybody: tuple[People, People], tmp_path: Path) -> None:
    scripted, plain = everybody
    interior, civil, page = plain.person("interior"), plain.person("civil"), scripted.person("facilitator")
    second = first_round(page, civil, interior, tmp_path)
    second_round(page, civil, interior)
    revoke(page)
    check_the_text(page)
    check_the_brackets(page, 7)
    assert published(page, 4, tmp_path) == second
    before = ("version 2: kept in brackets", "version 3: not adopted")
    lives(civil, 54, "taken up", *before, "version 4 took back version 3: taken up")
    lives(civil, 57, "submitted", "version 3: adopted", "version 4 took back version 3: submitted")
    lives(civil, 1, "not adopted, version 2", "version 2: not adopted")
