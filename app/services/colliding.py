"""Which open amendments collide, and in which clauses. That follows from a text and its amendments alone: so it is kept
for a while, of all together and of each group that may meet, since most groups stay when one amendment comes or goes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.edits import Amendment, Edit, InsertClauses
from app.domain.lifecycle import OPEN, State
from app.domain.meeting import meeting
from app.domain.merge import Collision, merge, pairs_in
from app.services.indexes import index_of
from app.services.kept import Kept
from app.services.proposed import Proposed
from app.services.texts import IssuedText
from app.store.amendments import AmendmentRow, key_of, number_of


@dataclass(frozen=True, slots=True)
class Colliding:
    """`others` are the numbers an amendment collides with, by its own; `contested` the clauses in which some do."""

    others: Mapping[int, tuple[int, ...]]
    contested: frozenset[str]


_KEPT: Kept[Colliding] = Kept(16)
_MET: Kept[Colliding] = Kept(4_096)
_FITTING: Kept[Mapping[int, Amendment]] = Kept(16)


def fitting(proposed: Proposed, latest: int) -> Mapping[int, Amendment]:
    """The amendments that are on the table and fit the latest version, by number; kept while the amendments are."""
    if proposed.key is None:
        return mergeable(proposed.rows, proposed.edits, latest)
    return _FITTING.get((proposed.key, latest), lambda: mergeable(proposed.rows, proposed.edits, latest))


def mergeable(rows: Iterable[AmendmentRow], edits: Mapping[int, tuple[Edit, ...]], latest: int) -> dict[int, Amendment]:
    """The amendments that are on the table and fit the latest version, by number. `edits` are by row id."""
    return {
        row.number: Amendment(key_of(row.number), edits[row.id])
        for row in rows
        if State(row.state) in OPEN and row.base_version == latest and row.carried != "incorporated" and row.id in edits
    }


def colliding_of(text: IssuedText, proposed: Proposed) -> Colliding:
    """What collides among the amendments of a draft that fit its latest text."""
    together = fitting(proposed, text.number).values()
    if proposed.key is None:
        return _made(text, together)
    return _KEPT.get((text.key, proposed.key), lambda: _made(text, together))


def touched(edits: Iterable[Edit]) -> set[str]:
    """The clauses an amendment is about; of an insertion the one it stands behind."""
    about = {edit.after if isinstance(edit, InsertClauses) else edit.clause_id for edit in edits}
    return {clause_id for clause_id in about if clause_id}


def _made(text: IssuedText, amendments: Iterable[Amendment]) -> Colliding:
    found = [_met(text, group) for group in meeting(index_of(text).tree, amendments)]
    others = {number: others for one in found for number, others in one.others.items()}
    return Colliding(others, frozenset[str]().union(*(one.contested for one in found)))


def _met(text: IssuedText, group: tuple[Amendment, ...]) -> Colliding:
    """What collides in a group, whoever else is on the table."""
    return _MET.get((text.key, group), lambda: _merged(text, group))


def _merged(text: IssuedText, group: tuple[Amendment, ...]) -> Colliding:
    collisions = merge(text.law, group, index=index_of(text)).collisions
    return Colliding(_others(pairs_in(text.law, group, collisions)), _contested(text, group, collisions))


def _others(pairs: Iterable[tuple[str, str]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(number_of(one), set()).add(number_of(other))
        found.setdefault(number_of(other), set()).add(number_of(one))
    return {number: tuple(sorted(others)) for number, others in found.items()}


def _contested(text: IssuedText, amendments: tuple[Amendment, ...], collisions: Iterable[Collision]) -> frozenset[str]:
    edits = {amendment.key: amendment.edits for amendment in amendments}
    found: set[str] = set()
    for met in collisions:
        found |= {met.clause_id} | _inside(text, met, edits)
    return frozenset(found)


def _inside(text: IssuedText, met: Collision, edits: Mapping[str, tuple[Edit, ...]]) -> set[str]:
    """Of a deletion that meets other amendments: the clauses below it that they change."""
    if met.reason != "deletion":
        return set()
    keys = {key for side in met.sides for key in side.amendments}
    return touched(edit for key in keys for edit in edits[key]) & set(index_of(text).tree.below(met.clause_id))
