"""The big screen of a session, as the room sees it: nothing scrolls, words stand large; and everybody's page beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from app.domain.clauses import Kind
from app.services import presiding
from app.store import sittings, versions
from app.store.db import db
from app.store.memberships import find_draft
from app.store.sittings import AgendaItem, SittingRow
from tests.browser.conftest import LAW, People
from tests.browser.test_accessibility import faults
from tests.conftest import application
from tests.product import SLUG, clause_ids, user_id

WIDE, SMALL = ViewportSize(width=1920, height=1080), ViewportSize(width=1280, height=720)
MEASURES = """() => {
  const [box, law, page] = [document.querySelector("[data-fit]"), document.querySelector(".big-law"), document.documentElement];
  return [box.scrollHeight <= box.clientHeight && page.scrollHeight <= page.clientHeight
          && box.scrollWidth <= box.clientWidth && page.scrollWidth <= page.clientWidth,
          parseFloat(getComputedStyle(law).fontSize), document.querySelector("[data-big]").dataset.parts];
}"""


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    """What the server works on, to do deeds in it at once."""
    made = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    yield made
    with made.app_context():
        db.engine.dispose()


def longest_article(app: Flask, slug: str) -> str:
    """Of a draft, with all that stands below it."""
    with app.app_context():
        draft = find_draft(db.session, slug)
        lengths: dict[str, int] = {}
        at = ""
        for one in versions.clauses_of(db.session, draft.id, draft.language, 1):
            at = one.id if one.clause.kind is Kind.ARTICLE else "" if one.clause.kind is Kind.CHAPTER else at
            lengths[at] = lengths.get(at, 0) + len(one.clause.body) * bool(at)
        return max(lengths, key=lambda clause_id: lengths[clause_id])


def hold(app: Flask, slug: str, *clause_ids: str) -> None:
    """A session over clauses that is open and at the first of them."""
    now = datetime.now(UTC)
    with app.app_context():
        draft = find_draft(db.session, slug)
        row = SittingRow(
            draft_id=draft.id, number=sittings.next_number(db.session, draft.id), title="First reading", created_at=now
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(
            AgendaItem(sitting_id=row.id, number=n, place=n, kind="clause", clause_id=clause_id, minutes=20)
            for n, clause_id in enumerate(clause_ids, 1)
        )
        db.session.commit()
    do(app, "open_session", slug)
    do(app, "take_up", slug, item=1, skipped=False)


def do(app: Flask, deed: str, slug: str = SLUG, **facts: Any) -> None:
    person = user_id(app, "facilitator")
    with app.app_context():
        getattr(presiding, deed)(db.session, slug=slug, number=1, user_id=person, now=datetime.now(UTC), **facts)


def fits(page: Page, address: str) -> tuple[float, float, int]:
    """How large the words stand on the two screens, in how many parts; nothing scrolls on either."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    whole, large, parts = page.evaluate(MEASURES)
    assert whole, address
    page.set_viewport_size(SMALL)
    page.wait_for_timeout(50)
    whole, small, _ = page.evaluate(MEASURES)
    assert whole, address
    return round(large, 1), round(small, 1), int(parts)


def test_the_longest_article_stands_large_on_both_screens_in_three_languages(people: People, app: Flask) -> None:
    page = people.person("facilitator")
    for slug in (SLUG, f"{SLUG}-ru", f"{SLUG}-ky"):
        hold(app, slug, longest_article(app, slug))
        address = f"/drafts/{slug}/sessions/1/screen"
        for part in (0, 1):
            do(app, "show", slug, what="text", part=part)
            large, small, parts = fits(page, address)
            least = (40, 26) if people.script else (32, 24)  # who can measure need not be careful
            assert (large >= least[0], small >= least[1], parts) == (True, True, 2)
            expect(page.locator(".big-part")).to_have_text(f"{part + 1} of 2")


def test_what_is_short_stands_at_56_pixels_and_what_happens_is_followed(people: People, app: Flask) -> None:
    ids = clause_ids(app)
    hold(app, SLUG, ids["art_14"], ids["art_13"])
    address = f"{LAW}/sessions/1"
    screen = people.person("observer")
    assert fits(screen, f"{address}/screen") == (56, 40, 1)
    typing = people.person("civil", viewport={"width": 360, "height": 700})
    typing.goto(address)
    assert typing.evaluate("document.documentElement.scrollWidth") == 360
    expect(typing.get_by_role("heading", name="Article 14")).to_be_visible()
    elsewhere = people.person("interior", viewport={"width": 360, "height": 700})
    elsewhere.goto(f"{LAW}/calls")
    expect(elsewhere.locator(".now-at")).to_contain_text("Session 1 is at Article 14" if people.script else "Session 1")
    typing.evaluate("window.scrollTo(0, 900)")
    do(app, "take_up", item=2, skipped=False)
    if not people.script:
        typing.reload()
        screen.reload()
    if people.script:
        expect(typing.get_by_role("link", name="The session is now at Article 13: go there")).to_be_visible(
            timeout=15_000
        )
        expect(typing.locator("#now-head")).to_contain_text("Article 14")
        typing.get_by_role("link", name="go there").click()
    expect(typing.locator("#now-head")).to_contain_text("Article 13")
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Article 13", timeout=15_000)
    if people.script:
        assert (faults(screen), faults(typing)) == ([], [])
        screen.context.set_offline(True)
    typing.get_by_role("button", name="Ask for the floor").click()
    expect(typing.get_by_role("button", name="Waive our turn")).to_be_visible()
    if people.script:
        expect(screen.get_by_text("No connection")).to_be_visible(timeout=20_000)
        expect(screen.get_by_role("heading", level=1)).to_contain_text("Article 13")
        screen.context.set_offline(False)
        expect(screen.locator(".big-floor")).to_contain_text("CSO", timeout=20_000)
        people.complaints.clear()  # of the line
    typing.get_by_role("link", name="Big screen").click()
    expect(typing.locator(".big-floor")).to_contain_text("CSO")
    assert typing.evaluate("document.documentElement.scrollWidth") == 360
