"""The bench and the big screen as the browser gets them."""

import re
from math import inf

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.domain.edits import RestateClause
from app.web.screens import SIZES, SMALLEST
from tests.product import LAW, chain, collision_keys, shown, signed_in
from tests.services.bench_deeds import counter_text, deletion
from tests.services.deeds import clauses, fates, issue, submit, text

pytest_plugins = ["tests.demonstration"]
BENCH, SCREEN = f"{LAW}/consolidation", f"{LAW}/consolidation/screen"
CHOSEN = {"do": "preview", "expected_version": "1"}


def work(app: Flask, *numbers: int, **more: str) -> TestResponse:
    """The facilitator sends the bench; the page that comes of it."""
    data = CHOSEN | {"amendment": list(map(str, numbers))} | {name.replace("_", "-"): to for name, to in more.items()}
    return signed_in(app, "facilitator").post(BENCH, data=data)


def ticked(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="amendment" value="(\d+)" checked', page)]


def share(app: Flask, shared: str = "yes") -> None:
    answer = signed_in(app, "facilitator").post(f"{BENCH}/share", data={"shared": shared})
    assert answer.status_code == 303


def test_a_collision_kept_in_brackets_is_issued_and_counted_before(demonstrated: Flask) -> None:
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    page = shown(work(demonstrated, 1, 2, **{f"settle-{key}": "bracket"}))
    assert 'value="bracket" checked' in page
    assert "1 bracket is kept" in page
    answer = work(demonstrated, 1, 2, **{f"settle-{key}": "bracket", "do": "issue"})
    assert answer.status_code == 303
    assert {number: fates(demonstrated)[number][0] for number in (1, 2)} == {1: "taken_up", 2: "taken_up"}


def test_a_counter_text_settles_with_one_choice_and_can_be_taken_back(demonstrated: Flask) -> None:
    counter_text(demonstrated)
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    page = shown(work(demonstrated, 1, 2))
    assert "Not chosen yet: to settle by it chooses it too." in page
    assert "Eighteen hours are too long." in page
    page = shown(work(demonstrated, 1, 2, **{f"settle-{key}": "16"}))
    assert ticked(page) == [1, 2, 16]
    (new,) = re.findall(r'id="collision-([^"]+)"', page)
    assert f'id="settle-{new}-16" name="settle-{new}" value="16" checked' in page
    assert f'<input type="hidden" name="own-{key}" value="">' in page
    page = shown(work(demonstrated, 1, 2, **{f"own-{key}": "", f"settle-{new}": "16"}))
    assert ticked(page) == [1, 2]
    assert ticked(shown(signed_in(demonstrated, "facilitator").get(BENCH))) == [1, 2]


def test_the_consequences_stand_on_the_bench_with_links_to_the_clauses(demonstrated: Flask) -> None:
    submit(demonstrated, "interior", deletion(demonstrated, "art_33"))
    page = shown(work(demonstrated, 16))
    told = page.partition('id="consequences-head"')[2]
    assert re.search(r"\d+ references? leads? nowhere", told)
    assert re.search(
        rf'<a href="{LAW}/clauses/\w+" lang="en">Article 6\(1\)\(4\)</a>: <q lang="en">Article 33</q>', told
    )


def test_renumbering_is_asked_for_with_a_tick_and_shows_the_new_numbers(demonstrated: Flask) -> None:
    submit(demonstrated, "interior", deletion(demonstrated, "art_6__para_2"))
    page = shown(work(demonstrated, 16, renumber="yes"))
    assert '<input type="checkbox" id="renumber" name="renumber" value="yes" checked>' in page
    assert '<li lang="en">3. → 2.</li>' in page
    assert work(demonstrated, 16, renumber="yes", do="issue").status_code == 303
    assert "2. A prosecutor who supervises" in text(demonstrated, 2)
    assert chain(demonstrated)[-1].facts["renumbered"][0]["new"] == "2."


@pytest.mark.parametrize(
    ("state", "observer", "civil", "facilitator"),
    [("none", 404, 404, 404), ("open", 404, 404, 200), ("shared", 200, 200, 200), ("taken off", 404, 404, 200)],
)
def test_members_see_the_screen_while_the_bench_is_shared(
    demonstrated: Flask, state: str, observer: int, civil: int, facilitator: int
) -> None:
    if state != "none":
        work(demonstrated, 15)
    if state in ("shared", "taken off"):
        share(demonstrated)
    if state == "taken off":
        share(demonstrated, "no")
    answers = {name: signed_in(demonstrated, name).get(SCREEN) for name in ("observer", "civil", "facilitator")}
    assert [answer.status_code for answer in answers.values()] == [observer, civil, facilitator]
    assert demonstrated.test_client().get(SCREEN).status_code == 404


def test_the_screen_shows_the_first_open_collision_then_the_changed_clause(demonstrated: Flask) -> None:
    (key,) = re.findall(r'id="collision-([^"]+)"', work(demonstrated, 1, 2, 15).text)
    share(demonstrated)
    page = shown(signed_in(demonstrated, "observer").get(SCREEN))
    assert '<meta http-equiv="refresh" content="10">' in page
    assert "0 of 1 collisions settled" in page
    assert "immediately and in any case" in page and "forty-eight" in page
    assert "<form" not in page and "<button" not in page
    work(demonstrated, 1, 2, 15, **{f"settle-{key}": "base"})
    page = shown(signed_in(demonstrated, "observer").get(SCREEN, headers={"X-Fragment": "screen"}))
    assert page.lstrip().startswith("<main")
    assert "1 of 1 collisions settled" in page
    assert "Article 18(2)" in page and "thirty days" in page


def test_the_more_words_the_smaller_they_are_on_the_screen(demonstrated: Flask) -> None:
    work(demonstrated, 15)
    last = inf
    share(demonstrated)
    longest = max(clauses(demonstrated, 1)[1:], key=lambda one: len(one.clause.body))
    body = longest.clause.body
    for name, new in (("interior", body.replace("the ", "any ")), ("civil", body.upper())):
        submit(demonstrated, name, RestateClause(longest.id, body, new))
    for numbers in ((15,), (16, 17)):
        work(demonstrated, *numbers)
        page = signed_in(demonstrated, "observer").get(SCREEN).text
        (size,) = re.findall(r'class="screen screen-(\d+)"', page)
        assert int(size) in (*SIZES, SMALLEST)
        assert int(size) < last
        last = int(size)


def test_a_version_that_was_issued_takes_the_bench_off_the_screen(demonstrated: Flask) -> None:
    work(demonstrated, 15)
    share(demonstrated)
    issue(demonstrated, "facilitator", 15)
    assert signed_in(demonstrated, "observer").get(SCREEN).status_code == 404
