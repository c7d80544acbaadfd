"""Who the record of a session may name: only people who agreed to it, by words of their own, and they may take it back."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.domain.errors import NotAllowed, Refusal, Unstorable
from app.services import attending
from app.services.pages_convening import AttendancePage
from app.store.db import db
from app.store.drafts import Draft
from app.store.sittings import Attendance
from tests.product import LAW, chain, signed_in
from tests.services.deeds import NOW
from tests.services.sittings import do
from tests.services.test_convening import deed, plan, refusal

pytest_plugins = ["tests.demonstration"]


def name(app: Flask, who: str, said: str, *, at: float = 1) -> None:
    deed(app, attending.give_name, who, name=said, at=at)


def add_name(app: Flask, who: str = "facilitator", said: str = "Temir T.", **facts: Any) -> None:
    deed(app, attending.add_name, who, name=said, **{"institution": "MVD", "consented": True, **facts})


def names(app: Flask, who: str = "facilitator") -> AttendancePage:
    found = deed(app, attending.attendance_page, who, language="en")
    assert isinstance(found, AttendancePage)
    return found


def opened(app: Flask) -> None:
    plan(app, "13")
    do(app, "open_session")


def test_a_name_is_given_in_ones_own_words_and_the_events_do_not_hold_it(demonstrated: Flask) -> None:
    opened(demonstrated)
    name(demonstrated, "civil", "Cholpon")
    name(demonstrated, "civil", " Cholpon  A. ", at=2)
    add_name(demonstrated)
    seen = names(demonstrated)
    assert [(one.name, one.institution.code if one.institution else "", one.ours) for one in seen.names] == [
        ("Temir T.", "MVD", True), ("Cholpon A.", "CSO", False),
    ]  # fmt: skip
    last = [event for event in chain(demonstrated) if event.kind.startswith("session_name")]
    assert [(event.kind, set(event.facts)) for event in last] == [
        ("session_name_given", {"session", "institution"})
    ] * 3
    assert "Cholpon A" not in str([event.facts for event in last])


def test_before_it_is_issued_others_see_no_name(demonstrated: Flask) -> None:
    opened(demonstrated)
    name(demonstrated, "civil", "Cholpon")
    seen, own = names(demonstrated, "interior"), names(demonstrated, "civil")
    assert (seen.names, seen.own, seen.presiding) == ((), None, False)
    assert own.own is not None and own.own.name == "Cholpon"
    assert "Cholpon" not in signed_in(demonstrated, "interior").get(f"{LAW}/sessions/1/attendance").text


def test_a_name_is_taken_back_and_forgotten_and_may_be_given_anew(demonstrated: Flask) -> None:
    opened(demonstrated)
    name(demonstrated, "civil", "Cholpon")
    own = names(demonstrated, "civil").own
    assert own is not None
    for who in ("interior", "facilitator"):
        refusal(
            demonstrated,
            attending.NoSuchName,
            lambda who=who: deed(demonstrated, attending.take_back, who, named=own.id),
        )  # type: ignore[misc]
    deed(demonstrated, attending.take_back, "civil", named=own.id, at=3)
    with demonstrated.app_context():
        row = db.session.scalars(select(Attendance)).one()
        assert (row.name, row.withdrawn_at) == ("", NOW + timedelta(minutes=3))
    assert chain(demonstrated)[-1].kind == "session_name_withdrawn"
    refusal(demonstrated, attending.NoSuchName, lambda: deed(demonstrated, attending.take_back, "civil", named=own.id))
    name(demonstrated, "civil", "C. A.", at=4)
    add_name(demonstrated)
    added = next(one for one in names(demonstrated).names if one.ours)
    deed(demonstrated, attending.take_back, named=added.id)
    assert [one.name for one in names(demonstrated).names] == ["C. A."]


def test_names_are_taken_only_with_consent_and_of_a_session_that_was_opened(demonstrated: Flask) -> None:
    plan(demonstrated, "13")
    said = refusal(demonstrated, attending.NotBegun, lambda: name(demonstrated, "civil", "Cholpon"))
    assert said == "Session 1 has not begun: names are taken when it is opened."
    do(demonstrated, "open_session")
    refusal(demonstrated, attending.NoConsent, lambda: add_name(demonstrated, consented=False))
    refusal(demonstrated, attending.NoName, lambda: name(demonstrated, "civil", "  "))
    refusal(demonstrated, Unstorable, lambda: name(demonstrated, "civil", "x" * 201))
    refusal(demonstrated, Refusal, lambda: add_name(demonstrated, institution="XXX"))
    refusal(demonstrated, NotAllowed, lambda: add_name(demonstrated, "civil"))
    do(demonstrated, "close_session", at=9)
    name(demonstrated, "observer", "Lira")
    assert names(demonstrated).count == 1


def test_nobody_is_named_where_nothing_is_attributed(demonstrated: Flask) -> None:
    opened(demonstrated)
    with demonstrated.app_context():
        db.session.execute(update(Draft).values(attribution="unattributed"))
        db.session.commit()
    said = "Nobody is named in this draft, so no names are taken for the records of its sessions."
    assert refusal(demonstrated, attending.NoNamesTaken, lambda: name(demonstrated, "civil", "Cholpon")) == said
    assert refusal(demonstrated, attending.NoNamesTaken, lambda: add_name(demonstrated)) == said
    assert names(demonstrated).barred == "unattributed"
