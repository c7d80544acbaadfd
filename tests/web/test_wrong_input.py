"""Wrong input: the right status, a clear sentence, nothing stored, and what was typed comes back."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.product import LAW, PUBLISH, SLUG, Copies, added, clause_ids, collision_keys, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]

LARGER_THAN_INTEGERS = "100000000000000000000"
DELETED = "art_14__para_1"
EVIL = (
    "//evil.example", "https://evil.example/", "http:evil.example", "/\\evil.example", "\\\\evil.example", "//[evil",
    "http://[", "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "evil.example",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """The demonstration after one round: Article 14(1) was deleted in version 2, A13 withdrawn, version 1 published.

    Nothing here may be stored by any test but on the bench, which stands open. `at` are the clauses by address and the collision of A1 with A2.
    """

    app: Flask
    people: dict[str, FlaskClient]
    at: dict[str, str]
    before: dict[str, tuple[int, str]]


@pytest.fixture(scope="module")
def office(demonstration: Copies) -> Iterator[Office]:
    with demonstration() as app:
        names = ("civil", "observer", "facilitator")
        people = {name: signed_in(app, name) for name in names} | {"nobody": app.test_client()}
        at = clause_ids(app)
        deletion = {"do": "submit", "base_version": "1", "operation": "delete", "rationale": "Not needed."}
        civil, facilitator = people["civil"], people["facilitator"]
        for client, path, form in (
            (civil, f"{LAW}/clauses/{at[DELETED]}/propose", deletion),
            (civil, f"{LAW}/amendments/13/withdraw", {}),
            (facilitator, f"{LAW}/versions/1/publish", PUBLISH),
            (facilitator, f"{LAW}/consolidation", {"do": "issue", "expected_version": "1", "amendment": "16"}),
        ):
            assert client.post(path, data=form).status_code == 303, path
        at["collision"] = collision_keys(facilitator, 1, 2)[0]
        assert facilitator.post(f"{LAW}/consolidation", data={"do": "none"}).status_code == 200
        yield Office(app, people, at, beside_the_bench(app))


def beside_the_bench(app: Flask) -> dict[str, tuple[int, str]]:
    """Everything that is stored; only the bench keeps what was chosen, also what cannot be issued."""
    return {name: found for name, found in stored(app).items() if name != "benches"}


def check(office: Office, name: str, path: str, form: dict[str, object], status: int, said: str, kept: str) -> None:
    form = {key.format(**office.at): value for key, value in form.items()}
    answer = office.people[name].post(LAW + path.format(**office.at), data=form)
    page = shown(answer)
    assert answer.status_code == status
    assert said in page
    assert kept in page
    assert beside_the_bench(office.app) == office.before


ON_CLAUSE, ON_A1 = "/clauses/{art_13__para_1}/comments", "/amendments/1/comments"


@pytest.mark.parametrize(
    ("path", "form", "status", "said"),
    [
        (ON_CLAUSE, {"body": " \n ", "quote": "kept words"}, 422, "Write your comment first: it is empty."),
        (ON_CLAUSE, {"body": "kept words" + "x" * 19_991}, 422,
         "The comment has 20001 characters; the longest possible has 20000."),
        (ON_CLAUSE, {"body": "kept words", "quote": "not there"}, 422,
         "The words “not there” do not stand in this clause. Copy them exactly, or leave the field empty."),
        (ON_CLAUSE, {"body": "kept words \0"}, 422, "The comment has a null character in it, which no text needs."),
        (ON_CLAUSE, {"body": "kept words", "quote": "\0"}, 422, "do not stand in this clause."),
        (ON_CLAUSE, {"body": "kept words", "kind": "shout"}, 422, "“shout” is no kind of comment."),
        (ON_CLAUSE, {"body": "kept words", "reply_to": "999"}, 404, "The comment you reply to is not there."),
        (ON_CLAUSE, {"body": "kept words", "reply_to": "-1"}, 404, "The comment you reply to is not there."),
        (ON_CLAUSE, {"body": "kept words", "reply_to": LARGER_THAN_INTEGERS}, 404,
         "The comment you reply to is not there."),
        ("/clauses/{art_14__para_2}/comments", {"body": "kept words", "reply_to": "1"}, 404,
         "The comment you reply to is not there."),
        ("/clauses/nowhere/comments", {"body": "kept words"}, 404, "This clause does not exist in the draft."),
        ("/clauses/a%00b/comments", {"body": "kept words"}, 404, "There is no page at this address."),
        (ON_A1, {"body": "", "kind": "kept words"}, 422, "“kept words” is no kind of comment."),
        (ON_A1, {"body": "kept words" + "x" * 19_991}, 422, "The comment has 20001 characters"),
        (ON_A1, {"body": "kept words \0"}, 422, "The comment has a null character in it"),
        (ON_A1, {"body": "kept words", "reply_to": "1"}, 404, "The comment you reply to is not there."),
        ("/amendments/99/comments", {"body": "kept words"}, 404, "There is no amendment A99 in this draft."),
        ("/amendments/-1/comments", {"body": "kept words"}, 404, "There is no page at this address."),
        (f"/amendments/{LARGER_THAN_INTEGERS}/comments", {"body": "kept words"}, 404,
         "There is no page at this address."),
    ],
)  # fmt: skip
def test_a_comment_that_cannot_be_taken(
    office: Office, path: str, form: dict[str, object], status: int, said: str
) -> None:
    check(office, "civil", path, form, status, said, "kept words")


def test_a_comment_nobody_may_make_comes_back_with_the_reason_in_the_margin_too(office: Office) -> None:
    said = "As observer of this draft you may not comment on it."
    check(office, "observer", ON_CLAUSE, {"body": "kept words"}, 403, said, "kept words")
    check(office, "observer", ON_A1, {"body": "kept words"}, 403, said, "kept words")
    path = LAW + ON_CLAUSE.format(**office.at)
    answer = office.people["observer"].post(path, data={"body": "kept words"}, headers={"X-Fragment": "margin"})
    assert "<html" not in answer.text
    assert (said in shown(answer), "kept words" in shown(answer)) == (True, True)


GOOD = {"do": "submit", "base_version": "2", "operation": "words", "text": "My words.", "rationale": "kept reason"}
PROPOSE = "/clauses/{art_14__para_2}/propose"
TOO_LONG = "The reason may have 20000 characters, the short name 200."
NULL = "characters or holds a null character."


@pytest.mark.parametrize(
    ("path", "form", "status", "said", "kept"),
    [
        (PROPOSE, {"rationale": " "}, 422, "Say why: an amendment needs its reason, even a short one.", "My words."),
        (PROPOSE, {"rationale": "x" * 20_001}, 422, TOO_LONG, "My words."),
        (PROPOSE, {"title": "x" * 201}, 422, TOO_LONG, "My words."),
        (PROPOSE, {"text": "One paragraph.\n\nAnd another."}, 422,
         "The words of one clause cannot hold a blank line: that would begin another clause.", "And another."),
        (PROPOSE, {"text": "One paragraph.\r\n\r\nAnd another.", "operation": "restate"}, 422,
         "The words of one clause cannot hold a blank line", "And another."),
        (PROPOSE, {"text": " "}, 422, "No words are left. To take the clause out, choose “Delete”.", "kept reason"),
        (PROPOSE, {"operation": "insert", "insertion": " "}, 422,
         "Nothing is to be inserted: the text of the new clause is empty.", "kept reason"),
        (PROPOSE, {"operation": "explode"}, 422, "“explode” is no way to amend a clause.", "My words."),
        (PROPOSE, {"operation": "explode", "do": "preview"}, 422, "“explode” is no way to amend", "My words."),
        (PROPOSE, {"text": "My words.\0"}, 422, NULL, "kept reason"),
        (PROPOSE, {"text": "x" * 1_000_001}, 422, "The text is longer than 1000000 characters", "kept reason"),
        (PROPOSE, {"operation": "insert", "insertion": "7. New.\0"}, 422, NULL, "kept reason"),
        (PROPOSE, {"rationale": "kept reason\0"}, 422, NULL, "My words."),
        (PROPOSE, {"title": "A name\0"}, 422, NULL, "My words."),
        (PROPOSE, {"base_version": "1"}, 409,
         "You wrote this on version 1; meanwhile version 2 was issued. Your words are kept below", "My words."),
        (PROPOSE, {"base_version": "1"}, 409, "meanwhile version 2 was issued", "kept reason"),
        (PROPOSE, {"base_version": "two"}, 409, "meanwhile version 2 was issued", "My words."),
        (PROPOSE, {"base_version": "-2"}, 409, "meanwhile version 2 was issued", "My words."),
        (PROPOSE, {"base_version": LARGER_THAN_INTEGERS}, 409, "check them against the new text", "My words."),
        ("/clauses/{art_14__para_1}/propose", {}, 404, "This clause does not exist in the draft.", "My words."),
        ("/clauses/{art_14__para_1}/propose", {"do": "preview"}, 404, "This clause does not exist", "My words."),
        ("/clauses/{art_14__para_1}/propose", {"base_version": "1"}, 404, "This clause does not exist", "kept reason"),
        ("/clauses/nowhere/propose", {}, 404, "This clause does not exist in the draft.", "kept reason"),
    ],
)  # fmt: skip
def test_an_amendment_that_cannot_be_taken(
    office: Office, path: str, form: dict[str, object], status: int, said: str, kept: str
) -> None:
    check(office, "civil", path, GOOD | form, status, said, kept)


@pytest.mark.parametrize("operation", ["words", "restate"])
def test_an_amendment_that_changes_nothing_is_no_amendment(office: Office, operation: str) -> None:
    composer = shown(office.people["civil"].get(LAW + PROPOSE.format(**office.at)))
    as_it_stands = composer.split('name="text"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
    assert len(as_it_stands) > 50
    form = GOOD | {"text": as_it_stands, "operation": operation}
    said = "This amendment changes nothing: the words are the same as in the text."
    check(office, "civil", PROPOSE, form, 422, said, "kept reason")


def test_while_somebody_types_a_refusal_is_an_answer(office: Office) -> None:
    path = LAW + PROPOSE.format(**office.at)
    answer = office.people["civil"].post(path, data=GOOD | {"text": " ", "do": ""}, headers={"X-Fragment": "preview"})
    assert answer.status_code == 200
    assert "No words are left. To take the clause out, choose “Delete”." in shown(answer)


def test_a_text_larger_than_a_request_may_be_is_refused_in_a_sentence(office: Office) -> None:
    form = GOOD | {"text": "x" * (16 * 1024 * 1024)}
    check(office, "civil", PROPOSE, form, 413, "What was sent is larger than can be taken.", "at most 16 MB")


ISSUE = {"do": "issue", "expected_version": "2", "message": "kept message"}
BOTH = {"amendment": ["1", "2"]}
OWN = {**BOTH, "settle-{collision}": "own"}


@pytest.mark.parametrize(
    ("form", "status", "said", "kept"),
    [
        ({}, 422, "Choose at least one amendment to consolidate.", "kept message"),
        ({"amendment": ["x", ""]}, 422, "Choose at least one amendment to consolidate.", "kept message"),
        (BOTH, 422, "1 collision(s) are not settled yet: choose a side, your own words, or the base text.",
         'id="choose-2" name="amendment" value="2" checked'),
        ({**BOTH, "settle-{collision}": "nobody"}, 422, "1 collision(s) are not settled yet", "kept message"),
        ({**BOTH, "settle-elsewhere": "1"}, 422, "1 collision(s) are not settled yet", "kept message"),
        ({**BOTH, "settle-{collision}": "9"}, 422, "A9 is no side of this collision.", "kept message"),
        ({**BOTH, "settle-{collision}": LARGER_THAN_INTEGERS}, 422, "is no side of this collision.", "kept message"),
        ({**OWN, "own-{collision}": "kept own words\0"}, 422, NULL, "kept own words"),
        ({**OWN, "own-{collision}": "kept own words" + "x" * 1_000_000}, 422, NULL, "kept own words"),
        ({"amendment": "15", "message": "kept message\0"}, 422, NULL, "kept message"),
        ({"amendment": "15", "message": "kept message" * 50}, 422, "The text is longer than 500 characters",
         "kept message"),
        ({"amendment": ["13", "15"]}, 409,
         "A13 can no longer be chosen: withdrawn, decided, or in need of its author meanwhile.",
         'id="choose-15" name="amendment" value="15" checked'),
        ({"amendment": ["16", "99"]}, 409, "A16, A99 can no longer be chosen", "kept message"),
        ({"amendment": LARGER_THAN_INTEGERS}, 409, "can no longer be chosen", "kept message"),
        ({"amendment": "15", "expected_version": "1"}, 409,
         "Version 2 was issued while you worked on version 1. Nothing of yours was stored over it", "kept message"),
        ({"amendment": "15", "expected_version": "two"}, 409, "Version 2 was issued while you worked", "kept message"),
        ({"amendment": "15", "expected_version": "-2"}, 409, "Version 2 was issued while you worked", "kept message"),
    ],
)  # fmt: skip
def test_a_consolidation_that_cannot_be_issued(
    office: Office, form: dict[str, object], status: int, said: str, kept: str
) -> None:
    check(office, "facilitator", "/consolidation", ISSUE | form, status, said, kept)


@pytest.mark.parametrize(
    ("name", "path", "status", "said"),
    [
        ("facilitator", "/versions/1/publish", 422, "Choose who may read it: everybody, whoever has the link,"),
        ("facilitator", "/versions/99/publish", 404, f"The draft “{SLUG}” has no version 99."),
        ("facilitator", "/versions/0/publish", 404, f"The draft “{SLUG}” has no version 0."),
        ("facilitator", "/versions/-1/publish", 404, "There is no page at this address."),
        ("facilitator", f"/versions/{LARGER_THAN_INTEGERS}/publish", 405, "This address cannot be used in this way."),
        ("facilitator", "/amendments/1/withdraw", 403, "Only the institution that proposed A1 may withdraw it."),
        ("civil", "/amendments/13/withdraw", 409, "Amendment A13 is withdrawn and can no longer become withdrawn."),
        ("civil", "/amendments/16/withdraw", 409, "Amendment A16 is adopted and can no longer become withdrawn."),
        ("civil", "/amendments/99/withdraw", 404, "There is no amendment A99 in this draft."),
        ("civil", f"/amendments/{LARGER_THAN_INTEGERS}/withdraw", 404, "There is no page at this address."),
        ("civil", "/amendments", 405, "This address cannot be used in this way."),
    ],
)
def test_a_step_that_is_not_possible(office: Office, name: str, path: str, status: int, said: str) -> None:
    check(office, name, path, {}, status, said, said)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/drafts/no-such-draft", 404, "There is no draft “no-such-draft” that you may see."),
        ("/drafts/no-such-draft/consolidation", 404, "There is no draft “no-such-draft” that you may see."),
        ("/drafts/no-such-draft/compare", 404, "There is no draft “no-such-draft” that you may see."),
        ("/drafts/a%00b", 404, "There is no page at this address."),
        (f"{LAW}/versions/99", 404, f"The draft “{SLUG}” has no version 99."),
        (f"{LAW}/versions/0", 404, f"The draft “{SLUG}” has no version 0."),
        (f"{LAW}/versions/-1", 404, "There is no page at this address."),
        (f"{LAW}/versions/{LARGER_THAN_INTEGERS}", 404, "There is no page at this address."),
        (f"{LAW}/amendments/99", 404, "There is no amendment A99 in this draft."),
        (f"{LAW}/amendments/0", 404, "There is no amendment A0 in this draft."),
        (f"{LAW}/amendments/-1", 404, "There is no page at this address."),
        (f"{LAW}/amendments/{LARGER_THAN_INTEGERS}", 404, "There is no page at this address."),
        (f"{LAW}/clauses/nowhere", 404, "This clause does not exist in the draft."),
        (f"{LAW}/clauses/nowhere/propose", 404, "This clause does not exist in the draft."),
        (f"{LAW}/clauses/a%00b", 404, "There is no page at this address."),
        (f"{LAW}/compare?old=99", 404, f"The draft “{SLUG}” has no version 99."),
        (f"{LAW}/compare?old=0", 404, f"The draft “{SLUG}” has no version 0."),
        (f"{LAW}/compare?old=-1", 404, f"The draft “{SLUG}” has no version -1."),
        (f"{LAW}/compare?new={LARGER_THAN_INTEGERS}", 404, f"has no version {LARGER_THAN_INTEGERS}."),
        (f"{LAW}/compare?old=x", 200, "Version 1 compared with version 2"),
        (f"{LAW}/compare?old=2&new=1", 200, "Version 2 compared with version 1"),
        (f"/publications/{SLUG}/2", 404, "There is no such publication."),
        (f"/publications/{SLUG}/{LARGER_THAN_INTEGERS}", 404, "There is no page at this address."),
        ("/publications/no-such-draft/1", 404, "There is no such publication."),
        ("/publications/a%00b/1", 404, "There is no page at this address."),
        (f"/publications/{SLUG}/1/another-name.md", 404, "There is no such publication."),
        ("/assets/any/../config.py", 404, "There is no page at this address."),
        ("/no-such-page", 404, "There is no page at this address."),
        ("/language", 405, "This address cannot be used in this way."),
    ],
)
def test_an_address_that_leads_nowhere_says_so(office: Office, path: str, status: int, said: str) -> None:
    answer = office.people["facilitator"].get(path)
    assert (answer.status_code, said in shown(answer)) == (status, True)


def test_a_clause_that_is_gone_keeps_its_page_but_is_not_amended(office: Office) -> None:
    client = office.people["civil"]
    page = client.get(f"{LAW}/clauses/{office.at[DELETED]}")
    assert (page.status_code, "Since version 2 this clause is no longer in the text." in shown(page)) == (200, True)
    assert client.get(f"{LAW}/clauses/{office.at[DELETED]}/propose").status_code == 404


@pytest.mark.parametrize(
    ("name", "password"),
    [("civil", "another password"), ("nobody-knows", "kelishim-demo"), ("", ""), ("civil\0", "kelishim-demo"),
     ("civil", "kelishim-demo\0"), ("CIVIL", "kelishim-demo"), ("civil", "")],
)  # fmt: skip
def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_sentence(
    office: Office, name: str, password: str
) -> None:
    client = office.app.test_client()
    answer = client.post("/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 422
    assert "This was not done.</strong> The name or the password is wrong.</p>" in shown(answer)
    assert f'name="name" value="{name}"' in shown(answer)
    assert (password in answer.text) is (password == "")
    assert client.get(LAW).status_code == 404


def test_no_redirect_leaves_the_site(office: Office) -> None:
    leaving = []
    for target in EVIL:
        client = office.app.test_client()
        shown_form = client.get("/sign-in", query_string={"next": target})
        assert (shown_form.status_code, 'name="next" value=""' in shown_form.text) == (200, True), target
        switched = client.post("/language", data={"language": "ky", "next": target})
        leaving += [target] if (switched.status_code, switched.location) != (303, "/") else []
    form = {"name": "civil", "password": "kelishim-demo", "next": "//evil.example"}
    assert office.app.test_client().post("/sign-in", data=form).location == "/"
    assert office.app.test_client().post("/sign-in", data={**form, "next": LAW}).location == LAW
    assert leaving == []


SAID = {
    "ru": ("Сначала напишите комментарий: он пуст.", "В этом проекте нет поправки A99."),
    "ky": ("Адегенде пикириңизди жазыңыз: ал бош.", "Бул долбоордо A99 түзөтүүсү жок."),
    "en": ("Write your comment first: it is empty.", "There is no amendment A99 in this draft."),
}


def test_a_refusal_is_said_in_the_language_of_the_interface_with_its_facts(office: Office) -> None:
    client = signed_in(office.app, "civil")
    for language, (empty, unknown) in SAID.items():
        client.post("/language", data={"language": language})
        client.post("/language", data={"language": "xx"})
        answer = client.post(LAW + ON_CLAUSE.format(**office.at), data={"body": ""})
        assert (answer.status_code, empty in shown(answer)) == (422, True), language
        answer = client.get(f"{LAW}/amendments/99")
        assert (answer.status_code, unknown in shown(answer)) == (404, True), language


SCRIPT = '<script>alert("1")</script> **bold** [link](javascript:alert(2)) <img src=x onerror=alert(3)>'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; **bold** [link](javascript:alert(2)) &lt;img"


def test_what_people_write_stays_text(demonstrated: Flask) -> None:
    client, clause = signed_in(demonstrated, "civil"), clause_ids(demonstrated)["art_13__para_1"]
    before = stored(demonstrated)
    for path in (f"{LAW}/clauses/{clause}", f"{LAW}/amendments/1"):
        assert client.post(f"{path}/comments", data={"body": SCRIPT}).status_code == 303
        page = client.get(path).text
        assert ESCAPED in page
        assert "<script>alert" not in page
    assert added(before, stored(demonstrated)) == {"comments": 2, "events": 2}


def test_html_in_an_amendment_stays_text_in_the_law_it_becomes(demonstrated: Flask) -> None:
    client, facilitator = signed_in(demonstrated, "civil"), signed_in(demonstrated, "facilitator")
    clause = clause_ids(demonstrated)["art_13__para_4"]
    form = GOOD | {"base_version": "1", "operation": "insert", "insertion": f"6. {SCRIPT}", "title": SCRIPT}
    assert client.post(f"{LAW}/clauses/{clause}/propose", data=form).status_code == 303
    issue = {"do": "issue", "expected_version": "1", "amendment": "16", "message": SCRIPT}
    assert facilitator.post(f"{LAW}/consolidation", data=issue).status_code == 303
    facilitator.post(f"{LAW}/versions/2/publish", data=PUBLISH | {"title-en": SCRIPT, "format": "html"})
    for path in (LAW, f"{LAW}/amendments", f"{LAW}/amendments/16", f"{LAW}/compare", f"/publications/{SLUG}/1"):
        page = facilitator.get(path).text
        assert "&lt;script&gt;alert(" in page, path
        assert [bad for bad in ("<script>alert", "<img", 'href="javascript:') if bad in page] == [], path


def test_the_block_at_the_head_of_the_file_has_no_page_of_its_own(office: Office) -> None:
    answer = office.people["civil"].get(f"{LAW}/clauses/{office.at['front_matter']}")
    assert answer.status_code == 404
    assert "This clause does not exist in the draft." in shown(answer)
