"""Objections are answered, not outvoted: by whom, with what, and what it makes of the state of a clause."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import confirming
from app.store.db import db
from tests.product import SLUG, chain, user_id
from tests.services.closing_deeds import FULL, answer, everybody, maintain
from tests.services.deeds import NOW, issue, submit, withdraw, words
from tests.services.stances import PARA, call_about, on, page_of, state, take_back

pytest_plugins = ["tests.demonstration"]


def refusal(deed: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        deed()
    return str(refused.value)


def objection(app: Flask, **said: object) -> int:
    """All agree but the Interior Ministry."""
    for name in FULL[1:]:
        state(app, name)
    return state(app, "interior", step=6, reason="Money.", **said)  # type: ignore[arg-type]


def test_one_objection_stops_nobody_under_consensus_minus_one_once_it_is_answered(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, rule="minus_one")
    made = objection(demonstrated)
    page = page_of(demonstrated, "civil", PARA)
    assert (page.state, [mark.code for mark in page.unanswered]) == ("contested", ["MVD"])
    answer(demonstrated, made, " The budget of 2027 provides for it. ")
    page = page_of(demonstrated, "civil", PARA)
    assert (page.state, page.unanswered, page.blocking) == ("agreed", (), ())
    (line,) = on(demonstrated, "civil", PARA)["MVD"].position.answers  # type: ignore[union-attr]
    assert (line.kind, line.text, line.counts, line.by) == (
        "reply", "The budget of 2027 provides for it.", True, "Jyldyz, facilitator (demo)",
    )  # fmt: skip
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["position"], last.facts["reason"], last.facts["about"]) == (
        "objection_answered", made, "The budget of 2027 provides for it.", "clause",
    )  # fmt: skip
    assert first_broken_link(chain(demonstrated)) is None
    state(demonstrated, "interior", step=6, reason="Money, and people.")
    assert page_of(demonstrated, "civil", PARA).state == "contested", "another objection needs its own answer"


def test_under_consensus_an_answered_objection_still_blocks(demonstrated: Flask) -> None:
    answer(demonstrated, objection(demonstrated), "It is paid for.")
    page = page_of(demonstrated, "civil", PARA)
    assert (page.state, page.unanswered, [mark.code for mark in page.blocking]) == ("contested", (), ["MVD"])


def test_a_change_answers_once_it_stands_in_the_text(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, rule="minus_one")
    made = objection(demonstrated)
    answer(demonstrated, made, change="A15")  # to another clause
    (line,) = on(demonstrated, "civil", PARA)["MVD"].position.answers  # type: ignore[union-attr]
    assert (line.kind, line.amendment, line.state, line.counts) == ("change", 15, "submitted", False)
    assert page_of(demonstrated, "civil", PARA).state == "contested"
    assert "v9" in refusal(lambda: answer(demonstrated, made, change="v9"))
    issue(demonstrated, "facilitator", 15)
    assert page_of(demonstrated, "civil", PARA).state == "agreed"
    answer(demonstrated, made, change="v2")
    assert on(demonstrated, "civil", PARA)["MVD"].position.answers[-1].version == 2  # type: ignore[union-attr]
    assert chain(demonstrated)[-1].facts["change"] == "v2"


IMPOSSIBLE = (
    ({}, "Write what the group replies, or name the change of the text that answers it."),
    ({"text": " \n"}, "Write what the group replies, or name the change of the text that answers it."),
    ({"text": "a\0"}, "The text is longer than 20000 characters or holds a null character."),
    ({"change": "12"}, "“12” is neither an amendment of this draft, like A12, nor a version, like v3."),
    ({"change": "A99"}, "“A99” is neither an amendment of this draft, like A12, nor a version, like v3."),
    ({"change": "v2"}, "“v2” is neither an amendment of this draft, like A12, nor a version, like v3."),
    ({"change": "v1"}, "Version 1 is not later than the objection, so it does not answer it."),
    ({"change": "A1"}, "Amendment A1 is withdrawn, so this can no longer be done."),
    ({"text": "So.", "name": "civil"}, "A facilitator answers an objection in the name of the group. You may comment."),
)


def test_what_answers_no_objection_is_refused(demonstrated: Flask) -> None:
    made = objection(demonstrated)
    withdraw(demonstrated, "civil", 1)
    said = [refusal(lambda asked=asked: answer(demonstrated, made, **asked)) for asked, _ in IMPOSSIBLE]  # type: ignore[misc]
    assert said == [sentence for _, sentence in IMPOSSIBLE]
    none = "There is no such objection in this draft."
    for other in (state(demonstrated, "un", step=1), made + 50, 2**40):
        assert refusal(lambda other=other: answer(demonstrated, other, "So.")) == none  # type: ignore[misc]
    take_back(demonstrated, "interior")
    assert refusal(lambda: answer(demonstrated, made, "So.")) == (
        "This objection was taken back or replaced by another position meanwhile."
    )


def test_an_objection_in_a_hidden_call_is_nobodys_to_answer(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, hidden=True)
    made = objection(demonstrated)
    before = len(chain(demonstrated))
    for name in ("facilitator", "administrator"):
        assert refusal(lambda name=name: answer(demonstrated, made, "So.", name=name)) == (  # type: ignore[misc]
            "There is no such objection in this draft."
        )
    assert len(chain(demonstrated)) == before


def test_whoever_objects_may_maintain_it_after_the_answer(demonstrated: Flask) -> None:
    made = objection(demonstrated)
    answer(demonstrated, made, "It is paid for.")
    answer_id = chain(demonstrated)[-1].facts["answer"]
    assert refusal(lambda: maintain(demonstrated, answer_id, "civil")) == (
        "Only the institution that objects can maintain its objection."
    )
    maintain(demonstrated, answer_id)
    assert on(demonstrated, "civil", PARA)["MVD"].position.answers[0].maintained_at is not None  # type: ignore[union-attr]
    assert chain(demonstrated)[-1].kind == "objection_maintained"
    assert page_of(demonstrated, "civil", PARA).unanswered == ()
    assert refusal(lambda: maintain(demonstrated, answer_id)) == (
        "That this objection is maintained is recorded already."
    )  # fmt: skip
    assert refusal(lambda: maintain(demonstrated, 2**40)) == "This answer is not in the draft."
    everybody(demonstrated)
    assert page_of(demonstrated, "civil", PARA).state == "agreed"


def test_an_objection_repeated_on_a_text_set_otherwise_keeps_its_answer(demonstrated: Flask) -> None:
    answer(demonstrated, objection(demonstrated), "It is paid for.")
    issue(demonstrated, "facilitator", submit(demonstrated, "civil", words(demonstrated, PARA, " ", "\u00a0")))
    person = user_id(demonstrated, "interior")
    with demonstrated.app_context():
        confirming.repeat_unchanged(db.session, slug=SLUG, user_id=person, now=NOW, today=NOW.date())
    line = on(demonstrated, "civil", PARA)["MVD"].position
    assert line is not None
    assert (line.version, line.lapsed, [one.text for one in line.answers]) == (2, "", ["It is paid for."])
    assert page_of(demonstrated, "civil", PARA).unanswered == ()
