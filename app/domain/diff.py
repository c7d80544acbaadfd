"""The difference of two texts in whole words.

A difference rebuilds both texts exactly: the `=` and `-` spans joined are the old text, the `=` and `+` spans the new.
Tokens carry the white space behind them, so that edits begin and end where a person would begin and end them. The
longest common subsequence is rapidfuzz's (exact, bit-parallel); diff-match-patch's semantic clean-up then removes the
scraps of unchanged words between edits, working on one character per token so that no word can be cut.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

Op = Literal["=", "-", "+"]

MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u00ad\u200c\u200d"
WORD = rf"[\w{MARKS}]+(?:['’ʼ‑-][\w{MARKS}]+)*"
TOKEN = re.compile(rf"(?:{WORD}|[^\w\s{MARKS}])\s*|\s+")
WORDS = re.compile(WORD)
LARGEST_SEARCH = 400_000_000
"""Above this product of token counts (about 50 MB of bit vectors) the differing middle is taken as replaced whole."""

_CLEANER = diff_match_patch()
_CLEANER.Diff_Timeout = 0  # never depend on the machine's load


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that stayed (`=`), left (`-`) or came (`+`). Spans never cut a word."""

    op: Op
    text: str


def tokens(text: str) -> list[str]:
    """The words and punctuation marks of a text, each with the white space behind it; joined, they are the text."""
    return TOKEN.findall(text)


def cuts_a_word(text: str, position: int) -> bool:
    """Whether a position of the text falls inside a word."""
    if not 0 < position < len(text) or text[position].isspace() or text[position - 1].isspace():
        return False
    start = max((index for index in range(max(0, position - 200), position) if text[index].isspace()), default=-1) + 1
    return any(word.start() < position < word.end() for word in WORDS.finditer(text, start))


def diff(old: str, new: str, *, readable: bool = True) -> tuple[Span, ...]:
    """The word-level difference, readable: few scraps of unchanged words between edits. Deterministic.

    With `readable=False` every word that stayed is said to have stayed, as provenance needs it.
    """
    if old == new:
        return (Span("=", old),) if old else ()
    words: dict[str, str] = {}
    one = "".join(words.setdefault(token, _letter(len(words))) for token in tokens(old))
    other = "".join(words.setdefault(token, _letter(len(words))) for token in tokens(new))
    meaning = {letter: token for token, letter in words.items()}
    changes = _changes(one, other)
    if readable:
        _CLEANER.diff_cleanupSemantic(changes)
    ops: dict[int, Op] = {0: "=", -1: "-", 1: "+"}
    return _joined(Span(ops[op], "".join(map(meaning.__getitem__, letters))) for op, letters in changes)


def _letter(number: int) -> str:
    """A distinct letter for the n-th word, leaving out the surrogates."""
    code = 0x4E00 + number
    return chr(code if code < 0xD800 else code + 0x800)


def _changes(one: str, other: str) -> list[tuple[int, str]]:
    """The longest common subsequence as diff-match-patch writes differences: (-1, 0 or 1, letters)."""
    if len(one) * len(other) > LARGEST_SEARCH:
        return [(op, letters) for op, letters in ((-1, one), (1, other)) if letters]
    changes: list[tuple[int, str]] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            changes.append((0, one[step.src_start : step.src_end]))
            continue
        if step.src_end > step.src_start:
            changes.append((-1, one[step.src_start : step.src_end]))
        if step.dest_end > step.dest_start:
            changes.append((1, other[step.dest_start : step.dest_end]))
    return changes


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbouring spans of one kind as one; between two unchanged spans the deletion stands before the insertion."""
    joined: list[Span] = []
    removed = added = ""
    for span in spans:
        if span.op == "-":
            removed += span.text
        elif span.op == "+":
            added += span.text
        elif span.text:
            joined += _pair(removed, added)
            removed = added = ""
            if joined and joined[-1].op == "=":
                joined[-1] = Span("=", joined[-1].text + span.text)
            else:
                joined.append(span)
    return tuple(joined + _pair(removed, added))


def _pair(removed: str, added: str) -> list[Span]:
    pairs: tuple[tuple[Op, str], ...] = (("-", removed), ("+", added))
    return [Span(op, text) for op, text in pairs if text]
