"""Words replaced everywhere: the page with its places, and each refusal in a sentence with everything typed kept."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.edits import ReplaceWords
from app.store.db import db
from app.store.events import Event
from tests.product import LAW, added, clause_ids, shown, signed_in, stored
from tests.services.deeds import issue, propose, standing
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
EVERYWHERE = f"{LAW}/amendments/everywhere"
OFFICE = {
    "base_version": "1", "words": "Office", "new": "Bureau", "match_case": "yes", "rationale": "kept reason",
    "title": "kept name",
}  # fmt: skip


def ticks(page: str) -> list[str]:
    return re.findall(r'name="leave_out" value="([^"]+)"', page)


def test_every_place_is_listed_with_its_clause_and_other_forms_are_counted(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    page = shown(civil.post(EVERYWHERE, data=OFFICE))
    keys = ticks(page)
    assert f"{len(keys)} places" in page
    assert len(keys) > 20
    assert len(set(keys)) == len(keys)
    assert "<del>Office</del><ins>Bureau</ins>" in page
    page = shown(civil.get(EVERYWHERE, query_string={"words": "Office", "new": "Bureau"}))
    assert page.count("<ins>Bureau</ins>") == len(keys)


def test_other_forms_which_stay_are_listed_with_their_counts(demonstrated: Flask) -> None:
    page = shown(signed_in(demonstrated, "civil").post(EVERYWHERE, data=OFFICE | {"words": "allegation"}))
    found = re.findall(r'<li><span lang="en">([^<]+)</span> <span class="head-count">(\d+)</span>', page)
    assert found == [("allegations", "5")]


def test_the_places_left_out_stay_and_all_others_are_one_amendment(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    keys = ticks(civil.post(EVERYWHERE, data=OFFICE).text)
    before = stored(demonstrated)
    answer = civil.post(EVERYWHERE, data=OFFICE | {"do": "submit", "leave_out": keys[:2]})
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/16")
    came = added(before, stored(demonstrated))
    assert {name: came[name] for name in ("amendments", "edits", "events")} == {
        "amendments": 1, "edits": len(keys) - 2, "events": 1
    }  # fmt: skip
    ((state, _, edits),) = standing(demonstrated, 16)
    assert state == "submitted"
    assert {(edit.old, edit.new) for edit in edits if isinstance(edit, ReplaceWords)} == {("Office", "Bureau")}
    changed = {f"{edit.clause_id}:{edit.start}" for edit in edits if isinstance(edit, ReplaceWords)}
    assert changed == set(keys[2:])
    page = shown(civil.get(answer.location))
    assert "kept reason" in page
    assert "kept name" in page


def test_a_whole_article_is_left_out_with_one_tick(demonstrated: Flask) -> None:
    civil, article = signed_in(demonstrated, "civil"), clause_ids(demonstrated)["art_13"]
    page = civil.post(EVERYWHERE, data=OFFICE).text
    assert f'name="leave_out_group" value="{article}"' in page
    left = {"leave_out_group": article}
    shown_again = civil.post(EVERYWHERE, data=OFFICE | left).text
    assert f'name="leave_out_group" value="{article}" checked' in shown_again
    assert civil.post(EVERYWHERE, data=OFFICE | left | {"do": "submit"}).status_code == 303
    ((_, _, edits),) = standing(demonstrated, 16)
    inside = {id for address, id in clause_ids(demonstrated).items() if address.startswith("art_13")}
    assert not inside & {edit.clause_id for edit in edits if isinstance(edit, ReplaceWords)}


def test_who_contests_the_words_is_named(demonstrated: Flask) -> None:
    propose(demonstrated, "interior", "art_13__para_1", lambda words: words.replace("Office", "Agency"))
    page = shown(signed_in(demonstrated, "civil").post(EVERYWHERE, data=OFFICE))
    assert "Others contest these words:" in page
    assert f'href="{LAW}/amendments/16">A16</a>' in page
    page = shown(
        signed_in(demonstrated, "civil").post(EVERYWHERE, data=OFFICE | {"words": "nomination", "new": "choice"})
    )
    assert "A16</a>" not in page


WRONG: tuple[tuple[dict[str, object], int, str], ...] = (
    ({"words": " "}, 422, "Say which words are to be replaced."),
    ({"words": ""}, 422, "Say which words are to be replaced."),
    ({"words": "Ministry of Silence"}, 422, "The words “Ministry of Silence” stand nowhere in this text."),
    ({"words": "Off\0ice"}, 422, "holds a null character."),
    ({"new": "Bu\0reau"}, 422, "holds a null character."),
    ({"new": "Office"}, 422, "This amendment changes nothing: the words are the same as in the text."),
    ({"rationale": " "}, 422, "Say why: an amendment needs its reason, even a short one."),
    ({"rationale": "x" * 20_001}, 422, "The reason may have 20000 characters, the short name 200."),
    ({"title": "x" * 201}, 422, "The reason may have 20000 characters, the short name 200."),
    ({"title": "kept\0"}, 422, "holds a null character."),
    ({"base_version": "0"}, 409, "meanwhile version 1 was issued"),
    ({"base_version": "x"}, 409, "meanwhile version 1 was issued"),
    ({"leave_out": "nowhere:3"}, 409, "does not have these words any more: look at the list again."),
    ({"leave_out_group": "nowhere"}, 409, "does not have these words any more: look at the list again."),
)  # fmt: skip


@pytest.mark.parametrize(("wrong", "status", "said"), WRONG)
def test_what_cannot_be_submitted_is_said_and_comes_back(
    demonstrated: Flask, wrong: dict[str, object], status: int, said: str
) -> None:
    civil, before = signed_in(demonstrated, "civil"), stored(demonstrated)
    form = OFFICE | {"do": "submit"} | wrong
    answer = civil.post(EVERYWHERE, data=form)
    page = shown(answer)
    assert (answer.status_code, said in page) == (status, True)
    assert (f'value="{form["new"]}"' in page) or "\0" in str(form["new"])
    assert str(form["rationale"]).strip() in page
    assert stored(demonstrated) == before


def test_a_tick_that_names_no_place_leaves_nothing_out(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    count = len(ticks(civil.post(EVERYWHERE, data=OFFICE).text))
    odd = {"leave_out": ["", ":", "x:²", "x:-1", "9", "x:99999999999999999999"]}
    assert civil.post(EVERYWHERE, data=OFFICE | odd | {"do": "submit"}).status_code == 303
    ((_, _, edits),) = standing(demonstrated, 16)
    assert len(edits) == count


def test_what_was_written_on_an_older_version_comes_back_with_the_places_of_the_new_one(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    civil = signed_in(demonstrated, "civil")
    answer = civil.post(EVERYWHERE, data=OFFICE | {"do": "submit"})
    page = shown(answer)
    assert (answer.status_code, "meanwhile version 2 was issued" in page) == (409, True)
    assert 'name="base_version" value="2"' in page
    assert "kept reason" in page


def test_small_letters_are_replaced_in_their_own_case(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    form = {**OFFICE, "words": "OFFICE", "new": "bureau"}
    assert civil.post(EVERYWHERE, data=form).status_code == 422
    del form["match_case"]
    page = civil.post(EVERYWHERE, data=form).text
    assert "<del>Office</del><ins>Bureau</ins>" in page


def test_the_page_asks_as_many_statements_however_many_places_there_are(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    civil.post(EVERYWHERE, data=OFFICE)
    counts = []
    for words in ("the", "thirty"):
        with statements(demonstrated) as made:
            assert civil.post(EVERYWHERE, data=OFFICE | {"words": words}).status_code in (200, 422)
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_the_event_holds_the_words_and_no_unsent_text_stays(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    civil.post(f"{LAW}/unsent?place=amendments/everywhere", data={"words": "Office", "rationale": "not yet said"})
    assert civil.post(EVERYWHERE, data=OFFICE | {"do": "submit"}).status_code == 303
    assert civil.get(f"{LAW}/unsent?place=amendments/everywhere").json == {"fields": None}
    with demonstrated.app_context():
        event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.kind, event.facts["amendment"]) == ("amendment_submitted", 16)
        assert "not yet said" not in str(event.facts)
