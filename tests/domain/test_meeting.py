"""Who may meet whom: looking for collisions among these alone finds all of them."""

from collections import Counter

import pytest

from app.domain.clauses import Kind
from app.domain.edits import Amendment, InsertClauses, Respace
from app.domain.indexed import indexed
from app.domain.meeting import meeting
from app.domain.merge import merge, pairs_in
from tests import sample
from tests.domain.drafting import MAKERS, Drafter

LAW = indexed(sample.law())
WORDS = {"words": 12, "restated": 2, "renamed": 3}


def of_kinds(seed: int, each: int, more: dict[str, int]) -> list[Amendment]:
    near = list(LAW.law)[seed % 40 : seed % 40 + 6]
    spaces = [Amendment(f"space {id}", (Respace(id, LAW.law[id].tail, " \n\n\n"),)) for id in near[:each]]
    return [*Drafter(LAW, near, seed).amendments(each, more), *spaces]


@pytest.mark.parametrize(
    ("each", "more"),
    [(0, WORDS), (1, {}), (3, {}), (0, {**WORDS, "deleted with all below": 2}), (0, {**WORDS, "several clauses": 6})],
    ids=["words", "a few of all", "many of all", "words and deletions", "several clauses each"],
)
def test_groups_merged_by_themselves_collide_as_all_do_together(each: int, more: dict[str, int]) -> None:
    found = 0
    for seed in range(60):
        amendments = of_kinds(seed, each, {**dict.fromkeys(MAKERS, each), **more})
        whole = merge(LAW.law, amendments, index=LAW).collisions
        groups = meeting(LAW.tree, amendments)
        parts = [(group, merge(LAW.law, group, index=LAW).collisions) for group in groups]
        assert Counter(one for _, collisions in parts for one in collisions) == Counter(whole)
        pairs = {pair for group, collisions in parts for pair in pairs_in(LAW.law, group, collisions)}
        assert pairs == pairs_in(LAW.law, amendments, whole)
        found += len(whole)
    assert found > 30


def test_words_of_other_clauses_meet_nobody() -> None:
    one, other = (Drafter(LAW, [], 1).words_of(id) for id in list(LAW.law)[8:10])
    assert meeting(LAW.tree, [Amendment("A1", one), Amendment("A2", other)]) == []
    both = Amendment("A3", (*one, *other))
    assert meeting(LAW.tree, [Amendment("A1", one), Amendment("A2", other), both]) == [
        (Amendment("A1", one), Amendment("A2", other), both)
    ]


def test_new_clauses_meet_other_new_ones_and_white_space_behind_a_clause_none_of_them() -> None:
    first, second = list(LAW.law)[8:10]
    new = [Amendment(f"A{n}", (InsertClauses(id, "New words.\n\n"),)) for n, id in enumerate((first, second))]
    space = Amendment("A3", (Respace(first, LAW.law[first].tail, "\n\n\n"),))
    assert meeting(LAW.tree, [*new, space]) == [tuple(new)]


def test_a_deletion_meets_words_and_white_space_inside_it_and_no_others() -> None:
    top, other = [id for id, clause in LAW.law.items() if clause.kind is Kind.ARTICLE and LAW.tree.children[id]][:2]
    inside, outside = LAW.tree.children[top][0], LAW.tree.children[other][0]
    drafter = Drafter(LAW, [], 3)
    deletion = Amendment("A1", drafter.deletion(top))
    within, without = Amendment("A2", drafter.words_of(inside)), Amendment("A3", drafter.words_of(outside))
    assert deletion.edits and within.edits and without.edits
    assert meeting(LAW.tree, [within, without, deletion]) == [(within, deletion)]
    space = Amendment("A4", (Respace(inside, LAW.law[inside].tail, "\n\n\n"),))
    assert meeting(LAW.tree, [space, without, deletion]) == [(space, deletion)]
    assert [one.reason for one in merge(LAW.law, [space, deletion], index=LAW).collisions] == ["deletion"]
