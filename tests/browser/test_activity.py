"""Somebody narrows what happened to a draft, follows a link, and takes the rest as a file."""

from playwright.sync_api import expect

from tests.browser.conftest import LAW, People


def test_what_happened_is_narrowed_followed_and_taken_as_a_file(people: People) -> None:
    page = people.person("observer")
    page.goto(LAW)
    page.get_by_role("navigation", name="This draft").get_by_role("link", name="Activity").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Activity")
    page.get_by_label("Amendment", exact=True).fill("B1")
    page.get_by_role("button", name="Show these events").click()
    expect(page.get_by_role("alert")).to_contain_text("This is no number of an amendment")
    expect(page.get_by_label("Amendment", exact=True)).to_have_value("B1")
    page.get_by_label("Amendment", exact=True).fill("a1")
    page.get_by_label("What it is about").select_option("Amendments")
    page.get_by_role("button", name="Show these events").click()
    expect(page.get_by_text("1 event found")).to_be_visible()
    line = page.locator(".activity-line")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("proposed A1 to Article 13(1)")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "torture-investigation-activity.csv"
    line.get_by_role("link", name="A1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A1")
