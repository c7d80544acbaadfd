"""Records: filled from what happened, edited by one at a time, issued for good; nobody is named who may not be."""

import hashlib

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import attending, board
from app.services.pages_board import BoardAsked
from app.store.db import db
from tests.product import SLUG, added, chain, stored, user_id
from tests.services.calls import answer, ask, conduct
from tests.services.deeds import submit, words
from tests.services.records import (
    NAMES,
    at,
    attributed,
    hold,
    in_their_languages,
    named,
    record,
    rows,
    start,
    to_record,
)
from tests.services.sittings import do, plan
from tests.services.workshop_deeds import park

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""What depends on the database is tried on both by the routes."""
LANGUAGES = ("en", "ru", "ky")
KINDS = ("session", "workshop", "communique")


@pytest.fixture
def held(demonstrated: Flask) -> Flask:
    """The demonstration after a session."""
    hold(demonstrated)
    return demonstrated


def refused(app: Flask, deed: str, name: str = "facilitator", /, **facts: object) -> str:
    before = stored(app)
    with pytest.raises(Refusal) as refusal:
        start(app, name=name, **facts) if deed == "start" else to_record(app, deed, name, **facts)  # type: ignore[arg-type]
    assert stored(app) == before
    return str(refusal.value)


def test_a_record_is_filled_edited_and_issued_and_every_step_is_an_event(held: Flask) -> None:
    before = stored(held)
    named(held, "civil", "Cholpon A.")
    assert start(held) == 1
    assert added(before, stored(held)) == {"records": 1, "attendances": 1, "events": 2}
    body = record(held).body
    for line in (
        "# Record of session 1: First reading",
        "- Date: 24 November 2026; begun at 15:00, ended at 16:30",
        "- Breaks: 15:30–15:45",
        "  - Civil Society Coalition (demo) (from 15:02); represented by Cholpon A.",
        "1. Article 13 “Registration” (first reading): passed over, not returned to",
        "- Matter 1: Who pays for the \\*boxes\\*?; in the care of: Interior Ministry (demo); until 9 December 2026",
        "Clauses agreed: 0.",
        "- Article 13(4): amendment A14 (Akyikatchy / Ombudsman (demo))",
    ):
        assert line in body.splitlines(), line
    to_record(held, "save", body=body + "\r\nRead and found correct.\r\n", revision=1)
    to_record(held, "issue", revision=2)
    page = record(held, "observer")
    told = [(one.kind, one.facts.get("record")) for one in chain(held)[-3:]]
    assert told == [("record_started", 1), ("record_saved", 1), ("record_issued", 1)]
    issued = chain(held)[-1].facts
    digest = hashlib.sha256(page.body.encode()).hexdigest()
    assert issued == {
        "record": 1, "kind": "session", "session": 1, "sha256": digest, "version": 1, "language": "en",
    }  # fmt: skip
    assert page.record.sha256 == digest
    assert page.body.endswith("\n\nRead and found correct.\n")
    assert first_broken_link(chain(held)) is None


def test_an_issued_record_never_changes_whatever_happens_later(held: Flask) -> None:
    named(held, "civil", "Cholpon A.")
    start(held)
    to_record(held, "issue", revision=1)
    before = rows(held)
    assert refused(held, "save", body="Other.", revision=1).startswith("Record 1 is issued: it stays as it is.")
    assert refused(held, "issue", revision=1).startswith("Record 1 is issued: it stays as it is.")
    assert refused(held, "discard").startswith("Record 1 is issued: it stays as it is.")
    with held.app_context():
        person = user_id(held, "civil")
        attending.take_back(db.session, slug=SLUG, number=1, named=1, user_id=person, now=at(200))
    park(held, "Another matter")
    submit(held, "civil", words(held, "art_13__para_4", "the", "a"))
    ask(held, "14")
    answer(held, "interior", item=None, step=6, reason="Not so.")
    conduct(held, "close", days=1)
    assert rows(held) == before
    start(held)
    assert "Cholpon" not in record(held, number=2).body
    assert "Cholpon" in record(held, number=1).body
    assert rows(held)[0] == before[0]


def test_of_two_who_edit_the_second_is_told(held: Flask) -> None:
    start(held)
    to_record(held, "save", body="One.", revision=1)
    said = refused(held, "save", "administrator", body="Other.", revision=1)
    assert said.startswith("Somebody else saved record 1 while you wrote.")
    assert refused(held, "issue", revision=1).startswith("Somebody else saved record 1")
    assert record(held).body == "One.\n"


def test_filled_in_again_it_is_a_new_record_beside_the_edited_one(held: Flask) -> None:
    start(held)
    to_record(held, "save", body="Edited.", revision=1)
    park(held, "Something new")
    assert start(held, "workshop", number=None) == 2
    assert record(held).body == "Edited.\n"
    assert "Something new" in record(held, number=2).body
    to_record(held, "discard", number=1)
    assert start(held) == 3  # a number is never used twice
    with pytest.raises(Refusal, match="There is no record 1"):
        record(held)


def test_until_it_is_issued_others_do_not_know_of_it(held: Flask) -> None:
    start(held)
    for name in ("civil", "observer"):
        with pytest.raises(Refusal, match="There is no record 1"):
            record(held, name)
        for deed, facts in (("save", {"body": "x", "revision": 1}), ("issue", {"revision": 1}), ("discard", {})):
            assert "may not hold sessions" in refused(held, deed, name, **facts)
        assert "may not hold sessions" in refused(held, "start", name)


def test_what_no_record_can_be_made_of_is_said(demonstrated: Flask) -> None:
    assert refused(demonstrated, "start").startswith("There is no session 1")
    assert refused(demonstrated, "start", kind="workshop").startswith("No session has been held yet")
    plan(demonstrated)
    assert refused(demonstrated, "start").startswith("Session 1 has not begun")
    do(demonstrated, "open_session")
    for facts in ({"kind": "diary"}, {"language": "uk"}, {"number": None}):
        assert refused(demonstrated, "start", **facts).startswith("Choose what the record is of")
    assert start(demonstrated) == 1  # one that is being held
    assert "not ended when this was written" in record(demonstrated).body
    assert refused(demonstrated, "save", body=" \n ", revision=1).startswith("A record without a word")
    for body in ("a\0b", "x" * 400_001):
        assert refused(demonstrated, "save", body=body, revision=1).startswith("The text is longer than 400000")


def test_what_is_agreed_and_objected_to_is_counted_as_the_board_counts(demonstrated: Flask) -> None:
    hold(demonstrated)
    ask(demonstrated, "14(1)")
    ask(demonstrated, "14(2)")
    for name in ("interior", "prosecutor", "prevention", "ombudsman", "civil"):
        answer(demonstrated, name, number=1, step=1)
        answer(demonstrated, name, number=2, step=6 if name == "civil" else 1, reason="Too *long*.")
    conduct(demonstrated, "close", number=1)
    start(demonstrated)
    body = record(demonstrated).body.splitlines()
    person = user_id(demonstrated, "observer")
    with demonstrated.app_context():
        seen = board.board(db.session, slug=SLUG, user_id=person, language="en", now=at(130), asked=BoardAsked()).counts
    total, others = sum(seen.values()), seen["open"] + seen["discussed"] + seen["reopened"]
    assert seen["agreed"] == 1
    assert (
        f"In the whole text, {total} clauses: 1 agreed, {seen['ad_referendum']} agreed ad referendum, "
        f"{seen['contested']} contested, {others} not agreed yet."
    ) in body
    at_agreed = body.index("Clauses agreed: 1.")
    assert body[at_agreed + 2] == "- Article 14(1)"
    assert "- Article 14(2): Civil Society Coalition (demo) objects; stands" in body
    assert "  > Too \\*long\\*." in body
    start(demonstrated, "workshop", number=None)
    assert "- Answer call 2" in record(demonstrated, number=2).body.splitlines()


def test_a_hidden_call_says_only_that_it_was_held(demonstrated: Flask) -> None:
    hold(demonstrated)
    ask(demonstrated, "14(1)", hidden=True)
    for name in ("interior", "civil"):
        answer(demonstrated, name, step=6, reason="A secret reason.")
    for kind in KINDS:
        number = start(demonstrated, kind)
        assert "secret" not in record(demonstrated, number=number).body


def test_nobody_is_named_where_a_draft_names_nobody(demonstrated: Flask) -> None:
    in_their_languages(demonstrated)
    hold(demonstrated)
    named(demonstrated, "civil", "Cholpon A.")
    ask(demonstrated, "14(1)")
    answer(demonstrated, "civil", step=6, reason="A reason that tells who wrote it.")
    attributed(demonstrated, "unattributed")
    known = ("MVD", "CSO", "GPO", "Interior", "Civil", "Ombudsman", "Prosecutor", "Preventive", "Cholpon", "tells who")
    for kind in KINDS:
        for language in LANGUAGES:
            body = record(demonstrated, number=start(demonstrated, kind, language=language)).body
            those = (*known, *(name for both in NAMES.values() for name in both))
            assert [name for name in those if name in body] == [], (kind, language)


def test_institutions_alone_are_named_where_people_are_not(demonstrated: Flask) -> None:
    hold(demonstrated)
    named(demonstrated, "civil", "Cholpon A.")
    attributed(demonstrated, "institution_only")
    start(demonstrated)
    assert "Cholpon" not in record(demonstrated).body
    assert "Civil Society Coalition (demo)" in record(demonstrated).body
