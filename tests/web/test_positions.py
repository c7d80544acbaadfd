"""Positions on the pages: a line per seat, the form with what was typed, marks in contents and text, news."""

import re

import pytest
from flask import Flask

from tests.product import LAW, clause_ids, fingerprint_in, shown, signed_in
from tests.services.deeds import issue
from tests.services.stances import PARA, call_about, state
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]

FULL = ("interior", "prosecutor", "prevention", "ombudsman", "civil")


@pytest.fixture
def at(demonstrated: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(demonstrated)[PARA]}"


def say(app: Flask, name: str, at: str, **form: str) -> None:
    client = signed_in(app, name)
    assert client.post(f"{at}/positions", data={"words": fingerprint_in(client, at), **form}).status_code == 303


def test_a_position_is_stated_and_read_by_everybody(demonstrated: Flask, at: str) -> None:
    interior = signed_in(demonstrated, "interior")
    form = {"words": fingerprint_in(interior, at), "step": "6", "reason": "Money <b>first</b>."}
    answer = interior.post(f"{at}/positions", data=form)
    assert (answer.status_code, answer.location) == (303, f"{at}#positions")
    page = signed_in(demonstrated, "observer").get(at).text
    assert "Money &lt;b&gt;first&lt;/b&gt;." in page
    assert "cannot accept" in page
    assert "As an observer you read positions; you have none." in page
    assert "contested" in page


def test_the_reason_comes_back_when_it_is_refused(demonstrated: Flask, at: str) -> None:
    interior = signed_in(demonstrated, "interior")
    words = fingerprint_in(interior, at)
    for form, status, said in (
        ({"words": words, "step": "6", "confirm_days": "7"}, 422, "What would you need? This position needs its reason."),
        ({"words": "0" * 64, "step": "6", "reason": "My long reason."}, 409, "The text was changed while you read it."),
        ({"words": words, "step": "1", "reason": "My long reason.", "confirm_days": "x"}, 422, "in 1 to 180 days."),
    ):  # fmt: skip
        answer = interior.post(f"{at}/positions", data=form)
        page = shown(answer)
        assert (answer.status_code, said in page) == (status, True), form
        assert form.get("reason", "") in page
        assert f'value="{form["step"]}" required checked' in page
        assert f'name="words" value="{words}"' in page
        assert '<details class="position-form deed" open>' in page


def test_the_same_in_the_margin(demonstrated: Flask, at: str) -> None:
    interior = signed_in(demonstrated, "interior")
    answer = interior.post(f"{at}/positions", data={"words": "", "step": "1"}, headers={"X-Fragment": "margin"})
    assert (answer.status_code, "<html" in answer.text) == (409, False)
    assert "The text was changed while you read it." in answer.text


def test_one_for_all_below_is_offered_on_headings(demonstrated: Flask, at: str) -> None:
    interior = signed_in(demonstrated, "interior")
    heading = f"{LAW}/clauses/{clause_ids(demonstrated)['art_14']}"
    assert "Also for everything below" not in interior.get(at).text
    page = interior.get(heading).text
    found = re.search(r'name="words_below" value="(\w+)"', page)
    assert found is not None
    form = {"words": fingerprint_in(interior, heading), "words_below": found[1], "below": "1", "step": "2"}
    assert interior.post(f"{heading}/positions", data=form).status_code == 303
    assert "for everything in" in interior.get(at).text


def test_agreed_clauses_are_marked_in_contents_and_text(demonstrated: Flask) -> None:
    for name in FULL:
        state(demonstrated, name, clause="art_12", about="below")
    page = signed_in(demonstrated, "observer").get(LAW).text
    clause_id = clause_ids(demonstrated)["art_12"]
    entry = page[page.index(f'<a href="#c-{clause_id}">') :][:400]
    assert "state-agreed" in entry
    assert page.count('class="count count-agreed"') >= 2


def test_a_lapsed_position_is_said_and_repeated_in_one_press(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_18__para_2", step=2)
    issue(demonstrated, "facilitator", 15)
    interior = signed_in(demonstrated, "interior")
    at = f"{LAW}/clauses/{clause_ids(demonstrated, number=2)['art_18__para_2']}"
    page = interior.get(at).text
    assert "These spoke on an earlier one" in page
    assert "Given on an earlier text" in page
    assert "Lapsed: the text changed" in interior.get(f"{LAW}/positions").text
    form = re.search(r"<form[^>]*>(?:(?!</form>).)*Same position on the text as it stands", page, re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert interior.post(f"{at}/positions", data=fields).status_code == 303
    assert "Given on an earlier text" not in interior.get(at).text


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_hidden_position_stands_on_no_page_of_others(demonstrated: Flask, at: str) -> None:
    call_about(demonstrated, PARA, hidden=True)
    everywhere = (at, LAW, f"{LAW}/positions", f"{LAW}/news", "/news", f"{LAW}/amendments/1", f"{LAW}/discussion")
    signed_in(demonstrated, "civil").post(f"{LAW}/follow", data={"do": "follow"})
    say(demonstrated, "interior", at, step="6", reason="A secret reason.")
    for name in ("civil", "facilitator", "observer", "administrator"):
        client = signed_in(demonstrated, name)
        for address in everywhere:
            assert "A secret reason." not in client.get(address).text, (name, address)
    assert "state state-contested" not in signed_in(demonstrated, "civil").get(at).text
    assert "hidden until the call is revealed" in signed_in(demonstrated, "civil").get("/news").text
    assert "A secret reason." in signed_in(demonstrated, "interior").get(at).text


def test_positions_are_news_for_the_institution_and_for_followers(demonstrated: Flask) -> None:
    at = f"{LAW}/clauses/{clause_ids(demonstrated)['art_12']}"  # nobody follows it yet
    civil = signed_in(demonstrated, "civil")
    civil.post(f"{at}/follow", data={"do": "follow"})
    say(demonstrated, "interior", at, step="6", reason="Money.")
    say(demonstrated, "facilitator", at, step="1", entered_for="GPO")
    page = shown(civil.get("/news"))
    assert "cannot accept" in page
    assert "Money." in page
    assert ": support" in shown(signed_in(demonstrated, "prosecutor").get("/news"))
    assert ": support" not in shown(signed_in(demonstrated, "prevention").get("/news"))


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_pages_take_as_many_statements_however_many_positions(demonstrated: Flask, at: str) -> None:
    client = signed_in(demonstrated, "observer")
    addresses = (LAW, at, f"{LAW}/positions", f"{LAW}/amendments/1")
    state(demonstrated, "interior")
    state(demonstrated, "interior", about="version")
    few = counted(demonstrated, client, addresses)
    for name in FULL:
        for address in ("art_1", "art_11__para_1", "art_18__para_1", PARA):
            state(demonstrated, name, clause=address)
        state(demonstrated, name, about="version")
    assert counted(demonstrated, client, addresses) == few
