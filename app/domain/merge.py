"""Merging any number of amendments in one pass, exact to the word, independent of their order, nothing guessed.

`merge(law, [])` is the law; a merge of one amendment is that amendment's text; edits to different words never collide;
identical edits count once and credit all their authors; edits that overlap and differ are a collision.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from app.domain.clauses import write
from app.domain.collisions import Claim, Collision, Settlement, settle_deletions
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
)
from app.domain.fates import Fate, fate
from app.domain.indexed import Index
from app.domain.merge_tree import check_places, merge_tree
from app.domain.merge_words import merge_spaces, merge_words, word_edit
from app.domain.merged import Merged, MergedClause
from app.domain.merging import Merging
from app.domain.provenance import Origins
from app.domain.words import Side, overlap, stretches

__all__ = ["Collision", "Fate", "Merged", "MergedClause", "Settlement", "Side", "colliding_pairs", "merge", "pairs_in"]

IN_THE_TREE = (InsertClauses, DeleteClause, MoveClause, Relabel)
"""Edits after which clauses have other places or numbers."""


def merge(
    law: Law,
    amendments: Iterable[Amendment],
    settlements: Mapping[str, Settlement] | None = None,
    origins: Mapping[ClauseId, Origins] | None = None,
    index: Index | None = None,
) -> Merged:
    """Merge amendments into the law. `settlements` by collision key; `origins` of the base words by clause id;
    `index` of this very law, where it is kept, so that the merge need not look through all of it.

    Raises UnusableEdit when an amendment does not fit the law, UnusableSettlement when a settlement does not fit.
    """
    ordered = sorted(amendments, key=lambda amendment: amendment.key)
    for amendment in ordered:
        check(law, amendment.edits)
    return _merged(Merging(index or Index(law), settlements or {}, origins or {}), ordered)


def _merged(merging: Merging, amendments: Sequence[Amendment]) -> Merged:
    claims = [Claim(a.key, edit, number) for a in amendments for number, edit in enumerate(a.edits)]
    in_the_tree = any(isinstance(claim.edit, IN_THE_TREE) for claim in claims)
    if in_the_tree:
        check_places(merging, claims)
        claims = settle_deletions(merging.index, merging.tree, claims, merging.settling, _alone)
    merge_words(merging, claims)
    merge_spaces(merging, claims)
    if in_the_tree:
        merge_tree(merging, claims)
    fates = {a.key: fate(merging.settling.outcomes.get(a.key, [])) for a in amendments}
    tree = merging.tree if in_the_tree else None
    collisions = merging.collisions_in_order()
    return Merged(
        merging.index,
        merging.given_origins,
        merging.touched,
        collisions,
        fates,
        merging.removed,
        merging.standing,
        tree,
        merging.lost,
        merging.arrived,
    )


def colliding_pairs(
    law: Law, amendments: Iterable[Amendment], index: Index | None = None
) -> frozenset[tuple[str, str]]:
    """The pairs of amendments that collide with each other directly, keys in order."""
    given = list({amendment.key: amendment for amendment in amendments}.values())
    return pairs_in(law, given, merge(law, given, index=index).collisions)


def pairs_in(law: Law, amendments: Iterable[Amendment], collisions: Iterable[Collision]) -> frozenset[tuple[str, str]]:
    """The colliding pairs where the collisions of a merge of these amendments are known."""
    pairs: set[tuple[str, str]] = set()
    by_key = {amendment.key: amendment for amendment in amendments}
    for met in collisions:
        keys = sorted({key for side in met.sides for key in side.amendments})
        for one, other in combinations(keys, 2):
            if (one, other) in pairs:
                continue
            if met.reason != "words" or _words_meet(law, met.clause_id, by_key[one], by_key[other]):
                pairs.add((one, other))
    return frozenset(pairs)


def _words_meet(law: Law, clause_id: ClauseId, one: Amendment, other: Amendment) -> bool:
    mine, theirs = (
        [
            word_edit(Claim(amendment.key, edit))
            for edit in amendment.edits
            if isinstance(edit, ReplaceWords | RestateClause) and edit.clause_id == clause_id
        ]
        for amendment in (one, other)
    )
    meeting = any(overlap(a, b) for a in mine for b in theirs)
    return meeting and any(len(s.sides) > 1 for s in stretches(law[clause_id].body, [*mine, *theirs]))


def _alone(law: Law, key: str, edits: Sequence[Edit]) -> str:
    """What a part of the law reads with the edits of one amendment that stay inside it."""
    inside = tuple(
        edit
        for edit in edits
        if (edit.after if isinstance(edit, InsertClauses) else edit.clause_id) in law
        and not (isinstance(edit, MoveClause) and edit.after not in law)
    )
    return merge(law, [Amendment(key, inside)]).text if inside else write(law.values())
