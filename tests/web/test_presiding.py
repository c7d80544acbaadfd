"""The facilitator's console: every deed as a form, what is refused and why, and what it costs."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.domain.sitting import Sitting
from app.services.sittings import held
from app.store import amendments, parked, versions
from app.store.db import db
from app.store.events import Event
from app.store.memberships import enter, find_draft
from app.store.sittings import AgendaItem
from tests.product import LAW, SLUG, clause_ids, shown, signed_in, user_id
from tests.services.sittings import plan, seen
from tests.statements import counted, statements
from tests.web.sessions_made import at_item, opened, planned

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
CONSOLE = f"{LAW}/sessions/1/console"
DO = f"{LAW}/sessions/1"


@pytest.fixture
def app(demonstrated: Flask) -> Flask:
    return demonstrated


@pytest.fixture
def facilitator(app: Flask) -> FlaskClient:
    return signed_in(app, "facilitator")


def now_of(app: Flask, number: int = 1) -> Sitting:
    person = user_id(app, "facilitator")
    with app.app_context():
        return held(db.session, enter(db.session, SLUG, person), number).sitting


def done(client: FlaskClient, deed: str, /, **form: object) -> None:
    answer = client.post(f"{DO}/{deed}", data=form)
    assert (answer.status_code, answer.location) == (303, CONSOLE), shown(answer)


def refused(client: FlaskClient, deed: str, status: int, sentence: str, /, **form: object) -> str:
    answer = client.post(f"{DO}/{deed}", data=form)
    page = shown(answer)
    assert answer.status_code == status, page
    assert f"This was not done.</strong> {sentence}</p>" in page
    return page


def test_a_session_is_opened_and_its_items_taken_up(app: Flask, facilitator: FlaskClient) -> None:
    planned(app)
    assert "Open the session" in facilitator.get(CONSOLE).text
    done(facilitator, "open")
    done(facilitator, "take-up", item="1")
    done(facilitator, "take-up", item="2", skipped="yes")
    at = now_of(app)
    assert (at.current, at.items[1].status, at.is_open) == (2, "skipped", True)
    page = shown(facilitator.get(CONSOLE))
    assert "The next item is taken up." in page
    assert re.search(r"skipped</span>.*Return to it", page, re.DOTALL)
    done(facilitator, "take-up", item="")
    assert now_of(app).current is None


def test_the_console_shows_the_item_with_what_is_open_about_it(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    page = shown(facilitator.get(CONSOLE))
    assert "The Office shall register every allegation" in page
    assert [number for number in ("1", "2", "3", "14", "15") if f'/amendments/{number}">A{number}</a>' in page] == [
        "1", "2", "3", "14",
    ]  # fmt: skip
    assert 'data-key="n" aria-keyshortcuts="n" id="key-n">Next: Article 14' in page
    assert 'aria-pressed="true"><span aria-hidden="true">✓</span> Brackets' in page


def test_what_the_big_screen_shows_is_chosen(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    for what in ("text", "redline", "positions", "agenda", "blank", "brackets"):
        done(facilitator, "show", what=what)
        assert now_of(app).show == what
    refused(facilitator, "show", 422, "This cannot be done in a session: choose one of what the page offers.", what="x")


def test_a_long_text_is_shown_part_by_part(app: Flask, facilitator: FlaskClient) -> None:
    number, chapter = planned(app), clause_ids(app)["chp_3"]
    with app.app_context():
        db.session.execute(update(AgendaItem).where(AgendaItem.number == 1).values(clause_id=chapter))
        db.session.commit()
    assert number == 1
    done(facilitator, "open")
    done(facilitator, "take-up", item="1")
    page = section(facilitator.get(CONSOLE), "screen")
    assert re.search(r"Part 1 of \d+", page) and "Previous part" not in page
    done(facilitator, "show", what="brackets", part="1")
    page = section(facilitator.get(CONSOLE), "screen")
    assert re.search(r"Part 2 of \d+", page) and "Previous part" in page


def test_time_is_added_and_stands_still_in_a_break(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "time", minutes="5")
    done(facilitator, "pause")
    assert "Break: no time runs." in shown(facilitator.get(CONSOLE))
    done(facilitator, "resume")
    at = now_of(app)
    assert (at.items[1].added, at.paused_at) == (timedelta(minutes=5), None)
    page = refused(facilitator, "time", 422, "A time box is 1 to 600 minutes.", minutes="9999")
    assert 'value="9999" aria-label="Minutes"' in page


def test_a_decision_rests_on_the_room_or_on_a_call(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "decide", item="1", outcome="in_brackets", words="Two time limits remain.")
    done(facilitator, "call", item="1", version="1", rule="consensus")
    page = refused(facilitator, "decide", 409, "Call 1 is not closed: close it first, then decide by it.", item="1",
                   outcome="agreed", words="As in the text.", call="1")  # fmt: skip
    assert ">\nAs in the text.</textarea>" in page
    done(facilitator, "close-call", call="1")
    page = shown(facilitator.get(CONSOLE))
    assert '<option value="1" selected>call 1: Consensus</option>' in page
    done(facilitator, "decide", item="1", outcome="agreed", call="1")
    first, second = now_of(app).decisions
    assert (first.rule, first.words) == ("no_objection", "Two time limits remain.")
    assert (second.rule, second.call, second.result, len(second.fingerprints)) == ("consensus", 1, "not_yet", 5)
    page = refused(facilitator, "decide", 422, "Choose what was decided.", item="1", outcome="", words="Something.")
    assert '<details class="console-form" open><summary class="button" id="key-d"' in page
    assert facilitator.post(f"{DO}/decide", data={"item": "9", "outcome": "agreed"}).status_code == 404


def test_a_matter_is_put_aside_with_an_owner_and_a_day(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "park", words="Who pays?", owner="MVD", owner_words="the budget department", due="2027-01-15")
    with app.app_context():
        row = parked.of_draft(db.session, find_draft(db.session, SLUG).id)[0]
        assert (row.words, row.owner_words, str(row.due)) == ("Who pays?", "the budget department", "2027-01-15")
        assert row.clause_id == clause_ids(app)["art_13"]
    page = refused(facilitator, "park", 422, "Say in a few words what this is about.", owner="GPO", owner_words="Aida")
    assert (
        '<option value="GPO" selected>' in page
        and 'name="owner_words" maxlength="200" dir="auto" autocomplete="off" value="Aida"' in page
    )
    refused(
        facilitator, "park", 422, "Choose an institution at the table, or type who speaks.", words="Who?", owner="X"
    )
    page = refused(
        facilitator, "park", 422, "“soon” is no day: choose one, or write it as 2026-12-31.", words="A", due="soon"
    )


def test_a_hidden_call_says_who_answered_and_not_what_until_it_is_revealed(
    app: Flask, facilitator: FlaskClient
) -> None:
    at_item(app)
    done(facilitator, "call", item="1", version="1", rule="majority", share="2/3", hidden="yes", question="Can you?")
    civil = signed_in(app, "civil")
    answer = civil.post(f"{LAW}/calls/1/answer", data={"step": "6", "reason": "Twelve hours are needed."})
    assert answer.status_code == 303
    page = section(facilitator.get(CONSOLE), "call")
    assert "Can you?" in page and "hidden until revealed" in page and "1 of 7 have answered" in page
    assert "block" not in page and "stance" not in page and "Close the call" not in page
    refused(
        facilitator,
        "close-call",
        409,
        "Reveal the answers first: a call is closed on what everybody can see.",
        call="1",
    )
    done(facilitator, "reveal", call="1")
    page = section(facilitator.get(CONSOLE), "call")
    assert "stance" in page and "Reveal all answers" not in page
    refused(facilitator, "reveal", 409, "Nothing is hidden in this call, or it was revealed already.", call="1")
    done(facilitator, "close-call", call="1")
    refused(facilitator, "close-call", 409, "Call 1 is closed already.", call="1")
    assert facilitator.post(f"{DO}/reveal", data={"call": "9"}).status_code == 404


def test_a_call_is_refused_with_what_was_typed(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app, item=3)
    asked = {"item": "1", "version": "1", "rule": "majority", "share": "1/5", "question": "Well?"}
    done(facilitator, "take-up", item="1")
    page = refused(facilitator, "call", 422, "A majority is more than 1/2 and at most all; “1/5” is not.", **asked)
    assert 'value="1/5"' in page and 'value="Well?"' in page and 'name="hidden" value="yes">' in page
    refused(facilitator, "call", 409, "Version 1 was issued while you wrote this call. Look at its text below, then open the call.",
            **(asked | {"version": "0", "share": "2/3"}))  # fmt: skip
    refused(facilitator, "call", 422, "Say what the call asks about: at least one clause or amendment.",
            item="3", version="1", rule="consensus")  # fmt: skip
    done(facilitator, "call", item="1", version="1", rule="consensus", about="1")
    with app.app_context():
        assert db.session.query(Event).filter_by(kind="call_opened").one().facts["amendments"] == [1]
    refused(facilitator, "call", 409, "Call 1 asks about A1 already: close it first, or leave this out.",
            item="1", version="1", rule="consensus", about="1")  # fmt: skip


def test_what_was_typed_comes_back_where_its_form_is_gone_meanwhile(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "close")
    page = refused(facilitator, "park", 409, "Session 1 is not being held: open it first.", words="Who pays?")
    assert 'rows="3" readonly>\nWho pays?</textarea>' in page


def test_the_bridge_is_written_on_the_console(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    page = shown(facilitator.get(CONSOLE))
    assert 'name="part-0-text"' in page and "Offered in session 1." in page
    at = clause_ids(app)["art_13__para_1"]
    text = "The Office shall register every allegation within eighteen hours of its receipt."
    form = {"base_version": "1", "part-0-clause": at, "part-0-operation": "words", "part-0-text": text}
    page = refused(
        facilitator, "bridge", 422, "Say why: an amendment needs its reason, even a short one.", **form, of=["1", "2"]
    )
    assert text in page
    assert [box for box in ("1", "2", "3") if f'name="of" value="{box}" checked' in page] == ["1", "2"]
    refused(
        facilitator, "bridge", 422, "Say which amendments the counter-text is offered to.", **form, rationale="Between."
    )
    refused(facilitator, "bridge", 422, "This amendment changes nothing: the words are the same as in the text.",
            **(form | {"part-0-text": body(app, at)}), of=["1"], rationale="Between.")  # fmt: skip
    done(facilitator, "bridge", **form, of=["1", "2"], rationale="Between the two.")
    with app.app_context():
        made = amendments.all_of(db.session, find_draft(db.session, SLUG).id)[-1]
        assert (made.kind, made.rationale) == ("counter_text", "Between the two.")
    assert f'<option value="{made.number}" selected>the counter-text A{made.number}</option>' in shown(
        facilitator.get(CONSOLE)
    )


def test_clauses_left_as_they_stand_are_no_part_of_the_bridge(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    first, second = clause_ids(app)["art_13__para_1"], clause_ids(app)["art_13__para_4"]
    done(facilitator, "bridge", **{
        "base_version": "1", "of": ["1"], "rationale": "Between.",
        "part-0-clause": first, "part-0-operation": "words", "part-0-text": body(app, first).replace("\n", "\r\n"),
        "part-1-clause": second, "part-1-operation": "words", "part-1-text": "An investigator shall meet the victim.",
    })  # fmt: skip
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        made = amendments.all_of(db.session, draft.id)[-1]
        assert {edit.clause_id for edit in amendments.edits_of(db.session, draft.id)[made.id]} == {second}


def test_the_floor_is_asked_given_and_ended(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "floor", institution="MVD", back="console")
    done(facilitator, "floor", name="Prof. Asanova", back="console")
    refused(
        facilitator,
        "floor",
        409,
        "This institution is on the list of speakers already.",
        institution="MVD",
        back="console",
    )
    page = refused(facilitator, "floor", 422, "Choose an institution at the table, or type who speaks.", back="console")
    assert "Prof. Asanova" in page
    first, second = now_of(app).speakers
    done(facilitator, "floor/give", turn=second.number)
    assert "Speaking:" in section(facilitator.get(CONSOLE), "floor")
    done(facilitator, "floor/end")
    done(facilitator, "floor/waive", turn=first.number, back="console")
    refused(facilitator, "floor/give", 409, "This turn is not on the list of speakers any more.", turn=first.number)
    at = now_of(app)
    assert (at.speakers, at.floor) == ((), None)


def test_whoever_speaks_for_an_institution_asks_and_says_that_it_is_here(app: Flask) -> None:
    opened(app)
    civil, interior = signed_in(app, "civil"), signed_in(app, "interior")
    for path, form in (("floor", {"institution": "MVD"}), ("attend", {"institution": "MVD", "here": "yes"})):
        answer = civil.post(f"{DO}/{path}", data=form)
        assert (answer.status_code, answer.location) == (303, f"{LAW}/sessions/1")
    at = now_of(app)
    marks = {seat.institution.code for seat in seen(app).seats if seat.since}
    assert (len(at.speakers), marks) == (1, {"CSO"})
    again = civil.post(f"{DO}/floor", data={"back": "page"})
    assert (again.status_code, "This institution is on the list of speakers already." in shown(again)) == (409, True)
    assert interior.post(f"{DO}/floor/waive", data={"turn": at.speakers[0].number}).status_code == 409
    assert civil.post(f"{DO}/floor/waive", data={"turn": at.speakers[0].number}).status_code == 303
    assert civil.post(f"{DO}/attend", data={"here": "no"}).status_code == 303
    assert (now_of(app).speakers, now_of(app).present) == ((), {})


def test_the_facilitator_ticks_who_is_here(app: Flask, facilitator: FlaskClient) -> None:
    opened(app)
    done(facilitator, "attend", institution="UN", here="yes", back="console")
    page = section(facilitator.get(CONSOLE), "here")
    assert "1 of 8" in page and 'id="here-UN" name="here" value="no" aria-pressed="true"' in page
    done(facilitator, "attend", institution="UN", here="no", back="console")
    refused(
        facilitator,
        "attend",
        422,
        "Choose an institution at the table, or type who speaks.",
        institution="X",
        back="console",
    )


def test_the_last_deed_is_undone_for_a_minute(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "take-up", item="2")
    last = now_of(app).last
    assert last is not None
    assert "Undo: going to another item" in shown(facilitator.get(CONSOLE))
    done(facilitator, "undo", deed=last.number)
    assert now_of(app).current == 1
    said = "There is nothing to undo: only the last deed is undone, and only for a minute."
    refused(facilitator, "undo", 409, said, deed=last.number)
    done(facilitator, "decide", item="1", outcome="agreed")
    older(app, minutes=2)
    decided = now_of(app).last
    assert decided is not None
    assert "Undo:" not in shown(facilitator.get(CONSOLE))
    refused(facilitator, "undo", 409, said, deed=decided.number)


def test_a_session_is_closed_and_the_closing_undone(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    done(facilitator, "close")
    page = shown(facilitator.get(CONSOLE))
    assert "The session is over" in page and "Undo: closing the session" in page and 'id="key-s"' not in page
    refused(facilitator, "take-up", 409, "Session 1 is not being held: open it first.", item="2")
    refused(facilitator, "open", 409, "Session 1 is over: it cannot be opened again.")
    last = now_of(app).last
    assert last is not None
    done(facilitator, "undo", deed=last.number)
    assert now_of(app).is_open


def test_one_session_of_a_draft_is_held_at_a_time(app: Flask, facilitator: FlaskClient) -> None:
    opened(app)
    plan(app, title="Second reading")
    answer = facilitator.post(f"{LAW}/sessions/2/open")
    assert answer.status_code == 409
    assert "Session 1 is being held: close it before you open another one." in shown(answer)


def test_what_needs_an_item_is_refused_without_one(app: Flask, facilitator: FlaskClient) -> None:
    opened(app)
    refused(facilitator, "time", 409, "No item of the agenda is taken up: take one up first.", minutes="5")
    assert facilitator.post(f"{DO}/take-up", data={"item": "99"}).status_code == 404
    assert facilitator.post(f"{LAW}/sessions/7/take-up", data={"item": "1"}).status_code == 404
    assert facilitator.get(f"{LAW}/sessions/7/console").status_code == 404


def test_two_facilitators_who_press_next_at_once_take_up_one_item(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    other = signed_in(app, "administrator")
    for client in (facilitator, other):
        done(client, "take-up", item="2")
    assert [event.facts["item"] for event in recorded(app, "session_item_taken_up")] == [1, 2]


def test_only_who_holds_sessions_sees_the_console(app: Flask) -> None:
    opened(app)
    for name, status in (("civil", 403), ("observer", 403)):
        client = signed_in(app, name)
        assert (client.get(CONSOLE).status_code, client.post(f"{DO}/take-up", data={"item": "1"}).status_code) == (
            status, status,
        )  # fmt: skip
    assert signed_in(app, "observer").post(f"{DO}/attend").status_code == 403
    assert app.test_client().get(CONSOLE).status_code == 404
    assert app.test_client().post(f"{DO}/floor").status_code == 404


def test_a_script_gets_the_parts_alone(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    answer = facilitator.post(
        f"{DO}/take-up", data={"item": "2"}, headers={"X-Fragment": "console"}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert "<html" not in answer.text and "The next item is taken up." in answer.text
    refusal = facilitator.post(f"{DO}/park", data={}, headers={"X-Fragment": "console"})
    assert (refusal.status_code, "<html" in refusal.text, "data-refusal" in refusal.text) == (422, False, True)


def test_the_console_takes_as_many_statements_whatever_was_done(app: Flask, facilitator: FlaskClient) -> None:
    at_item(app)
    few = taken(app, facilitator)
    done(facilitator, "floor", institution="MVD", back="console")
    for minutes in range(1, 8):
        done(facilitator, "time", minutes=minutes)
        done(facilitator, "park", words=f"Matter {minutes}")
        done(facilitator, "floor", name=f"Guest {minutes}", back="console")
    at = clause_ids(app)["art_13__para_2"]
    for text in ("A.", "B.", "C."):
        form = {"part-0-clause": at, "part-0-operation": "words", "part-0-text": text}
        done(facilitator, "bridge", **form, base_version="1", of=["1"], rationale="Why.")
    assert taken(app, facilitator) == few
    assert few[0] <= 42 and few[1] <= 24


def taken(app: Flask, client: FlaskClient) -> tuple[int, int]:
    """The statements of the console after a deed, and when it is looked at again."""
    client.get(CONSOLE)  # what was said is kept
    done(client, "show", what="text")
    done(client, "show", what="brackets")
    client.get(f"{LAW}/amendments")  # the texts are kept
    with statements(app) as made:
        client.get(CONSOLE)
    return len(made), min(counted(app, client, [CONSOLE] * 3))  # what is the room's is kept for seconds


def section(answer: TestResponse, name: str) -> str:
    found = re.search(rf'<section data-part="{name}".*?</section>', shown(answer), re.DOTALL)
    assert found is not None
    return found[0]


def body(app: Flask, clause_id: str) -> str:
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        stored = versions.clauses_of(db.session, draft.id, draft.language, 1)
        return next(one.clause.body for one in stored if one.id == clause_id)


def recorded(app: Flask, kind: str) -> list[Event]:
    with app.app_context():
        return list(db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.number)))


def older(app: Flask, minutes: int) -> None:
    """What was done was done so many minutes earlier."""
    with app.app_context():
        for event in db.session.scalars(select(Event)):
            event.happened_at -= timedelta(minutes=minutes)
        db.session.commit()
