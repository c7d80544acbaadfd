"""Calls on the pages: the form with what was typed, answers in place, doors, news; and that hidden means hidden."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule

from app.services.backing_up import LAST
from app.services.calling import Period
from app.store.calls import Call
from app.store.db import db
from app.store.digests import read_anew
from app.store.positions import Position
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in
from tests.services.calls import FULL, answer, ask, conduct, extend
from tests.services.deeds import SINCE
from tests.services.stances import PARA
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

CALL = f"{LAW}/calls/1"
FORM = {"version": "1", "about": "14(1); A4", "rule": "consensus", "do": "open", "question": "Is it <b>right</b>?"}


def test_a_call_is_opened_answered_and_closed(demonstrated: Flask) -> None:
    facilitator, interior = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "interior")
    opened = facilitator.post(f"{LAW}/calls/open", data={**FORM, "amount": "3", "unit": "days"})
    assert (opened.status_code, opened.location) == (303, CALL)
    page = interior.get(CALL).text
    assert "Is it &lt;b&gt;right&lt;/b&gt;?" in page
    assert "Every place of deprivation of liberty" in page
    assert "the end of " in page
    assert interior.post(f"{CALL}/receipt").location == f"{CALL}#reached"
    refused = interior.post(f"{CALL}/answer", data={"item": "1", "step": "6", "confirm_days": "9"})
    said = shown(refused)
    assert (refused.status_code, "What would you need?" in said, 'value="6" required checked' in said) == (
        422,
        True,
        True,
    )
    done = interior.post(f"{CALL}/answer", data={"item": "1", "step": "6", "reason": "Money first."})
    assert (done.status_code, done.location) == (303, f"{CALL}#item-1")
    assert "Money first." in signed_in(demonstrated, "observer").get(CALL).text
    assert "Objections without an answer" in facilitator.get(CALL).text
    for name in FULL:
        signed_in(demonstrated, name).post(f"{CALL}/answer", data={"step": "1"})
    assert facilitator.post(f"{CALL}/close").status_code == 303
    page = shown(facilitator.get(f"{LAW}/calls"))
    assert "1 contested" in page
    assert "1 agreed" in page


WRONG = (
    # what is wrong                        what is said
    ({"about": ""},                        "Say what the call asks about: at least one clause or amendment."),
    ({"about": "999"},                     "“999” names no clause of this text and no amendment"),
    ({"about": "13(1); A999"},             "“A999” names no clause of this text and no amendment"),
    ({"rule": ""},                         "“” is no rule by which a group agrees."),
    ({"rule": "majority", "share": "1/0"}, "“1/0” is no share: write it like 2/3."),
    ({"rule": "silence"},                  "Silence means something only until a deadline"),
    ({"rule": "silence", "amount": "9", "hidden": "yes"}, "A call by silence is open"),
    ({"amount": "soon"},                   "A period has 1 to 366 days, not 0."),
    ({"amount": "9" * 8},                  "A period has 1 to 366 days, not 100000."),
    ({"amount": "3", "unit": "weeks"},     "“weeks” is no unit of time"),
    ({"confirm_days": "-1"},               "A period has 1 to 366 days, not 0."),
    ({"question": "x" * 2001},             "The text is longer than 2000 characters"),
)  # fmt: skip


def test_the_form_comes_back_with_what_was_typed(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    clause_id = clause_ids(demonstrated)["art_11__para_1"]
    for wrong, said in WRONG:
        form = {**FORM, "clause": clause_id, **wrong}
        if wrong.get("about") == "":
            del form["clause"]
        answered = client.post(f"{LAW}/calls/open", data=form)
        page = shown(answered)
        assert (answered.status_code, said in page) == (422, True), wrong
        assert form["question"] in page
        for field in ("about", "amount", "share"):
            assert not wrong.get(field) or f'value="{wrong[field]}"' in page, wrong
        assert ("clause" not in form) or f'checked name="clause" value="{clause_id}"' in page
    stale = client.post(f"{LAW}/calls/open", data={**FORM, "version": "7"})
    assert (stale.status_code, "was issued while you wrote this call" in stale.text, "A4" in stale.text) == (
        409,
        True,
        True,
    )
    with demonstrated.app_context():
        assert db.session.scalars(select(Call)).all() == []


def test_what_is_asked_is_shown_before_it_is_fixed_and_led_to_from_everywhere(demonstrated: Flask) -> None:
    client, ids = signed_in(demonstrated, "facilitator"), clause_ids(demonstrated)
    page = client.post(f"{LAW}/calls/open", data={**FORM, "do": "show", "about": "14"}).text
    assert [f'checked name="clause" value="{ids[one]}"' in page for one in ("art_14", PARA, "art_15")] == [
        True,
        True,
        False,
    ]
    at = f"{LAW}/clauses/{ids[PARA]}"
    for address, door in (
        (at, f'href="{LAW}/calls/open?clause={ids[PARA]}"'),
        (f"{LAW}/amendments/4", f'href="{LAW}/calls/open?amendment=4"'),
        (f"{LAW}/amendments", f"{LAW}/calls/open?amendment="),
        (f"{LAW}/consolidation", f'href="{LAW}/calls/open?from=bench"'),
        (LAW, f'href="{LAW}/calls"'),
    ):
        assert door in client.get(address).text, address
    client.post(f"{LAW}/consolidation", data={"do": "preview", "amendment": ["4", "15"]})
    page = client.get(f"{LAW}/calls/open?from=bench").text
    assert [f'checked name="amendment" value="{number}"' in page for number in (4, 15, 1)] == [True, True, False]
    assert f'checked name="clause" value="{ids[PARA]}"' in client.get(f"{LAW}/calls/open?clause={ids[PARA]}").text
    ask(demonstrated, "14(1); A4")
    assert "Call 1 asks about this text." in client.get(at).text
    assert "Call 1 asks about this text." in client.get(f"{LAW}/amendments/4").text


def test_every_page_names_the_same_last_day_to_confirm(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    facilitator.post(f"{LAW}/calls/open", data={**FORM, "about": "11(1)", "amount": "3", "confirm_days": "3"})
    for name in FULL:
        given = {"step": "1", **({"ad_referendum": "yes"} if name == "prosecutor" else {})}
        assert signed_in(demonstrated, name).post(f"{CALL}/answer", data=given).status_code == 303
    call, blocking = (
        re.sub(r"</?time[^>]*>", "", shown(facilitator.get(at))) for at in (CALL, f"{LAW}/board/blocking")
    )
    day = re.search(r"to be confirmed by\s+the end of \w+ (\d+ \w+ \d{4})", call)
    assert day is not None
    assert f"until {day[1]}<" in blocking


def test_everybody_is_told_of_a_call_and_those_who_wait_are_reminded(demonstrated: Flask) -> None:
    ask(demonstrated, days=SINCE, period=Period(9), question="All right?")
    prosecutor, civil = signed_in(demonstrated, "prosecutor"), signed_in(demonstrated, "civil")
    for client in (prosecutor, civil):
        client.post(f"{LAW}/news", data={"up_to": "0"})
    page = shown(prosecutor.get(f"{LAW}/news"))
    assert "1 call waits for your institution" in page
    assert "asks for positions in" in page
    answer(demonstrated, "civil", days=SINCE)
    extend(demonstrated, Period(2), days=SINCE)
    conduct(demonstrated, "remind", days=SINCE)
    assert "reminds your institution of" in shown(prosecutor.get("/news"))
    page = shown(civil.get("/news"))
    assert ("reminds your institution of" in page, "put off the end of" in page, "A holiday." in page) == (
        False,
        True,
        True,
    )
    assert "waits for your institution" not in page
    conduct(demonstrated, "close", name="facilitator", days=SINCE + 30)
    assert "closed " in shown(civil.get("/news"))


OTHERS = ("observer", "civil", "facilitator", "administrator")
MARK = "Schnurrbart"
TOKENS = re.compile(
    r'(csrf_token" value=")[^"]+|\b[0-9a-f]{64}\b|(?<=">)[0-9a-f]{12}(?=</code>)|/assets/[0-9a-f]+|(?<=name="revision" value=")\d+|session=[^;]+'
    r"|[0-9a-f]{8}(?: [0-9a-f]{8}){7}|(?<=made: )[0-9: -]+UTC"
)


@pytest.fixture(scope="module")
def pair(demonstration: Copies) -> Iterator[tuple[Flask, Flask]]:
    """Twice the same, but for what the Interior Ministry chose in a hidden call on a clause and an amendment."""
    with demonstration() as one, demonstration() as other:
        for app, step, reason in ((one, 1, ""), (other, 6, f"{MARK} must not be read.")):
            (Path(app.instance_path) / LAST).unlink(missing_ok=True)  # of a backup that another test took there
            ask(app, "14(1); A4", days=SINCE, hidden=True, period=Period(30), confirm_days=20)
            for ordinal in (1, 2):
                answer(
                    app,
                    "interior",
                    item=ordinal,
                    step=step,
                    reason=reason,
                    confirm_days=9 if reason else None,
                    days=SINCE,
                )
            answer(app, "prosecutor", item=1, step=2, days=SINCE)
            for name in OTHERS:
                client = signed_in(app, name)
                client.post(f"{LAW}/follow")
                client.post(f"{LAW}/news", data={"up_to": "0"})
        yield one, other


def addresses(app: Flask) -> list[str]:
    """Every page there is to look at, of this draft and around it. The workbook of the activity has the cells of its
    table, and is packed."""
    at = {
        "slug": SLUG, "number": 1, "address": PARA, "clause_id": clause_ids(app)[PARA], "name": f"{SLUG}-1.en",
        "comment_id": 7, "link_id": 1, "position_id": 1, "counter": 2, "other": 2, "explanation_id": 1, "package_id": 1,
        "answer_id": 1, "file_name": f"{SLUG}-1.en.md", "token": "unknown", "file_format": "json", "job": "no-such-job",
        "member": 2, "link": 1, "person": 1, "code": "MVD", "seat": 1, "passkey_id": 1, "identity_id": 1,
    }  # fmt: skip
    built = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in ("static", "assets.read", "activity.workbook"):
            built.append(_built(rule, at))
    more = (f"{LAW}/amendments/4", f"{LAW}?view=brackets", f"{LAW}?view=provenance", f"{LAW}/search?q={MARK}",
            f"/search?q={MARK}", f"{LAW}/amendments?printed=1", f"{LAW}/discussion?open=1")  # fmt: skip
    return [*built, *more]


def _built(rule: Rule, at: dict[str, object]) -> str:
    missing = rule.arguments - at.keys()
    assert not missing, f"say in `addresses` what stands for {missing}"
    built = rule.build({name: at[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def looked_at(client: FlaskClient, address: str, fragment: str = "") -> tuple[int, str, str]:
    """Status, headers and page, or the part of it that the margin asks for, apart from tokens."""
    response = client.get(address, headers={"X-Fragment": fragment} if fragment else {})
    headers = sorted(
        (name, value) for name, value in response.headers if name not in ("Set-Cookie", "Vary", "Date", "X-Request-ID")
    )
    text = response.get_data(as_text=True)
    assert MARK not in text or MARK in address, address  # a search says what it was asked
    response.close()
    return response.status_code, TOKENS.sub(r"\1·", str(headers)), TOKENS.sub(r"\1·", text)


def where(here: str, there: str) -> tuple[str, str]:
    """What stands where two pages begin to differ."""
    first = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), 0)
    return here[first - 60 : first + 60], there[first - 60 : first + 60]


def test_nothing_tells_others_what_was_chosen_in_a_hidden_call(pair: tuple[Flask, Flask]) -> None:
    differing = []
    for name in (*OTHERS, None):
        here, there = (signed_in(app, name) if name else app.test_client() for app in pair)
        clause = f"{LAW}/clauses/{clause_ids(pair[0])[PARA]}"
        of_drafts = (
            at for at in addresses(pair[0]) if not at.startswith("/administration")
        )  # that tells of the machine
        for at, fragment in (*((at, "") for at in of_drafts), (clause, "margin")):
            seen = looked_at(here, at, fragment), looked_at(there, at, fragment)
            differing += [(name, at, fragment, *where(*map(str, seen)))] if seen[0] != seen[1] else []
    assert differing == []
    assert "stated its position on" in signed_in(pair[0], "civil").get(f"{LAW}/news").text
    assert MARK in signed_in(pair[1], "interior").get(CALL).text  # and its own institution reads it


def test_what_others_may_do_answers_alike_whatever_was_chosen(pair: tuple[Flask, Flask]) -> None:
    deeds = (
        ("civil", "positions/1/confirm", {}),
        ("facilitator", "calls/1/close", {}),
        ("facilitator", "calls/1/reveal", {}),
        ("facilitator", "calls/1/extend", {"amount": "0", "reason": "Why not."}),
        ("civil", "calls/1/answer", {"item": "1", "step": "6"}),
    )  # fmt: skip
    for name, path, form in deeds:
        found = [signed_in(app, name).post(f"{LAW}/{path}", data=form) for app in pair]
        assert found[0].status_code == found[1].status_code, path
        texts = [TOKENS.sub(r"\1·", one.text) for one in found]
        assert texts[0] == texts[1], path
        assert MARK not in texts[1]


def test_pages_take_as_many_statements_however_many_calls_and_answers(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "civil")
    addresses = (f"{LAW}/calls", CALL, f"{LAW}/news", LAW)
    ask(demonstrated, "14(1); A4")
    answer(demonstrated, "interior")
    few = counted(demonstrated, client, addresses)
    for about in ("11", "12; A1", "18; A15"):
        number = ask(demonstrated, about)
        for name in FULL:
            if name != "civil":
                answer(demonstrated, name, number=number, item=None)
    assert counted(demonstrated, client, addresses) == few


def test_a_call_that_ended_waits_for_its_facilitator(demonstrated: Flask) -> None:
    ask(demonstrated, hidden=True, period=Period(1))
    answer(demonstrated, "interior", step=6, reason="Not before the budget.")
    with demonstrated.app_context():
        moment = db.session.scalars(select(Position.created_at)).one()
        db.session.execute(update(Call).values(deadline=moment + timedelta(seconds=1)))
        read_anew(db.session)
        db.session.commit()
    facilitator, civil = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "civil")
    page = civil.get(CALL).text
    assert ("The answers wait to be revealed." in page, "State our position" in page, "Not before" in page) == (
        True, False, False,
    )  # fmt: skip
    assert shown(civil.post(f"{CALL}/receipt")).count("The time to answer call 1 is over") == 1
    assert facilitator.post(f"{CALL}/reveal").status_code == 303
    page = civil.get(CALL).text
    assert ("Not before the budget." in page, "Every revealed answer is the one that was sealed." in page) == (
        True,
        True,
    )
