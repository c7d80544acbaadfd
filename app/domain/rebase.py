"""Carrying an open amendment onto a new version through the known difference. None is lost, none silently altered."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.edits import Amendment, Law


class Carried(StrEnum):
    UNCHANGED = "unchanged"
    SHIFTED = "shifted"  # same words, other place
    INCORPORATED = "incorporated"  # the new text already says it
    NEEDS_AUTHOR = "needs_author"


@dataclass(frozen=True, slots=True)
class Carrying:
    """The outcome for one amendment. `amendment` holds the edits on the new version; where it needs its author, the
    edits are those on the old version, unaltered, and `colliding` names what got in the way as (clause id, words)."""

    outcome: Carried
    amendment: Amendment
    colliding: tuple[tuple[str, str], ...] = ()


def carry(amendment: Amendment, old: Law, new: Law) -> Carrying:
    """Carry one amendment from the old version to the new; clauses are the same where their ids are."""
    raise NotImplementedError


def carry_quote(quote: str, start: int, old_body: str, new_body: str) -> int | None:
    """Where quoted words of the old body stand in the new one; None when the words themselves were changed.

    Through the difference, never by similarity.
    """
    raise NotImplementedError
