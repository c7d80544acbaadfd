"""Two rounds of consolidation with eight institutions: a bracket kept, settled, and the settlement taken back.

The representatives work with script switched off; the facilitator with it.
"""

import html
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People

INSTITUTIONS = ("interior", "prosecutor", "prevention", "ombudsman", "civil", "un", "osce")
CONTESTED = "The investigation shall be completed within two months."


@pytest.fixture
def room(chromium: Browser, address: str) -> Iterator[tuple[People, People]]:
    """People whose browsers run no script, and people whose browsers do."""
    without, with_script = People(chromium, address, script=False), People(chromium, address, script=True)
    yield without, with_script
    for people in (without, with_script):
        people.leave()
        assert people.complaints == []


def clauses_saying(page: Page, words: str) -> list[tuple[str, str]]:
    """Ids and words of the paragraphs in which some words stand."""
    page.goto(LAW)
    lines = page.locator(".clause.kind-paragraph", has_text=words)
    return [
        (str(line.get_attribute("data-clause")), line.locator(".words").inner_text().strip()) for line in lines.all()
    ]


def propose(page: Page, clause_id: str, words: str, why: str) -> None:
    page.goto(f"{LAW}/clauses/{clause_id}/propose")
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Submit amendment").click()
    expect(page.get_by_text("is on the table.")).to_be_visible()


def propose_quickly(page: Page, clause_id: str) -> None:
    """The same form, sent without being looked at: one word becomes another."""
    path = f"{LAW}/clauses/{clause_id}/propose"
    form = page.request.get(path).text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    words = re.search(r'<textarea[^>]* name="((?:part-0-)?text)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    assert token is not None and words is not None
    typed = {"csrf_token": token[1], "base_version": "1", "rationale": "A plainer word.", "do": "submit"}
    typed[words[1]] = re.sub(r"\bshall\b", "must", html.unescape(words[2]), count=1)
    typed[words[1].replace("text", "operation")] = "words"
    if words[1] != "text":
        typed["part-0-clause"] = clause_id
    answer = page.request.post(path, form=typed, max_redirects=0)
    assert answer.status == 303, re.findall(r"data-refusal>.{0,600}", answer.text(), re.DOTALL)


def table_amendments(people: People) -> dict[str, Page]:
    """Forty more than the sample's fifteen, by seven institutions; two of them contest the same words."""
    pages = {name: people.person(name) for name in INSTITUTIONS}
    free = [one for one in clauses_saying(pages["civil"], " shall ") if one[1] != CONTESTED]
    (contested,) = clauses_saying(pages["civil"], CONTESTED)
    propose(pages["interior"], contested[0], CONTESTED.replace("two months", "three months"), "Complex cases need it.")
    propose(pages["civil"], contested[0], CONTESTED.replace("two months", "one month"), "Memory fades.")
    for number, (clause_id, _) in enumerate(free[:38]):
        propose_quickly(pages[INSTITUTIONS[number % 7]], clause_id)
    assert len(free) >= 38
    return pages


def choose_what_is_free_and_keep_a_bracket(page: Page) -> None:
    page.goto(f"{LAW}/consolidation")
    page.get_by_text("Choose many at once").click()
    page.get_by_role("button", name="All free of collisions").click()
    expect(page.locator("fieldset.collision")).to_have_count(0)
    for number in (16, 17):
        page.locator(f"#choose-{number}").check()
    collision = page.locator("fieldset.collision")
    expect(collision).to_have_count(1)
    collision.get_by_role("radio", name="Keep it in brackets").check()
    expect(page.locator("[data-bench-unsettled]")).to_have_text("")


def issue(page: Page, number: int, message: str) -> None:
    page.get_by_label("What this version is").fill(message)
    page.get_by_role("button", name=f"Issue version {number}").click()
    expect(page.get_by_text(f"Version {number} is issued.")).to_be_visible()


def brackets(page: Page) -> str:
    """The contested paragraph with its brackets."""
    page.goto(f"{LAW}?view=brackets")
    return page.locator(".clause", has_text="The investigation shall be completed").inner_text()


def test_a_bracket_is_kept_settled_and_taken_back(room: tuple[People, People]) -> None:
    without, with_script = room
    pages = table_amendments(without)
    page = with_script.person("facilitator")

    choose_what_is_free_and_keep_a_bracket(page)
    issue(page, 2, "First reading")
    expect(page.get_by_text("must").first).to_be_visible()
    shown = brackets(page)
    assert all(words in shown for words in ("two", "three", "one month", "MVD", "CSO"))

    page.goto(f"{LAW}/consolidation")
    for number in (16, 17):
        page.locator(f"#choose-{number}").check()
    page.locator("fieldset.collision").get_by_role("radio", name="Civil Society").check()
    expect(page.locator(".bench-merged ins").first).to_contain_text("one month")
    issue(page, 3, "Second reading")
    expect(page.locator(".clause", has_text=CONTESTED.replace("two months", "one month"))).to_be_visible()
    expect_state(pages["civil"], 17, "adopted, version 3")
    expect_state(pages["interior"], 16, "not adopted, version 3")

    page.goto(f"{LAW}/versions/3/revoke")
    page.get_by_label("Why").fill("The Ministry was not in the room.")
    page.get_by_role("button", name="Revoke version 3").click()
    page.goto(LAW)
    expect(page.locator(".clause", has_text=CONTESTED)).to_be_visible()
    shown = brackets(page)
    assert all(words in shown for words in ("two", "three", "one month"))
    for name, number in (("civil", 17), ("interior", 16)):
        expect_state(pages[name], number, "taken up")


def expect_state(page: Page, number: int, state: str) -> None:
    page.goto(f"{LAW}/amendments/{number}")
    expect(page.locator(".amendment-state").first).to_have_text(state)
