"""Carrying an open amendment onto a new version through the known difference. None is lost, none silently altered.

Clauses are the same where their permanent ids are; inside a clause, words are followed through its difference. A quote
is never re-anchored by similarity.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

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
from app.domain.tree import Tree


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


Standing = Mapping[ClauseId, Sequence[tuple[int, int, str]]]
"""What a merge made of the words of clauses: start and end in the old body, and what now stands there."""


def carry(amendment: Amendment, old: Law, new: Law, standing: Standing | None = None) -> Carrying:
    """Carry one amendment from the old version to the new."""
    return next(iter(carry_all([amendment], old, new, standing)))


def carry_all(amendments: Iterable[Amendment], old: Law, new: Law, standing: Standing | None = None) -> list[Carrying]:
    """Carry amendments that start from the same version, sharing what has to be looked up. Where the new version came
    of a merge, `standing` of that merge tells exactly where untouched words went; a difference only infers it."""
    ways = _Ways(old, new, standing or {})
    return [_carry(amendment, ways) for amendment in amendments]


def _carry(amendment: Amendment, ways: "_Ways") -> Carrying:
    steps = [ways.follow(edit) for edit in amendment.edits]
    outcomes = {step.outcome for step in steps}
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


def _about(edit: Edit) -> ClauseId | None:
    return edit.after if isinstance(edit, InsertClauses) else edit.clause_id


class _Ways:
    """The way from one version to the next, for any edit."""

    def __init__(self, old: Law, new: Law, standing: Standing) -> None:
        self.old, self.new, self.standing = old, new, standing
        self._trees: dict[str, Tree] = {}
        self._arrived: set[str] | None = None

    def follow(self, edit: Edit) -> _Step:
        if isinstance(edit, InsertClauses):
            return self.follow_insertion(edit)
        if edit.clause_id not in self.new:
            gone = isinstance(edit, DeleteClause)
            return _Step(Carried.INCORPORATED if gone else Carried.NEEDS_AUTHOR, words="")
        if isinstance(edit, ReplaceWords):
            return self.follow_words(edit)
        if isinstance(edit, DeleteClause):
            return self.follow_deletion(edit)
        return self.follow_whole(edit)

    def follow_whole(self, edit: RestateClause | Relabel | MoveClause | Respace) -> _Step:
        if isinstance(edit, MoveClause):
            there = edit.after is None or edit.after in self.new
            return _Step(Carried.UNCHANGED, edit) if there else _Step(Carried.NEEDS_AUTHOR)
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
        tree = self._trees.setdefault("new", Tree(self.new))
        standing = write(self.new[clause_id] for clause_id in tree.below(edit.clause_id))
        if standing.strip() == edit.old.strip():
            return _Step(Carried.UNCHANGED, edit)
        return _Step(Carried.NEEDS_AUTHOR, words=standing)

    def follow_insertion(self, edit: InsertClauses) -> _Step:
        if self._arrived is None:
            self._arrived = {clause.source.strip() for key, clause in self.new.items() if key not in self.old}
        blocks = [block.strip() for block in edit.source.replace("\r\n", "\n").split("\n\n") if block.strip()]
        if blocks and all(block in self._arrived for block in blocks):
            return _Step(Carried.INCORPORATED)
        there = edit.after is None or edit.after in self.new
        return _Step(Carried.UNCHANGED, edit) if there else _Step(Carried.NEEDS_AUTHOR)


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
