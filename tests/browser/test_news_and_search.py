"""Somebody is answered, sees it under “News”, follows the link, marks it as seen, and finds words and clauses."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People
from tests.browser.test_ten_minutes import choose_in_margin, open_the_law


def comment(page: Page, people: People, words: str) -> None:
    open_the_law(page)
    choose_in_margin(page, "Comment")
    about = page.get_by_role("complementary") if people.script else page.get_by_role("main")
    about.get_by_label("Your comment").fill(words)
    about.get_by_role("button", name="Add comment").click()
    expect(about.locator(".comment-body", has_text=words)).to_be_visible()


def answer(page: Page, words: str, with_words: str) -> None:
    """Go to the clause by its number and reply there."""
    page.goto(f"{LAW}/search")
    page.get_by_label("Words, or the number of a clause").fill("17(2)")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Everything about it").click()
    thread = page.locator(".comment", has_text=words)
    thread.locator("summary", has_text="Reply").first.click()
    thread.get_by_label("Your reply").fill(with_words)
    thread.get_by_role("button", name="Send reply").first.click()
    expect(page.locator(".comment-body", has_text=with_words)).to_be_visible()


def see_the_news(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile(r"^News .*\d+ new")).click()
    line = page.locator(".news-line").first
    expect(line).to_contain_text("Aigul, for the Ombudsman (demo) replied to your comment on Article 17(2)")
    expect(line).to_contain_text(words)
    line.get_by_role("link", name="Article 17(2)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Article 17(2)")
    expect(page.locator(".comment:target")).to_contain_text(words)
    expect(page.get_by_role("button", name="Stop following")).to_be_visible()


def mark_as_seen(page: Page) -> None:
    page.goto("/news")
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.get_by_text("Nothing new since you last marked the news as seen.")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="News", exact=True)).to_be_visible()


def find(page: Page, query: str) -> None:
    field = page.get_by_role("searchbox", name="Search this draft")
    if not field.count():
        field = page.get_by_label("Words, or the number of a clause")
    field.fill(query)
    field.press("Enter")


def test_an_answer_is_news_and_words_and_numbers_are_found(people: People) -> None:
    interior, ombudsman = people.person("interior"), people.person("ombudsman")
    comment(interior, people, "Two months from which day?")
    answer(ombudsman, "Two months from which day?", "From the day of registration.")
    see_the_news(interior, "From the day of registration.")
    mark_as_seen(interior)
    interior.goto(LAW)
    find(interior, "registration")
    expect(interior.locator("mark").first).to_be_visible()
    expect(interior.get_by_role("region", name="Comments").get_by_role("link").first).to_have_attribute(
        "href", re.compile("#comment-")
    )
    find(interior, "13(1)")
    interior.get_by_role("region", name="The clause of this number").get_by_role("link", name="Article 13(1)").click()
    expect(interior).to_have_url(re.compile("#c-"))
    expect(interior.locator(".clause:target")).to_contain_text("twenty-four hours")
    interior.get_by_role("button", name="Follow this draft").click()
    expect(interior.get_by_role("button", name="Stop following this draft")).to_be_visible()
