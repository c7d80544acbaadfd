"""The difference of two texts in whole words.

A difference rebuilds both texts exactly: the `=` and `-` spans joined are the old text, the `=` and `+` spans the new.
"""

from dataclasses import dataclass
from typing import Literal

Op = Literal["=", "-", "+"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that stayed (`=`), left (`-`) or came (`+`). Spans never cut a word."""

    op: Op
    text: str


def tokens(text: str) -> list[str]:
    """The words and punctuation marks of a text, each with the white space that follows it; joined, they are the text."""
    raise NotImplementedError


def diff(old: str, new: str) -> tuple[Span, ...]:
    """The word-level difference, readable: no confetti of unchanged scraps between edits. Deterministic."""
    raise NotImplementedError
