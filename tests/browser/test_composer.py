"""Three clauses in one amendment, composed with script and without, saved, written on and submitted."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People


def add(page: Page, number: str) -> None:
    page.locator("summary", has_text="Add another clause").click()
    page.get_by_label("Its number", exact=True).fill(number)
    page.get_by_role("button", name="Add it").click()


def test_three_clauses_are_composed_saved_and_submitted(people: People) -> None:
    page = people.person("civil")
    page.goto(f"{LAW}/amendments/1")
    page.locator(".change-head a").first.click()
    page.goto(f"{page.url}/propose")
    words = page.get_by_label("Your words")
    words.fill(words.input_value().replace("twenty-four", "twelve"))
    if people.script:
        expect(page.locator("[data-preview] ins").first).to_contain_text("twelve")
    add(page, "14(2)")
    second = page.locator("#part-1")
    second.get_by_text("Insert after", exact=True).click()
    second.get_by_label("The new clause, with its number").fill("3. These channels are free.")
    add(page, "13(3)")
    third = page.locator("#part-2")
    third.get_by_text("Move", exact=True).click()
    third.get_by_label("The clause it is to stand by").fill("13(4)")
    if people.script:
        expect(page.locator("[data-preview]")).to_contain_text("Read as 1 clause")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("A16 is saved as a draft. Only your institution sees it.")).to_be_visible()
    expect(page.locator("#part-0").get_by_label("Your words")).to_have_value(
        "The Office shall register every allegation within twelve hours of its receipt."
    )
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_text("Say why: an amendment needs its reason")).to_be_visible()
    page.get_by_label("Why").fill("Three things that belong together.")
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amendment A16")
    expect(page.locator(".amendment-changes .change")).to_have_count(3)
