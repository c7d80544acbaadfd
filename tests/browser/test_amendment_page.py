"""Proposing together and answering a counter-text on an amendment's page, the representatives without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.store import amendments, relations
from app.store.db import db
from app.store.memberships import find_draft
from tests.browser.conftest import LAW, People
from tests.conftest import application
from tests.services.deeds import NOW, submit, words


@pytest.fixture
def offered(address: str, tmp_path: Path) -> int:
    """A counter-text to A1 and A2 as the composer makes it; its number."""
    app = application(f"sqlite:///{tmp_path / 'instance' / 'kelishim.sqlite'}", tmp_path / "instance")
    number = submit(app, "facilitator", words(app, "art_13__para_1", "twenty-four", "eighteen"))
    with app.app_context():
        draft = find_draft(db.session, "torture-investigation")
        counter = amendments.find(db.session, draft.id, number)
        counter.kind = "counter_text"
        for other in (1, 2):
            to = amendments.find(db.session, draft.id, other)
            relations.link(
                db.session, draft_id=draft.id, from_id=counter.id, to_id=to.id, kind="bridges",
                user_id=counter.author_id, now=NOW,
            )  # fmt: skip
        db.session.commit()
        db.engine.dispose()
    return number


def invite_the_ombudsman(page: Page) -> None:
    page.goto(f"{LAW}/amendments/1")
    page.get_by_label("Invite").select_option("AKY")
    page.get_by_role("button", name="Ask them to propose it too").click()
    expect(page.locator("#sponsors .answer")).to_have_text("invited, no answer yet")


def accept_the_invitation(page: Page) -> None:
    page.goto("/news")
    page.locator(".news-line", has_text="invited AKY").get_by_role("link", name="A1").click()
    page.locator("#reason-sponsors").fill("We have asked for this for years.")
    page.get_by_role("button", name="Propose it too").click()
    expect(page.locator("h1 + p")).to_contain_text("Ombudsman")


def answer_the_counter_text(page: Page, number: int, button: str, why: str, counter: int) -> None:
    page.goto(f"{LAW}/amendments/{number}")
    if why:
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text("Say why, in a word: the others will read it.")).to_be_visible()
        page.locator(f"#reason-counter-text-{counter}").fill(why)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Your answer is recorded.")).to_be_visible()


def test_two_institutions_propose_together_and_answer_a_counter_text(
    chromium: Browser, address: str, offered: int
) -> None:
    everybody = People(chromium, address, script=False)
    civil, ombudsman, interior = (everybody.person(name) for name in ("civil", "ombudsman", "interior"))
    invite_the_ombudsman(civil)
    accept_the_invitation(ombudsman)
    answer_the_counter_text(civil, 1, "Accept the counter-text", "", offered)
    answer_the_counter_text(interior, 2, "Decline it", "Twenty, not eighteen.", offered)
    civil.goto(f"{LAW}/amendments/{offered}")
    expect(civil.locator("#offered-to")).to_contain_text("Twenty, not eighteen.")
    interior.locator("summary", has_text="Change your institution’s answer").click()
    interior.get_by_role("button", name="Accept the counter-text").click()
    civil.reload()
    expect(civil.get_by_text("All proposers accept this counter-text.")).to_be_visible()
    everybody.leave()
    assert everybody.complaints == []
