"""Merging any number of amendments in one pass, exact to the word, independent of their order, nothing guessed.

`merge(law, [])` is the law; a merge of one amendment is that amendment's text; edits to different words never collide;
identical edits count once and credit all their authors; edits that overlap and differ are a collision.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, pairwise

from app.domain.addresses import readdress
from app.domain.clauses import Clause
from app.domain.collisions import (
    Claim,
    Collision,
    Settlement,
    Settling,
    UnusableSettlement,
    collision,
    settle_deletions,
    settle_moves,
    settle_relabels,
)
from app.domain.diff import diff
from app.domain.edits import (
    Amendment,
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
    check,
    edits_between,
)
from app.domain.labels import canonical, order_of
from app.domain.provenance import Origin, Origins, whole
from app.domain.reading import parse_fragment
from app.domain.tree import Tree
from app.domain.words import Side, Stretch, WordEdit, key_of, overlap, put_together, reads, stretches

__all__ = ["Collision", "Fate", "Merged", "MergedClause", "Settlement", "Side", "colliding_pairs", "merge"]


class Fate(StrEnum):
    """What became of an amendment, derived from the text."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    SUPERSEDED = "superseded"  # its words stand, but only because another, different settlement contains them
    NOT_ADOPTED = "not_adopted"
    UNSETTLED = "unsettled"  # part of a collision without a settlement


@dataclass(frozen=True, slots=True)
class MergedClause:
    """A clause of the result, where its words come from, and the id it keeps. An inserted clause's id is derived from
    the amendment's key and the place in it, so it does not depend on the order of merging."""

    id: ClauseId
    clause: Clause
    origins: Origins
    changed: bool
    amendments: tuple[str, ...] = ()  # keys of the amendments whose edits stand in it


@dataclass(frozen=True, slots=True)
class Merged:
    """The result. `clauses` is the whole law in order, unsettled stretches keep their base words; `collisions` are all
    of them, settled or not, in the order of the text; `removed` names the amendments that took a clause out."""

    clauses: tuple[MergedClause, ...]
    collisions: tuple[Collision, ...]
    fates: Mapping[str, Fate]
    removed: Mapping[ClauseId, tuple[str, ...]]

    @property
    def text(self) -> str:
        return "".join(merged.clause.source for merged in self.clauses)


def merge(
    law: Law,
    amendments: Iterable[Amendment],
    settlements: Mapping[str, Settlement] | None = None,
    origins: Mapping[ClauseId, Origins] | None = None,
) -> Merged:
    """Merge amendments into the law. `settlements` by collision key; `origins` of the base words by clause id.

    Raises UnusableEdit when an amendment does not fit the law, UnusableSettlement when a settlement does not fit.
    """
    ordered = sorted(amendments, key=lambda amendment: amendment.key)
    for amendment in ordered:
        check(law, amendment.edits)
    return _Merging(law, settlements or {}, origins or {}).run(ordered)


class _Merging:
    """One merge under way: the law, its tree, and what has been put together so far."""

    def __init__(self, law: Law, settlements: Mapping[str, Settlement], origins: Mapping[ClauseId, Origins]) -> None:
        self.law, self.given_origins = law, origins
        self.tree = Tree(law)
        self.settling = Settling(settlements)
        self.merged: dict[ClauseId, MergedClause] = {}
        self.removed: dict[ClauseId, tuple[str, ...]] = {}

    def run(self, amendments: Sequence[Amendment]) -> Merged:
        claims = [Claim(amendment.key, edit) for amendment in amendments for edit in amendment.edits]
        claims = settle_deletions(self.law, self.tree, claims, self.settling, _alone)
        self.merge_words(claims)
        self.merge_labels(claims)
        inserted = self.merge_insertions(claims)
        self.merge_moves(claims)
        self.merge_deletions(claims)
        order = {clause_id: place for place, clause_id in enumerate(self.law)}
        clauses = [self.result(clause_id) for clause_id in self.tree.below(None)]
        if inserted or any(isinstance(claim.edit, DeleteClause | MoveClause | Relabel) for claim in claims):
            clauses = _tidy(clauses, inserted)
        collisions = sorted(self.settling.collisions, key=lambda c: (order.get(c.clause_id, -1), c.start, c.key))
        fates = {amendment.key: _fate(self.settling.outcomes.get(amendment.key, [])) for amendment in amendments}
        return Merged(tuple(clauses), tuple(collisions), fates, self.removed)

    def result(self, clause_id: ClauseId) -> MergedClause:
        found = self.merged.get(clause_id)
        if found is not None:
            return found
        return MergedClause(clause_id, self.law[clause_id], self.origins(clause_id), False)

    def origins(self, clause_id: ClauseId) -> Origins:
        return self.given_origins.get(clause_id) or whole(self.law[clause_id].body, Origin(1))

    def merge_words(self, claims: Iterable[Claim]) -> None:
        by_clause: dict[ClauseId, list[WordEdit]] = {}
        for claim in claims:
            if isinstance(claim.edit, ReplaceWords | RestateClause):
                by_clause.setdefault(claim.edit.clause_id, []).append(_word_edit(claim))
        for clause_id, edits in by_clause.items():
            self.merge_clause(clause_id, edits)

    def merge_clause(self, clause_id: ClauseId, edits: list[WordEdit]) -> None:
        clause = self.law[clause_id]
        settled = [self.settle_words(clause_id, stretch) for stretch in stretches(clause.body, edits)]
        standing = [part for part in settled if part is not None]
        body, origins = put_together(clause.body, self.origins(clause_id), standing)
        keys = sorted({key for *_, origin in standing for key in origin.amendments})
        changed = replace(clause, body=body)
        self.merged[clause_id] = MergedClause(clause_id, changed, origins, body != clause.body, tuple(keys))

    def settle_words(self, clause_id: ClauseId, stretch: Stretch) -> tuple[int, int, str, Origin] | None:
        """What a stretch shall read and whose words these are; None when the base stays."""
        body = self.law[clause_id].body
        base = body[stretch.start : stretch.end]
        if len(stretch.sides) == 1:
            side = stretch.sides[0]
            self.settling.note(side.amendments, "stands")
            return stretch.start, stretch.end, side.text, Origin(0, side.amendments)
        key = key_of(clause_id, stretch.start, stretch.end, stretch.sides)
        met = Collision(key, clause_id, stretch.start, stretch.end, base, stretch.sides, "words")
        settlement = self.settling.meet(met)
        if settlement is None:
            self.settling.note((k for side in stretch.sides for k in side.amendments), "open")
            return None
        text, origin = _settled_text(body, stretch, settlement, met)
        for side in stretch.sides:
            self.settling.note(side.amendments, _outcome(base, side.text, text))
        return stretch.start, stretch.end, text, origin

    def merge_labels(self, claims: list[Claim]) -> None:
        for clause_id, claim in settle_relabels(self.law, claims, self.settling).items():
            path = [self.law[above] for above in self.tree.path(clause_id)[:-1]]
            before = self.result(clause_id)
            lead = claim.edit.new  # type: ignore[union-attr]
            read = parse_fragment(lead + before.clause.body + before.clause.tail, path)[:1]
            label = read[0].label if read else before.clause.label
            clause = replace(before.clause, lead=lead, label=label)
            keys = tuple(sorted({*before.amendments, claim.key}))
            self.merged[clause_id] = replace(before, clause=clause, changed=True, amendments=keys)

    def merge_insertions(self, claims: Iterable[Claim]) -> frozenset[ClauseId]:
        """Put new clauses into the tree; their ids."""
        points: dict[tuple[ClauseId | None, str], dict[str, list[Claim]]] = {}
        for claim in claims:
            if isinstance(claim.edit, InsertClauses):
                point = points.setdefault((claim.edit.after, claim.edit.place), {})
                point.setdefault(claim.edit.source.rstrip(), []).append(claim)
        new: list[ClauseId] = []
        for (after, place), proposals in points.items():
            for keys, source in reversed(self.settle_insertions(after, proposals)):
                new += self.insert(keys, source, after, "inside" if place == "inside" else "after")
        return frozenset(new)

    def settle_insertions(
        self, after: ClauseId | None, proposals: Mapping[str, list[Claim]]
    ) -> list[tuple[tuple[str, ...], str]]:
        """The insertions at one point in their order, which their numbers say or a person settled."""
        sides = sorted(
            (Side(source, tuple(sorted({c.key for c in claims}))) for source, claims in proposals.items()),
            key=lambda side: side.amendments,
        )
        path = [self.law[above] for above in self.tree.path(after)]
        ordered = _by_number([(side, parse_fragment(side.text, path)) for side in sides])
        if ordered is not None:
            for side in ordered:
                self.settling.note(side.amendments, "stands")
            return [(side.amendments, side.text) for side in ordered]
        met = collision(self.law, after or "", "", sides, "insertion")
        settlement = self.settling.meet(met)
        if settlement is not None and settlement.words is not None:
            for side in sides:
                self.settling.note(side.amendments, _outcome("", side.text, settlement.words))
            return [(tuple(sorted(k for side in sides for k in side.amendments)), settlement.words)]
        chosen = {settlement.amendment, *settlement.also} if settlement else set()
        for side in sides:
            won = bool(chosen & set(side.amendments))
            self.settling.note(side.amendments, "stands" if won else "open" if settlement is None else "lost")
        return [(side.amendments, side.text) for side in sides if chosen & set(side.amendments)]

    def insert(self, keys: tuple[str, ...], source: str, after: ClauseId | None, place: str) -> list[ClauseId]:
        path = [self.law[above] for above in self.tree.path(after)]
        clauses = parse_fragment(source, path)
        ids = [_new_id(keys[0], after, place, number) for number in range(len(clauses))]
        for clause_id, clause in zip(ids, clauses, strict=True):
            origins = whole(clause.body, Origin(0, keys))
            self.merged[clause_id] = MergedClause(clause_id, clause, origins, True, keys)
        self.tree.put(ids, after, "inside" if place == "inside" else "after")
        return ids

    def merge_moves(self, claims: list[Claim]) -> None:
        """Move clauses. A move that would put a clause below itself, because others moved too, is not made."""
        for clause_id, claim in sorted(settle_moves(self.law, self.tree, claims, self.settling).items()):
            edit = claim.edit
            if not isinstance(edit, MoveClause) or edit.after in set(self.tree.below(clause_id)):
                self.settling.note([claim.key], "lost")
                continue
            self.tree.take(clause_id)
            self.tree.put([clause_id], edit.after, edit.place)
            self.sink(clause_id, claim.key, edit)

    def sink(self, clause_id: ClauseId, key: str, edit: MoveClause) -> None:
        """Give a moved clause and everything below it the depth of its new place."""
        parent = self.tree.parent[clause_id]
        shift = (self.result(parent).clause.depth + 1 if parent is not None else 0) - self.result(
            clause_id
        ).clause.depth
        for below in list(self.tree.below(clause_id)):
            before = self.result(below)
            keys = tuple(sorted({*before.amendments, key})) if below == clause_id else before.amendments
            clause = replace(before.clause, depth=before.clause.depth + shift)
            self.merged[below] = replace(before, clause=clause, changed=before.changed or shift != 0, amendments=keys)

    def merge_deletions(self, claims: Iterable[Claim]) -> None:
        deleted: dict[ClauseId, list[str]] = {}
        for claim in claims:
            if isinstance(claim.edit, DeleteClause):
                deleted.setdefault(claim.edit.clause_id, []).append(claim.key)
                self.settling.note([claim.key], "stands")
        for clause_id, keys in deleted.items():
            gone = [below for below in self.tree.below(clause_id) if below in self.law]
            self.removed.update({below: tuple(sorted(keys)) for below in gone if below not in self.removed})
        for clause_id in deleted:
            self.tree.take(clause_id)


def colliding_pairs(law: Law, amendments: Iterable[Amendment]) -> frozenset[tuple[str, str]]:
    """The pairs of amendments that collide with each other directly, keys in order."""
    pairs: set[tuple[str, str]] = set()
    by_key = {amendment.key: amendment for amendment in amendments}
    for met in merge(law, by_key.values()).collisions:
        keys = sorted({key for side in met.sides for key in side.amendments})
        for one, other in combinations(keys, 2):
            if met.reason != "words" or _words_meet(law, met.clause_id, by_key[one], by_key[other]):
                pairs.add((one, other))
    return frozenset(pairs)


def _words_meet(law: Law, clause_id: ClauseId, one: Amendment, other: Amendment) -> bool:
    mine, theirs = (
        [
            _word_edit(Claim(amendment.key, edit))
            for edit in amendment.edits
            if isinstance(edit, ReplaceWords | RestateClause) and edit.clause_id == clause_id
        ]
        for amendment in (one, other)
    )
    meeting = any(overlap(a, b) for a in mine for b in theirs)
    return meeting and any(len(s.sides) > 1 for s in stretches(law[clause_id].body, [*mine, *theirs]))


def _word_edit(claim: Claim) -> WordEdit:
    edit = claim.edit
    if isinstance(edit, RestateClause):
        return WordEdit(0, len(edit.old), edit.new, (claim.key,), whole=True)
    assert isinstance(edit, ReplaceWords)  # noqa: S101  (callers choose word edits)
    return WordEdit(edit.start, edit.start + len(edit.old), edit.new, (claim.key,))


def _settled_text(body: str, stretch: Stretch, settlement: Settlement, met: Collision) -> tuple[str, Origin]:
    if settlement.words is not None:
        keys = tuple(sorted({key for side in stretch.sides for key in side.amendments}))
        return settlement.words, Origin(0, keys, settled=True)
    if settlement.amendment is None:
        return met.base, Origin(0)
    chosen = {settlement.amendment, *settlement.also}
    edits = [edit for edit in stretch.edits if chosen & set(edit.keys)]
    if any(overlap(one, other) for one, other in combinations(edits, 2)):
        raise UnusableSettlement(met, "These amendments contradict each other and cannot both be chosen.")
    keys = tuple(sorted({key for edit in edits for key in edit.keys}))
    return reads(body, stretch.start, stretch.end, edits), Origin(0, keys)


def _outcome(base: str, wanted: str, text: str) -> str:
    """What became of a side whose stretch now reads `text`: its changes stand, some of them do, or none."""
    if text == wanted:
        return "stands"
    mine = {(edit.start, edit.old, edit.new) for edit in edits_between("", base, wanted)}
    made = {(edit.start, edit.old, edit.new) for edit in edits_between("", base, text)}
    if mine and mine <= made:
        return "stands"
    brought = [span.text.strip() for span in diff(base, wanted) if span.op == "+" and span.text.strip()]
    there = [words in text and words not in base for words in brought]
    return "part" if mine & made or any(there) else "lost"


def _fate(outcomes: Sequence[str]) -> Fate:
    if "open" in outcomes:
        return Fate.UNSETTLED
    if all(outcome == "stands" for outcome in outcomes):
        return Fate.ADOPTED
    return Fate.NOT_ADOPTED if all(outcome == "lost" for outcome in outcomes) else Fate.ADOPTED_IN_PART


def _by_number(insertions: Sequence[tuple[Side, tuple[Clause, ...]]]) -> list[Side] | None:
    """Insertions at one point in the order of their numbers; None when their numbers do not say."""
    if len(insertions) == 1:
        return [insertions[0][0]]
    firsts = [clauses[0] for _, clauses in insertions if clauses]
    numbers = [canonical(clause.label) for clause in firsts]
    if len(firsts) < len(insertions) or not all(numbers) or len({clause.kind for clause in firsts}) > 1:
        return None
    taken = [
        canonical(c.label)
        for (_, clauses), f in zip(insertions, firsts, strict=True)
        for c in clauses
        if c.kind is f.kind
    ]
    if len(set(taken)) < len(taken):
        return None
    return [side for side, clauses in sorted(insertions, key=lambda i: order_of(canonical(i[1][0].label)))]


def _new_id(key: str, after: ClauseId | None, place: str, number: int) -> ClauseId:
    return hashlib.sha256(repr((key, after, place, number)).encode()).hexdigest()[:20]


def _alone(law: Law, key: str, edits: Sequence[Edit]) -> str:
    """What a part of the law reads with the edits of one amendment that stay inside it."""
    inside = tuple(
        edit
        for edit in edits
        if (edit.after if isinstance(edit, InsertClauses) else edit.clause_id) in law
        and not (isinstance(edit, MoveClause) and edit.after not in law)
    )
    return merge(law, [Amendment(key, inside)]).text if inside else "".join(clause.source for clause in law.values())


def _tidy(clauses: list[MergedClause], inserted: frozenset[ClauseId]) -> list[MergedClause]:
    """Blank lines around inserted clauses, and addresses made anew."""
    tidy = list(clauses)
    for place, (one, other) in enumerate(pairwise(clauses)):
        if {one.id, other.id} & inserted and not _ends_blank(one.clause.source):
            tail = one.clause.tail + ("\n" if one.clause.source.endswith("\n") else "\n\n")
            tidy[place] = replace(one, clause=replace(one.clause, tail=tail))
    if tidy and tidy[-1].id in inserted and not tidy[-1].clause.source.endswith("\n"):
        tidy[-1] = replace(tidy[-1], clause=replace(tidy[-1].clause, tail="\n"))
    addressed = readdress(merged.clause for merged in tidy)
    return [
        merged if merged.clause is clause else replace(merged, clause=clause)
        for merged, clause in zip(tidy, addressed, strict=True)
    ]


def _ends_blank(source: str) -> bool:
    return source.replace("\r\n", "\n").endswith("\n\n")
