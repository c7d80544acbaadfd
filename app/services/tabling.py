"""What is on the table about a text: its open amendments, the clauses they touch, and where they collide."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.edits import Amendment, Edit, InsertClauses
from app.domain.lifecycle import OPEN, State
from app.domain.merge import Collision, merge
from app.domain.tree import Tree
from app.services.kept import Kept
from app.services.pages import InstitutionMark
from app.services.pages_reading import By
from app.services.showing import Marks
from app.services.texts import IssuedText
from app.store import amendments
from app.store.amendments import AmendmentRow, key_of, number_of

_CONTESTED: Kept[frozenset[str]] = Kept(16)
"""Merging a large law takes long; what collides follows from the text and its amendments alone."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """`mergeable` are the open amendments that fit the latest text; `touching` counts all open ones by clause."""

    mergeable: tuple[Amendment, ...]
    by: Mapping[int, By]  # every amendment of the draft, by number
    touching: Mapping[str, int]
    contested: frozenset[str]

    def named(self, keys: tuple[str, ...]) -> tuple[By, ...]:
        """The amendments that merging calls by these keys, in the order of their numbers."""
        return tuple(self.by[number] for number in sorted(map(number_of, keys)) if number in self.by)


def tabled(session: Session, draft_id: int, latest: int, text: IssuedText, institutions: Marks) -> Tabled:
    """`text` is that of version `latest`. Two statements, however many amendments there are."""
    rows = amendments.all_of(session, draft_id)
    edits = amendments.edits_of(session, draft_id)
    open_rows = [row for row in rows if State(row.state) in OPEN]
    touching = Counter(clause_id for row in open_rows for clause_id in _touched(edits.get(row.id, ())))
    mergeable = tuple(
        Amendment(key_of(row.number), edits[row.id])
        for row in open_rows
        if row.base_version == latest and row.carried != "incorporated" and row.id in edits
    )
    by = {row.number: By(row.number, _mark(row, institutions), row.title) for row in rows}
    contested = _CONTESTED.get((text.key, mergeable), lambda: _contested(text, mergeable))
    return Tabled(mergeable, by, touching, contested)


def _mark(row: AmendmentRow, institutions: Marks) -> InstitutionMark | None:
    return institutions.get(row.institution_id) if row.institution_id else None


def _touched(edits: tuple[Edit, ...]) -> set[str]:
    """The clauses an amendment is about; of an insertion the one it stands behind."""
    touched = {edit.after if isinstance(edit, InsertClauses) else edit.clause_id for edit in edits}
    return {clause_id for clause_id in touched if clause_id}


def _contested(text: IssuedText, mergeable: tuple[Amendment, ...]) -> frozenset[str]:
    """The clauses in which amendments collide."""
    if len(mergeable) < 2:
        return frozenset()
    edits = {amendment.key: amendment.edits for amendment in mergeable}
    found: set[str] = set()
    for met in merge(text.law, mergeable).collisions:
        found |= {met.clause_id} | _inside(text, met, edits)
    return frozenset(found)


def _inside(text: IssuedText, met: Collision, edits: Mapping[str, tuple[Edit, ...]]) -> set[str]:
    """Of a deletion that meets other amendments: the clauses below it that they change."""
    if met.reason != "deletion":
        return set()
    keys = {key for side in met.sides for key in side.amendments}
    touched = {clause_id for key in keys for clause_id in _touched(edits[key])}
    return touched & set(Tree(text.law).below(met.clause_id))
