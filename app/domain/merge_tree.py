"""Merging what amendments do to clauses as a whole: numbers, new clauses, moves, deletions."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.addresses import readdress
from app.domain.arrivals import Point, settle_arrivals
from app.domain.clauses import write
from app.domain.collisions import Claim, settle_relabels
from app.domain.edits import ClauseId, DeleteClause, MoveClause, Relabel, UnusableEdit
from app.domain.merged import MergedClause
from app.domain.merging import Merging
from app.domain.provenance import Origin, whole
from app.domain.readdressing import readdress_around
from app.domain.reading import parse_fragment
from app.domain.tree import Rows, Tree


def check_places(merging: Merging, claims: Iterable[Claim]) -> None:
    """Raises UnusableEdit for a deletion of other words than stand there, and for a clause moved into itself."""
    for claim in claims:
        if isinstance(claim.edit, MoveClause) and claim.edit.clause_id in merging.tree.path(claim.edit.after):
            raise UnusableEdit(claim.edit, "A clause cannot be moved into itself.")
        if isinstance(claim.edit, DeleteClause):
            standing = write(merging.law[below] for below in merging.tree.below(claim.edit.clause_id))
            if standing.strip() != claim.edit.old.strip():
                reason = "The clause that is to be deleted does not read as this amendment says it does."
                raise UnusableEdit(claim.edit, reason)


def merge_tree(merging: Merging, claims: Sequence[Claim]) -> None:
    renamed = _merge_labels(merging, claims)
    points = settle_arrivals(merging.index, merging.tree, claims, merging.settling)
    inserted = [clause_id for point in points for clause_id in _arrive(merging, point)]
    moved = _rest(merging, points)
    _merge_deletions(merging, claims)
    rows = Rows(merging.tree)
    standing = [clause_id for clause_id in inserted if clause_id not in merging.lost]
    _tidy(merging, rows, standing)
    moved_along = {below for clause_id in moved for below in merging.tree.below(clause_id)} - merging.removed.keys()
    merging.arrived = {*standing, *moved_along} - merging.lost
    if not readdress_around(merging, rows, renamed - merging.removed.keys()):
        _renumber_addresses(merging)


def _merge_labels(merging: Merging, claims: Iterable[Claim]) -> set[ClauseId]:
    """The clauses that got another number."""
    settled = settle_relabels(merging.law, claims, merging.settling)
    for clause_id, chosen in settled.items():
        path = [merging.law[above] for above in merging.tree.path(clause_id)]
        before = merging.result(clause_id)
        lead = next(claim.edit.new for claim in chosen if isinstance(claim.edit, Relabel))
        read = parse_fragment(lead + before.clause.body + before.clause.tail, path)[:1]
        label = read[0].label if read else before.clause.label
        clause = before.clause._replace(lead=lead, label=label)
        keys = tuple(sorted({*before.amendments, *(claim.key for claim in chosen)}))
        merging.touched[clause_id] = replace(before, clause=clause, changed=True, amendments=keys)
    return set(settled)


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
        ids = [_free_id(merging, arrival.keys[0], point, len(new) + at) for at in range(len(clauses))]
        for clause_id, clause in zip(ids, clauses, strict=True):
            origins = whole(clause.body, Origin(0, arrival.keys))
            merging.touched[clause_id] = MergedClause(clause_id, clause, origins, True, arrival.keys)
        row += ids
        new += ids
    merging.tree.put(row, point.after, point.place)
    return new


def _rest(merging: Merging, points: Iterable[Point]) -> list[ClauseId]:
    """Put moved clauses where their stand-ins keep a place, and give them and all below the depth of that place.
    The moved clauses, those that stand above others first."""
    moved = {a.moved: a.keys for point in points for a in point.arrivals if a.moved is not None}
    for clause_id in moved:
        merging.tree.take(clause_id)
        merging.tree.swap(_stand_in(clause_id), clause_id)
    for clause_id in [id for id in moved if _in_itself(merging.tree, id)]:
        merging.lost.update(merging.index.tree.below(clause_id))
        del moved[clause_id]
    outermost_first = sorted(moved, key=lambda clause_id: len(merging.tree.path(clause_id)))
    for clause_id in outermost_first:
        _sink(merging, clause_id, moved[clause_id])
    return outermost_first


def _in_itself(tree: Tree, clause_id: ClauseId) -> bool:
    """Whether a clause was moved into what stands below it: then it stands nowhere."""
    seen: set[ClauseId] = set()
    above: ClauseId | None = clause_id
    while above is not None and above not in seen:
        seen.add(above)
        above = tree.parent[above]
    return above is not None


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
        gone = list(merging.tree.below(clause_id))
        merging.lost.update(gone)
        gone = [below for below in gone if below in merging.law]
        merging.removed.update({below: tuple(sorted(keys)) for below in gone if below not in merging.removed})
    for clause_id in deleted:
        merging.tree.take(clause_id)


def _tidy(merging: Merging, rows: Rows, inserted: Iterable[ClauseId]) -> None:
    """Set new clauses apart as the law sets its clauses apart, where nothing else does: behind text without a line end,
    and behind what used to be the end of the law, unless an amendment says how."""
    last = merging.index.last
    last = None if last is not None and merging.result(last).clause.tail != merging.law[last].tail else last
    around = dict.fromkeys(id for new in inserted for id in (rows.before(new), new) if id is not None)
    for clause_id in around:
        if rows.behind(clause_id) is not None and (clause_id == last or not merging.clause(clause_id).tail):
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


def _free_id(merging: Merging, key: str, point: Point, number: int) -> ClauseId:
    """An id that no clause of the law has: an amendment may have brought others to this place before."""
    found = _new_id(key, point.after, point.place, number)
    times = 1
    while found in merging.law:
        times += 1
        found = _new_id(f"{key} {times}", point.after, point.place, number)
    return found


def _new_id(key: str, after: ClauseId | None, place: str, number: int) -> ClauseId:
    return hashlib.sha256(repr((key, after, place, number)).encode()).hexdigest()[:20]
