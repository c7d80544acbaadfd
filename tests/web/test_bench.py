"""The bench as pages: what each facilitator sees, what comes back, and what one button chooses."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.memberships import find_draft
from app.store.relations import AmendmentLink
from tests.product import LAW, clause_ids, collision_keys, shown, signed_in, stored
from tests.services.deeds import NOW, issue, propose, withdraw
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]

BENCH = f"{LAW}/consolidation"


def chosen(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="amendment" value="(\d+)" checked', page)]


def pick(client: FlaskClient, do: str, **form: object) -> list[int]:
    answer = client.post(BENCH, data={"do": do, **form})
    assert answer.status_code == 200
    return chosen(answer.text)


def link(app: Flask, one: int, other: int, kind: str, answer: str | None = None) -> None:
    with app.app_context():
        draft_id = find_draft(db.session, "torture-investigation").id
        ids = dict(db.session.query(AmendmentRow.number, AmendmentRow.id).where(AmendmentRow.draft_id == draft_id))
        db.session.add(
            AmendmentLink(
                draft_id=draft_id,
                from_id=ids[one],
                to_id=ids[other],
                kind=kind,
                created_at=NOW,
                answer=answer,
                reason="",
                answer_reason="",
            )
        )
        db.session.commit()


def test_what_is_on_the_bench_is_there_again_for_its_owner(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    (key,) = collision_keys(client, 1, 2)
    form = {"amendment": ["1", "2"], "message": "A room", f"settle-{key}": "own", f"own-{key}": "within a day",
            "renumber": "yes", "do": "preview"}  # fmt: skip
    client.post(BENCH, data=form)
    page = client.get(BENCH).text
    assert chosen(page) == [1, 2]
    assert f'name="settle-{key}" value="own" checked' in page
    assert "within a day</textarea>" in page
    assert 'maxlength="500" value="A room"' in page
    assert 'name="renumber" value="yes" checked' in page
    assert 'name="revision" value="0"' not in page


def test_another_facilitator_sees_the_bench_but_cannot_touch_it(demonstrated: Flask) -> None:
    owner, other = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "administrator")
    owner.post(BENCH, data={"do": "preview", "amendment": ["15"]})
    before = stored(demonstrated)
    page = shown(other.get(BENCH))
    assert '<fieldset class="bench-lock" disabled>' in page
    assert "works on the bench since" in page
    assert chosen(page) == [15]
    refused = other.post(BENCH, data={"do": "issue", "amendment": ["13"]})
    told = shown(refused)
    assert (refused.status_code, "Nothing of yours was stored" in told, "UTC" in told) == (409, True, False)
    assert stored(demonstrated) == before
    assert other.post(f"{BENCH}/take-over").status_code == 303
    assert chosen(other.get(BENCH).text) == [15]
    back = owner.post(BENCH, data={"do": "preview", "amendment": ["6", "15"], "message": "Still mine?"})
    assert (back.status_code, sorted(chosen(back.text))) == (409, [6, 15])
    assert 'value="Still mine?"' in back.text
    mine = owner.post(f"{BENCH}/take-over", data={"do": "mine", "amendment": ["6", "15"], "message": "Still mine?"})
    assert mine.status_code == 303
    assert sorted(chosen(owner.get(BENCH).text)) == [6, 15]


def test_an_older_page_is_told_and_its_choices_come_back(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    pick(client, "preview", amendment="15")
    answer = client.post(BENCH, data={"do": "preview", "amendment": "6", "revision": "0"})
    assert answer.status_code == 409
    assert "This page is older than the bench" in shown(answer)
    assert chosen(answer.text) == [6]
    assert chosen(client.get(BENCH).text) == [15]
    found = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert found is not None
    assert pick(client, "preview", amendment="6", revision=found[1]) == [6]


def test_the_bench_goes_on_with_a_version_that_was_made_meanwhile(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    pick(client, "preview", amendment=["1", "2", "13", "15"], expected_version="1")
    withdraw(demonstrated, "civil", 13)
    issue(demonstrated, "administrator", 15)
    page = shown(client.get(BENCH))
    assert chosen(page) == [1, 2]
    assert "This was chosen on version 1; version 2 was made since" in page
    gone = page.split("No longer on the bench:")[1].split("</ul>")[0]
    assert re.findall(r">A(\d+)<", gone) == ["13", "15"]
    assert "withdrawn" in gone
    assert "adopted, version 2" in gone


def test_own_words_stay_through_normal_saving_until_they_are_discarded(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    (key,) = collision_keys(client, 1, 2)
    both = {"amendment": ["1", "2"], f"settle-{key}": "1", f"own-{key}": "within a day", f"base-{key}": "the base"}
    pick(client, "preview", **both)
    pick(client, "preview", amendment=["1"])
    assert "within a day</textarea>" in client.get(BENCH).text
    client.post(BENCH, data={"amendment": ["1"], "forget": key, f"own-{key}": "within a day"})
    assert "within a day" not in client.get(BENCH).text


def test_the_base_text_in_the_field_is_nobodys_own_words(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    (key,) = collision_keys(client, 1, 2)
    pick(client, "preview", amendment=["1", "2"], **{f"own-{key}": "a\r\nb", f"base-{key}": "a\r\nb"})
    pick(client, "preview", amendment=["1"])
    assert "Own words that no collision asks for any more" not in client.get(BENCH).text
    chose = {f"settle-{key}": "1", f"own-{key}": "a\r\nb", f"base-{key}": "a\r\nb"}
    pick(client, "preview", amendment=["1", "2"], **chose)
    pick(client, "preview", amendment=["1"])
    assert "Own words that no collision asks for any more" not in client.get(BENCH).text


def test_one_button_chooses_many(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    everything = list(range(1, 16))
    assert sorted(pick(client, "all")) == everything
    assert pick(client, "none", amendment=["1"]) == []
    free = pick(client, "free")
    assert sorted(pick(client, "agreed")) == sorted(free)
    colliding = sorted(set(everything) - set(free))
    assert {1, 2, 4, 5} <= set(colliding)
    link(demonstrated, 15, 13, "conflicts_with")
    link(demonstrated, 7, 1, "depends_on")
    link(demonstrated, 14, 7, "depends_on")
    assert sorted(pick(client, "free")) == sorted(free)
    assert sorted(set(free) - set(pick(client, "agreed"))) == [7, 13, 14, 15]


def test_amendments_are_chosen_by_institution_chapter_and_state(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    page = client.get(BENCH).text
    code, count = re.findall(r'<option value="([A-Z]+)">[^<]*\((\d+)\)</option>', page)[0]
    own = pick(client, "only", by_institution=code)
    assert len(own) == int(count)
    assert sorted(pick(client, "also", amendment=["1", "2"], by_institution=code)) == sorted({1, 2, *own})
    chapter = clause_ids(demonstrated)["art_13"]
    within = pick(client, "only", by_within=chapter)
    assert {1, 2} <= set(within) < set(range(1, 16))
    assert sorted(pick(client, "only", by_state="submitted")) == list(range(1, 16))
    assert pick(client, "only", by_state="taken_up") == []


@pytest.mark.parametrize(("answer", "expected"), [("accepted", [15, 16]), ("declined", [1, 2, 15]), (None, [1, 2, 15])])
def test_counter_texts_that_all_accept_take_the_place_of_what_they_bridge(
    demonstrated: Flask, answer: str | None, expected: list[int]
) -> None:
    bridge = propose(demonstrated, "interior", "art_13__para_1", lambda body: body.replace("twenty-four", "eighteen"))
    link(demonstrated, bridge, 1, "bridges", "accepted")
    link(demonstrated, bridge, 2, "bridges", answer)
    client = signed_in(demonstrated, "facilitator")
    assert sorted(pick(client, "bridges", amendment=["1", "2", "15"])) == expected


def test_the_owner_hands_over_shows_and_puts_away(demonstrated: Flask) -> None:
    owner, other = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "administrator")
    owner.post(BENCH, data={"do": "preview", "amendment": "15"})
    to = re.findall(r'id="hand-to" name="to"><option value="(\d+)"', owner.get(BENCH).text)
    assert owner.post(f"{BENCH}/share", data={"shared": "yes"}).status_code == 303
    assert "Take it off the big screen" in owner.get(BENCH).text
    assert owner.post(f"{BENCH}/hand-over", data={"to": to[0]}).status_code == 303
    assert "Take over" in owner.get(BENCH).text
    assert other.post(f"{BENCH}/put-away").status_code == 303
    page = other.get(BENCH).text
    assert "Nobody works on the bench" in page
    assert chosen(page) == []


def test_the_bench_asks_a_constant_number_of_statements(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    counts = []
    for numbers in (["15"], [str(number) for number in range(1, 16)]):
        client.post(BENCH, data={"do": "preview", "amendment": numbers})
        client.get(BENCH)
        with statements(demonstrated) as made:
            client.get(BENCH)
        counts.append(len(made))
    assert counts[0] == counts[1]
