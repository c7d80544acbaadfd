"""Reservations and explanations of position: attached by whoever speaks, bound to the text, printed, withdrawn."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services import annexing, confirming
from app.services.pages_closing import Annex
from app.store.db import db
from app.store.institutions import Institution
from tests.product import SLUG, chain, user_id
from tests.services.closing_deeds import attach, withdraw
from tests.services.deeds import NOW, issue, submit, words
from tests.services.stances import PARA, call_about, on, page_of, state, take_back

pytest_plugins = ["tests.demonstration"]

CHANGED = "art_18__para_2"


def annex(app: Flask, name: str = "observer") -> Annex:
    person = user_id(app, name)
    with app.app_context():
        return annexing.annex(db.session, slug=SLUG, user_id=person, language="en", now=NOW)


def test_they_are_printed_in_the_order_of_the_text_and_keep_the_version_they_were_given_on(demonstrated: Flask) -> None:
    attach(demonstrated, "civil", CHANGED, text=" Six months are long. ")
    attach(demonstrated, "facilitator", PARA, kind="explanation", text="We read it so.", entered_for="GPO")
    issue(demonstrated, "facilitator", 15, submit(demonstrated, "civil", words(demonstrated, PARA, " ", "\u00a0")))
    groups = annex(demonstrated).groups
    assert [group.human for group in groups] == ["Article 14(1)", "Article 18(2)"]
    lines = [group.lines[0] for group in groups]
    assert [(line.institution.code, line.kind, line.text, line.version, line.changed, line.entered_for) for line in lines] == [
        ("GPO", "explanation", "We read it so.", 1, False, True),
        ("CSO", "reservation", "Six months are long.", 1, True, False),
    ]  # fmt: skip
    assert [page_of(demonstrated, "civil", at).closing.printed[0].changed for at in (PARA, CHANGED)] == [False, True]
    told = [event.facts["attached"] for event in chain(demonstrated) if event.kind == "explanation_attached"]
    assert told == ["reservation", "explanation"]


def test_a_withdrawn_one_is_kept_and_not_printed(demonstrated: Flask) -> None:
    made = attach(demonstrated, "civil")
    with pytest.raises(Refusal, match="Only the institution whose words these are may withdraw them"):
        withdraw(demonstrated, "interior", made)
    withdraw(demonstrated, "civil", made)
    closing = page_of(demonstrated, "observer", PARA).closing
    assert (closing.printed, [line.text for line in closing.withdrawn]) == ((), ["With a note."])
    assert annex(demonstrated).groups == ()
    assert chain(demonstrated)[-1].kind == "explanation_withdrawn"
    with pytest.raises(Refusal, match="These words were withdrawn already"):
        withdraw(demonstrated, "civil", made)
    with pytest.raises(Refusal, match="This reservation or explanation is not in the draft"):
        withdraw(demonstrated, "civil", 2**40)


IMPOSSIBLE = (
    ({"kind": "remark"}, "Say whether it is a reservation or an explanation of position."),
    ({"text": " "}, "Write the words that are to be printed with the clause."),
    ({"text": "a\0"}, "The text is longer than 20000 characters or holds a null character."),
    ({"seen": "0" * 64}, "The text was changed while you wrote. Look at it as it stands now, then send your words again."),
    ({"address": "no-such", "seen": ""}, "What this position is about is not in the latest version of the draft."),
    ({"entered_for": "GPO"}, "Only the head of a delegation, or whoever they authorise, states its position. You may comment."),
    ({"text": "Once."}, "Just these words of your institution are printed with this clause already."),
)  # fmt: skip


def test_what_cannot_be_printed_is_refused(demonstrated: Flask) -> None:
    attach(demonstrated, "civil", text="Once.")
    said = []
    for asked, _ in IMPOSSIBLE:
        with pytest.raises(Refusal) as refused:
            attach(demonstrated, "civil", **asked)  # type: ignore[arg-type]
        said.append(str(refused.value))
    assert said == [sentence for _, sentence in IMPOSSIBLE]


def test_nothing_is_printed_that_would_tell_what_a_hidden_call_hides(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, hidden=True)
    state(demonstrated, "civil", step=3, reason="A secret reason.")
    assert on(demonstrated, "civil", PARA)["CSO"].position.may_be_printed is False  # type: ignore[union-attr]
    with pytest.raises(Refusal, match="Call 1 asks about this clause, and its answers are hidden"):
        attach(demonstrated, "civil")
    attach(demonstrated, "civil", CHANGED)


def merge_prevention_into_ombudsman(app: Flask) -> None:
    with app.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        by_code["NPM"].exists_until, by_code["NPM"].successor_id = date(2026, 11, 23), by_code["AKY"].id
        db.session.commit()


def test_a_successor_confirms_takes_back_and_withdraws_what_it_inherited(demonstrated: Flask) -> None:
    given = state(demonstrated, "prevention", step=1, confirm_days=10)
    printed = attach(demonstrated, "prevention")
    merge_prevention_into_ombudsman(demonstrated)
    line = on(demonstrated, "ombudsman", PARA)["AKY"]
    assert (line.inherited.code, line.position.is_provisional) == ("NPM", True)
    person = user_id(demonstrated, "ombudsman")
    with demonstrated.app_context():
        confirming.confirm(
            db.session, slug=SLUG, position_id=given, user_id=person, now=NOW + timedelta(days=1), today=NOW.date()
        )  # fmt: skip
    assert on(demonstrated, "civil", PARA)["AKY"].position.confirmed_at is not None  # type: ignore[union-attr]
    take_back(demonstrated, "ombudsman")
    line = on(demonstrated, "civil", PARA)["AKY"]
    assert (line.position, line.inherited, len(line.history)) == (None, None, 2)
    assert "AKY" in [mark.code for mark in page_of(demonstrated, "civil", PARA).waiting]
    withdraw(demonstrated, "ombudsman", printed)
    assert annex(demonstrated).groups == ()
