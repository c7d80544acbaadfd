"""A merge told one amendment after the other: which edits the merge let stand, and what the law reads with each more.

The text with the first of these amendments is that of a merge of the first alone, and so on: what they make together
does not depend on their order, so none of the texts between is anybody's but theirs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.domain.clauses import Clause
from app.domain.collisions import Collision, Settlement
from app.domain.edits import Amendment, ClauseId, Edit, InsertClauses, Law, MoveClause, ReplaceWords, RestateClause
from app.domain.indexed import Index
from app.domain.keeping import rest_of
from app.domain.merge import Merged, merge

Settlements = Mapping[str, Settlement]
Row = ClauseId | None
OF_WORDS = (ReplaceWords, RestateClause)


def standing(merged: Merged, amendments: Iterable[Amendment], settlements: Settlements) -> tuple[Amendment, ...]:
    """The amendments with those of their edits that stand in a merge of all of them, as it was settled; those of which
    nothing stands are left out. In a contested stretch an edit stands where the stretch reads what its side says."""
    colliding = {key for met in merged.collisions for side in met.sides for key in side.amendments}
    settled = {met.key: _as_it_reads(merged, met, settlements.get(met.key)) for met in merged.collisions}
    found = []
    for amendment in amendments:
        if amendment.key in colliding:
            edits = (edit for edit in amendment.edits if _stands(merged, amendment.key, edit, settled))
            amendment = replace(amendment, edits=tuple(edits))  # noqa: PLW2901
        if amendment.edits:
            found.append(amendment)
    return tuple(found)


def _as_it_reads(merged: Merged, met: Collision, settlement: Settlement | None) -> Settlement:
    """A collision as the text settles it: in words by what stands there now, else, and where sides stand together, as a
    person chose; what is open, or in brackets, by the base."""
    if settlement is None or settlement.bracket:
        return Settlement()
    if met.reason != "words" or settlement.also:
        return settlement
    parts = merged.standing.get(met.clause_id, ())
    return Settlement(words=next((new for start, end, new in parts if (start, end) == (met.start, met.end)), met.base))


def _stands(merged: Merged, key: str, edit: Edit, settled: Settlements) -> bool:
    return not rest_of(merged.law, Amendment(key, (edit,)), merged.collisions, settled, merged.index).gave_up


class Stepwise:
    """A law that amendments join one after the other. A step costs what it changes: words are merged in their clauses
    alone, whole clauses with what else joined that comes to the same rows of the tree. (Words and the tree do not touch
    each other: where they collide, `standing` has left out what gave way.)"""

    def __init__(self, law: Law, index: Index, settlements: Settlements) -> None:
        self.law, self.index, self.settlements = law, index, settlements
        self._clauses = dict(law)
        self._sources = {clause_id: clause.source for clause_id, clause in law.items()}
        self._children = dict(index.tree.children)
        self._order: list[ClauseId] | None = None  # not known any more after a change of the tree
        self._of_words: dict[ClauseId, list[Amendment]] = {}
        self._groups: dict[Row, _Group] = {}

    @property
    def text(self) -> str:
        """What the law reads now."""
        if self._order is None:
            self._order = self._walked()
        return "".join(map(self._sources.__getitem__, self._order))

    def join(self, amendment: Amendment) -> None:
        """One more amendment. Raises UnusableEdit."""
        words: dict[ClauseId, list[Edit]] = {}
        others = []
        for edit in amendment.edits:
            if isinstance(edit, OF_WORDS):
                words.setdefault(edit.clause_id, []).append(edit)
            else:
                others.append(edit)
        for clause_id, own in words.items():
            self._reword(clause_id, Amendment(amendment.key, tuple(own)))
        if others:
            self._regrow(Amendment(amendment.key, tuple(others)))

    def _reword(self, clause_id: ClauseId, amendment: Amendment) -> None:
        together = self._of_words.setdefault(clause_id, [])
        together.append(amendment)
        merged = merge(self.law, together, self.settlements, index=self.index)
        self._read(clause_id, self._clauses[clause_id]._replace(body=merged.clause(clause_id).clause.body))

    def _regrow(self, amendment: Amendment) -> None:
        """Merge an amendment with those that come to its rows, and put what they make of these in place."""
        group = _Group([amendment], {row for edit in amendment.edits for row in self._rows(edit)})
        for other in {id(one): one for one in map(self._groups.get, group.rows) if one is not None}.values():
            group.amendments[:0] = other.amendments
            group.rows |= other.rows
        self._groups.update(dict.fromkeys(group.rows, group))
        merged = merge(self.law, group.amendments, self.settlements, index=self.index)
        for clause_id, one in merged.touched.items():
            stays = clause_id in self.law
            self._read(clause_id, one.clause._replace(body=self._clauses[clause_id].body) if stays else one.clause)
        if merged.tree is not None:
            new = [clause_id for clause_id in merged.touched if clause_id not in self.law]
            self._children.update((row, merged.tree.children[row]) for row in (*group.rows, *new))
            self._order = None

    def _rows(self, edit: Edit) -> Iterator[Row]:
        """The clauses among whose children an edit changes something (None: at the top)."""
        parent = self.index.tree.parent
        if not isinstance(edit, InsertClauses):
            yield parent[edit.clause_id]
        if isinstance(edit, InsertClauses | MoveClause):
            yield edit.after if edit.after is None or edit.place == "inside" else parent[edit.after]

    def _read(self, clause_id: ClauseId, clause: Clause) -> None:
        self._clauses[clause_id], self._sources[clause_id] = clause, clause.source

    def _walked(self) -> list[ClauseId]:
        """The clauses in reading order."""
        order: list[ClauseId] = []
        waiting = self._children[None][::-1]
        while waiting:
            clause_id = waiting.pop()
            order.append(clause_id)
            waiting += self._children[clause_id][::-1]
        return order


@dataclass
class _Group:
    """Amendments that come to the same rows."""

    amendments: list[Amendment]
    rows: set[Row]
