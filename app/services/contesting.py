"""Who else is on the table about words that somebody is about to propose."""

from collections.abc import Iterable, Sequence

from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, MoveClause
from app.domain.merge import colliding_pairs
from app.domain.tree import Tree
from app.services.amending import Table
from app.services.indexes import index_of
from app.services.pages import AmendmentLine
from app.store.amendments import number_of

MINE = "A0"
"""The key of a proposal that has no number yet."""
BEGINNING = ""
"""Stands for the place before the first clause."""


def contesting(on_table: Table, edits: Sequence[Edit], own: int | None = None) -> tuple[AmendmentLine, ...]:
    """The amendments that collide with these edits, in the order of the text; `own` is the one that they reword.

    Only amendments to the same clauses, to those above, and to those below what is deleted or moved can meet them: no
    others are merged.
    """
    index = index_of(on_table.issued)
    near = _near(index.tree, edits)
    others = [one for n, one in on_table.mergeable.items() if n != own and not near.isdisjoint(_about(one.edits))]
    if not others:
        return ()
    pairs = colliding_pairs(on_table.issued.law, [Amendment(MINE, tuple(edits)), *others], index)
    rivals = {number_of(key) for pair in pairs if MINE in pair for key in pair} - {number_of(MINE)}
    return tuple(line for line in on_table.lines if line.number in rivals)


def _near(tree: Tree, edits: Sequence[Edit]) -> set[str]:
    about = _about(edits)
    near = {above for one in about for above in tree.path(one or None)}
    for edit in edits:
        if isinstance(edit, DeleteClause | MoveClause):
            near.update(tree.below(edit.clause_id))
    return near | about


def _about(edits: Iterable[Edit]) -> set[str]:
    """The clauses that edits speak of, the place of an insertion or a move among them."""
    about: set[str] = set()
    for edit in edits:
        if not isinstance(edit, InsertClauses):
            about.add(edit.clause_id)
        if isinstance(edit, InsertClauses | MoveClause):
            about.add(edit.after or BEGINNING)
    return about
