"""Stating a position, seeing it lapse when the text changes, confirming it again; with script and without."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People


def open_clause(page: Page, address: str) -> None:
    """The page of a clause, with its positions in view."""
    page.goto(f"{LAW}/at/{address}")
    page.goto(f"{LAW}/clauses/{page.url.partition('#c-')[2]}")


def state(page: Page, stance: str, reason: str = "", institution: str = "", days: str = "") -> None:
    page.locator("#positions details.position-form > summary").click()
    if institution:
        page.get_by_role("region", name="Positions").get_by_label("For", exact=True).select_option(institution)
    page.get_by_role("radio", name=stance).check()
    page.get_by_label("Why? What would you need?").fill(reason)
    page.get_by_label("Ad referendum, to be confirmed in days").fill(days)
    page.get_by_role("button", name="Record it").click()


def test_a_position_is_stated_lapses_and_is_given_again(people: People) -> None:
    interior, facilitator = people.person("interior"), people.person("facilitator")
    open_clause(interior, "art_18__para_2")
    state(interior, "cannot accept")
    expect(interior.get_by_text("What would you need? This position needs its reason.")).to_be_visible()
    expect(interior.get_by_role("radio", name="cannot accept")).to_be_checked()
    interior.get_by_label("Why? What would you need?").fill("Six months are too long.")
    interior.get_by_role("button", name="Record it").click()
    expect(interior.locator("#positions .seat", has_text="Six months are too long.")).to_contain_text("cannot accept")

    open_clause(facilitator, "art_18__para_2")
    expect(facilitator.locator("main > .column > .meta").first).to_contain_text("contested")
    state(facilitator, "can live with it", institution="GPO")
    expect(facilitator.locator("#positions .seat", has_text="can live with it")).to_contain_text("facilitating")

    facilitator.goto(f"{LAW}/consolidation")
    facilitator.get_by_role("checkbox", name="A15").check()
    facilitator.get_by_role("button", name="Issue version 2").click()
    facilitator.wait_for_url("**/versions/2")

    interior.goto(f"{LAW}/positions")
    expect(interior.get_by_role("heading", name="Lapsed: the text changed")).to_be_visible()
    interior.get_by_role("link", name="Article 18(2)").click()
    own = interior.locator("#positions .seat", has_text="Six months are too long.")
    expect(own).to_contain_text("Given on an earlier text")
    own.get_by_role("button", name="Same position on the text as it stands").click()
    own = interior.locator("#positions .seat", has_text="Six months are too long.")
    expect(own).to_contain_text("on version 2")
    expect(own).not_to_contain_text("Given on an earlier text")
    own.get_by_role("button", name="Take back").click()
    expect(interior.locator("#positions")).to_contain_text("3 former positions")


def test_in_the_margin_a_position_is_stated_without_leaving_the_text(people: People) -> None:
    if not people.script:
        return
    page = people.person("civil", viewport={"width": 1440, "height": 900})
    page.goto(LAW)
    line = page.locator(".clause", has_text="The absence of a complaint").first
    line.locator(".words").click()
    state(page, "support")
    expect(page.locator("[data-margin-clause] .seat", has_text="CSO")).to_contain_text("support")
    expect(page).to_have_url(f"{people.address}{LAW}")
