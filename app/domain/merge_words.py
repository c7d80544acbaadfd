"""Merging words inside clauses."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import combinations

from app.domain.clauses import Clause
from app.domain.collisions import Claim, Collision, Settlement, UnusableSettlement
from app.domain.edits import ClauseId, ReplaceWords, Respace, RestateClause
from app.domain.fates import outcome
from app.domain.merged import MergedClause
from app.domain.merging import Merging
from app.domain.provenance import Origin
from app.domain.words import Stretch, WordEdit, key_of, overlap, put_together, reads, stretches


def merge_words(merging: Merging, claims: Iterable[Claim]) -> None:
    by_clause: dict[ClauseId, list[WordEdit]] = {}
    for claim in claims:
        if isinstance(claim.edit, ReplaceWords | RestateClause):
            by_clause.setdefault(claim.edit.clause_id, []).append(word_edit(claim))
    for clause_id, edits in by_clause.items():
        _merge_clause(merging, clause_id, edits)


def _merge_clause(merging: Merging, clause_id: ClauseId, edits: list[WordEdit]) -> None:
    clause = merging.law[clause_id]
    settled = [_settle_words(merging, clause_id, stretch) for stretch in stretches(clause.body, edits)]
    standing = [part for part in settled if part is not None]
    body, origins = put_together(clause.body, partial(merging.origins, clause_id), standing)
    merging.standing[clause_id] = tuple([part[:3] for part in standing])
    if len(standing) == 1:
        keys = standing[0][3].amendments
    else:
        keys = tuple(sorted({key for *_, origin in standing for key in origin.amendments}))
    kind, depth, label, address, lead, was, tail = clause
    changed = Clause(kind, depth, label, address, lead, body, tail)
    merging.touched[clause_id] = MergedClause(clause_id, changed, origins, body != was, keys)


def _settle_words(merging: Merging, clause_id: ClauseId, stretch: Stretch) -> tuple[int, int, str, Origin] | None:
    """What a stretch shall read and whose words these are; None when the base stays."""
    body = merging.law[clause_id].body
    base = body[stretch.start : stretch.end]
    if len(stretch.sides) == 1:
        side = stretch.sides[0]
        merging.settling.note(side.amendments, "stands")
        return stretch.start, stretch.end, side.text, Origin(0, side.amendments)
    key = key_of(clause_id, stretch.start, stretch.end, stretch.sides)
    met = Collision(key, clause_id, stretch.start, stretch.end, base, stretch.sides, "words")
    settlement = merging.settling.meet(met)
    if settlement is None or settlement.bracket:
        unchosen = "open" if settlement is None else "kept"
        merging.settling.note((key for side in stretch.sides for key in side.amendments), unchosen)
        return None
    text, origin = _settled_text(body, stretch, settlement, met)
    chosen = {settlement.amendment, *settlement.also}
    for side in stretch.sides:
        won = bool(chosen & set(side.amendments))
        became = "stands" if won else outcome(base, side.text, text, by_side=settlement.words is None)
        merging.settling.note(side.amendments, became)
    return stretch.start, stretch.end, text, origin


def merge_spaces(merging: Merging, claims: Iterable[Claim]) -> None:
    """White space behind a clause is no law: of several proposals the longest stands, the last in the alphabet."""
    tails: dict[ClauseId, list[str]] = {}
    for claim in claims:
        if isinstance(claim.edit, Respace):
            tails.setdefault(claim.edit.clause_id, []).append(claim.edit.new)
            merging.settling.note([claim.key], "stands")
    for clause_id, proposed in tails.items():
        before = merging.result(clause_id)
        tail = max(proposed, key=lambda space: (len(space), space))
        merging.touched[clause_id] = replace(before, clause=before.clause._replace(tail=tail))


def word_edit(claim: Claim) -> WordEdit:
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
