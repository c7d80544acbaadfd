"""The life of an amendment: the whole table, and the diagram that the documents show of it."""

import pytest

from app.domain.lifecycle import FOLLOWS, NoLongerOpen, State, check_step, diagram
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


def test_the_table_is_what_was_agreed() -> None:
    assert {state.value: {other.value for other in others} for state, others in FOLLOWS.items()} == {
        state: set(others.split()) for state, others in TABLE.items()
    }


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("wanted", State)
def test_every_step_outside_the_table_is_refused_in_a_sentence(state: State, wanted: State) -> None:
    if wanted.value in TABLE[state.value].split():
        check_step(7, state, wanted)
        return
    with pytest.raises(NoLongerOpen, match=r"Amendment A7 is .* and can no longer become"):
        check_step(7, state, wanted)


def test_the_documents_show_the_diagram_of_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in (ROOT / "docs/lifecycle.md").read_text()
