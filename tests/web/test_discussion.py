"""Comments on words, threads, mentions, editing, withdrawing, resolving, and the discussion of a whole draft."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.store import versions
from app.store.comments import Comment, CommentWording, Mention, Resolution
from app.store.db import db
from app.store.digests import read_anew
from app.store.institutions import Institution
from app.store.memberships import find_draft
from app.store.users import User
from tests.product import LAW, SLUG, chain, shown
from tests.web.discussion_office import Office, comment_of, threads

pytest_plugins = ["tests.demonstration"]


@pytest.fixture
def office(demonstrated: Flask) -> Office:
    return Office(demonstrated)


def test_a_comment_is_on_the_words_that_were_meant(office: Office) -> None:
    with office.app.app_context():
        draft = find_draft(db.session, SLUG)
        body = next(
            one.clause.body
            for one in versions.clauses_of(db.session, draft.id, "en", 1)
            if one.id == office.ids["art_1__para_2"]
        )
    assert body.count("of") > 1
    first = office.say("civil", "On the first.", "art_1__para_2", quote=" of ")
    second = office.say("civil", "On the second.", "art_1__para_2", quote="of", occurrence=2)
    whole = [match.start() for match in re.finditer(r"\bof\b", body)]
    assert [office.row(first).quote_start, office.row(second).quote_start] == whole[:2]
    path = f"{office.at('art_1__para_2')}/comments"
    answer = office.civil.post(path, data={"body": "kept words", "quote": "of", "occurrence": "99"})
    said = f"The words “of” stand in this clause {len(whole)} time(s), so there is no number 99 of them."
    assert (answer.status_code, said in shown(answer)) == (422, True)
    assert ("kept words" in shown(answer), 'value="99"' in shown(answer)) == (True, True)
    answer = office.civil.post(path, data={"body": "x", "quote": "twelve years"})
    assert (answer.status_code, "do not stand in this clause" in shown(answer)) == (422, True)


def test_the_commented_words_are_marked_in_the_text_with_a_way_to_the_comments(office: Office) -> None:
    one = office.say("civil", "How long?", quote="two months")
    office.say("interior", "Too short.", quote="two months")
    office.say("interior", "On all of it.")
    page = office.page("observer", office.at())
    assert re.search(
        rf'within <mark class="commented">two months</mark><a class="commented-link" href="#comment-{one}"', page
    )
    assert "2 comments on the words “two months”" in page
    assert page.count("<mark") == 1
    margin = shown(office.observer.get(office.at(), headers={"X-Fragment": "margin"}))
    assert '<mark class="commented">two months</mark>' in margin


def test_whoever_is_named_stands_out_and_unknown_names_stay_text(office: Office) -> None:
    made = office.say("civil", "Ask @interior, @UN, @un. and @nobody; write to a@gpo.kg", mention="npm")
    with office.app.app_context():
        rows = db.session.execute(
            select(User.name, Institution.code)
            .select_from(Mention)
            .outerjoin(User, User.id == Mention.user_id)
            .outerjoin(Institution, Institution.id == Mention.institution_id)
            .where(Mention.comment_id == made)
            .order_by(Mention.id)
        )
        assert [tuple(row) for row in rows] == [("interior", None), (None, "UN"), ("un", None), (None, "NPM")]
    said = comment_of(office.page("observer", office.at()), made)
    assert re.findall(r'class="mention" title="([^"]*)">(@\w+)', said) == [
        ("Bakyt, for the Interior Ministry (demo)", "@interior"), ("UN Human Rights adviser (demo)", "@UN"),
        ("Farida, UN adviser (demo)", "@un"), ("National Preventive Mechanism (demo)", "@npm"),
    ]  # fmt: skip
    assert "and @nobody; write to a@gpo.kg" in said
    assert chain(office.app)[-1].facts["mentions"] == ["interior", "UN", "un", "NPM"]
    assert "1 thread found" in office.page("interior", f"{LAW}/discussion?mentions_me=1")
    assert "0 threads found" in office.page("prosecutor", f"{LAW}/discussion?mentions_me=1")


def test_an_edited_comment_shows_its_new_wording_and_keeps_the_former(office: Office) -> None:
    made = office.say("civil", "Two months are long. Ask @interior.")
    assert office.post("civil", made, "edit", body="Two months are too long.", kind="concern")[0] == 303
    assert office.post("civil", made, "edit", body="Two months are far too long.", kind="concern")[0] == 303
    said = comment_of(office.page("observer", office.at()), made)
    assert ">Two months are far too long.<" in said.replace("\n", "")
    assert said.count("[inserted:") == 2
    assert re.search(r"edited <time[^>]*>[^<]*</time> · history", said)
    with office.app.app_context():
        rows = db.session.scalars(select(CommentWording).order_by(CommentWording.number)).all()
        assert [(row.number, row.kind, row.body) for row in rows] == [
            (1, "comment", "Two months are long. Ask @interior."), (2, "concern", "Two months are too long."),
        ]  # fmt: skip
        assert db.session.scalars(select(Mention).where(Mention.comment_id == made)).all() == []
    assert [(one.kind, one.facts.get("former")) for one in chain(office.app)[-2:]] == [
        ("comment_edited", 1), ("comment_edited", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"body": " "}, "Write your comment first: it is empty."),
        ({"body": "As it was.", "kind": "question"}, "Nothing was changed: the comment reads as before."),
        ({"body": "kept words", "kind": "shout"}, "“shout” is no kind of comment."),
    ],
)
def test_an_edit_that_cannot_be_taken_comes_back_in_its_form(office: Office, form: dict[str, str], said: str) -> None:
    made = office.say("civil", "As it was.", kind="question")
    status, page = office.post("civil", made, "edit", **form)
    assert (status, said in comment_of(page, made)) == (422, True)
    assert form["body"].strip() in comment_of(page, made)
    assert office.row(made).body == "As it was."


def test_only_who_wrote_a_comment_edits_and_withdraws_it(office: Office) -> None:
    made = office.say("civil", "Ours.")
    for name in ("interior", "facilitator", "administrator"):
        for deed in ("edit", "withdraw"):
            status, page = office.post(name, made, deed, body="Theirs.")
            assert (status, "Only who wrote a comment may edit or withdraw it." in page) == (403, True), (name, deed)
    assert office.row(made).body == "Ours."
    assert "New wording" not in office.page("interior", office.at())
    assert "New wording" in office.page("civil", office.at())


def test_a_withdrawn_comment_leaves_its_place_its_replies_and_the_record(office: Office) -> None:
    made = office.say("civil", "A remark one regrets.", quote="two months")
    reply = office.say("interior", "We answer it.", reply_to=made)
    assert office.post("civil", made, "withdraw")[0] == 303
    page = office.page("observer", office.at())
    assert "A remark one regrets." not in page
    assert "Withdrawn by its author" in comment_of(page, made)
    assert "We answer it." in comment_of(page, reply)
    assert "<mark" not in page
    assert office.row(made).body == "A remark one regrets."
    assert chain(office.app)[-1].kind == "comment_withdrawn"
    for deed in ("edit", "withdraw"):
        status, page = office.post("civil", made, deed, body="Again.")
        assert (status, "This comment was withdrawn by its author and stays as it is." in page) == (409, True)
    assert "A remark one regrets." not in office.page("observer", f"{LAW}/discussion")


def test_a_thread_is_resolved_and_reopened_by_a_facilitator_or_who_began_it(office: Office) -> None:
    made = office.say("civil", "Is it settled?", kind="question")
    reply = office.say("interior", "It is.", reply_to=made)
    refusals = (
        ("interior", made, "resolve", 403, "Only a facilitator, or the institution that began a thread, may resolve"),
        ("observer", made, "resolve", 403, "As observer of this draft you may not"),
        ("facilitator", reply, "resolve", 422, "A reply is not resolved by itself"),
        ("civil", made, "reopen", 409, "This thread is open already."),
        ("civil", 9999, "resolve", 404, "This comment is not in the draft."),
    )
    for name, number, deed, status, said in refusals:
        answer = office.post(name, number, deed)
        assert (answer[0], said in answer[1]) == (status, True), said
    assert office.post("civil", made, "resolve")[0] == 303
    answer = office.post("facilitator", made, "resolve")
    assert (answer[0], "This thread is resolved already." in answer[1]) == (409, True)
    office.say("interior", "One thing more.", reply_to=made)
    with office.app.app_context():  # as in the strict mode: the day alone is stored
        [resolution] = db.session.scalars(select(Resolution))
        db.session.execute(update(Comment).where(Comment.reply_to == made).values(created_at=resolution.resolved_at))
        read_anew(db.session)
        db.session.commit()
    folded = office.page("observer", office.at()).split(f'id="comment-{made}"')[1]
    assert re.match(r">\s*<details><summary[^>]*><strong>✓ Resolved</strong>", folded)
    assert "2 replies · <strong>1 reply since</strong>" in folded
    assert office.post("administrator", made, "reopen")[0] == 303
    assert "✓ Resolved" not in office.page("observer", office.at())
    kinds = [one.kind for one in chain(office.app)]
    assert [kind for kind in kinds if kind.startswith("thread_")] == ["thread_resolved", "thread_reopened"]


def test_replies_to_replies_stand_in_one_row_and_say_whom_they_answer(office: Office) -> None:
    answered = first = office.say("civil", "Reply 0")
    for number in range(1, 40):
        answered = office.say("interior", f"Reply {number}", reply_to=answered)
    page = office.page("observer", office.at())
    assert page.count('<ol class="replies">') == 1
    assert re.findall(r">Reply (\d+)<", page) == [str(number) for number in range(40)]
    assert f'in answer to <a href="#comment-{answered - 1}">Bakyt' in page
    assert first == answered - 39


def test_a_comment_stays_with_its_words_or_says_that_they_were_changed(office: Office) -> None:
    on_words = office.say("civil", "How long?", quote="two months")
    on_all = office.say("civil", "On all of it.")
    office.issue(
        lambda text: text.replace(
            "The investigation shall be completed within", "Every investigation shall be completed within"
        )
    )
    page = office.page("civil", office.at())
    assert '<mark class="commented">two months</mark>' in page
    assert "on version 1" in comment_of(page, on_words)
    office.issue(lambda text: text.replace("completed within two months", "completed within three months"))
    page = office.page("civil", office.at())
    assert "These words were changed in version 3; this is how they read before." in comment_of(page, on_words)
    assert "two months" in comment_of(page, on_words)
    assert "changed in version" not in comment_of(page, on_all)
    assert "<mark" not in page
    office.issue(lambda text: text.replace("three months", "two months"))
    assert "<mark" not in office.page("civil", office.at())  # the same words again are not the words that were changed
    found = office.page("civil", f"{LAW}/discussion?detached=1")
    assert ("1 thread found" in found, "How long?" in found) == (True, True)


def test_a_comment_follows_a_clause_that_moves_and_outlives_one_that_is_deleted(office: Office) -> None:
    line = re.compile(r"^2\. The investigation shall be completed[^\n]*\n\n", re.MULTILINE)
    made = office.say("civil", "How long?", quote="two months")

    def renumbered(text: str) -> str:
        found = line.search(text)
        assert found is not None
        return text.replace(found[0], "2. A paragraph that was not here before, on something else.\n\n3" + found[0][1:])

    office.issue(renumbered)
    page = office.page("civil", office.at())
    assert "Article 17(3)" in page
    assert '<mark class="commented">two months</mark>' in page
    office.issue(
        lambda text: re.sub(r"^3\. The investigation shall be completed[^\n]*\n\n", "", text, flags=re.MULTILINE)
    )
    page = office.page("civil", office.at())
    assert "This clause was deleted in version 3." in comment_of(page, made)
    found = office.page("civil", f"{LAW}/discussion?detached=1")
    assert ("How long?" in found, "a clause that is no longer in the text" in found) == (True, True)


def test_an_amendment_is_commented_on_with_the_same_means(office: Office) -> None:
    path = f"{LAW}/amendments/1/comments"
    answer = office.civil.post(path, data={"body": "Why @MVD?", "quote": "twelve  hours", "kind": "question"})
    made = int(answer.location.rpartition("-")[2])
    page = office.page("observer", f"{LAW}/amendments/1")
    said = comment_of(page, made)
    assert ("twelve hours</blockquote>" in said, "question" in said, 'class="mention"' in said) == (True, True, True)
    answer = office.civil.post(path, data={"body": "kept words", "quote": "thirteen hours"})
    assert (answer.status_code, "stand neither in the amendment's new text nor" in shown(answer)) == (422, True)
    assert office.post("civil", made, "edit", body=" ")[0] == 422
    for deed, form in (("edit", {"body": "Why so?", "kind": "question"}), ("resolve", {}), ("withdraw", {})):
        answer = office.civil.post(f"{LAW}/comments/{made}/{deed}", data=form)
        assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/1#comment-{made}")
    said = comment_of(office.page("observer", f"{LAW}/amendments/1"), made)
    assert ("✓ Resolved" in said, "Withdrawn by its author" in said, "Why so?" in said) == (True, True, False)


def test_the_discussion_lists_every_thread_in_the_order_of_the_text(office: Office) -> None:
    office.civil.post(f"{LAW}/amendments/1/comments", data={"body": "On amendment one.", "kind": "advice"})
    page = office.page("observer", f"{LAW}/discussion")
    listed = threads(page)
    assert (len(listed), "17 threads found" in page) == (17, True)
    numbers = [int(re.search(r"Article (\d+)", place)[1]) for place in listed if "Article" in place]  # type: ignore[index]
    assert numbers == sorted(numbers)
    at = listed.index("Amendment A1")
    assert (listed[at - 1].startswith("Article 13"), "Amendment A1" not in listed[:at]) == (True, True)
    assert 'aria-current="page">Discussion' in page


def test_the_discussion_is_filtered_by_what_is_asked(office: Office) -> None:
    made = office.say("civil", "Is it so?", kind="question")
    office.say("interior", "It is.", reply_to=made)
    other = office.say("interior", "Put it aside.", kind="parking_lot")
    office.post("interior", other, "resolve")

    def found(name: str, **asked: str) -> set[str]:
        page = getattr(office, name).get(f"{LAW}/discussion", query_string=asked)
        return {word for word in ("Is it so?", "Put it aside.") if word in shown(page)}

    both = {"Is it so?", "Put it aside."}
    assert found("civil") == both
    assert found("civil", institution="MVD") == both
    assert found("civil", institution="CSO") == {"Is it so?"}
    assert found("civil", kind="parking_lot") == {"Put it aside."}
    assert found("civil", state="open") == {"Is it so?"}
    assert found("civil", state="resolved") == {"Put it aside."}
    assert found("civil", mine="1") == {"Is it so?"}
    assert found("interior", mine="1") == both
    assert found("civil", unanswered="1") == set()
    assert found("civil", state="nonsense", page="99") == both
    assert "No thread is like this." in office.page("observer", f"{LAW}/discussion?mine=1")


def test_a_draft_nobody_spoke_about_says_what_to_do(office: Office) -> None:
    assert "Nobody has said anything yet." in office.page("civil", f"{LAW}-ky/discussion")
