"""Which clause of the new text is which clause of the old, and how its words changed.

Below a threshold nothing is guessed: an uncertain link is shown as uncertain and counted as not linked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app.domain.clauses import Clause
from app.domain.diff import Span, diff
from app.domain.labels import canonical
from app.domain.links import Links
from app.domain.matching import match


class ChangeKind(StrEnum):
    KEPT = "kept"
    EDITED = "edited"
    RENUMBERED = "renumbered"  # same words, another label
    EDITED_AND_RENUMBERED = "edited_and_renumbered"
    MOVED = "moved"  # same label and words, elsewhere
    MOVED_AND_EDITED = "moved_and_edited"
    SPLIT = "split"
    JOINED = "joined"
    INSERTED = "inserted"
    DELETED = "deleted"


class Change(NamedTuple):
    """One pair of clauses: `old` and `new` are positions in the two sequences compared, None for inserted and deleted.

    `certainty` in (0, 1]: 1 for equal text in place; `possible` names the positions of clauses it may be but was not
    linked to. `spans` is the word difference of the bodies, empty for kept clauses. Of a split clause `parts` names the
    other new clauses it lives on in, of a joined one the other old clauses that went into it: each of these stands as
    inserted or deleted in its own change.
    """

    kind: ChangeKind
    old: int | None
    new: int | None
    certainty: float = 1.0
    spans: tuple[Span, ...] = ()
    possible: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every clause of both texts exactly once as itself, in the order of the new text with deletions where they stood.

    (A split or joined clause is linked to its principal counterpart.)
    """

    changes: tuple[Change, ...]


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> Comparison:
    """Compare two versions. Equal clauses are linked first; only the rest is searched.

    White space around a clause's words and label (its `lead` and `tail`) does not make it changed.
    """
    return told(match(old, new))


def told(links: Links) -> Comparison:
    """What links between two texts say about their clauses."""
    still = _in_order(links)
    gone = [at for at in range(len(links.old)) if at not in links.link]
    lost = set(gone)
    changes: list[Change] = [Change(ChangeKind.DELETED, at, None) for at in _before(gone, -1)]
    back, old, kept = links.back, links.old, ChangeKind.KEPT
    for at, clause in enumerate(links.new):
        one = back.get(at, -1)
        if at in still and old[one].body == clause.body and old[one].label == clause.label:
            changes.append(Change(kept, one, at))
        else:
            changes.append(_change(links, at, still))
        if one >= 0 and one + 1 in lost:
            changes += [Change(ChangeKind.DELETED, deleted, None) for deleted in _before(gone, one)]
    return Comparison(tuple(changes))


def _before(gone: Sequence[int], behind: int) -> Iterator[int]:
    """Deleted clauses that stood right behind a clause that stayed (-1: at the head)."""
    at = bisect_right(gone, behind)
    while at < len(gone) and gone[at] == behind + 1:
        yield gone[at]
        behind += 1
        at += 1


def _in_order(links: Links) -> set[int]:
    """New positions of linked clauses that still stand in the order they had among their siblings."""
    still: set[int] = set()
    back, link, above = links.back, links.link, links.old_parents
    siblings: dict[int | None, list[int]] = {}
    for new, under in enumerate(links.new_parents):
        old = back.get(new)
        if old is None:
            continue
        parent = above[old]
        if (link.get(parent) if parent is not None else None) == under:
            siblings.setdefault(under, []).append(new)
    for places in siblings.values():
        still.update(longest_rising(places, [back[at] for at in places]))
    return still


def longest_rising(items: Sequence[int], values: Sequence[int]) -> list[int]:
    """The longest run of items whose values rise: the fewest others have moved."""
    if all(one < other for one, other in pairwise(values)):
        return list(items)
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            at.append(index)
        else:
            tails[place], at[place] = value, index
    chosen: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        chosen.append(items[index])
        index = before[index]
    return chosen[::-1]


def _change(links: Links, at: int, still: set[int]) -> Change:
    if at not in links.back:
        return Change(ChangeKind.INSERTED, None, at, possible=links.possible.get(at, ()))
    old = links.back[at]
    one, other = links.old[old], links.new[at]
    same_words = one.body == other.body
    same_label = one.label == other.label or canonical(one.label) == canonical(other.label)
    spans = () if same_words else diff(one.body, other.body)
    certainty = links.certainty.get(at, 1.0)
    if at in links.parts_new:
        return Change(ChangeKind.SPLIT, old, at, certainty, spans, parts=links.parts_new[at])
    if at in links.parts_old:
        return Change(ChangeKind.JOINED, old, at, certainty, spans, parts=links.parts_old[at])
    return Change(_kind(same_words, same_label, at in still), old, at, certainty, spans)


def _kind(same_words: bool, same_label: bool, in_place: bool) -> ChangeKind:
    if same_words:
        if not same_label:
            return ChangeKind.RENUMBERED
        return ChangeKind.KEPT if in_place else ChangeKind.MOVED
    if not same_label:
        return ChangeKind.EDITED_AND_RENUMBERED
    return ChangeKind.EDITED if in_place else ChangeKind.MOVED_AND_EDITED
