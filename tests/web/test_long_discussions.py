"""Very many comments on a clause, very long ones, and clauses of one word and of five thousand."""

import html

import pytest
from flask import Flask

from app.store.comments import Comment
from app.store.db import db
from tests.product import LAW, Copies, clause_ids
from tests.web.discussion_office import Office, counted, threads

pytest_plugins = ["tests.demonstration"]


@pytest.fixture
def office(demonstrated: Flask) -> Office:
    return Office(demonstrated)


LINK = "https://example.kg/" + "x" * 481
RIGHT_TO_LEFT = "هذا تعليق من اليمين إلى اليسار"


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_two_hundred_comments_long_links_and_other_directions_are_shown_in_as_many_statements(
    demonstration: Copies,
) -> None:
    with demonstration() as app:
        office = Office(app)
        paths = (office.at(), f"{LAW}/discussion")

        def statements() -> list[int]:
            found = []
            for path in paths:
                with counted() as sent:
                    office.page("civil", path)
                found.append(len(sent))
            return found

        first = office.say("civil", f"See {LINK} @interior", quote="two months")
        office.say("interior", RIGHT_TO_LEFT, reply_to=first)
        office.post("civil", first, "edit", body=f"See {LINK}, @interior")
        office.post("civil", first, "resolve")
        statements()  # from now on the process knows the text and what is said
        few = statements()
        with app.app_context():
            row = db.session.get_one(Comment, first)
            for number in range(200):
                same = {
                    name: getattr(row, name)
                    for name in (
                        "draft_id",
                        "clause_id",
                        "version",
                        "language",
                        "institution_id",
                        "author_id",
                        "created_at",
                    )
                }
                db.session.add(
                    Comment(
                        **same,
                        kind="comment",
                        quote="two months" if number % 2 else "",
                        quote_start=row.quote_start if number % 2 else None,
                        body=f"Remark {number}",
                    )
                )
            db.session.commit()
        statements()  # and counts what is said
        assert statements() == few
        assert max(few) < 30
        page = office.page("civil", office.at())
        assert (page.count(">Remark "), LINK in page, RIGHT_TO_LEFT in page, page.count("<mark")) == (
            200,
            True,
            True,
            1,
        )
        assert len(threads(office.page("civil", f"{LAW}/discussion"))) == 100
        assert "page 3 of 3" in office.page("civil", f"{LAW}/discussion?page=3")


def test_clauses_of_one_word_and_of_five_thousand_are_commented_on(office: Office) -> None:
    long = " ".join(f"word{number}" for number in range(5000))
    office.issue(lambda text: text.rstrip("\n") + f"\n\n### Article 99. Ends\n\n1. Repealed.\n\n2. {long}.\n")
    office.ids |= clause_ids(office.app, number=2)
    office.say("civil", "On one word.", "art_99__para_1", quote="Repealed")
    office.say("civil", "On many.", "art_99__para_2", quote="word10 word11")
    assert '<mark class="commented">Repealed</mark>' in office.page("observer", office.at("art_99__para_1"))
    page = office.page("observer", office.at("art_99__para_2"))
    assert 'word9 <mark class="commented">word10 word11</mark>' in page
    assert len(html.unescape(page)) < 250_000
