"""Comments on words, from choosing them to the settled thread, with script and without."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LAW, People

CLAUSE = "The investigation shall be completed within two months."


def open_clause(page: Page) -> str:
    """The clause on its own page; its address."""
    page.goto(LAW)
    at = f"{LAW}/clauses/" + (page.locator(".clause", has_text=CLAUSE).get_attribute("data-clause") or "")
    page.goto(at)
    return at


def choose(page: Page, root: Locator, words: str) -> None:
    """Draw the pointer over words of the text."""
    root.evaluate("element => element.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)  # clauses off the screen get their height only now
    left, right, middle = root.evaluate(
        """(element, words) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const box = range.getBoundingClientRect();
            return [box.left, box.right, (box.top + box.bottom) / 2];
          }
        }""",
        words,
    )
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=4)
    page.mouse.up()


def test_words_are_chosen_commented_answered_edited_and_settled(people: People) -> None:
    page = people.person("civil")
    at = open_clause(page)
    if people.script:
        choose(page, page.locator(".law-single .words"), "two months")
        expect(page.get_by_label("On these words")).to_have_value("two months")
        page.get_by_role("button", name="Comment on these words").click()
        expect(page.get_by_label("Your comment")).to_be_focused()
    else:
        page.get_by_label("On these words").fill("two months")
    page.get_by_label("Your comment").fill("Months of what, @interior?")
    page.get_by_label("It is a").select_option(label="question")
    page.get_by_role("button", name="Add comment").click()
    expect(page.locator("mark.commented")).to_have_text("two months")
    page.locator(".commented-link").click()
    comment = page.locator(".comment", has_text="Months of what")
    expect(comment.locator(".mention")).to_contain_text("@interior")

    interior = people.person("interior")
    interior.goto(f"{LAW}/discussion?mentions_me=1")
    interior.get_by_role("link", name="Article 17(2)").click()
    interior.locator(".deed > summary", has_text="Reply").click()
    interior.get_by_label("Your reply").fill("Calendar months.")
    interior.get_by_role("button", name="Send reply").click()
    expect(interior.locator(".replies .comment")).to_contain_text("Calendar months.")

    page.goto(at)
    page.locator(".deed > summary", has_text="Edit").click()
    page.get_by_label("New wording").fill("Calendar months or working days?")
    page.get_by_role("button", name="Save the new wording").click()
    page.locator(".comment-history > summary").click()
    expect(page.locator(".wordings del").first).to_contain_text("Months of what")
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator(".resolved-head")).to_contain_text("Resolved")
    expect(page.get_by_text("Calendar months.", exact=True)).to_be_hidden()
    page.locator(".resolved-head").click()
    expect(page.get_by_text("Calendar months.", exact=True)).to_be_visible()
    page.goto(f"{LAW}/discussion")
    page.get_by_label("State").select_option(label="resolved")
    page.get_by_role("button", name="Show these threads").click()
    expect(page.locator(".thread")).to_have_count(1)


@pytest.fixture
def scripted(chromium: Browser, address: str) -> People:
    return People(chromium, address, script=True)


def test_words_chosen_in_the_reading_text_are_commented_on_in_the_margin(scripted: People) -> None:
    page = scripted.person("civil", viewport={"width": 1440, "height": 900})
    page.goto(LAW)
    choose(page, page.locator(".clause", has_text=CLAUSE).locator(".words"), "investigation")
    page.get_by_role("button", name="Comment on these words").click()
    margin = page.get_by_role("complementary")
    expect(margin.get_by_label("On these words")).to_have_value("investigation")
    expect(margin.get_by_label("Your comment")).to_be_focused()
    page.keyboard.type("Which one?")
    margin.get_by_role("button", name="Add comment").click()
    expect(margin.get_by_text("Your comment was added.")).to_be_visible()
    expect(margin.locator("blockquote")).to_have_text("investigation")
    marked = "[...CSS.highlights.get('commented')].map(String)"
    assert page.evaluate(marked) == ["investigation"]
    margin.locator(".deed > summary", has_text="Withdraw").click()
    margin.get_by_role("button", name="Withdraw this comment").click()
    expect(margin.get_by_text("Withdrawn by its author")).to_be_visible()
    assert page.evaluate("CSS.highlights.has('commented')") is False
    assert page.evaluate("localStorage.length") == 0
    scripted.leave()
    assert scripted.complaints == []


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _press in range(30):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with Tab: {target}")


def test_words_are_commented_on_with_keys_alone(scripted: People) -> None:
    page = scripted.person("civil", viewport={"width": 1440, "height": 900})
    page.goto(LAW)
    page.keyboard.press("N")
    expect(page.locator(".clause:focus")).to_have_count(1)
    page.keyboard.press("c")
    margin = page.get_by_role("complementary")
    expect(margin.get_by_label("Your comment")).to_be_focused()
    page.keyboard.type("Typed and sent without a pointer.")
    tab_to(page, margin.get_by_label("On these words"))
    words = page.locator(".clause.is-current .words").inner_text().split()[1]
    page.keyboard.type(words)
    tab_to(page, margin.get_by_role("button", name="Add comment"))
    page.keyboard.press("Enter")
    expect(margin.get_by_text("Your comment was added.")).to_be_visible()
    expect(margin.locator(".comment-body", has_text="Typed and sent without a pointer.")).to_be_visible()
    expect(margin.locator("blockquote", has_text=words).first).to_be_visible()
    scripted.leave()
    assert scripted.complaints == []


def test_what_was_not_sent_stays_in_the_browser_until_it_is_sent_discarded_or_one_leaves(scripted: People) -> None:
    page = scripted.person("civil")
    open_clause(page)
    body = page.get_by_label("Your comment")
    body.fill("Half a thought")
    page.get_by_label("On these words").fill("two months")
    page.reload()
    expect(page.get_by_text("This was not sent yet")).to_be_visible()
    expect(body).to_have_value("Half a thought")
    expect(page.get_by_label("On these words")).to_have_value("two months")
    page.get_by_role("button", name="Discard it").click()
    expect(body).to_have_value("")
    page.reload()
    expect(page.get_by_text("This was not sent yet")).to_have_count(0)
    body.fill("A refused one")
    page.get_by_label("On these words").fill("nine months")
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_role("alert")).to_contain_text("do not stand in this clause")
    assert page.evaluate("localStorage.length") == 1
    page.get_by_label("On these words").fill("two months")
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text("Your comment was added.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    body.fill("Left behind")
    assert page.evaluate("localStorage.length") == 1
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate("localStorage.length") == 0
    scripted.leave()
    assert scripted.complaints == []


def crowd(database: Path, clause: str) -> None:
    """Two hundred comments on one clause: long links, right-to-left words, quotes; one long thread among them."""
    with sqlite3.connect(database) as connection:
        draft, version, language, institution, author, at = connection.execute(
            "SELECT draft_id, version, language, institution_id, author_id, created_at FROM comments LIMIT 1"
        ).fetchone()
        for number in range(200):
            body = ("https://example.kg/" + "x" * 481, "هذا تعليق من اليمين إلى اليسار", "A remark.")[number % 3]
            connection.execute(
                "INSERT INTO comments (draft_id, clause_id, version, language, kind, quote, quote_start, body,"
                " institution_id, author_id, created_at) VALUES (?, ?, ?, ?, 'comment', 'two months', 44, ?, ?, ?, ?)",
                (draft, clause, version, language, body, institution, author, at),
            )
        connection.execute(
            "UPDATE comments SET reply_to = id - 1 WHERE clause_id = ? AND id % 4 > 0"
            " AND id > (SELECT min(id) FROM comments WHERE clause_id = ?)",
            (clause, clause),
        )


def test_two_hundred_comments_fit_320_pixels_in_every_language(scripted: People, tmp_path: Path) -> None:
    page = scripted.person("civil", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    at = open_clause(page)
    crowd(tmp_path / "instance/kelishim.sqlite", at.rpartition("/")[2])
    too_wide = []
    for language in ("English", "Русский", "Кыргызча"):
        page.get_by_role("button", name=language).click()
        for path in (at, f"{LAW}/discussion", f"{LAW}/amendments/1"):
            page.goto(path)
            if path == at:
                assert page.locator(".comment").count() == 200
                assert page.locator("mark.commented").count() == 1
            for fold in page.locator(".deed > summary").all()[-3:]:
                fold.click()
            width = page.evaluate("document.documentElement.scrollWidth")
            too_wide += [(language, path, width)] if width > 320 else []
    scripted.leave()
    assert too_wide == []
    assert scripted.complaints == []
