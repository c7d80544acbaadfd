"""Where agreement stands: states from positions, threads and amendments; what hidden calls do not tell; statements."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from app.domain.agreement import Around
from app.services import reading, resolving
from app.services.agreeing import agreement
from app.services.showing import draft_head
from app.services.texts import issued
from app.store.calls import Call
from app.store.db import db
from app.store.digests import read_anew
from app.store.memberships import enter
from tests.product import LAW, SLUG, clause_ids, signed_in, user_id
from tests.services.deeds import NOW, issue
from tests.services.stances import PARA, call_about, page_of, state, take_back
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]

FULL = ("interior", "prosecutor", "prevention", "ombudsman", "civil")


def states(app: Flask, days: int = 0) -> dict[str, str]:
    """The states of the clauses that are not open, as the reading view has them, by address."""
    person = user_id(app, "observer")
    by_id = {id: address for number in (1, 2) for address, id in _ids(app, number).items()}
    with app.app_context():
        page = reading.read(
            db.session, slug=SLUG, number=None, user_id=person, language="en", now=NOW + timedelta(days=days)
        )
        return {by_id[id]: state for id, state in page.states.items()}


def _ids(app: Flask, number: int) -> dict[str, str]:
    return clause_ids(app, number=number)


def everybody(app: Flask, address: str, **said: object) -> None:
    for name in FULL:
        state(app, name, clause=address, **said)  # type: ignore[arg-type]


def test_a_clause_is_agreed_when_all_full_seats_are_for_it_and_no_longer_when_its_text_changes(
    demonstrated: Flask,
) -> None:
    assert states(demonstrated)[PARA] == "discussed"  # there is a comment on it
    for name in FULL[:-1]:
        state(demonstrated, name)
        assert states(demonstrated)[PARA] == "discussed"
    state(demonstrated, "un", step=6, reason="Heard, not counted.")
    state(demonstrated, FULL[-1])
    assert states(demonstrated)[PARA] == "agreed"
    everybody(demonstrated, "art_18__para_2")
    assert states(demonstrated)["art_18__para_2"] == "agreed"
    issue(demonstrated, "facilitator", 15)
    assert (states(demonstrated)["art_18__para_2"], states(demonstrated)[PARA]) == ("discussed", "agreed")
    lapsed = page_of(demonstrated, "observer", "art_18__para_2").lapsed
    assert {mark.code for mark in lapsed} == {"MVD", "GPO", "NPM", "AKY", "CSO"}


def test_an_objection_contests_and_one_ad_referendum_waits(demonstrated: Flask) -> None:
    everybody(demonstrated, PARA)
    state(demonstrated, "interior", step=1, confirm_days=5)
    assert states(demonstrated)[PARA] == "ad_referendum"
    assert states(demonstrated, days=5)[PARA] == "discussed"
    state(demonstrated, "interior", step=6, reason="No.")
    assert states(demonstrated)[PARA] == "contested"
    assert [mark.code for mark in page_of(demonstrated, "civil", PARA).blocking] == ["MVD"]
    take_back(demonstrated, "interior")
    assert states(demonstrated)[PARA] == "discussed"


def test_a_clause_whose_threads_are_all_resolved_is_not_under_discussion(demonstrated: Flask) -> None:
    address = "art_11__para_2"
    client, clause_id = signed_in(demonstrated, "civil"), _ids(demonstrated, 1)[address]
    client.post(f"{LAW}/clauses/{clause_id}/comments", data={"body": "A remark."})
    assert states(demonstrated)[address] == "discussed"
    person = user_id(demonstrated, "civil")
    with demonstrated.app_context():
        page = reading.clause(
            db.session, slug=SLUG, clause_id=clause_id, user_id=person, language="en", now=NOW
        )  # fmt: skip
        assert page.positions is not None
        assert page.positions.state == "discussed"
        resolving.resolve_thread(db.session, slug=SLUG, comment_id=page.comments[0].id, user_id=person, now=NOW)
    assert states(demonstrated).get(address) is None
    assert page_of(demonstrated, "civil", address).state == "open"


def test_what_is_hidden_moves_no_state(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, hidden=True)
    before = states(demonstrated)
    for name in FULL:
        state(demonstrated, name, step=6, reason="Never.")
        assert states(demonstrated) == before
    with demonstrated.app_context():
        db.session.execute(update(Call).values(revealed_at=NOW))
        read_anew(db.session)
        db.session.commit()
    assert states(demonstrated)[PARA] == "contested"


def test_the_rule_of_the_last_call_decides(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, rule="majority")
    for name in FULL[:4]:
        state(demonstrated, name)
    assert states(demonstrated)[PARA] == "discussed"
    with demonstrated.app_context():
        db.session.execute(update(Call).values(closed_at=NOW))
        read_anew(db.session)
        db.session.commit()
    assert states(demonstrated)[PARA] == "agreed"


def test_agreement_takes_as_many_statements_however_much_was_said(demonstrated: Flask) -> None:
    def counted() -> int:
        person = user_id(demonstrated, "observer")
        with demonstrated.app_context():
            entry = enter(db.session, SLUG, person)
            text = issued(db.session, entry.draft, draft_head(db.session, entry).latest)
            with statements(demonstrated) as made:
                agreement(db.session, entry.draft, text, NOW, NOW.date()).states({PARA: Around()})
            return len(made)

    state(demonstrated, "interior")
    few = counted()
    for address in ("art_1", "art_11__para_1", "art_18__para_1"):
        everybody(demonstrated, address)
    assert (counted(), few <= 8) == (few, True)
