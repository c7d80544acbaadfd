"""Which amendments may meet each other at all: what collides is looked for among these alone."""

from collections.abc import Iterable, Iterator, Sequence

from app.domain.edits import Amendment, DeleteClause, Edit, ReplaceWords, Respace, RestateClause
from app.domain.grouping import connected
from app.domain.tree import Tree

IN_A_CLAUSE = (ReplaceWords, RestateClause, Respace)
TREE = "tree"
"""Tied by it is what puts clauses elsewhere, takes them out or numbers them: that can meet wherever it stands."""


def meeting(tree: Tree, amendments: Iterable[Amendment]) -> list[tuple[Amendment, ...]]:
    """Groups of two and more: the collisions of a merge of all are those of the groups, each merged by itself.

    Words, and white space behind them, meet those of the same clause, and what deletes it or a clause above it. Who
    meets nobody is in no group.
    """
    every = list(amendments)
    reached = {edit.clause_id for one in every for edit in one.edits if isinstance(edit, IN_A_CLAUSE)}
    ties = [tuple(_ties(tree, one.edits, reached)) for one in every]
    group_of = {tie: number for number, group in enumerate(connected(ties)) for tie in group}
    groups: dict[int, list[Amendment]] = {}
    for one, own in zip(every, ties, strict=True):
        if own:
            groups.setdefault(group_of[own[0]], []).append(one)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _ties(tree: Tree, edits: Sequence[Edit], reached: set[str]) -> Iterator[tuple[str, str]]:
    for edit in edits:
        yield ("clause", edit.clause_id) if isinstance(edit, IN_A_CLAUSE) else (TREE, "")
        if isinstance(edit, DeleteClause):
            yield from (("clause", below) for below in tree.below(edit.clause_id) if below in reached)
