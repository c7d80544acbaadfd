"""The board: rows open where they stand, the keyboard goes from cell to cell, Enter opens the clause; with script off
by links."""

from playwright.sync_api import expect

from tests.browser.conftest import LAW, People

BOARD = f"{LAW}/board"


def row(name: str) -> str:
    return f'tbody tr:has(th a:text-is("{name}"))'


def test_the_board_is_read_opened_narrowed_and_gone_through(people: People) -> None:
    page = people.person("interior", viewport={"width": 1280, "height": 800})
    page.goto(f"{LAW}/at/art_14__para_1")
    clause = f"{LAW}/clauses/{page.url.partition('#c-')[2]}"
    page.goto(clause)
    page.locator("#positions details.position-form > summary").click()
    page.locator("#positions").get_by_role("radio", name="cannot accept").check()
    page.locator("#positions").get_by_label("Why? What would you need?").fill("No box in every corridor.")
    page.locator("#positions").get_by_role("button", name="Record it").click()

    page.goto(BOARD)
    expect(page.locator(f"{row('Article 14')} td").first).to_have_text("cannot accept, not on all")
    page.get_by_role("link", name="Clauses of Article 14", exact=True).click()
    opened = page.locator(row("Article 14(1)"))
    expect(opened.locator("td").first).to_have_text("cannot accept")
    expect(page.get_by_role("link", name="Clauses of Article 14", exact=True)).to_have_attribute(
        "aria-expanded", "true"
    )
    if people.script:
        page.get_by_role("link", name="Article 14", exact=True).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        expect(opened.locator("td").first).to_be_focused()
        expect(page.locator("[data-board-said]")).to_have_text(
            "Article 14(1) · Interior Ministry (demo): cannot accept"
        )
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{clause}#positions")
        page.goto(BOARD)
    page.get_by_label("Institution", exact=True).select_option("MVD")
    page.get_by_label("What it says").select_option("objects")
    page.get_by_role("button", name="Show these clauses").click()
    expect(page.locator("tbody tr.is-clause")).to_have_count(1)

    page.get_by_role("link", name="What holds it up").click()
    page.get_by_role("link", name="1 Cannot accept it").click()
    expect(page.locator(".obstacle")).to_contain_text("No box in every corridor.")
    page.get_by_role("link", name="Over time").click()
    expect(page.get_by_role("img", name="Share of clauses agreed")).to_be_visible()
    if people.script:
        page.set_viewport_size({"width": 360, "height": 740})
        for path in (BOARD, f"{BOARD}/blocking", f"{BOARD}/progress"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, path
