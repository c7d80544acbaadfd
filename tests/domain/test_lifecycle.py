"""The life of an amendment: the whole table, and the diagram that the documents show of it."""

import pytest

from app.domain.fates import Fate
from app.domain.lifecycle import FOLLOWS, RETURNS, NoLongerOpen, State, becomes, check_return, check_step, diagram
from config import ROOT

TABLE = {
    "draft": "submitted withdrawn",
    "submitted": "withdrawn taken_up adopted adopted_in_part not_adopted superseded",
    "taken_up": "submitted withdrawn adopted adopted_in_part not_adopted superseded",
    "withdrawn": "",
    "adopted": "",
    "adopted_in_part": "",
    "not_adopted": "",
    "superseded": "",
}
BACK = {
    "adopted": "submitted taken_up",
    "adopted_in_part": "submitted taken_up",
    "not_adopted": "submitted taken_up",
    "superseded": "submitted taken_up",
}
"""Steps that only a version which revokes another one takes."""
FATES = (
    # fate                 state              a part stands since  a part was given up
    ("adopted",            "adopted",         False,               False),
    ("adopted",            "adopted",         True,                False),
    ("adopted",            "adopted_in_part", True,                True),
    ("adopted",            "adopted_in_part", False,               True),
    ("adopted_in_part",    "adopted_in_part", False,               False),
    ("superseded",         "superseded",      False,               False),
    ("superseded",         "superseded",      True,                False),
    ("superseded",         "adopted_in_part", False,               True),
    ("not_adopted",        "not_adopted",     False,               False),
    ("not_adopted",        "not_adopted",     False,               True),
    ("not_adopted",        "adopted_in_part", True,                False),
    ("not_adopted",        "adopted_in_part", True,                True),
    ("bracketed",          "taken_up",        False,               False),
    ("bracketed",          "taken_up",        True,                True),
)  # fmt: skip


def test_the_tables_are_what_was_agreed() -> None:
    for table, agreed in ((FOLLOWS, TABLE), (RETURNS, BACK)):
        assert {state.value: {other.value for other in others} for state, others in table.items()} == {
            state: set(others.split()) for state, others in agreed.items()
        }


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("wanted", State)
def test_every_step_outside_the_table_is_refused_in_a_sentence(state: State, wanted: State) -> None:
    if wanted.value in TABLE[state.value].split():
        check_step(7, state, wanted)
        return
    with pytest.raises(NoLongerOpen, match=r"Amendment A7 is .* and can no longer become"):
        check_step(7, state, wanted)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("wanted", State)
def test_a_revoked_version_takes_the_steps_back_and_no_others(state: State, wanted: State) -> None:
    if state is wanted or wanted.value in f"{TABLE[state.value]} {BACK.get(state.value, '')}".split():
        check_return(7, state, wanted)
        return
    with pytest.raises(NoLongerOpen):
        check_return(7, state, wanted)


@pytest.mark.parametrize(("fate", "state", "partly", "gave_up"), FATES)
def test_what_became_of_a_part_before_counts_when_the_rest_is_decided(
    fate: str, state: str, partly: bool, gave_up: bool
) -> None:
    assert becomes(Fate(fate), partly=partly, gave_up=gave_up) is State(state)


def test_the_documents_show_the_diagram_of_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in (ROOT / "docs/lifecycle.md").read_text()
