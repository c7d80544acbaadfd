"""What belongs together through others."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.grouping import connected

TABLE = [
    ([], []),
    ([["A1"]], [{"A1"}]),
    ([["A1"], ["A2"]], [{"A1"}, {"A2"}]),
    ([["A1", "A2"]], [{"A1", "A2"}]),
    ([["A1", "A2"], ["A3"]], [{"A1", "A2"}, {"A3"}]),
    ([["A1", "A3"], ["A2", "A3"]], [{"A1", "A2", "A3"}]),  # through a third
    ([["A1", "A2"], ["A3", "A4"], ["A2", "A3"]], [{"A1", "A2", "A3", "A4"}]),  # two groups joined later
    ([["A1", "A2", "A3"], ["A4", "A5"], ["A6"]], [{"A1", "A2", "A3"}, {"A4", "A5"}, {"A6"}]),
    ([["A1", "A1"], ["A1"]], [{"A1"}]),  # tied to itself
]


@pytest.mark.parametrize(("ties", "sets"), TABLE)
def test_ties_that_share_a_key_are_one_in_every_order(ties: list[list[str]], sets: list[set[str]]) -> None:
    assert connected(ties) == sets
    for order in permutations(ties):
        assert sorted(map(sorted, connected(order))) == sorted(map(sorted, sets))


@given(st.lists(st.lists(st.integers(0, 20), max_size=4)))
def test_every_key_stands_in_one_set_and_no_tie_is_cut(ties: list[list[int]]) -> None:
    sets = connected(ties)
    assert sorted(key for one in sets for key in one) == sorted({key for tie in ties for key in tie})
    assert all(sum(not one.isdisjoint(tie) for one in sets) == 1 for tie in ties if tie)
