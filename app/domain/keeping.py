"""What is still open of an amendment whose words a version keeps in brackets, and what was decided of it.

Only edits that take part in a collision kept in brackets are open. Others stand already, or were decided against in a
collision that was settled otherwise; neither is carried on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.collisions import Collision, Settlement
from app.domain.edits import Amendment, Edit, InsertClauses, Law, MoveClause, Relabel, ReplaceWords, RestateClause
from app.domain.fates import outcome
from app.domain.indexed import Index
from app.domain.tree import Tree


@dataclass(frozen=True, slots=True)
class Rest:
    """`partly`: a part of the amendment stands now; `gave_up`: a part of it was decided against. Where it collides over
    whole clauses, edits that stand may still be among `edits`: carrying tells, and drops them."""

    edits: tuple[Edit, ...]
    partly: bool
    gave_up: bool


def rest_of(
    law: Law,
    amendment: Amendment,
    collisions: Iterable[Collision],
    settlements: Mapping[str, Settlement],
    index: Index | None = None,
) -> Rest:
    """What the collisions of a merge, as they were settled, leave open of an amendment that takes part in them. `index`
    of this very law, where it is kept."""
    mine = [met for met in collisions if any(amendment.key in side.amendments for side in met.sides)]
    tree = (index or Index(law)).tree if any(met.reason != "words" for met in mine) else None
    became = [_became(law, tree, amendment.key, edit, mine, settlements) for edit in amendment.edits]
    return Rest(
        tuple(edit for edit, fate in zip(amendment.edits, became, strict=True) if fate in ("kept", "unknown")),
        not {"stands", "contained", "part"}.isdisjoint(became),
        not {"part", "lost"}.isdisjoint(became),
    )


def _became(
    law: Law,
    tree: Tree | None,
    key: str,
    edit: Edit,
    collisions: Iterable[Collision],
    settlements: Mapping[str, Settlement],
) -> str:
    """What became of one edit, as fates call it, in the first collision that holds it."""
    of_words = isinstance(edit, ReplaceWords | RestateClause)
    for met in collisions:
        if _in_words(law, met, edit) if met.reason == "words" else tree is not None and _in_tree(tree, met, edit):
            settlement = settlements[met.key]
            return "kept" if settlement.bracket else _settled(met, key, settlement)
    return "stands" if of_words or tree is None else "unknown"


def _settled(met: Collision, key: str, settlement: Settlement) -> str:
    """What became of an amendment's side of a collision that was settled."""
    side = next(side for side in met.sides if key in side.amendments)
    if {settlement.amendment, *settlement.also} & set(side.amendments):
        return "stands"
    if met.reason != "words":
        return "lost" if settlement.words is None else "part"
    chosen = next((one.text for one in met.sides if settlement.amendment in one.amendments), met.base)
    text = settlement.words if settlement.words is not None else chosen
    return outcome(met.base, side.text, text, by_side=settlement.words is None)


def _in_words(law: Law, met: Collision, edit: Edit) -> bool:
    """Whether an edit is inside the contested stretch. An insertion at its edge is not, unless the whole clause is
    contested."""
    if not isinstance(edit, ReplaceWords | RestateClause) or edit.clause_id != met.clause_id:
        return False
    start = edit.start if isinstance(edit, ReplaceWords) else 0
    end = start + len(edit.old)
    at_edge = start == end and met.start < met.end and start in (met.start, met.end)
    if at_edge and (met.start, met.end) != (0, len(law[met.clause_id].body)):
        return False
    return met.start <= start and end <= met.end


def _in_tree(tree: Tree, met: Collision, edit: Edit) -> bool:
    """Whether an edit takes part in a collision about whole clauses."""
    if met.reason == "insertion":
        return isinstance(edit, InsertClauses | MoveClause) and (edit.after or "") == met.clause_id
    if met.reason == "label":
        return isinstance(edit, Relabel) and edit.clause_id == met.clause_id
    if met.reason == "move":
        return isinstance(edit, MoveClause) and edit.clause_id == met.clause_id
    if isinstance(edit, InsertClauses):
        return _instead(tree, met.clause_id, edit)
    inside = met.clause_id in tree.path(edit.clause_id)
    return inside or (isinstance(edit, MoveClause) and met.clause_id in tree.path(edit.after))


def _instead(tree: Tree, top: str, edit: InsertClauses) -> bool:
    """Whether new clauses come into a deleted clause, or into its place: they stand or fall with the deletion."""
    row = tree.children[tree.parent[top]]
    before = row[row.index(top) - 1] if row.index(top) else None
    if edit.place == "inside" or edit.after is None:
        return top in tree.path(edit.after) or (before is None and edit.after == tree.parent[top])
    return top in tree.path(edit.after) or edit.after == before
