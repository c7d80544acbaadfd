"""Words replaced everywhere, text pasted from Word, and unsent text found again in another browser."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People
from tests.domain.test_word_paste import WORD

PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def composer(page: Page) -> None:
    page.goto(f"{LAW}/amendments/1")
    page.locator(".change-head a").first.click()
    page.goto(f"{page.url}/propose")


def test_words_are_replaced_everywhere_but_in_one_place(people: People) -> None:
    page = people.person("civil")
    page.goto(f"{LAW}/amendments")
    page.get_by_role("link", name="Replace words everywhere").click()
    page.get_by_label("Words in the text").fill("Office")
    page.get_by_label("New words").fill("Bureau")
    page.get_by_label("New words").press("Enter")
    places = page.locator(".places > li")
    expect(places.first).to_be_visible()
    page.wait_for_load_state("domcontentloaded")
    count = places.count()
    assert count > 20
    expect(page.get_by_role("heading", name=f"{count} places")).to_be_visible()
    places.nth(1).get_by_role("checkbox").check()
    page.get_by_label("Why").fill("One name for one body.")
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amendment A16")
    expect(page.locator(".amendment-changes ins")).to_have_count(count - 1)


def test_a_form_that_is_refused_comes_back_with_everything(people: People) -> None:
    page = people.person("civil")
    page.goto(f"{LAW}/amendments/everywhere?words=Office&new=Bureau")
    page.locator(".places > li").first.get_by_role("checkbox").check()
    page.get_by_label("Short name").fill("One name")
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_text("Say why: an amendment needs its reason")).to_be_visible()
    expect(page.get_by_label("Short name")).to_have_value("One name")
    expect(page.locator(".places > li").first.get_by_role("checkbox")).to_be_checked()


def test_text_from_word_is_cleaned_where_the_caret_is_and_can_be_undone(chromium: Browser, address: str) -> None:
    people = People(chromium, address, script=True)
    page = people.person("civil")
    composer(page)
    page.get_by_text("Insert after", exact=True).click()
    field = page.get_by_label("The new clause, with its number")
    field.fill("before  after")
    field.evaluate("field => field.setSelectionRange(7, 7)")
    page.evaluate(PASTE, [WORD.replace("действует", "дейст&shy;вует"), "plain"])
    expect(field).to_have_value(re.compile(r"^before [\s\S]*1\. Каждый имеет \*\*право\*\*:[\s\S]*after$"))
    assert "mso" not in field.input_value()
    said = field.locator("xpath=following-sibling::*[@role='status']")
    expect(said).to_have_text(re.compile("^Soft hyphens and other characters that nobody sees were removed"))
    field.press("Control+z")
    expect(field).to_have_value("before  after")
    page.evaluate(PASTE, ["<b>the Office</b>", "the Office "])
    expect(field).to_have_value(re.compile(r"\*\*the Office\*\* "))
    people.leave()
    assert people.complaints == []


def test_unsent_text_is_found_again_in_another_browser_and_goes_when_it_is_sent(
    chromium: Browser, address: str
) -> None:
    people = People(chromium, address, script=True)
    first = people.person("civil")
    composer(first)
    at = first.url
    first.get_by_label("Your words").fill("Words of the first browser.")
    first.locator("summary", has_text="Add another clause").click()
    first.get_by_label("Its number", exact=True).fill("14(2)")
    first.get_by_role("button", name="Add it").click()
    with first.expect_response(lambda answer: "/unsent?" in answer.url and answer.request.method == "POST"):
        first.get_by_label("Why").fill("Not sent yet.")

    second = people.person("civil")
    second.goto(at)
    expect(second.get_by_text("Your unsent text of")).to_be_visible()
    expect(second.get_by_label("Why")).to_have_value("Not sent yet.")
    expect(second.locator("#part-0").get_by_label("Your words")).to_have_value("Words of the first browser.")
    expect(second.locator("#part-1")).to_be_visible()

    stranger = people.person("interior")
    stranger.goto(at)
    expect(stranger.get_by_label("Why")).to_have_value("")
    expect(stranger.get_by_text("Your unsent text of")).to_have_count(0)

    second.locator("#part-1").get_by_role("button", name="Take this part out").click()
    second.get_by_role("button", name="Submit amendment").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Amendment A16")
    second.wait_for_load_state("networkidle")
    third = people.person("civil")
    third.goto(at)
    third.wait_for_load_state("networkidle")
    expect(third.get_by_label("Why")).to_have_value("")
    people.leave()
    assert people.complaints == []


def test_discarded_text_does_not_come_back(chromium: Browser, address: str) -> None:
    people = People(chromium, address, script=True)
    page = people.person("civil")
    page.goto(f"{LAW}/amendments/everywhere")
    page.get_by_label("Words in the text").fill("Office")
    page.goto(f"{LAW}/amendments")
    page.goto(f"{LAW}/amendments/everywhere")
    expect(page.get_by_label("Words in the text")).to_have_value("Office")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("Your unsent text of")).to_have_count(0)
    expect(page.get_by_label("Words in the text")).to_have_value("")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Words in the text")).to_have_value("")
    people.leave()
    assert people.complaints == []
