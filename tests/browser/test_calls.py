"""A call without a meeting, from opening it to its result; with script and without."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.test_positions import open_clause


def test_a_hidden_call_is_opened_answered_revealed_and_closed(people: People) -> None:
    facilitator, interior = people.person("facilitator"), people.person("interior")
    open_clause(facilitator, "art_14__para_1")
    facilitator.get_by_role("link", name="Open a call for positions on it").click()
    expect(facilitator.get_by_role("group", name="1 text is asked about")).to_contain_text("Article 14(1)")
    facilitator.get_by_label("A word to the group").fill("Can you live with it?")
    facilitator.get_by_label("Open for").fill("5")
    facilitator.get_by_role("radio", name="Silence").check()
    facilitator.get_by_role("radio", name="Hidden until revealed").check()
    facilitator.get_by_role("button", name="Open the call").click()
    expect(facilitator.get_by_text("A call by silence is open")).to_be_visible()
    expect(facilitator.get_by_label("A word to the group")).to_have_value("Can you live with it?")
    facilitator.get_by_role("radio", name="Majority").check()
    facilitator.get_by_label("Open for").fill("")
    facilitator.get_by_role("button", name="Open the call").click()
    expect(facilitator.get_by_role("heading", name="Call 1")).to_be_visible()
    call = facilitator.url

    interior.goto("/news")
    interior.get_by_role("region", name="1 call waits for your institution").get_by_role("link").first.click()
    interior.get_by_role("button", name="Confirm that it reached us").click()
    interior.locator("#item-1 summary", has_text="State our position").click()
    interior.get_by_role("radio", name="cannot accept").check()
    interior.get_by_role("button", name="Record it").click()
    expect(interior.get_by_text("What would you need? This position needs its reason.")).to_be_visible()
    interior.locator("#item-1").get_by_label("Why? What would you need?").fill("The boxes cost too much.")
    interior.get_by_role("button", name="Record it").click()
    expect(interior.locator("#item-1")).to_contain_text("Only your institution sees this until the call is revealed.")

    facilitator.goto(call)
    expect(facilitator.get_by_role("row", name="Interior Ministry")).to_contain_text("yes")
    expect(facilitator.get_by_role("main")).not_to_contain_text("The boxes cost too much.")
    facilitator.locator("#item-1 summary", has_text="Enter a position").click()
    facilitator.get_by_label("For", exact=True).select_option("GPO")
    facilitator.get_by_role("radio", name="can live with it").check()
    facilitator.get_by_role("button", name="Record it").click()
    facilitator.get_by_role("button", name="Reveal all answers").click()
    expect(facilitator.locator("#item-1 .seat", has_text="MVD")).to_contain_text("The boxes cost too much.")
    expect(facilitator.locator("#seals")).to_contain_text("Every revealed answer is the one that was sealed.")
    facilitator.get_by_role("button", name="Close the call").click()
    expect(facilitator.locator("#item-head-1")).to_contain_text("contested")
    interior.goto(call.rpartition("/")[0])
    expect(interior.locator("#call-1")).to_contain_text("1 contested")
