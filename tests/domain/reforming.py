"""A real reform as many amendments, each as small as can stand alone; neighbouring ones joined where they are too many."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from app.domain.clauses import Clause, write
from app.domain.deriving import amendment_from
from app.domain.edits import DeleteClause, Edit, InsertClauses, Law, MoveClause
from app.domain.labels import canonical, order_of
from app.domain.reading import parse_fragment
from app.domain.tree import Tree

Edits = tuple[Edit, ...]


def proposals_of(law: Law, copy: Sequence[Clause], most: int) -> list[Edits]:
    """The edits of the amendments, at most so many, that together turn the law into the copy."""
    pieces = pieces_of(law, amendment_from("A1", law, copy).edits)
    count = min(most, len(pieces))
    bounds = [len(pieces) * n // count for n in range(count + 1)]
    return [tuple(chain(*pieces[low:high])) for low, high in pairwise(bounds)]


def pieces_of(law: Law, edits: Sequence[Edit]) -> list[Edits]:
    """Edits apart, in the order of the law. Together stay what comes to one place, unless its numbers tell the order,
    and a deletion with all that the reform keeps out of what it deletes."""
    tree = Tree(law)
    gone = {id: edit.clause_id for edit in edits if isinstance(edit, DeleteClause) for id in tree.below(edit.clause_id)}
    pieces: list[list[Edit]] = []
    at: dict[object, int] = {}  # what edits share → their piece
    for edit in edits:
        shared: list[object] = (
            [("place", edit.after, edit.place)] if isinstance(edit, InsertClauses | MoveClause) else []
        )
        if not isinstance(edit, InsertClauses) and edit.clause_id in gone:
            shared.append(("deletion", gone[edit.clause_id]))
        known = sorted({at[name] for name in shared if name in at})
        piece = [*chain(*(pieces[one] for one in known)), edit]
        for one in known:
            pieces[one] = []
        at.update({name: len(pieces) for name, one in at.items() if one in known} | dict.fromkeys(shared, len(pieces)))
        pieces.append(piece)
    apart = [tuple(part) for piece in pieces if piece for part in _by_number(law, tree, piece)]
    places = {clause_id: place for place, clause_id in enumerate(law)}
    return sorted(apart, key=lambda piece: min(places.get(_about(edit) or "", -1) for edit in piece))


def _about(edit: Edit) -> str | None:
    return edit.after if isinstance(edit, InsertClauses) else edit.clause_id


def _by_number(law: Law, tree: Tree, piece: Sequence[Edit]) -> Iterator[Sequence[Edit]]:
    """An insertion of several numbered clauses as several insertions of one each."""
    edit = piece[0]
    if len(piece) > 1 or not isinstance(edit, InsertClauses):
        yield piece
        return
    path = [law[id] for id in tree.path(edit.after)]
    clauses = parse_fragment(edit.source, path)
    tops = [at for at, clause in enumerate(clauses) if clause.depth == clauses[0].depth]
    sources = [write(clauses[start:end]) for start, end in pairwise((*tops, len(clauses)))]
    alone = [parse_fragment(source, path)[0] for source in sources]
    keys = [order_of(canonical(clause.label)) for clause in alone if clause.kind is clauses[0].kind]
    rising = len(keys) == len(sources) and all(keys) and all(one < other for one, other in pairwise(keys))
    if not rising or min(clause.depth for clause in clauses) < clauses[0].depth:
        yield piece
        return
    for source in sources:
        yield (InsertClauses(edit.after, source, edit.place),)
