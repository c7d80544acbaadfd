"""What became of an amendment, derived from the text of the result and never chosen."""

from collections.abc import Sequence
from enum import StrEnum

from app.domain.diff import diff
from app.domain.edits import edits_between


class Fate(StrEnum):
    """What became of an amendment, derived from the text."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    SUPERSEDED = "superseded"  # its words stand, but only because another side that was chosen contains them
    NOT_ADOPTED = "not_adopted"
    BRACKETED = "bracketed"  # part of a collision whose sides stay on the table
    UNSETTLED = "unsettled"  # part of a collision without a settlement


def outcome(base: str, wanted: str, text: str, *, by_side: bool) -> str:
    """What became of a side whose stretch now reads `text`: stands, contained, part or lost.

    `by_side`: the collision was settled by a side, not by own words. A side is contained where the chosen one says all
    that it brought, and more.
    """
    if text == wanted:
        return "stands"
    mine = {(edit.start, edit.old, edit.new) for edit in edits_between("", base, wanted)}
    made = {(edit.start, edit.old, edit.new) for edit in edits_between("", base, text)}
    if mine and mine <= made:
        return "stands"
    brought = [span.text.strip() for span in diff(base, wanted) if span.op == "+" and span.text.strip()]
    there = [words in text and words not in base for words in brought]
    if by_side and brought and all(there):
        return "contained"
    return "part" if mine & made or any(there) else "lost"


def fate(outcomes: Sequence[str]) -> Fate:
    """The fate of an amendment from what became of each of its edits. One without edits has nothing to lose."""
    if "open" in outcomes:
        return Fate.UNSETTLED
    if "kept" in outcomes:
        return Fate.BRACKETED
    if all(outcome == "stands" for outcome in outcomes):
        return Fate.ADOPTED
    if all(outcome in ("stands", "contained") for outcome in outcomes):
        return Fate.SUPERSEDED
    return Fate.NOT_ADOPTED if all(outcome == "lost" for outcome in outcomes) else Fate.ADOPTED_IN_PART
