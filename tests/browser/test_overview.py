"""The overview of amendments in a browser: narrowing it, unfolding a line, taking it along; script on and off."""

from playwright.sync_api import expect

from tests.browser.conftest import LAW, People


def test_somebody_finds_the_contested_amendments_of_an_institution_and_takes_them_along(people: People) -> None:
    page = people.person("observer", viewport={"width": 1280, "height": 900})
    page.goto(LAW)
    page.get_by_role("link", name="Amendments", exact=True).click()
    rows = page.locator("article.row")
    expect(rows).to_have_count(15)
    page.get_by_label("Institution").select_option("MVD")
    page.get_by_label("Order").select_option("agreed")
    page.get_by_role("button", name="Show these amendments").click()
    assert "institution=MVD" in page.url
    expect(rows).to_have_count(4)
    assert [row.get_attribute("id") for row in rows.all()] == ["A15", "A2", "A12", "A4"]
    expect(page.get_by_role("status").filter(has_text="4 amendments found")).to_be_visible()
    second = page.locator("#A2")
    assert not second.get_by_text("Collides with").is_visible()
    second.locator("summary").click()
    expect(second.get_by_text("Collides with")).to_be_visible()
    assert second.locator(".change-text del").inner_text().splitlines()[1] == "within twenty-four hours"
    with page.expect_download() as download:
        page.get_by_role("link", name="Table for spreadsheets").click()
    assert download.value.suggested_filename == "torture-investigation-1-amendments.csv"
    page.get_by_role("link", name="All in full, to print").click()
    expect(page.get_by_text("Collides with").first).to_be_visible()
    expect(rows).to_have_count(4)
    page.get_by_role("link", name="Show all").click()
    expect(rows).to_have_count(15)


def test_one_bracket_leads_to_the_next(people: People) -> None:
    page = people.person("observer", viewport={"width": 1280, "height": 900})
    page.goto(f"{LAW}?view=brackets")
    page.get_by_role("link", name="To the first").click()
    page.locator(".clause:target .bracket-next").click()
    expect(page.locator(".clause:target .bracket").first).to_be_visible()
    assert "appointed by the" in page.locator(".clause:target").inner_text()
