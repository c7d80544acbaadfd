"""The amendments of a draft in groups, as the overview and the bench show them: what says the same, what collides, and
what nobody contests."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.edits import Amendment, ClauseId, Edit, InsertClauses, Law, ReplaceWords


class GroupKind(StrEnum):
    COLLIDING = "colliding"  # held together by colliding pairs; those that say the same stand beside each other
    IDENTICAL = "identical"  # the same edits, nobody against them
    FREE = "free"  # one amendment alone


@dataclass(frozen=True, slots=True)
class Group:
    """Keys of amendments that belong together, in the order of the text."""

    kind: GroupKind
    keys: tuple[str, ...]


Place = tuple[int, int]  # of a clause in the law, and of the words in it


def groups(law: Law, amendments: Iterable[Amendment], pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Every amendment in one group, groups in the order of the text. `pairs` are the colliding ones. Independent of the
    order of both."""
    by_key = {amendment.key: amendment for amendment in amendments}
    said: dict[frozenset[Edit], list[str]] = {}
    for key in sorted(by_key):
        said.setdefault(frozenset(by_key[key].edits), []).append(key)
    same = [keys for edits, keys in said.items() if edits]
    against = [pair for pair in pairs if pair[0] in by_key and pair[1] in by_key]
    contested = {key for pair in against for key in pair}
    places = _places(law, by_key.values())
    found = [
        Group(_kind(keys, contested), tuple(sorted(keys, key=lambda key: (places[key], key))))
        for keys in _connected(by_key, [*against, *((keys[0], other) for keys in same for other in keys[1:])])
    ]
    return tuple(sorted(found, key=lambda group: (places[group.keys[0]], group.keys)))


def _kind(keys: list[str], contested: set[str]) -> GroupKind:
    if not contested.isdisjoint(keys):
        return GroupKind.COLLIDING
    return GroupKind.IDENTICAL if len(keys) > 1 else GroupKind.FREE


def _connected(keys: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Keys that links hold together, directly or through others."""
    together = {key: [key] for key in keys}
    for one, other in links:
        mine, theirs = sorted((together[one], together[other]), key=len, reverse=True)
        if mine is not theirs:
            mine += theirs
            together.update(dict.fromkeys(theirs, mine))
    return list({id(members): members for members in together.values()}.values())


def _places(law: Law, amendments: Iterable[Amendment]) -> dict[str, Place]:
    """Where each amendment first reaches the law; behind everything where it reaches nothing."""
    order = {clause_id: place for place, clause_id in enumerate(law)}
    behind = (len(order), 0)
    return {a.key: min((_place(order, edit) for edit in a.edits), default=behind) for a in amendments}


def _place(order: dict[ClauseId, int], edit: Edit) -> Place:
    clause_id = edit.after if isinstance(edit, InsertClauses) else edit.clause_id
    start = edit.start if isinstance(edit, ReplaceWords) else 0
    return (order.get(clause_id, len(order)) if clause_id is not None else -1, start)
