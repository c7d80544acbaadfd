"""Where authors are not stored they hold a receipt: shown once, kept by their own browser, and by nobody else."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.store.db import db
from tests.product import Copies, clause_ids, shown
from tests.services.at_risk import FACILITATOR, LAW, ONE, OTHER, SLUG, browser, set_up

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
CODE = re.compile(r'class="receipt-code">([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<')
UNKNOWN = "This code is not the receipt of anything in this draft. Look at each letter once more."


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        set_up(app)
        yield app


@pytest.fixture(scope="module")
def place(app: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(app, SLUG)['art_1__para_1']}"


def written(client: FlaskClient, place: str, body: str) -> tuple[str, str]:
    """Where a comment stands, and its receipt."""
    answer = client.post(f"{place}/comments", data={"kind": "comment", "body": body})
    assert answer.status_code == 303
    at = answer.location.rpartition("#comment-")[2]
    found = CODE.search(client.get(place).text)
    assert found is not None
    return f"{LAW}/comments/{at}", found[1]


def kept(client: FlaskClient) -> list[str]:
    cookie = client.get_cookie("receipts", path="/drafts")
    return cookie.value.split(".") if cookie and cookie.value else []


def edited(client: FlaskClient, comment: str, **more: str) -> int:
    return client.post(f"{comment}/edit", data={"kind": "comment", "body": "Other words.", **more}).status_code


def test_the_code_is_shown_once_and_the_browser_keeps_it_where_no_script_reads_it(app: Flask, place: str) -> None:
    client = browser(app, ONE)
    answer = client.post(f"{place}/comments", data={"kind": "comment", "body": "They came at night."})
    header = next(value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("receipts="))
    assert "HttpOnly" in header
    assert "Path=/drafts" in header
    assert "SameSite=Lax" in header
    assert "Expires" not in header  # gone when the browser is closed
    page = client.get(place).text
    assert 'class="flashes flashes-in-sight"' in page  # though the page opens at the comment
    code = CODE.search(page)
    assert code is not None
    assert kept(client) == [code[1].replace("-", "")]
    assert "It is shown this once: write it down." in page
    assert CODE.search(client.get(place).text) is None


def test_whoever_shows_the_code_goes_on_with_it_from_any_browser(app: Flask, place: str) -> None:
    client = browser(app, ONE)
    comment, code = written(client, place, "Only I know this.")
    elsewhere = browser(app, ONE)
    assert edited(elsewhere, comment) == 403
    assert edited(browser(app, OTHER), comment) == 403
    answer = elsewhere.post(f"{LAW}/attribution/receipt", data={"receipt": f" {code.lower().replace('-', ' ')} "})
    assert (answer.status_code, answer.location.startswith(place)) == (303, True)
    assert edited(elsewhere, comment) == 303
    assert edited(browser(app, OTHER), comment, receipt=code) == 422  # theirs now, and reads as before
    for client in (elsewhere, browser(app, ONE)):
        client.post("/sign-out")
    assert kept(elsewhere) == []


@pytest.mark.parametrize(
    "typed", ["", "7KQ2-M4XD-09RT", "x" * 300, "\0", "жжжж-жжжж-жжжж", "'; DROP TABLE comments; --"]
)
def test_a_code_that_is_of_nothing_is_a_sentence_and_comes_back(app: Flask, typed: str) -> None:
    answer = browser(app, ONE).post(f"{LAW}/attribution/receipt", data={"receipt": typed})
    assert (answer.status_code, UNKNOWN in shown(answer)) == (422, True)


def test_a_forged_cookie_is_nobodys_receipt(app: Flask, place: str) -> None:
    comment, code = written(browser(app, ONE), place, "Said in confidence.")
    client = browser(app, OTHER)
    for forged in ("", "....", "A" * 12, f"{code[:-1]}x", "\x01\x02", ".".join(["0" * 12] * 200)):
        client.set_cookie("receipts", forged, path="/drafts")
        assert edited(client, comment) == 403, forged
    client.set_cookie("receipts", code.replace("-", ""), path="/drafts")
    assert edited(client, comment) == 303


def test_a_browser_keeps_twenty_codes_until_it_is_told_to_forget_them(app: Flask, place: str) -> None:
    client = browser(app, ONE)
    codes = []
    for number in range(22):
        client.post(f"{place}/comments", data={"kind": "comment", "body": f"Number {number}."})
        with client.session_transaction() as shown_next:
            codes += [said.replace("-", "") for category, said in shown_next.pop("_flashes") if category == "receipt"]
    assert kept(client) == codes[:1:-1]
    page = client.get(f"{LAW}/attribution").text
    assert "This browser keeps 20 codes." in page
    assert not any(code in page for code in codes)
    client.post(f"{LAW}/attribution/receipts/forget")
    assert kept(client) == []


def test_whoever_signs_in_next_at_this_browser_holds_nothing(app: Flask, place: str) -> None:
    client = browser(app, ONE)
    written(client, place, "Before the break.")
    client.post("/language", data={"language": "en"})
    assert len(kept(client)) == 1
    client.post("/sign-in", data={"name": OTHER.name, "password": "kelishim-demo"})
    assert kept(client) == []


def test_a_draft_amendment_is_found_again_with_its_code_alone(app: Flask, place: str) -> None:
    client = browser(app, ONE)
    form = {"base_version": "1", "operation": "words", "text": "The mechanism visits.", "do": "save"}
    answer = client.post(f"{place}/propose", data=form)
    page = client.get(answer.location)
    code = CODE.search(page.text)
    assert (page.status_code, code is not None) == (200, True)
    at = answer.location.removesuffix("/reword")
    for person in (ONE, OTHER, FACILITATOR):
        assert browser(app, person).get(at).status_code == 404
        assert at not in browser(app, person).get(f"{LAW}/amendments").text
    assert client.get(at).status_code == 200


def test_a_facilitator_takes_out_what_nobody_answers_for_and_the_record_says_so(app: Flask, place: str) -> None:
    comment, _code = written(browser(app, ONE), place, "Something rude.")
    assert "Take this comment out" not in browser(app, OTHER).get(place).text
    client = browser(app, FACILITATOR)
    assert "Take this comment out" in client.get(place).text
    assert client.post(f"{comment}/withdraw").status_code == 303
    assert "Something rude." not in browser(app, OTHER).get(place).text


def test_the_page_says_what_each_mode_means_for_those_at_risk(app: Flask) -> None:
    page = shown(browser(app, ONE).get(f"{LAW}/attribution"))
    assert "In this draft: unattributed." in page
    assert "who has the database in hand cannot find them either" in page
    assert "Positions and reservations. They are an institution's" in page
    assert "data-keep-at" not in shown(browser(app, ONE).get(f"{LAW}/amendments/everywhere"))


def test_a_named_draft_gives_no_receipts(app: Flask) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"name": "civil", "password": "kelishim-demo"})
    place = f"/drafts/torture-investigation/clauses/{clause_ids(app)['art_14__para_1']}"
    client.post(f"{place}/comments", data={"kind": "comment", "body": "In my name."})
    assert CODE.search(client.get(place).text) is None
    assert kept(client) == []
    with app.app_context():
        codes = db.session.execute(db.text("SELECT receipt_hash FROM comments WHERE body = 'In my name.'")).scalars()
        assert codes.all() == [None]
