"""The clauses of a law as a tree: what stands below what, and where an insertion or a move puts something."""

from bisect import insort
from collections import ChainMap
from collections.abc import Callable, Iterator, MutableMapping
from typing import Literal

from app.domain.edits import ClauseId, Law

Place = Literal["after", "inside"]


class Tree:
    """Children by parent, in reading order. A parent is the nearest earlier clause of smaller depth; None: the top."""

    def __init__(self, law: Law) -> None:
        self.children: MutableMapping[ClauseId | None, list[ClauseId]] = {None: []}
        self.parent: MutableMapping[ClauseId, ClauseId | None] = {}
        self._own: set[ClauseId | None] = set()  # whose rows no other tree reads
        path: list[tuple[int, ClauseId]] = []
        for clause_id, clause in law.items():
            while path and path[-1][0] >= clause.depth:
                path.pop()
            parent = path[-1][1] if path else None
            self.parent[clause_id] = parent
            self.children[parent].append(clause_id)
            self.children[clause_id] = []
            path.append((clause.depth, clause_id))

    def over(self) -> "Tree":
        """A tree that reads as this one and may be changed while this one stays; only what changes is copied."""
        self._own.clear()
        tree = Tree({})
        tree.children = ChainMap({}, self.children)
        tree.parent = ChainMap({}, self.parent)
        return tree

    def _row(self, parent: ClauseId | None) -> list[ClauseId]:
        """The children of a clause, to be changed; copied once, since a row may be as long as the law."""
        if parent not in self._own:
            self.children[parent] = list(self.children[parent])
            self._own.add(parent)
        return self.children[parent]

    def below(self, top: ClauseId | None) -> Iterator[ClauseId]:
        """The clause and everything below it, in reading order (None: the whole law)."""
        waiting = list(reversed(self.children[None])) if top is None else [top]
        while waiting:
            clause_id = waiting.pop()
            yield clause_id
            waiting.extend(reversed(self.children[clause_id]))

    def last_below(self, top: ClauseId | None) -> ClauseId | None:
        """The last clause in reading order of a clause and everything below it (None: of the whole law)."""
        while below := self.children[top]:
            top = below[-1]
        return top

    def path(self, clause_id: ClauseId | None) -> list[ClauseId]:
        """The clause and those above it, outermost first."""
        found: list[ClauseId] = []
        while clause_id is not None:
            found.append(clause_id)
            clause_id = self.parent[clause_id]
        return found[::-1]

    def put(self, clause_ids: list[ClauseId], after: ClauseId | None, place: Place) -> None:
        """Place clauses behind another (and everything below it), or first inside it; `after=None`: first of all."""
        parent = after if after is None or place == "inside" else self.parent[after]
        row = self._row(parent)
        at = 0 if parent == after else row.index(after) + 1  # type: ignore[arg-type]
        row[at:at] = clause_ids
        for clause_id in clause_ids:
            self.parent[clause_id] = parent
            if clause_id not in self.children:
                self.children[clause_id] = []

    def take(self, clause_id: ClauseId) -> None:
        """Take a clause out, with everything below it."""
        self._row(self.parent[clause_id]).remove(clause_id)

    def add(self, clause_id: ClauseId, parent: ClauseId | None, spot: Callable[[ClauseId], tuple[int, int]]) -> None:
        """Put a clause that was taken out below another, where its spot among those there says."""
        insort(self._row(parent), clause_id, key=spot)
        self.parent[clause_id] = parent

    def swap(self, stand_in: ClauseId, clause_id: ClauseId) -> None:
        """Put a clause that was taken out, with everything below it, where a stand-in keeps its place."""
        parent = self.parent.pop(stand_in)
        row = self._row(parent)
        row[row.index(stand_in)] = clause_id
        self.parent[clause_id] = parent


class Rows:
    """What stands before and behind clauses in a tree that does not change any more."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._places: dict[ClauseId | None, dict[ClauseId, int]] = {}

    def _place(self, clause_id: ClauseId) -> tuple[list[ClauseId], int]:
        parent = self.tree.parent[clause_id]
        row = self.tree.children[parent]
        if parent not in self._places:
            self._places[parent] = {id: at for at, id in enumerate(row)}
        return row, self._places[parent][clause_id]

    def before(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause right before one in reading order."""
        row, at = self._place(clause_id)
        return self.tree.parent[clause_id] if at == 0 else self.tree.last_below(row[at - 1])

    def beside(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause before one that stands in the same clause, or the one it is the first in."""
        row, at = self._place(clause_id)
        return self.tree.parent[clause_id] if at == 0 else row[at - 1]

    def behind(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause right behind one in reading order."""
        below = self.tree.children[clause_id]
        return below[0] if below else self.past(clause_id)

    def past(self, clause_id: ClauseId) -> ClauseId | None:
        """The clause right behind one and everything below it."""
        above: ClauseId | None = clause_id
        while above is not None:
            row, at = self._place(above)
            if at + 1 < len(row):
                return row[at + 1]
            above = self.tree.parent[above]
        return None
