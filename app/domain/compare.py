"""Which clause of the new text is which clause of the old, and how its words changed.

Below a threshold nothing is guessed: an uncertain link is shown as uncertain and counted as not linked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.clauses import Clause
from app.domain.diff import Span


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


@dataclass(frozen=True, slots=True)
class Change:
    """One pair of clauses: `old` and `new` are positions in the two sequences compared, None for inserted and deleted.

    `certainty` in (0, 1]: 1 for equal text in place; `possible` names the positions of clauses it may be but was not
    linked to. `spans` is the word difference of the bodies, empty for kept clauses.
    """

    kind: ChangeKind
    old: int | None
    new: int | None
    certainty: float = 1.0
    spans: tuple[Span, ...] = ()
    possible: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every clause of both texts exactly once as itself, in the order of the new text with deletions where they stood.

    (A split or joined clause is linked to its principal counterpart; its other parts name it in `possible`.)
    """

    changes: tuple[Change, ...]


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> Comparison:
    """Compare two versions. Equal clauses are matched by hash first; only the rest is searched."""
    raise NotImplementedError
