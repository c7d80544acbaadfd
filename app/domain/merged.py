"""What a merge gives back."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.clauses import Clause, write
from app.domain.collisions import Collision
from app.domain.edits import ClauseId, Law
from app.domain.fates import Fate
from app.domain.indexed import Index
from app.domain.lazy_reading import LazyLaw
from app.domain.provenance import Origin, Origins, whole
from app.domain.tree import Rows, Tree
from app.domain.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class MergedClause:
    """A clause of the result, where its words come from, and the id it keeps. An inserted clause's id is derived from
    the amendment's key and the place in it, so it does not depend on the order of merging."""

    id: ClauseId
    clause: Clause
    origins: Origins
    changed: bool
    amendments: tuple[str, ...] = ()  # keys of the amendments whose edits stand in it


@dataclass(frozen=True)
class Merged:
    """The result. `touched` holds the clauses that amendments reached; `clauses` is the whole law in order, unsettled
    stretches keep their base words; `collisions` are all of them, settled or not, in the order of the text; `removed`
    names the amendments that took a clause out, `tree` tells the order where clauses came, went or moved.

    Only what was touched is computed at once, so that a merge costs what it changes; the rest when it is asked for.
    """

    index: Index = field(repr=False, compare=False)
    origins: Mapping[ClauseId, Origins] = field(repr=False)
    touched: Mapping[ClauseId, MergedClause]
    collisions: tuple[Collision, ...]
    fates: Mapping[str, Fate]
    removed: Mapping[ClauseId, tuple[str, ...]]
    standing: Mapping[ClauseId, tuple[tuple[int, int, str], ...]] = field(default_factory=dict, repr=False)
    """By clause, what now reads otherwise: start and end in the base, and the new words."""

    tree: Tree | None = field(default=None, repr=False, compare=False)
    lost: Set[ClauseId] = field(default=frozenset(), repr=False)
    arrived: Set[ClauseId] = field(default=frozenset(), repr=False)
    """The new clauses that stand, and those that were moved, with all below them."""

    @property
    def law(self) -> Law:
        """The law that was merged into."""
        return self.index.law

    @cached_property
    def rows(self) -> Rows:
        """What stands beside what in the result."""
        return Rows(self.index.tree if self.tree is None else self.tree)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """In which order the clauses of the result stand, and below which others."""
        return Whereabouts(self.rows, self.index.places, self.arrived, lambda id: self.amended[id].depth)

    @cached_property
    def order(self) -> tuple[ClauseId, ...] | None:
        """None where clauses stand as in the law."""
        return None if self.tree is None else tuple(self.tree.below(None))

    @cached_property
    def clauses(self) -> tuple[MergedClause, ...]:
        return tuple(map(self.clause, self.law if self.order is None else self.order))

    def clause(self, clause_id: ClauseId) -> MergedClause:
        """How one clause reads in the result. Raises KeyError for a clause that was taken out."""
        if clause_id in self.touched:
            return self.touched[clause_id]
        return MergedClause(clause_id, self.law[clause_id], origins_in(self.law, self.origins, clause_id), False)

    @cached_property
    def amended(self) -> "Amended":
        """The clauses of the result by id, in order. It lies over the law and copies nothing."""
        return Amended(self)

    @property
    def text(self) -> str:
        if self.order is None and isinstance(self.law, LazyLaw):
            return self.law.rewritten({id: one.clause for id, one in self.touched.items()})
        ids = self.law if self.order is None else self.order
        return write(self.touched[id].clause if id in self.touched else self.law[id] for id in ids)


class Amended(Mapping[ClauseId, Clause]):
    """A law as a merge leaves it; its order is made when somebody goes through it."""

    def __init__(self, merged: Merged) -> None:
        self.merged, self.law = merged, merged.law
        self.changed = {id: one.clause for id, one in merged.touched.items() if id not in merged.lost}
        new = sum(clause_id not in self.law for clause_id in self.changed)
        self.length = len(self.law) - len(merged.removed) + new

    @cached_property
    def tree(self) -> Tree:
        """The tree of these clauses. What was taken out of the law may still be named in it; nothing leads there."""
        return self.merged.whereabouts.grown()

    def __getitem__(self, clause_id: ClauseId) -> Clause:
        if clause_id in self.changed:
            return self.changed[clause_id]
        if clause_id in self.merged.lost:
            raise KeyError(clause_id)
        return self.law[clause_id]

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self.changed or (clause_id in self.law and clause_id not in self.merged.lost)

    def __iter__(self) -> Iterator[ClauseId]:
        return iter(self.law if self.merged.order is None else self.merged.order)

    def __len__(self) -> int:
        return self.length


def trees_of(old: Law, new: Law) -> tuple[Tree, Tree]:
    """The trees of two versions; where the second is a merge of the first, both are known."""
    if isinstance(new, Amended) and new.law is old:
        return new.merged.index.tree, new.tree
    return Tree(old), Tree(new)


def origins_in(law: Law, origins: Mapping[ClauseId, Origins], clause_id: ClauseId) -> Origins:
    """Where the words of a clause of the base come from; of the first version where nothing is said."""
    return origins.get(clause_id) or whole(law[clause_id].body, Origin(1))
