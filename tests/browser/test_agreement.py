"""Five institutions take a chapter from open to agreed: a call, an objection and its answer, a counter-text, a changed
text, lapsed positions, agreement ad referendum, two confirmations, and one reservation printed in the annex.

The facilitator works with script, the institutions without.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People
from tests.browser.test_positions import open_clause, state

PARA = "art_37__para_1"
RESERVATION = "We accept three months, and note that the files must be complete when they are handed over."
Group = dict[str, Page]


@pytest.fixture
def group(chromium: Browser, address: str) -> Iterator[Group]:
    scripted, plain = People(chromium, address, script=True), People(chromium, address, script=False)
    names = ("interior", "prosecutor", "prevention", "ombudsman", "civil")
    yield {"facilitator": scripted.person("facilitator"), **{name: plain.person(name) for name in names}}
    for people in (scripted, plain):
        people.leave()
        assert people.complaints == []


def articles_are(page: Page, *states: str) -> None:
    """What the contents of the law say of the articles of its last chapter."""
    page.goto(LAW)
    for name, one in zip(("Liability", "Transitional provisions", "Entry into force"), states, strict=True):
        entry = page.locator(".contents-3", has=page.get_by_text(name, exact=True))
        expect(entry.locator(".state")).to_have_class(f"state state-{one}")


def call(page: Page) -> None:
    page.goto(f"{LAW}/calls/open")
    page.get_by_label("Clauses and amendments by number").fill("Chapter 8")
    page.get_by_role("button", name="Open the call").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call 1")


def answer(page: Page, stance: str, about: str = "", reason: str = "") -> None:
    """Answer the call on one clause, or on all that is left."""
    page.goto(f"{LAW}/calls/1")
    form = (
        page.locator("article.call-item", has=page.get_by_role("link", name=about)) if about else page.locator("#all")
    )
    form.locator("summary").first.click()
    form.get_by_role("radio", name=stance).check()
    form.get_by_label("Why? What would you need?").fill(reason)
    form.get_by_role("button", name="Record it").click()


def offer_other_words(interior: Page, facilitator: Page) -> None:
    """The one who objects says what it would need; the facilitator bridges it; the bridge is accepted."""
    open_clause(interior, PARA)
    interior.get_by_role("link", name="Propose other words").click()
    propose(interior, "one month", "six months", "Submit amendment")
    facilitator.goto(f"{LAW}/amendments/16")
    facilitator.get_by_role("link", name="Offer a counter-text").click()
    propose(facilitator, "six months" if "six" in facilitator.get_by_label("Your words").input_value() else "one month",
            "three months", "Offer the counter-text")  # fmt: skip
    interior.goto(f"{LAW}/amendments/16")
    interior.get_by_role("button", name="Accept the counter-text").click()


def propose(page: Page, old: str, new: str, button: str) -> None:
    words = page.get_by_label("Your words")
    words.fill(words.input_value().replace(old, new))
    page.get_by_label("Why", exact=True).fill("The archives are in three places.")
    page.get_by_role("button", name=button).click()


def answer_the_objection(page: Page, change: str) -> None:
    open_clause(page, PARA)
    expect(page.locator("#positions")).to_contain_text("Objections not answered yet: MVD")
    page.locator("#positions summary", has_text="Answer the objection").click()
    page.get_by_label("What the group replies").fill("Three months, as the counter-text says.")
    page.get_by_label("The change of the text that answers it").fill(change)
    page.get_by_role("button", name="Record the answer").click()
    expect(page.locator(".objection-answer")).to_contain_text("once this change stands in the text")


def issue(page: Page, number: int) -> None:
    page.goto(f"{LAW}/consolidation")
    page.locator(f"#choose-{number}").check()
    page.get_by_role("button", name="Issue version 2").click()
    page.wait_for_url("**/versions/2")


def test_five_institutions_agree_on_a_chapter(group: Group) -> None:
    interior, facilitator = group["interior"], group["facilitator"]
    call(facilitator)
    answer(interior, "cannot accept", "Article 37(1)", "One month is too short for the archives.")
    for name in ("interior", "prosecutor", "prevention", "ombudsman", "civil"):
        answer(group[name], "support")
    articles_are(group["civil"], "agreed", "contested", "agreed")

    offer_other_words(interior, facilitator)
    answer_the_objection(facilitator, "A17")
    facilitator.goto(f"{LAW}/calls/1")
    facilitator.get_by_role("button", name="Close the call").click()
    issue(facilitator, 17)

    civil = group["civil"]
    open_clause(civil, PARA)
    expect(civil.locator("#positions")).to_contain_text("These spoke on an earlier one and do not count any more")
    for name in ("prevention", "ombudsman"):
        open_clause(group[name], PARA)
        group[name].get_by_role("button", name="Same position on the text as it stands").click()
    for name in ("interior", "prosecutor"):
        open_clause(group[name], PARA)
        state(group[name], "support", days="10")
    state(civil, "reservation", RESERVATION)
    expect(civil.locator("#positions > p .state")).to_have_class("state state-ad_referendum")
    civil.get_by_role("button", name="Have this reservation printed").click()

    for name in ("interior", "prosecutor"):
        page = group[name]
        page.goto(f"{LAW}/positions")
        page.get_by_role("link", name="Article 37(1)").click()
        page.get_by_role("button", name="Confirm").click()
    articles_are(facilitator, "agreed", "agreed", "agreed")
    facilitator.get_by_role("link", name="Annex: 1 reservation").click()
    expect(facilitator.locator(".annex-clause")).to_have_count(1)
    expect(facilitator.locator(".annex-clause")).to_contain_text(RESERVATION)
    expect(facilitator.locator(".annex-clause h2")).to_have_text("Article 37(1)")
