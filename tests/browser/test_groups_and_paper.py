"""A small group that reports back onto an agenda, a matter that is settled, and a session on paper; with script and
without."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.store.db import db
from tests.browser.conftest import LAW, People
from tests.browser.test_accessibility import everywhere
from tests.conftest import application
from tests.services.sittings import plan
from tests.services.workshop_deeds import park

SHEETS = f"{LAW}/sessions/1/paper?part=agenda&part=clauses&part=ballots&institution=MVD"
PAGES = [f"{LAW}/parking", f"{LAW}/groups", f"{LAW}/groups/1", f"{LAW}/groups/new", SHEETS, f"{LAW}/sessions/1/ballots"]


@pytest.fixture
def instance(demonstration: Path, tmp_path: Path) -> Path:
    """The demonstration with a planned session over two articles, and a matter of the ministry in the parking lot."""
    copy = Path(shutil.copytree(demonstration, tmp_path / "instance"))
    app = application(f"sqlite:///{copy / 'kelishim.sqlite'}", copy)
    plan(app)
    park(app, "Who pays for the boxes?")
    with app.app_context():
        db.engine.dispose()
    return copy


def form_a_group(facilitator: Page) -> None:
    facilitator.goto(f"{LAW}/groups")
    facilitator.get_by_role("link", name="Form a group").click()
    facilitator.get_by_label("What it is called").fill("Time limits")
    facilitator.get_by_label("Clauses by number").fill("13; 14(1)")
    facilitator.get_by_role("button", name="Show what it works on").click()
    expect(facilitator.get_by_role("group", name="Chosen").get_by_role("checkbox")).to_have_count(2)
    for code in ("MVD", "CSO"):
        facilitator.get_by_role("checkbox", name=re.compile(code)).check()
    facilitator.get_by_label("Who reports back").select_option("CSO")
    facilitator.get_by_role("button", name="Form the group").click()
    expect(facilitator.get_by_role("heading", level=1)).to_contain_text("Group 1: Time limits")


def report_back(civil: Page) -> None:
    """From the group's page to the composer and back, with the amendment in the report."""
    civil.goto(f"{LAW}/groups/1")
    civil.get_by_role("link", name="Propose other words (Article 14(1))").click()
    civil.get_by_label("Your words").fill(
        "Every place of deprivation of liberty shall have two sealed boxes for allegations."
    )
    civil.get_by_label("Why").fill("One is often full.")
    civil.get_by_role("button", name="Submit").click()
    number = civil.url.rpartition("/")[2]
    civil.goto(f"{LAW}/groups/1")
    civil.locator("#report > summary").click()
    for other in ("A1", "A2"):
        civil.locator("#report").get_by_role("checkbox", name=re.compile(rf"^{other} ")).uncheck()
    civil.get_by_label("What the group found").fill("Two boxes are enough.")
    civil.get_by_role("button", name="Report back").click()
    expect(civil.locator("#reported")).to_contain_text("Two boxes are enough.")
    expect(civil.locator("#reported article")).to_have_id(f"A{number}")


def settle(interior: Page) -> None:
    interior.goto(f"{LAW}/parking")
    interior.locator("#matter-1 summary").first.click()
    interior.get_by_label("How was it settled?").fill("The state budget does.")
    interior.get_by_role("button", name="Record that it is settled").click()
    expect(interior.locator("section", has=interior.locator("#settled-head"))).to_contain_text("The state budget does.")


def enter_a_ballot(facilitator: Page) -> None:
    """As it is read from the sheet: first without its reason, then with it."""
    facilitator.goto(SHEETS)
    code = facilitator.locator(".ballot-code", has_text="S1-2-MVD").inner_text()
    facilitator.get_by_role("link", name="Enter ballots").click()
    facilitator.get_by_label("Code of the ballot").fill(" ".join(code.split()))
    facilitator.get_by_role("radio", name="cannot accept").check()
    facilitator.get_by_role("button", name="Record it as on paper").click()
    expect(facilitator.get_by_text("What would you need? This position needs its reason.")).to_be_visible()
    expect(facilitator.get_by_role("radio", name="cannot accept")).to_be_checked()
    facilitator.get_by_label("Its reason, word for word").fill("The boxes cost too much.")
    facilitator.get_by_role("button", name="Record it as on paper").click()
    expect(facilitator.get_by_text("Recorded as on paper: MVD on Article 14.")).to_be_visible()
    expect(facilitator.get_by_label("Code of the ballot")).to_have_value("")


def test_a_group_reports_back_and_a_ballot_is_entered(people: People) -> None:
    facilitator, civil = people.person("facilitator"), people.person("civil")
    form_a_group(facilitator)
    report_back(civil)
    facilitator.goto(f"{LAW}/groups/1")
    facilitator.get_by_role("button", name="Put the amendments on its agenda").click()
    expect(facilitator.get_by_text("1 amendment is on the agenda.")).to_be_visible()
    settle(people.person("interior"))
    enter_a_ballot(facilitator)
    if people.script:
        facilitator.set_viewport_size({"width": 360, "height": 740})
        assert everywhere(facilitator, PAGES) == {}
        for path in PAGES:
            facilitator.goto(path)
            assert facilitator.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_every_sheet_is_one_page_of_paper_and_none_is_empty(chromium: Browser, address: str) -> None:
    people = People(chromium, address, script=False)
    page = people.person("facilitator")
    for language in ("English", "Кыргызча"):
        page.goto(LAW)
        page.get_by_role("button", name=language).click()
        page.goto(SHEETS)
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == page.locator(".sheet").count() == 5
        assert re.search(rb"/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]", printed)
    people.leave()
    assert people.complaints == []
