"""Carrying an open amendment onto a new version through the known difference. None is lost, none silently altered.

Clauses are the same where their permanent ids are; inside a clause, words are followed through its difference. A quote
is never re-anchored by similarity.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from app.domain.clauses import write
from app.domain.diff import Span, diff
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
    Respace,
    RestateClause,
)
from app.domain.spots import Spot, Spots


class Carried(StrEnum):
    UNCHANGED = "unchanged"
    SHIFTED = "shifted"  # same words, other place
    INCORPORATED = "incorporated"  # the new text already says it
    NEEDS_AUTHOR = "needs_author"


@dataclass(frozen=True, slots=True)
class Carrying:
    """The outcome for one amendment. `amendment` holds the edits on the new version; where it needs its author, or is
    incorporated, the edits are those on the old version, unaltered, and `colliding` names what got in the way as
    (clause id, words)."""

    outcome: Carried
    amendment: Amendment
    colliding: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """The outcome for one edit: the edit on the new version, or None and why."""

    outcome: Carried
    edit: Edit | None = None
    words: str = ""
    replaces: frozenset[ClauseId] = frozenset()  # clauses in whose place an insertion or a move may be meant to stand


Standing = Mapping[ClauseId, Sequence[tuple[int, int, str]]]
"""What a merge made of the words of clauses: start and end in the old body, and what now stands there."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A text before its numbers ran on, and what that made of the words of its clauses."""

    law: Law
    standing: Standing


def carry(
    amendment: Amendment, old: Law, new: Law, standing: Standing | None = None, renumbered: Renumbered | None = None
) -> Carrying:
    """Carry one amendment from the old version to the new."""
    return next(iter(carry_all([amendment], old, new, standing, renumbered)))


def carry_all(
    amendments: Iterable[Amendment],
    old: Law,
    new: Law,
    standing: Standing | None = None,
    renumbered: Renumbered | None = None,
) -> list[Carrying]:
    """Carry amendments that start from the same version, sharing what has to be looked up. Where the new version came
    of a merge, `standing` of that merge tells exactly where untouched words went; a difference only infers it. Where
    its numbers ran on after that, `renumbered` is the text between: they are carried onto that one, and from there."""
    ways = _Ways(old, renumbered.law if renumbered else new, standing or {})
    carried = [(amendment, _carry(amendment, ways)) for amendment in amendments]
    if renumbered is None:
        return [one for _, one in carried]
    ways = _Ways(renumbered.law, new, renumbered.standing, numbers_alone=True)
    return [_onwards(amendment, one, ways) for amendment, one in carried]


def _onwards(amendment: Amendment, carried: Carrying, ways: "_Ways") -> Carrying:
    """What becomes of an amendment that was carried, when it is carried on."""
    if carried.outcome in (Carried.NEEDS_AUTHOR, Carried.INCORPORATED):
        return carried
    then = _carry(carried.amendment, ways)
    if then.outcome in (Carried.NEEDS_AUTHOR, Carried.INCORPORATED):
        return replace(then, amendment=amendment)
    return replace(then, outcome=carried.outcome) if then.outcome is Carried.UNCHANGED else then


def _carry(amendment: Amendment, ways: "_Ways") -> Carrying:
    steps = _settled(amendment.edits, [ways.follow(edit) for edit in amendment.edits])
    words = [step for edit, step in zip(amendment.edits, steps, strict=True) if not isinstance(edit, Respace)]
    outcomes = {step.outcome for step in words or steps}
    if Carried.NEEDS_AUTHOR in outcomes:
        colliding = tuple(
            (_about(edit) or "", step.words)
            for edit, step in zip(amendment.edits, steps, strict=True)
            if step.outcome is Carried.NEEDS_AUTHOR
        )
        return Carrying(Carried.NEEDS_AUTHOR, amendment, colliding)
    if outcomes == {Carried.INCORPORATED}:
        return Carrying(Carried.INCORPORATED, amendment)
    edits = tuple(step.edit for step in steps if step.edit is not None)
    outcome = Carried.UNCHANGED if edits == amendment.edits else Carried.SHIFTED
    return Carrying(outcome, replace(amendment, edits=edits))


def _settled(edits: Sequence[Edit], steps: Sequence[_Step]) -> list[_Step]:
    """What was to stand in the place of a clause needs its author where somebody else took that clause out."""
    gone = {
        edit.clause_id
        for edit, step in zip(edits, steps, strict=True)
        if isinstance(edit, DeleteClause) and step.outcome is Carried.INCORPORATED
    }
    return [replace(step, outcome=Carried.NEEDS_AUTHOR) if step.replaces & gone else step for step in steps]


def _about(edit: Edit) -> ClauseId | None:
    return edit.after if isinstance(edit, InsertClauses) else edit.clause_id


class _Ways:
    """The way from one version to the next, for any edit. `numbers_alone`: only numbers and references to them differ,
    so that whoever wants a clause out wants the same clause out."""

    def __init__(self, old: Law, new: Law, standing: Standing, *, numbers_alone: bool = False) -> None:
        self.old, self.new, self.standing, self.numbers_alone = old, new, standing, numbers_alone

    @cached_property
    def spots(self) -> Spots:
        return Spots(self.old, self.new)

    def follow(self, edit: Edit) -> _Step:
        if isinstance(edit, InsertClauses):
            return self.follow_insertion(edit)
        if edit.clause_id not in self.new:
            return self.follow_gone(edit)
        if isinstance(edit, ReplaceWords):
            return self.follow_words(edit)
        if isinstance(edit, DeleteClause):
            return self.follow_deletion(edit)
        if isinstance(edit, MoveClause):
            return self.follow_move(edit)
        return self.follow_whole(edit)

    def follow_gone(self, edit: Edit) -> _Step:
        """Of a clause that is not there any more a deletion wants nothing, unless clauses below it stand elsewhere."""
        if isinstance(edit, Respace):
            return _Step(Carried.INCORPORATED)
        if not isinstance(edit, DeleteClause):
            return _Step(Carried.NEEDS_AUTHOR)
        saved = [below for below in self.spots.old.below(edit.clause_id) if below in self.new]
        if saved:
            return _Step(Carried.NEEDS_AUTHOR, words=write(self.new[below] for below in saved))
        return _Step(Carried.INCORPORATED)

    def follow_whole(self, edit: RestateClause | Relabel | Respace) -> _Step:
        standing = self.new[edit.clause_id]
        if isinstance(edit, Respace):
            return _Step(Carried.UNCHANGED, replace(edit, old=standing.tail))
        return _whole(edit, standing.body if isinstance(edit, RestateClause) else standing.lead)

    def follow_words(self, edit: ReplaceWords) -> _Step:
        old_body, new_body = self.old[edit.clause_id].body, self.new[edit.clause_id].body
        if old_body == new_body:
            return _Step(Carried.UNCHANGED, edit)
        end = edit.start + len(edit.old)
        start = _moved(edit.start, end, old_body, new_body, self.standing.get(edit.clause_id, ()))
        if start is None:
            start = untouched(edit.start, end, old_body, new_body)
        if start is not None:
            return _Step(Carried.SHIFTED, replace(edit, start=start))
        low, high = _stretch(edit.start, end, old_body, new_body)
        words = new_body[low:high]
        said = edit.new.strip() and words.strip() == edit.new.strip()
        return _Step(
            Carried.INCORPORATED if said or (not edit.new and not words.strip()) else Carried.NEEDS_AUTHOR, words=words
        )

    def follow_deletion(self, edit: DeleteClause) -> _Step:
        standing = write(self.new[clause_id] for clause_id in self.spots.new.below(edit.clause_id))
        if standing.strip() == edit.old.strip():
            return _Step(Carried.UNCHANGED, edit)
        if self.numbers_alone:
            return _Step(Carried.SHIFTED, replace(edit, old=standing))
        return _Step(Carried.NEEDS_AUTHOR, words=standing)

    def follow_insertion(self, edit: InsertClauses) -> _Step:
        spot = self.spots.find(edit)
        if spot is not None and self.spots.holds(spot, edit.source):
            return _Step(Carried.INCORPORATED)
        return self.follow_place(edit, spot)

    def follow_move(self, edit: MoveClause) -> _Step:
        spot = self.spots.find(edit)
        if spot is not None and edit.clause_id in spot.came:
            alone = spot.came == (edit.clause_id,)
            return _Step(
                Carried.INCORPORATED, edit if alone else None
            )  # kept beside others it is to stand in order with
        moved = not self.spots.stayed(edit.clause_id)
        return _Step(Carried.NEEDS_AUTHOR) if moved else self.follow_place(edit, spot)

    def follow_place(self, edit: InsertClauses | MoveClause, spot: Spot | None) -> _Step:
        """To the same place; among what came to it since, in the order of numbers."""
        there = self.spots.at(edit, spot) if spot is not None else None
        if spot is None or there is None:
            return _Step(Carried.NEEDS_AUTHOR, words=self.spots.text(spot) if spot else "")
        return _Step(Carried.UNCHANGED if there == edit else Carried.SHIFTED, there, replaces=spot.gone)


def _whole(edit: RestateClause | Relabel, standing: str) -> _Step:
    if standing == edit.old:
        return _Step(Carried.UNCHANGED, edit)
    return _Step(Carried.INCORPORATED if standing == edit.new else Carried.NEEDS_AUTHOR, words=standing)


def _moved(start: int, end: int, old_body: str, new_body: str, standing: Iterable[tuple[int, int, str]]) -> int | None:
    """Where words went that a merge left alone; None where it changed them, and where the new body is not its work."""
    shift = at = 0
    made = ""
    for low, high, text in standing:
        if (low < end and start < high) or (start == end and low <= start <= high):
            return None
        shift += len(text) - (high - low) if high <= start else 0
        made += old_body[at:low] + text
        at = high
    return start + shift if made + old_body[at:] == new_body else None


def untouched(start: int, end: int, old_body: str, new_body: str) -> int | None:
    """Where the words old_body[start:end] stand in the new body; None when the words themselves were changed.

    A point between two words (start == end) is found only where nothing changed on either side of it.
    """
    before = after = 0
    spans = _difference(old_body, new_body)
    for at, span in enumerate(spans):
        length = len(span.text)
        if span.op == "=" and before <= start and end <= before + length:
            changed_before = start == end == before and at > 0
            changed_behind = start == end == before + length and at + 1 < len(spans)
            return None if changed_before or changed_behind else after + start - before
        before += length if span.op != "+" else 0
        after += length if span.op != "-" else 0
    return None


@lru_cache(maxsize=64)
def _difference(old_body: str, new_body: str) -> tuple[Span, ...]:
    """Many amendments and comments are followed through the same difference."""
    return diff(old_body, new_body)


def _stretch(start: int, end: int, old_body: str, new_body: str) -> tuple[int, int]:
    """The stretch of the new body that took the place of old_body[start:end]."""
    found: list[int] = []
    for low, high, new_low, new_high, equal in _blocks(old_body, new_body):
        touching = low <= end and start <= high if start == end or low == high else low < end and start < high
        if touching and equal:
            found += [new_low + max(0, start - low), new_low + max(0, min(high, end) - low)]
        elif touching:
            found += [new_low, new_high]
    return (min(found), max(found)) if found else (0, 0)


def _blocks(old_body: str, new_body: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """Stretches of the old body with the stretches of the new one in their place, and whether they are equal."""
    old_at = new_at = old_end = new_end = 0
    for span in diff(old_body, new_body):
        if span.op == "=":
            if old_end > old_at or new_end > new_at:
                yield old_at, old_end, new_at, new_end, False
            old_at, new_at = old_end + len(span.text), new_end + len(span.text)
            yield old_end, old_at, new_end, new_at, True
            old_end, new_end = old_at, new_at
        elif span.op == "-":
            old_end += len(span.text)
        else:
            new_end += len(span.text)
    if old_end > old_at or new_end > new_at:
        yield old_at, old_end, new_at, new_end, False


def carry_quote(quote: str, start: int, old_body: str, new_body: str) -> int | None:
    """Where quoted words of the old body stand in the new one; None when the words themselves were changed."""
    if old_body[start : start + len(quote)] != quote:
        return None
    return start if old_body == new_body else untouched(start, start + len(quote), old_body, new_body)
