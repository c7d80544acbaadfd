"""Reading a draft: its views, its permanent links, from clause to clause with the keyboard, on paper."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAW, People, point_at

WORDS = "register every allegation"


def clause(page: Page, words: str = WORDS) -> str:
    """The permanent address of a clause."""
    return f"{LAW}/clauses/{page.locator('.clause', has_text=words).first.get_attribute('data-clause')}"


def issue(people: People) -> None:
    page = people.person("facilitator")
    page.goto(f"{LAW}/consolidation")
    page.locator("#choose-15").check()
    if not people.script:
        page.get_by_role("button", name="Show the merged text").click()
    page.get_by_role("button", name="Issue version 2").click()
    expect(page.get_by_text("Version 2 is issued.")).to_be_visible()


def test_a_draft_is_read_in_four_views_with_script_and_without(people: People) -> None:
    issue(people)
    page = people.person("civil")
    page.goto(LAW)
    views = page.get_by_role("navigation", name="Views of the text")
    views.get_by_role("link", name="With brackets").click()
    contested = page.locator(".clause", has_text=WORDS)
    expect(contested.locator(".bracket-base")).to_have_text("[the text: within twenty-four hours]")
    expect(contested.locator(".bracket-side").first).to_contain_text(
        "A1 CSO: immediately and in any case within twelve"
    )
    views.get_by_role("link", name="Redline").click()
    expect(page.locator(".clause.is-changed")).to_have_count(1)
    expect(page.locator(".clause.is-changed ins")).to_contain_text("thirty days")
    page.get_by_label("Version 2 marked up against").select_option("2")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("A version does not differ from itself")).to_be_visible()
    views.get_by_role("link", name="Provenance").click()
    brought = page.locator(".words .origin")
    expect(brought).to_have_count(1)
    expect(brought).to_have_accessible_description("amendment A15, Interior Ministry (demo); since version 2")
    brought.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amendment A15")


def test_an_address_and_a_chapter_lead_to_their_place(people: People) -> None:
    page = people.person("observer")
    page.goto(f"{LAW}/at/art_36__para_1")
    assert re.search(r"#c-[0-9a-f]+$", page.url)
    expect(page.locator(".clause:target")).to_be_in_viewport()
    page.goto(LAW)
    heading = page.locator(".clause.kind-chapter", has_text="Receipt and registration of allegations")
    point_at(heading)
    heading.get_by_role("link", name="Alone, to print").click()
    expect(page.locator(".clause.kind-chapter")).to_have_count(1)
    page.get_by_role("link", name="The whole law").click()
    expect(page.locator(".clause.kind-chapter")).to_have_count(8)
    keys = page.get_by_role("link", name="Keyboard")
    keys.click()
    expect(page.get_by_text("next change or contested clause", exact=True)).to_be_in_viewport()


def reader(chromium: Browser, address: str) -> tuple[People, Page]:
    people = People(chromium, address, script=True)
    page = people.person(
        "civil", viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto(LAW)
    return people, page


def test_the_pointer_may_cross_a_neighbour_on_its_way_to_the_deeds_of_a_clause(chromium: Browser, address: str) -> None:
    """With time held still, for a machine may be slow: the deeds change hands when time goes on."""
    people, page = reader(chromium, address)
    line = page.locator(".clause", has_text="The investigation shall be completed within two months.")
    deeds, below = line.locator(".tools-more"), line.locator("+ .clause")
    point_at(line)
    time = page.context.new_cdp_session(page)
    time.send("Animation.setPlaybackRate", {"playbackRate": 0})
    below.hover(position={"x": 400, "y": 8})
    expect(deeds).to_have_css("opacity", "1")
    expect(below.locator(".tools-more")).to_have_css("opacity", "0")
    line.get_by_role("link", name="Propose", exact=True).click(trial=True)
    below.hover(position={"x": 400, "y": 8})
    time.send("Animation.setPlaybackRate", {"playbackRate": 1})
    expect(deeds).to_have_css("opacity", "0")
    expect(below.locator(".tools-more")).to_have_css("opacity", "1")
    people.leave()
    assert people.complaints == []


def test_single_keys_go_from_clause_to_clause_and_act_on_them(chromium: Browser, address: str) -> None:
    people, page = reader(chromium, address)
    focused = page.locator(".clause:focus")
    page.keyboard.press("N")
    expect(focused).to_contain_text(WORDS)
    expect(focused).to_be_in_viewport()
    at = clause(page)
    page.keyboard.press("j")
    expect(focused).not_to_contain_text(WORDS)
    page.keyboard.press("p")
    expect(focused).to_contain_text(WORDS)
    page.keyboard.press("l")
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{at}"
    page.keyboard.press("c")
    body = page.get_by_label("Your comment")
    expect(body).to_be_focused()
    page.keyboard.type("just a note?")
    expect(body).to_have_value("just a note?")
    page.locator(f"#c-{at.rpartition('/')[2]}").focus()
    page.keyboard.press("e")
    page.wait_for_url(f"**{at}/propose")
    people.leave()
    assert people.complaints == []


def test_single_keys_can_be_looked_up_and_switched_off(chromium: Browser, address: str) -> None:
    people, page = reader(chromium, address)
    dialog = page.get_by_role("dialog", name="Keyboard")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use single keys in this browser").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator(".clause:focus")).to_have_count(0)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".clause:focus")).to_have_count(0)
    page.get_by_role("link", name="Keyboard").click()
    dialog.get_by_label("Use single keys in this browser").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".clause:focus")).to_have_count(1)
    people.leave()
    assert people.complaints == []


def test_the_contents_follow_and_a_change_of_view_keeps_the_place(chromium: Browser, address: str) -> None:
    people, page = reader(chromium, address)
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Time limits").click()
    expect(contents.locator("[aria-current]")).to_contain_text("Time limits")
    page.evaluate("document.querySelector('[data-keep-place]:nth-child(2)').click()")
    page.wait_for_url(re.compile(r"view=brackets#c-"))
    expect(page.locator(".clause", has_text="Time limits")).to_be_in_viewport()
    people.leave()
    assert people.complaints == []


def test_on_paper_stands_the_law_with_its_version_and_fingerprint_on_every_page(
    chromium: Browser, address: str
) -> None:
    people, page = reader(chromium, address)
    page.goto(f"{LAW}?view=brackets")
    page.emulate_media(media="print")
    expect(page.locator(".print-foot")).to_have_css("display", "table-footer-group")
    expect(page.locator(".print-foot")).to_have_text(re.compile(r"version 1 · SHA-256 [0-9a-f]{64}$"))
    expect(page.locator(".bracket").first).to_have_css("font-weight", "700")
    for hidden in (".masthead", ".contents", ".margin", ".tools", ".views", ".foot"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) > 8
    people.leave()
    assert people.complaints == []
