"""The agenda of a session as it is made: truth tables."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.agenda import covering, due, rearranged

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, (1, 2, 3, 4)),
        ({4: 1}, (4, 1, 2, 3)),
        ({1: 4}, (2, 3, 4, 1)),
        ({2: 3}, (1, 3, 2, 4)),
        ({2: 2}, (1, 2, 3, 4)),
        ({2: 99}, (1, 3, 4, 2)),
        ({3: 0}, (3, 1, 2, 4)),
        ({1: 3, 3: 1}, (3, 2, 1, 4)),
        ({3: 1, 4: 1}, (4, 3, 1, 2)),
        ({4: 1, 3: 2, 2: 3, 1: 4}, (4, 3, 2, 1)),
    ],
)
def test_items_stand_where_they_are_wanted(places: dict[int, int], order: tuple[int, ...]) -> None:
    assert rearranged((1, 2, 3, 4), places) == order


def test_an_item_is_due_after_the_boxes_before_it_as_far_as_they_are_known() -> None:
    found = due(NINE, [(1, 20), (5, 15), (2, None), (3, 10)])
    assert found == {1: NINE, 5: NINE + timedelta(minutes=20), 2: NINE + timedelta(minutes=35)}
    assert due(None, [(1, 20)]) == {}


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        (set(), ()),
        ({2}, (2,)),
        ({2, 3}, (1,)),  # all of the article at 1
        ({6}, (5,)),  # all there is of the article at 5
        ({3, 6, 7}, (3, 5, 7)),
        ({4}, (4,)),  # a heading stands for what is below it
        ({4, 6}, (4,)),
        ({2, 3, 6, 7}, (1, 5, 7)),  # a chapter is no item for what is below it
    ],
)
def test_the_fewest_places_stand_for_what_is_chosen(chosen: set[int], places: tuple[int, ...]) -> None:
    # 0 chapter; 1 article with paragraphs 2, 3; 4 chapter with article 5 (paragraph 6) and a text 7
    assert covering([1, 2, 3, 3, 1, 2, 3, 2], {1, 5}, chosen) == places
