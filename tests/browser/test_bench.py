"""Two facilitators and one bench, with real clicks."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People

BENCH = f"{LAW}/consolidation"


def show(page: Page, people: People) -> None:
    if not people.script:
        page.get_by_role("button", name="Show the merged text").click()


def choose(page: Page, people: People) -> None:
    """Tick two that collide and settle them in own words."""
    page.goto(BENCH)
    for number in (1, 2):
        page.locator(f"#choose-{number}").check()
    show(page, people)
    words = page.locator("fieldset.collision textarea")
    words.fill("within eighteen hours")
    if not people.script:
        page.locator("[data-own-choice]").check()
    show(page, people)
    expect(page.locator(".bench-merged ins").first).to_contain_text("eighteen")
    expect(page.locator("[data-bench-saved]")).to_contain_text("saved")
    if people.script:
        expect(words).to_be_focused()


def test_the_bench_is_saved_seen_taken_over_and_given_back(people: People) -> None:
    page = people.person("facilitator")
    choose(page, people)
    other = people.person("administrator")
    other.goto(BENCH)
    expect(other.get_by_text("works on the bench since")).to_be_visible()
    expect(other.locator("#choose-1")).to_be_disabled()
    expect(other.locator("fieldset.collision textarea")).to_have_value("within eighteen hours")
    other.get_by_role("button", name="Take over").click()
    expect(other.get_by_text("The bench is yours since")).to_be_visible()
    expect(other.locator("#choose-2")).to_be_checked()
    other.get_by_text("Hand over, show, put away").click()
    other.get_by_role("button", name="Hand over").click()
    expect(other.get_by_text("works on the bench since")).to_be_visible()
    page.goto(BENCH)
    page.locator("#choose-2").uncheck()
    show(page, people)
    kept = page.locator("[data-bench-gone] textarea")
    expect(kept).to_have_value("within eighteen hours")
    page.get_by_role("button", name="All that nothing stands against").click()
    expect(page.locator("#choose-15")).to_be_checked()
    expect(page.locator("#choose-1")).not_to_be_checked()
    expect(kept).to_have_value("within eighteen hours")


def test_issuing_waits_for_what_is_being_saved(people: People) -> None:
    page = people.person("facilitator")
    page.add_init_script(
        "const real = window.fetch; window.fetch = async (...asked) => {"
        " const answer = await real(...asked); await new Promise((go) => setTimeout(go, 700)); return answer; };"
    )
    page.goto(BENCH)
    page.locator("#choose-15").check()
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Issue version 2").click()
    expect(page.get_by_text("Version 2 is issued.")).to_be_visible()


def test_what_is_settled_while_the_bench_saves_stays(chromium: Browser, address: str) -> None:
    """The answer to a choice brings other collisions; it knows nothing of what was chosen since."""
    people = People(chromium, address, script=True)
    page = people.person("facilitator")
    page.goto(BENCH)
    for number in (1, 2, 4, 5):
        page.locator(f"#choose-{number}").check()
    collisions = page.locator("fieldset.collision")
    expect(collisions).to_have_count(2)
    page.evaluate(
        "const real = window.fetch; window.fetch = async (...asked) => {"
        " const answer = await real(...asked); await new Promise((go) => setTimeout(go, 700)); return answer; }; 0"
    )
    page.locator("#choose-3").check()
    page.wait_for_timeout(300)
    page.locator("#choose-2").uncheck()
    suspension = collisions.filter(has_text="Article 21(1)")
    suspension.get_by_role("textbox").fill("An official shall be suspended.")
    expect(page.locator("#choose-2")).not_to_be_checked()
    expect(collisions.first).to_contain_text("Akyikatchy")
    expect(suspension.get_by_role("radio", name="Own words")).to_be_checked()
    expect(suspension.get_by_role("textbox")).to_have_value("An official shall be suspended.")
    expect(page.locator("[data-bench-unsettled]")).to_contain_text("1 collision is not settled yet")
    people.leave()
    assert people.complaints == []
