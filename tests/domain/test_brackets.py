"""Brackets: what is open, in the words of the text and of everybody who proposes others, never typed."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.brackets import Note, base_of, bracketed, side_of, written
from app.domain.clauses import Clause
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
    edits_between,
)
from app.domain.merge import merge
from app.domain.reading import parse
from tests import sample

TEXT = """# Law

### Article 1. Aim

1. The Office shall register every allegation within 24 hours of its receipt.

2. The Office shall:

   1) keep a record;

### Article 2. Fee

1. No fee shall be charged.
"""
PLACE = "art_1__para_1"
NAMES = {"A1": "A1 CSO", "A2": "A2 MVD", "A3": "A3 OMB"}


def law() -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(TEXT).clauses}


BODY = law()[PLACE].body


def proposing(key: str, old: str, new: str) -> Amendment:
    return Amendment(key, (ReplaceWords(PLACE, BODY.index(old), old, new),))


def shown(*amendments: Amendment) -> str:
    return written(bracketed(law(), amendments).runs[PLACE], NAMES)


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ([("A1", "24 hours", "12 hours"), ("A2", "24 hours", "48 hours")],
         "within [24 hours] [A1 CSO: 12 hours] [A2 MVD: 48 hours] of its receipt."),
        ([("A1", "24 hours", "12 hours"), ("A2", "24 hours", "12 hours")],
         "within [24 hours] [A1 CSO, A2 MVD: 12 hours] of its receipt."),
        ([("A1", "24", "12"), ("A2", "24 hours", "two days"), ("A3", "hours of", "days of")],
         "within [24 hours of] [A1 CSO: 12 hours of] [A2 MVD: two days of] [A3 OMB: 24 days of] its receipt."),
        ([("A2", " of its receipt", "")], "within 24 hours [of its receipt] [A2 MVD: –]."),
        ([("A1", "24 hours ", "12 hours ")], "within [24 hours] [A1 CSO: 12 hours] of its receipt."),
    ],
    ids=["other words", "the same words", "overlapping", "to go", "white space"],
)  # fmt: skip
def test_a_group_of_brackets_names_the_text_and_every_side(
    amendments: list[tuple[str, str, str]], expected: str
) -> None:
    assert shown(*(proposing(*one) for one in amendments)).endswith(expected)


def test_words_to_be_added_have_no_bracket_of_the_text() -> None:
    adding = Amendment("A3", (ReplaceWords(PLACE, BODY.index("24"), "", "at most "),))
    assert "within [A3 OMB: at most] 24 hours" in shown(adding)


def test_a_restated_clause_stands_whole_in_brackets() -> None:
    restating = Amendment("A1", (RestateClause(PLACE, BODY, "Other words."),))
    assert shown(restating, proposing("A2", "24", "48")) == (
        f"[{BODY}] [A1 CSO: Other words.] [A2 MVD: {BODY.replace('24', '48')}]"
    )


def test_whole_clauses_are_noted_where_they_stand_and_where_they_are_to_stand() -> None:
    heading, second = "art_2", "art_1__para_2"
    deletion = DeleteClause(second, "".join(law()[id].source for id in (second, f"{second}__point_1")))
    found = bracketed(law(), [
        Amendment("A1", (InsertClauses(second, "3. New words.\n\n"),)),
        Amendment("A2", (InsertClauses(second, "3. New words.\n\n"), deletion)),
        Amendment("A3", (MoveClause("art_2__para_1", PLACE), Relabel(heading, "### Article 2. ", "### Article 1-1. "))),
    ])  # fmt: skip
    assert found.runs == {}
    assert found.at == {
        second: (Note("delete", "", None, ("A2",)),),
        "art_2__para_1": (Note("move", "", PLACE, ("A3",)),),
        heading: (Note("relabel", "Article 1-1.", None, ("A3",)),),
    }
    assert found.behind == {
        f"{second}__point_1": (Note("insert", "3. New words.", None, ("A1", "A2")),),
        PLACE: (Note("arrive", "", "art_2__para_1", ("A3",)),),
    }
    assert (found.count(second), found.count(PLACE), found.total) == (1, 0, 4)


def test_the_sample_has_ten_groups_and_one_with_the_text_and_three_sides() -> None:
    found = bracketed(sample.law(), sample.amendments())
    assert found.total == 10
    assert written(found.runs["art_13__para_1"], {f"A{n}": f"A{n}" for n in range(1, 16)}).count("[") == 4


PIECES = st.sampled_from(["one", "two", "три", "жети", "shall", "not", "within", "24", "hours", ",", "."])
BODIES = st.lists(PIECES, min_size=1, max_size=9).map(" ".join)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[str, list[Amendment], list[str]]:
    """A body, amendments to it, and what each of them wants it to read."""
    body = draw(BODIES)
    amendments: list[Amendment] = []
    wanted: list[str] = []
    for number, text in enumerate(draw(st.lists(BODIES, min_size=1, max_size=4)), start=1):
        edits: tuple[Edit, ...] = edits_between("c", body, text)
        if edits and draw(st.booleans()) and draw(st.booleans()):
            edits = (RestateClause("c", body, text),)
        if edits:
            amendments.append(Amendment(f"A{number}", edits))
            wanted.append(text)
    return body, amendments, wanted


@given(proposals())
def test_the_first_bracket_of_every_group_gives_the_base(case: tuple[str, list[Amendment], list[str]]) -> None:
    body, amendments, _ = case
    base = {"c": law()[PLACE]._replace(body=body)}
    for runs in bracketed(base, amendments).runs.values():
        assert base_of(runs) == body


@given(proposals())
def test_the_sides_of_one_amendment_give_what_it_says(case: tuple[str, list[Amendment], list[str]]) -> None:
    body, amendments, wanted = case
    base = {"c": law()[PLACE]._replace(body=body)}
    runs = bracketed(base, amendments).runs.get("c", ())
    assert [side_of(runs, amendment.key) for amendment in amendments] == wanted
    assert [merge(base, [one]).clause("c").clause.body for one in amendments] == wanted


@given(proposals())
def test_brackets_do_not_depend_on_the_order_of_amendments(case: tuple[str, list[Amendment], list[str]]) -> None:
    body, amendments, _ = case
    base = {"c": law()[PLACE]._replace(body=body)}
    expected = bracketed(base, amendments)
    assert all(bracketed(base, order) == expected for order in permutations(amendments))


@given(proposals())
def test_a_group_with_several_sides_is_what_merging_calls_a_collision(
    case: tuple[str, list[Amendment], list[str]],
) -> None:
    body, amendments, _ = case
    base = {"c": law()[PLACE]._replace(body=body)}
    groups = [run for run in bracketed(base, amendments).runs.get("c", ()) if not isinstance(run, str)]
    contested = [(group.base, group.sides) for group in groups if len(group.sides) > 1]
    assert contested == [(met.base, met.sides) for met in merge(base, amendments).collisions]
