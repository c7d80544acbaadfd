"""Merging what amendments do to clauses as a whole: numbers, new clauses, moves, deletions."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain.addresses import readdress
from app.domain.arrivals import Point, settle_arrivals
from app.domain.clauses import write
from app.domain.collisions import Claim, settle_relabels
from app.domain.edits import ClauseId, DeleteClause, Relabel, UnusableEdit
from app.domain.merged import MergedClause
from app.domain.merging import Merging
from app.domain.provenance import Origin, whole
from app.domain.reading import parse_fragment


def check_deletions(merging: Merging, claims: Iterable[Claim]) -> None:
    for claim in claims:
        if isinstance(claim.edit, DeleteClause):
            standing = write(merging.law[below] for below in merging.tree.below(claim.edit.clause_id))
            if standing.strip() != claim.edit.old.strip():
                reason = "The clause that is to be deleted does not read as this amendment says it does."
                raise UnusableEdit(claim.edit, reason)


def merge_tree(merging: Merging, claims: Sequence[Claim]) -> None:
    _merge_labels(merging, claims)
    points = settle_arrivals(merging.law, merging.tree, claims, merging.settling)
    inserted = [clause_id for point in points for clause_id in _arrive(merging, point)]
    _rest(merging, points)
    _merge_deletions(merging, claims)
    _tidy(merging, frozenset(inserted))
    _renumber_addresses(merging)


def _merge_labels(merging: Merging, claims: Iterable[Claim]) -> None:
    for clause_id, chosen in settle_relabels(merging.law, claims, merging.settling).items():
        path = [merging.law[above] for above in merging.tree.path(clause_id)]
        before = merging.result(clause_id)
        lead = next(claim.edit.new for claim in chosen if isinstance(claim.edit, Relabel))
        read = parse_fragment(lead + before.clause.body + before.clause.tail, path)[:1]
        label = read[0].label if read else before.clause.label
        clause = before.clause._replace(lead=lead, label=label)
        keys = tuple(sorted({*before.amendments, *(claim.key for claim in chosen)}))
        merging.touched[clause_id] = replace(before, clause=clause, changed=True, amendments=keys)


def _arrive(merging: Merging, point: Point) -> list[ClauseId]:
    """Put new clauses and stand-ins of moved ones at their place; the ids of the new ones."""
    path = [merging.law[above] for above in merging.tree.path(point.after)]
    row: list[ClauseId] = []
    new: list[ClauseId] = []
    for arrival in point.arrivals:
        if arrival.moved is not None:
            row.append(_stand_in(arrival.moved))
            continue
        clauses = parse_fragment(arrival.source, path)
        ids = [_new_id(arrival.keys[0], point.after, point.place, len(new) + at) for at in range(len(clauses))]
        for clause_id, clause in zip(ids, clauses, strict=True):
            origins = whole(clause.body, Origin(0, arrival.keys))
            merging.touched[clause_id] = MergedClause(clause_id, clause, origins, True, arrival.keys)
        row += ids
        new += ids
    merging.tree.put(row, point.after, point.place)
    return new


def _rest(merging: Merging, points: Iterable[Point]) -> None:
    """Put moved clauses where their stand-ins keep a place, and give them and all below the depth of that place."""
    moved = {a.moved: a.keys for point in points for a in point.arrivals if a.moved is not None}
    for clause_id in moved:
        merging.tree.take(clause_id)
        merging.tree.swap(_stand_in(clause_id), clause_id)
    if moved:
        for clause_id in [id for id in merging.tree.below(None) if id in moved]:
            _sink(merging, clause_id, moved[clause_id])


def _sink(merging: Merging, clause_id: ClauseId, keys: tuple[str, ...]) -> None:
    parent = merging.tree.parent[clause_id]
    depth = merging.result(parent).clause.depth + 1 if parent is not None else 0
    shift = depth - merging.result(clause_id).clause.depth
    for below in list(merging.tree.below(clause_id)):
        before = merging.result(below)
        names = tuple(sorted({*before.amendments, *keys})) if below == clause_id else before.amendments
        clause = before.clause._replace(depth=before.clause.depth + shift)
        changed = before.changed or shift != 0 or below == clause_id
        merging.touched[below] = replace(before, clause=clause, changed=changed, amendments=names)


def _merge_deletions(merging: Merging, claims: Iterable[Claim]) -> None:
    deleted: dict[ClauseId, list[str]] = {}
    for claim in claims:
        if isinstance(claim.edit, DeleteClause):
            deleted.setdefault(claim.edit.clause_id, []).append(claim.key)
            merging.settling.note([claim.key], "stands")
    for clause_id, keys in deleted.items():
        gone = [below for below in merging.tree.below(clause_id) if below in merging.law]
        merging.removed.update({below: tuple(sorted(keys)) for below in gone if below not in merging.removed})
    for clause_id in deleted:
        merging.tree.take(clause_id)


def _tidy(merging: Merging, inserted: frozenset[ClauseId]) -> None:
    """Set new clauses apart as the law sets its clauses apart, where nothing else does: behind text without a line end,
    and behind what used to be the end of the law, unless an amendment says how."""
    row = list(merging.tree.below(None))
    last = list(merging.law)[-1] if merging.law else None
    last = None if last is not None and merging.result(last).clause.tail != merging.law[last].tail else last
    for clause_id, behind in pairwise(row):
        if clause_id not in inserted and behind not in inserted:
            continue
        if clause_id == last or not merging.clause(clause_id).tail:
            _space(merging, clause_id, merging.usual_space)


def _space(merging: Merging, clause_id: ClauseId, tail: str) -> None:
    before = merging.result(clause_id)
    merging.touched[clause_id] = replace(before, clause=before.clause._replace(tail=tail))


def _renumber_addresses(merging: Merging) -> None:
    """Addresses made anew for a law whose clauses have other places or numbers."""
    ids = list(merging.tree.below(None))
    before = [merging.clause(clause_id) for clause_id in ids]
    for clause_id, was, clause in zip(ids, before, readdress(before), strict=True):
        if was is not clause:
            merging.touched[clause_id] = replace(merging.result(clause_id), clause=clause)


def _stand_in(clause_id: ClauseId) -> ClauseId:
    return f"\u2192{clause_id}"


def _new_id(key: str, after: ClauseId | None, place: str, number: int) -> ClauseId:
    return hashlib.sha256(repr((key, after, place, number)).encode()).hexdigest()[:20]
