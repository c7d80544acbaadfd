"""What was agreed is taken up again with a reason: by whom, and what becomes of what was said."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.errors import Refusal
from app.services import confirming
from app.store.db import db
from app.store.users import Membership
from tests.product import SLUG, chain, user_id
from tests.services.closing_deeds import FULL, everybody, reopen
from tests.services.deeds import NOW, issue, submit, words
from tests.services.stances import PARA, page_of, state

pytest_plugins = ["tests.demonstration"]

LATER = NOW + timedelta(hours=1)


def refusal(app: Flask, name: str, **asked: object) -> str:
    with pytest.raises(Refusal) as refused:
        reopen(app, name, **asked)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_reopened_clause_waits_for_everybody_again_and_keeps_what_was_said(demonstrated: Flask) -> None:
    everybody(demonstrated)
    assert page_of(demonstrated, "civil", PARA).closing.may_reopen
    reopen(demonstrated, "civil", reason=" New figures. ", now=LATER)
    page = page_of(demonstrated, "observer", PARA)
    assert (page.state, [mark.code for mark in page.waiting]) == ("reopened", ["MVD", "GPO", "NPM", "AKY", "CSO"])
    assert {line.position.lapsed for line in page.seats if line.position} == {"reopened"}
    assert page.closing.reopened is not None
    assert (page.closing.reopened.reason, page.closing.reopened.institution.code) == ("New figures.", "CSO")  # type: ignore[union-attr]
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["reason"], len(last.facts["told"])) == ("clause_reopened", "New figures.", 5)
    assert refusal(demonstrated, "civil", now=LATER) == (
        "This clause is not agreed as it stands, so there is nothing to reopen."
    )  # fmt: skip


WHO = (
    # role            part          may
    ("representative", "head",       ""),
    ("representative", "authorised", "Only the head of a delegation with a full seat, or a facilitator, reopens what was agreed."),
    ("observer",       "head",       "As observer of this draft you may not position."),
    ("facilitator",    "member",     ""),
)  # fmt: skip


def test_a_head_of_delegation_or_a_facilitator_reopens(demonstrated: Flask) -> None:
    person, said = user_id(demonstrated, "civil"), []
    for hours, (role, part, _) in enumerate(WHO):
        with demonstrated.app_context():
            db.session.execute(update(Membership).where(Membership.user_id == person).values(role="representative"))
            db.session.commit()
        everybody(demonstrated)  # at NOW
        with demonstrated.app_context():
            where = Membership.user_id == person
            db.session.execute(update(Membership).where(where).values(role=role, part=part))
            db.session.commit()
        try:
            reopen(demonstrated, "civil", now=NOW - timedelta(hours=9 - hours))
            said.append("")
        except Refusal as refused:
            said.append(str(refused))
        with demonstrated.app_context():
            db.session.execute(update(Membership).where(Membership.user_id == person).values(part="head"))
            db.session.commit()
    assert said == [outcome for _, _, outcome in WHO]
    assert refusal(demonstrated, "un").startswith("Only the head of a delegation with a full seat")


def test_what_cannot_be_reopened_is_refused(demonstrated: Flask) -> None:
    assert refusal(demonstrated, "civil") == "This clause is not agreed as it stands, so there is nothing to reopen."
    everybody(demonstrated)
    assert refusal(demonstrated, "civil", reason=" ") == "Say why, in a word: the others will read it."
    assert refusal(demonstrated, "civil", address="no-such") == "This clause does not exist in the draft."


def test_a_reopened_clause_is_not_agreed_again_by_confirming_its_setting(demonstrated: Flask) -> None:
    everybody(demonstrated)
    reopen(demonstrated, "civil", now=LATER)
    issue(demonstrated, "facilitator", submit(demonstrated, "civil", words(demonstrated, PARA, " ", "\u00a0")))
    person = user_id(demonstrated, "facilitator")
    with demonstrated.app_context(), pytest.raises(Refusal):
        confirming.repeat_unchanged_of_all(db.session, slug=SLUG, user_id=person, now=LATER, today=NOW.date())


def test_a_change_of_its_setting_is_confirmed_for_all_in_one_go(demonstrated: Flask) -> None:
    everybody(demonstrated)
    state(demonstrated, "interior", clause="art_12__para_1")
    issue(demonstrated, "facilitator", submit(demonstrated, "civil", words(demonstrated, PARA, " ", "\u00a0")))
    page = page_of(demonstrated, "observer", PARA)
    assert (page.state, [mark.code for mark in page.lapsed]) == ("discussed", ["MVD", "GPO", "NPM", "AKY", "CSO"])
    person, civil = user_id(demonstrated, "facilitator"), user_id(demonstrated, "civil")
    with demonstrated.app_context(), pytest.raises(Refusal, match="Only the head of a delegation"):
        confirming.repeat_unchanged_of_all(db.session, slug=SLUG, user_id=civil, now=LATER, today=NOW.date())
    with demonstrated.app_context():
        count = confirming.repeat_unchanged_of_all(
            db.session, slug=SLUG, user_id=person, now=LATER, today=NOW.date()
        )  # fmt: skip
    assert count == len(FULL)
    page = page_of(demonstrated, "observer", PARA)
    assert (page.state, {line.position.entered_for for line in page.seats if line.position}) == ("agreed", {True})
    told = [event for event in chain(demonstrated) if event.kind == "position_confirmed"]
    assert (len(told), {event.facts["entered_for"] for event in told}) == (5, {True})
