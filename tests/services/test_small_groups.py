"""Small groups: a range of clauses for some institutions, who report back with their amendments to it."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from tests.product import added, chain, clause_ids, stored
from tests.services.deeds import NOW, propose, withdraw
from tests.services.sittings import do, plan, seen
from tests.services.workshop_deeds import dissolve, form, group, report, to_agenda

pytest_plugins = ["tests.demonstration"]


def refused(app: Flask, deed: object, *facts: object, **more: object) -> str:
    before = stored(app)
    with pytest.raises(Refusal) as refusal:
        deed(app, *facts, **more)  # type: ignore[operator]
    assert stored(app) == before
    return str(refusal.value)


def test_a_group_is_formed_reports_back_onto_an_agenda_and_is_dissolved(demonstrated: Flask) -> None:
    plan(demonstrated)
    before = stored(demonstrated)
    assert form(demonstrated, task="Bring them together.", numbers="13(1); Article 13; 14(2)", sitting=1) == 1
    assert added(before, stored(demonstrated)) == {"small_groups": 1, "events": 1}
    page = group(demonstrated)
    assert [human for _, human in page.group.range] == ["Article 13", "Article 14(2)"]
    assert [one.human for one in page.clauses][0::5] == ["Article 13", "Article 14(2)"]
    assert ([one.code for one in page.group.members], page.group.session) == (["MVD", "CSO"], 1)
    assert [line.number for line in page.proposed] == [1, 2], "A3 is the ombudsman's, A14 too"
    assert page.clauses[1].comments + page.clauses[1].amendments > 3
    report(demonstrated, "civil", 1, 2)
    page = group(demonstrated)
    assert ([line.number for line in page.brought], page.group.report) == ([1, 2], "We agree on this.")
    assert to_agenda(demonstrated) == 2
    assert [line.human for line in seen(demonstrated).agenda][-2:] == ["A1", "A2"]
    assert "There is nothing to add" in refused(demonstrated, to_agenda)
    dissolve(demonstrated)
    assert group(demonstrated).group.dissolved_at == NOW
    events = [one for one in chain(demonstrated) if one.kind.startswith("group_")]
    assert [(one.kind, one.facts["group"], len(one.facts["told"])) for one in events] == [
        ("group_formed", 1, 2), ("group_reported", 1, 2), ("group_dissolved", 1, 2),
    ]  # fmt: skip
    at = clause_ids(demonstrated)
    assert events[0].facts["clauses"] == [at["art_13"], at["art_14__para_2"]]
    assert (events[0].facts["session"], events[1].facts["amendments"]) == (1, [1, 2])
    assert first_broken_link(chain(demonstrated)) is None


def test_what_members_propose_while_they_work_can_be_reported(demonstrated: Flask) -> None:
    form(demonstrated)
    made = propose(demonstrated, "interior", "art_13__para_3", lambda text: text + " At no time.")
    assert [line.number for line in group(demonstrated).proposed] == [1, 2, made]
    report(demonstrated, "facilitator", made)
    withdraw(demonstrated, "interior", made)
    plan(demonstrated)
    assert "There is nothing to add" in refused(demonstrated, to_agenda), "it is not on the table any more"
    report(demonstrated, "civil", 1, words="Only this one is left.")
    assert [line.number for line in group(demonstrated).brought] == [1]


def test_a_clause_may_be_with_two_groups_which_are_told_of_each_other(demonstrated: Flask) -> None:
    form(demonstrated)
    form(demonstrated, name="Urgent cases", numbers="13(1)", members=("AKY", "GPO"), rapporteur="GPO")
    assert [(one.group, one.human) for one in group(demonstrated).overlaps] == [(2, "Article 13(1)")]
    assert [(one.group, one.human) for one in group(demonstrated, number=2).overlaps] == [(1, "Article 13(1)")]
    dissolve(demonstrated, number=2)
    assert group(demonstrated).overlaps == ()


def test_a_group_that_has_not_reported_in_time_is_late(demonstrated: Flask) -> None:
    form(demonstrated)
    assert [group(demonstrated, now=NOW + timedelta(days=days)).group.late for days in (1, 3)] == [False, True]
    report(demonstrated)
    assert not group(demonstrated, now=NOW + timedelta(days=3)).group.late


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Give the group a name"),
        ({"numbers": ""}, "Choose at least one clause"),
        ({"numbers": "", "parts": ("no-such-clause",)}, "Choose at least one clause"),
        ({"numbers": "13; Article 99"}, "“Article 99” names no clause"),
        ({"members": ("CSO",)}, "A small group has at least two institutions."),
        ({"members": ("CSO", "XXX")}, "No institution “XXX” sits at the table"),
        ({"members": ("CSO", "FAC")}, "No institution “FAC” sits at the table"),
        ({"rapporteur": "AKY"}, "The institution that reports back is one of the group."),
        ({"rapporteur": ""}, "The institution that reports back is one of the group."),
        ({"due_at": NOW}, "The group is to report back at a moment that is over already."),
        ({"sitting": 7}, "There is no session 7"),
        ({"task": "x" * 5_001}, "The text is longer than 5000 characters"),
    ],
)
def test_a_group_that_could_not_work_is_not_formed(demonstrated: Flask, typed: dict[str, object], said: str) -> None:
    assert refused(demonstrated, form, **typed).startswith(said)


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_only_amendments_of_the_group_to_its_range_are_reported_and_only_by_who_may(demonstrated: Flask) -> None:
    form(demonstrated)
    assert refused(demonstrated, report, "interior", 2).startswith("The institution that was chosen for it reports")
    for brought, said in (
        ((3,), "Amendment A3 is not proposed by an institution of this group."),
        ((1, 4), "Amendment A4 changes nothing in the range of this group."),
        ((99,), "There is no amendment A99"),
    ):
        assert refused(demonstrated, report, "civil", *brought).startswith(said)
    assert refused(demonstrated, report, words="  ").startswith("Say what the group reports")
    assert refused(demonstrated, report, number=9).startswith("There is no small group 9")
    assert refused(demonstrated, to_agenda).startswith("Small group 1 has not reported back yet.")
    withdraw(demonstrated, "civil", 1)
    assert refused(demonstrated, report, "civil", 1).startswith("Amendment A1 is withdrawn")
    for name in ("civil", "observer"):
        assert "you may not hold sessions" in refused(demonstrated, form, name)
        assert "you may not hold sessions" in refused(demonstrated, dissolve, name)
    dissolve(demonstrated)
    assert refused(demonstrated, report) == "Small group 1 is dissolved."
    assert refused(demonstrated, dissolve) == "Small group 1 is dissolved."


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_group_formed_in_a_session_does_not_stand_in_the_way_of_its_undo(demonstrated: Flask) -> None:
    plan(demonstrated)
    do(demonstrated, "open_session")
    do(demonstrated, "take_up", at=0, item=1, skipped=False)
    form(demonstrated, sitting=1)
    undo = seen(demonstrated).undo
    assert undo is not None
    assert undo.kind == "session_item_taken_up"
