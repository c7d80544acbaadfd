"""Grouping amendments for the overview: the same, those in each other's way, and the free ones."""

from itertools import permutations

from app.domain.clauses import Clause
from app.domain.edits import Amendment, InsertClauses, ReplaceWords
from app.domain.grouping import Group, GroupKind, groups
from app.domain.merge import colliding_pairs
from app.domain.reading import parse

TEXT = """### Article 1. Registration

1. The Office shall register every allegation within 24 hours.

2. Refusal is not permitted.
"""
FIRST, SECOND = "art_1__para_1", "art_1__para_2"


def law() -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(TEXT).clauses}


def proposing(key: str, place: str, old: str, new: str) -> Amendment:
    return Amendment(key, (ReplaceWords(place, law()[place].body.index(old), old, new),))


def grouped(*amendments: Amendment) -> tuple[Group, ...]:
    """The same in every order of the amendments."""
    pairs = colliding_pairs(law(), amendments)
    found = {groups(law(), order, pairs) for order in permutations(amendments)}
    assert len(found) == 1
    return found.pop()


def test_nothing_gives_no_groups() -> None:
    assert groups(law(), [], []) == ()


def test_amendments_that_nobody_contests_stand_alone_in_the_order_of_the_text() -> None:
    found = grouped(
        proposing("A1", SECOND, "permitted", "allowed"),
        proposing("A2", FIRST, "24", "12"),
        proposing("A3", FIRST, "every", "each"),
        Amendment("A4", (InsertClauses(None, "# Law\n\n", "after"),)),
    )
    assert [group.keys for group in found] == [("A4",), ("A3",), ("A2",), ("A1",)]
    assert {group.kind for group in found} == {GroupKind.FREE}


def test_amendments_that_say_the_same_are_one_group() -> None:
    found = grouped(proposing("A1", FIRST, "24", "12"), proposing("A2", FIRST, "24", "12"))
    assert found == (Group(GroupKind.IDENTICAL, ("A1", "A2")),)


def test_an_amendment_that_says_the_same_as_one_side_stands_with_it() -> None:
    found = grouped(
        proposing("A1", FIRST, "24", "12"),
        proposing("A2", FIRST, "24", "48"),
        proposing("A3", FIRST, "24", "12"),
        proposing("A4", SECOND, "permitted", "allowed"),
    )
    assert found == (Group(GroupKind.COLLIDING, ("A1", "A2", "A3")), Group(GroupKind.FREE, ("A4",)))


def test_amendments_collide_through_a_third() -> None:
    found = grouped(
        proposing("A1", FIRST, "register every", "log each"),
        proposing("A2", FIRST, "allegation within", "claim inside"),
        proposing("A3", FIRST, "every allegation", "any report"),
    )
    assert found == (Group(GroupKind.COLLIDING, ("A1", "A3", "A2")),)


def test_amendments_without_edits_stand_behind_everything_each_alone() -> None:
    amendments = [Amendment("A1", ()), Amendment("A2", ()), proposing("A3", SECOND, "not ", "")]
    for order in permutations(amendments):
        assert [group.keys for group in groups(law(), order, [])] == [("A3",), ("A1",), ("A2",)]
