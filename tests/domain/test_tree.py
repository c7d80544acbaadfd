"""A tree over another: it may be changed, and the other stays."""

from app.domain.clauses import Clause
from app.domain.reading import parse
from app.domain.tree import Tree


def law() -> dict[str, Clause]:
    return {clause.address: clause for clause in parse("# Law\n\n1. One\n\n2. Two\n\n3. Three\n").clauses}


def row(tree: Tree) -> list[str]:
    return [one.removeprefix("preamble__para_") for one in tree.below(None) if one != "title"]


def test_a_tree_over_another_may_be_changed_often_and_the_other_stays() -> None:
    base = Tree(law())
    one, other = base.over(), base.over()
    for tree, taken in ((one, "1"), (other, "2"), (one, "3")):
        tree.take(f"preamble__para_{taken}")
    assert (row(base), row(one), row(other)) == (["1", "2", "3"], ["2"], ["1", "3"])


def test_a_tree_over_a_changed_one_leaves_that_as_it_is() -> None:
    changed = Tree(law()).over()
    changed.take("preamble__para_1")
    above = changed.over()
    above.take("preamble__para_2")
    assert (row(changed), row(above)) == (["2", "3"], ["3"])


def test_a_tree_that_was_taken_over_and_is_changed_again_does_not_reach_into_the_row_of_the_other() -> None:
    below = Tree(law()).over()
    below.take("preamble__para_1")
    above = below.over()
    above.take("preamble__para_2")
    below.take("preamble__para_3")
    assert (row(below), row(above)) == (["2"], ["3"])
