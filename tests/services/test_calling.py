"""Calls without a meeting: what is fixed beforehand, who was reached, what hidden answers tell, how a call ends."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import answering, confirming, sealing
from app.services.answering import Answer
from app.services.calling import Period
from app.store.calls import Call, CallItem
from app.store.db import db
from app.store.digests import read_anew
from app.store.drafts import Draft
from app.store.positions import Position
from tests.product import SLUG, added, chain, stored, user_id
from tests.services.calls import (
    FULL,
    answer,
    ask,
    call_off,
    conduct,
    extend,
    item,
    later,
    listed,
    page,
    results,
    waiting,
)
from tests.services.deeds import NOW, issue
from tests.services.stances import PARA, on, state, take_back
from tests.services.test_agreeing import states
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def refusal(deed: object, *asked: object, **more: object) -> str:
    with pytest.raises(Refusal) as refused:
        deed(*asked, **more)  # type: ignore[operator]
    return str(refused.value)


def test_a_call_is_opened_on_exact_words_with_its_terms_and_its_event(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    number = ask(
        demonstrated, "14; A4", question=" All right? ", rule="majority", share="3/5", of_seats=True, hidden=True,
        confirm_days=10, period=Period(3),
    )  # fmt: skip
    assert (number, added(before, stored(demonstrated))) == (1, {"calls": 1, "call_items": 4, "events": 1})
    shown = page(demonstrated, "observer")
    assert [one.human for one in shown.items] == ["Article 14", "Article 14(1)", "Article 14(2)", "A4"]
    call = shown.call
    assert (call.question, call.rule, call.share, call.of_seats, call.hidden) == (
        "All right?",
        "majority",
        "3/5",
        True,
        True,
    )
    # opened on Tuesday 24 November, 15:00 in Bishkek; three days end with Friday 27; ten more with Monday 7 December
    assert call.deadline == datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert call.confirm_until == datetime(2026, 12, 7, 18, tzinfo=UTC)
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["share"], last.facts["amendments"]) == ("call_opened", "3/5", [4])
    assert first_broken_link(chain(demonstrated)) is None


ENDS = (
    # days off in the draft                           period                        ends (UTC); Bishkek is six hours ahead
    ((),                                              Period(1),                    (2026, 11, 25, 18)),
    ((),                                              Period(4),                    (2026, 11, 30, 18)),  # Saturday: Monday
    ((),                                              Period(5, "working_days"),    (2026, 12, 1, 18)),
    (("2026-11-25", "2026-11-27"),                    Period(1),                    (2026, 11, 26, 18)),
    (("2026-11-25", "2026-11-27"),                    Period(3, "working_days"),    (2026, 12, 1, 18)),
    (("2026-11-30", "2026-12-01"),                    Period(4),                    (2026, 12, 2, 18)),
    ((),                                              Period(72, "hours"),          (2026, 11, 27, 9)),
    (("2026-11-27",),                                 Period(72, "hours"),          (2026, 11, 27, 9)),
)  # fmt: skip


def test_a_deadline_ends_with_a_day_in_bishkek_and_never_with_a_day_off(demonstrated: Flask) -> None:
    found = []
    for days_off, period, _ in ENDS:
        with demonstrated.app_context():
            db.session.execute(update(Draft).values(days_off=list(days_off)))
            db.session.commit()
        number = ask(demonstrated, period=period)
        found.append(page(demonstrated, "observer", number=number).call.deadline)
        call_off(demonstrated, number=number)
    assert found == [datetime(*moment, tzinfo=UTC) for *_, moment in ENDS]


IMPOSSIBLE: tuple[tuple[str, dict[str, object], str], ...] = (
    ("", {}, "Say what the call asks about: at least one clause or amendment."),
    ("14; 99(7)", {}, "“99(7)” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
    ("A99", {}, "“A99” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
    ("14", {"rule": "lottery"}, "“lottery” is no rule by which a group agrees."),
    ("14", {"rule": "majority", "share": "x"}, "“x” is no share: write it like 2/3."),
    ("14", {"rule": "majority", "share": "1/3"}, "A majority is more than 1/2 and at most all; “1/3” is not."),
    ("14", {"rule": "silence"}, "Silence means something only until a deadline: say how long the call is open."),
    ("14", {"rule": "silence", "period": Period(71, "hours")}, "A silence lasts at least 72 hours."),
    ("14", {"rule": "silence", "period": Period(9), "hidden": True},
     "A call by silence is open: whoever breaks the silence shows it by speaking. Choose another rule to hide the answers."),
    ("14", {"period": Period(0)}, "A period has 1 to 366 days, not 0."),
    ("14", {"period": Period(3, "moons")}, "“moons” is no unit of time: days, working days or hours."),
    ("14", {"confirm_days": 367}, "A period has 1 to 366 days, not 367."),
    ("14", {"question": "a\0"}, "The text is longer than 2000 characters or holds a null character."),
)  # fmt: skip


def test_what_cannot_be_asked_is_refused(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    said = [refusal(ask, demonstrated, about, **terms) for about, terms, _ in IMPOSSIBLE]
    assert said == [sentence for *_, sentence in IMPOSSIBLE]
    assert refusal(ask, demonstrated, name="civil") == "As representative of this draft you may not call."
    assert added(before, stored(demonstrated)) == {}
    ask(demonstrated)
    assert (
        refusal(ask, demonstrated, "14")
        == "Call 1 asks about Article 14(1) already: close it first, or leave this out."
    )


def test_silence_agrees_only_for_those_who_confirmed_that_it_reached_them(demonstrated: Flask) -> None:
    ask(demonstrated, rule="silence", period=Period(96, "hours"))
    for name in FULL[1:]:
        conduct(demonstrated, "receive", name)
    assert refusal(conduct, demonstrated, "receive", "civil") == (
        "Your institution has confirmed already that this call reached it."
    )
    assert item(demonstrated, days=3.9).standing == "not_yet"
    late = item(demonstrated, days=4)
    assert (late.standing, [mark.code for mark in late.waiting]) == ("ad_referendum", ["MVD"])
    assert refusal(conduct, demonstrated, "receive", "interior", days=4) == (
        "The time to answer call 1 is over, so this can no longer be done."
    )
    answer(demonstrated, "prosecutor", step=6, reason="We break the silence.", days=3)
    assert item(demonstrated, days=4).standing == "contested"


def test_an_objection_must_be_answered_before_anything_closes_as_agreed(demonstrated: Flask) -> None:
    ask(demonstrated, rule="majority", share="2/3")
    for name in FULL[1:]:
        answer(demonstrated, name)
    answer(demonstrated, "interior", step=6, reason="No money.")
    shown = item(demonstrated)
    assert (shown.standing, [mark.code for mark in shown.unanswered], shown.votes) == ("contested", ["MVD"], (4, 5))
    person = user_id(demonstrated, "facilitator")
    with demonstrated.app_context():
        objection = db.session.scalars(select(Position).where(Position.step == 6)).one().id
        answering.answer_objection(
            db.session, slug=SLUG, position_id=objection, answer=Answer("The budget has it."), user_id=person, now=NOW,
            today=NOW.date(),
        )  # fmt: skip
    conduct(demonstrated, "close")
    assert results(demonstrated) == ["agreed"]
    assert chain(demonstrated)[-1].facts["results"] == ["agreed"]
    assert states(demonstrated)[PARA] == "agreed"
    assert refusal(conduct, demonstrated, "close") == "Call 1 is closed already."


def test_a_call_is_closed_before_its_end_only_when_everybody_has_answered(demonstrated: Flask) -> None:
    ask(demonstrated, "14", period=Period(9))
    for name in FULL:
        answer(demonstrated, name, item=None)
    answer(demonstrated, "un", item=1, step=6, reason="Heard, not counted.")
    take_back(demonstrated, "civil")
    assert refusal(conduct, demonstrated, "close") == (
        "The time to answer is not over, and these have not answered everything: CSO."
    )
    answer(demonstrated, "civil", item=2, step=3, reason="With a note.")
    conduct(demonstrated, "close")
    assert results(demonstrated) == ["agreed", "agreed", "agreed"]
    assert [mark.code for mark in page(demonstrated, "un").items[1].reserved] == ["CSO"]


def test_what_is_said_after_the_end_is_no_answer_to_the_call(demonstrated: Flask) -> None:
    ask(demonstrated, rule="majority", period=Period(1))
    for name in FULL[:4]:
        answer(demonstrated, name)
    assert refusal(answer, demonstrated, "civil", days=2) == (
        "The time to answer call 1 is over, so this can no longer be done."
    )
    with demonstrated.app_context():
        db.session.execute(update(Call).values(deadline=NOW))  # what `state` says now comes after it
        db.session.execute(update(Position).values(created_at=later(-1)))
        read_anew(db.session)
        db.session.commit()
    state(demonstrated, "civil", step=6, reason="Too late.")
    with demonstrated.app_context():
        db.session.execute(update(Position).where(Position.step == 6).values(created_at=later(1)))
        read_anew(db.session)
        db.session.commit()
    conduct(demonstrated, "close", days=2)
    assert results(demonstrated) == ["agreed"]


def test_answers_are_hidden_until_all_are_revealed_and_can_then_be_checked(demonstrated: Flask) -> None:
    ask(demonstrated, hidden=True, period=Period(3))
    made = answer(demonstrated, "interior", step=6, reason="A secret reason.")
    assert made == 1
    seen = page(demonstrated, "civil")
    assert ([line.step for line in seen.items[0].said if line.step], seen.items[0].standing) == ([], "")
    assert {line.institution.code: (line.answered, line.received_at is not None) for line in seen.reached}["MVD"] == (
        1,
        True,
    )
    assert page(demonstrated, "interior").items[0].own is not None
    take_back(demonstrated, "interior")
    assert [line.answered for line in page(demonstrated, "civil").reached] == [1, 0, 0, 0, 0, 0, 0]
    assert refusal(conduct, demonstrated, "close") == (
        "Reveal the answers first: a call is closed on what everybody can see."
    )
    for name in FULL[1:]:
        answer(demonstrated, name, step=2)
    assert refusal(state, demonstrated, "interior", clause="art_14", about="below") == (
        "Call 1 asks about clauses in it, and its answers are hidden until they are revealed: answer there, clause by "
        "clause."
    )
    answer(demonstrated, "interior", step=5, reason="Let us talk.")
    conduct(demonstrated, "reveal")
    assert refusal(conduct, demonstrated, "reveal") == "Nothing is hidden in this call, or it was revealed already."
    shown = page(demonstrated, "observer")
    assert (shown.items[0].standing, [mark.code for mark in shown.items[0].asking]) == ("not_yet", ["MVD"])
    assert (len(shown.seals), shown.holds) == (7, True)
    revealed = chain(demonstrated)[-1].facts["revealed"]
    sealed = {
        event.facts["position"]: event.facts["commitment"]
        for event in chain(demonstrated)
        if "commitment" in event.facts
    }
    assert [one["position"] for one in revealed] == list(sealed)
    first = revealed[0]
    words = f"{first['nonce']}|{first['step']}|||{first['reason']}"
    assert sealing.fingerprint(words) == sealed[first["position"]]
    with demonstrated.app_context():  # somebody alters an answer in the database
        db.session.execute(update(Position).where(Position.step == 5).values(step=1))
        read_anew(db.session)
        db.session.commit()
    altered = page(demonstrated, "observer")
    assert (altered.holds, [seal.holds for seal in altered.seals].count(False)) == (False, 1)


def test_confirming_in_a_hidden_call_looks_like_answering_anew(demonstrated: Flask) -> None:
    ask(demonstrated, hidden=True, confirm_days=10)
    answer(demonstrated, "interior", confirm_days=180)
    with demonstrated.app_context():
        made = db.session.scalars(select(Position)).one()
        assert made.confirm_until == datetime(2026, 12, 4, 18, tzinfo=UTC)  # as the call says, not in 180 days
        given = made.id
    person = user_id(demonstrated, "interior")
    with demonstrated.app_context():
        confirming.confirm(
            db.session, slug=SLUG, position_id=given, user_id=person, now=later(1), today=later(1).date()
        )  # fmt: skip
    events = chain(demonstrated)[-2:]
    assert [event.kind for event in events] == ["position_stated", "position_stated"]
    assert events[0].facts.keys() == events[1].facts.keys()
    assert events[0].facts["position"] != events[1].facts["position"]
    conduct(demonstrated, "reveal", days=2)
    shown = page(demonstrated, "observer", days=2)
    assert shown.holds
    assert shown.items[0].said[0].confirmed_at is not None


def test_between_the_end_and_the_reveal_nothing_is_said(demonstrated: Flask) -> None:
    ask(demonstrated, hidden=True, period=Period(1))
    answer(demonstrated, "interior", step=6, reason="No.")
    with demonstrated.app_context():
        db.session.execute(update(Call).values(deadline=NOW))
        read_anew(db.session)
        db.session.commit()
    assert refusal(state, demonstrated, "civil") == (
        "The time to answer call 1 is over, and its answers are not revealed yet. Once they are, this can be done."
    )
    before = states(demonstrated)
    assert before[PARA] == "discussed"
    conduct(demonstrated, "reveal", days=1)
    assert states(demonstrated)[PARA] == "contested"


def test_a_call_that_is_called_off_decides_nothing_and_shows_nothing(demonstrated: Flask) -> None:
    before = states(demonstrated)
    ask(demonstrated, hidden=True)
    for name in FULL:
        answer(demonstrated, name, step=6, reason="Never.")
    call_off(demonstrated)
    assert (results(demonstrated), page(demonstrated, "civil").reason) == (["called_off"], "A mistake.")
    assert on(demonstrated, "interior", PARA)["MVD"].position is None
    assert states(demonstrated) == before
    assert ask(demonstrated) == 2
    assert refusal(call_off, demonstrated, number=2, reason=" ") == "Say why, in a word: the others will read it."


def test_the_end_is_put_off_with_a_reason_and_only_before_it(demonstrated: Flask) -> None:
    ask(demonstrated, period=Period(1), confirm_days=2)
    assert refusal(extend, demonstrated, Period(1), reason="") == "Say why, in a word: the others will read it."
    assert refusal(extend, demonstrated, Period()) == "Say by how much the end is put off."
    assert extend(demonstrated, Period(2, "working_days")) == datetime(2026, 11, 27, 18, tzinfo=UTC)
    call = page(demonstrated, "observer").call
    assert call.confirm_until == datetime(2026, 11, 29, 18, tzinfo=UTC)
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["reason"], last.facts["former"]) == (
        "call_extended", "A holiday.", "2026-11-25T18:00:00+00:00",
    )  # fmt: skip
    assert refusal(extend, demonstrated, Period(1), days=9) == (
        "The time to answer call 1 is over, so this can no longer be done."
    )
    ask(demonstrated, "15")
    assert refusal(extend, demonstrated, Period(1), number=2) == "This call has no end that could be put off."


def test_those_who_have_not_answered_are_reminded(demonstrated: Flask) -> None:
    ask(demonstrated, "14(1); 14(2)")
    answer(demonstrated, "interior", item=None)
    conduct(demonstrated, "receive", "civil")
    answer(demonstrated, "civil")
    assert conduct(demonstrated, "remind") == 6
    assert chain(demonstrated)[-1].kind == "call_reminded"
    for name, numbers in (("civil", [1]), ("interior", []), ("prosecutor", [1]), ("observer", []), ("facilitator", [])):
        assert [line.call.number for line in listed(demonstrated, name).current if line.waits] == numbers, name
        assert waiting(demonstrated, name) == numbers, name
    for name in (*FULL[1:], "un", "osce"):
        answer(demonstrated, name, item=None)
    assert refusal(conduct, demonstrated, "remind") == (
        "Everybody has confirmed and answered: there is nobody to remind."
    )


def test_a_call_whose_text_changed_says_so_and_decides_nothing_about_it(demonstrated: Flask) -> None:
    ask(demonstrated, "18(1); 18(2)")
    for name in FULL:
        answer(demonstrated, name, item=None)
    with demonstrated.app_context():
        ordinal = {row.ordinal: row.clause_id for row in db.session.scalars(select(CallItem))}
    issue(demonstrated, "facilitator", 15)
    shown = page(demonstrated, "civil")
    changed = [one.ordinal for one in shown.items if one.differs]
    assert [one.void for one in shown.items].count(True) == len(changed) > 0
    assert all(one.now is not None for one in shown.items if one.differs)
    assert refusal(answer, demonstrated, "civil", item=changed[0]).startswith("The text was changed while you read it.")
    conduct(demonstrated, "close")
    assert {one.ordinal: one.result for one in page(demonstrated, "civil").items} == {
        number: "changed" if number in changed else "agreed" for number in ordinal
    }


def test_what_was_agreed_in_time_stays_the_result_when_the_text_changes_afterwards(demonstrated: Flask) -> None:
    ask(demonstrated, "18(2)", period=Period(1), days=-5)
    for name in FULL:
        answer(demonstrated, name, item=None, days=-5)
    issue(demonstrated, "facilitator", 15)
    shown = page(demonstrated, "civil").items[0]
    assert (shown.differs, shown.void) == (True, False)
    conduct(demonstrated, "close")
    assert set(results(demonstrated)) == {"agreed"}


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_page_takes_as_many_statements_however_much_is_asked_and_said(demonstrated: Flask) -> None:
    def counted(number: int) -> int:
        page(demonstrated, "observer", number=number)
        with statements(demonstrated) as made:
            page(demonstrated, "observer", number=number)
        return len(made)

    ask(demonstrated, "14(1); A1")
    answer(demonstrated, "interior")
    few = counted(1)
    ask(demonstrated, "Chapter 2; A2; A4; A15")
    for name in FULL:
        answer(demonstrated, name, number=2, item=None)
    assert (counted(2), few <= 24) == (few, True)
