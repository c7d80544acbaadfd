"""Whether the parts of one amendment agree with each other: no clause deleted and amended, no words changed twice."""

from collections.abc import Sequence

from app.domain.edits import (
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.errors import Invalid
from app.domain.tree import Tree


class Contradiction(Invalid):
    """A part (its place, from 0) that contradicts an earlier one; the sentence says which and how."""

    def __init__(self, part: int, other: int, reason: str) -> None:
        super().__init__(f"It contradicts part {other + 1}: {reason}")
        self.part, self.other = part, other


def check_agreement(law: Law, tree: Tree, parts: Sequence[Sequence[Edit]]) -> None:
    """Raises Contradiction for the first part that contradicts an earlier one."""
    for at, edits in enumerate(parts):
        for before in range(at):
            reason = next(
                (said for mine in edits for theirs in parts[before] if (said := _disagree(tree, theirs, mine))), ""
            )
            if reason:
                raise Contradiction(at, before, reason)
    _check_moves(tree, parts)


def _disagree(tree: Tree, one: Edit, other: Edit) -> str:
    """Why two edits of different parts cannot both be meant; empty where they can, or are the same."""
    if one == other:
        return ""
    for deletion, edit in ((one, other), (other, one)):
        if isinstance(deletion, DeleteClause) and deletion.clause_id in _touched(tree, edit):
            return "one of them deletes what the other one changes."
    if isinstance(one, InsertClauses) or isinstance(other, InsertClauses) or one.clause_id != other.clause_id:
        return ""
    return _disagree_about_clause(one, other)


def _disagree_about_clause(one: Edit, other: Edit) -> str:
    match one, other:
        case MoveClause(), MoveClause():
            return "both move the same clause."
        case Relabel(), Relabel():
            return "both give the same clause a number."
        case ((ReplaceWords() | RestateClause()), (ReplaceWords() | RestateClause())) if _overlap(one, other):
            return "both change the same words."
    return ""


def _touched(tree: Tree, edit: Edit) -> list[ClauseId]:
    """The clauses that may not be deleted beside this edit: the one it is about and those around it. What is put
    behind a deleted clause stands in its place."""
    if isinstance(edit, InsertClauses):
        return _around_place(tree, edit.after, edit.place)
    if isinstance(edit, MoveClause):
        return [*tree.path(edit.clause_id), *_around_place(tree, edit.after, edit.place)]
    return tree.path(edit.clause_id)


def _around_place(tree: Tree, after: ClauseId | None, place: str) -> list[ClauseId]:
    return tree.path(after) if place == "inside" or after is None else tree.path(tree.parent[after])


def _overlap(one: ReplaceWords | RestateClause, other: ReplaceWords | RestateClause) -> bool:
    if isinstance(one, RestateClause) or isinstance(other, RestateClause):
        return True
    first, second = sorted((one, other), key=lambda edit: (edit.start, len(edit.old)))
    if not first.old and not second.old:
        return first.start == second.start
    return second.start < first.start + len(first.old)


def _check_moves(tree: Tree, parts: Sequence[Sequence[Edit]]) -> None:
    """Moves may not go round in a circle, each to stand behind or inside what another one takes away."""
    moves = {e.clause_id: (e, at) for at, edits in enumerate(parts) for e in edits if isinstance(e, MoveClause)}
    for clause_id, (_, part) in moves.items():
        seen = [clause_id]
        while True:
            path = tree.path(moves[seen[-1]][0].after)
            following = next((above for above in reversed(path) if above in moves and above != seen[-1]), None)
            if following is None or (following in seen and following != clause_id):
                break
            if following == clause_id:
                others = [moves[one][1] for one in seen[1:]]
                raise Contradiction(max(part, *others), min(part, *others), "these moves go round in a circle.")
            seen.append(following)
