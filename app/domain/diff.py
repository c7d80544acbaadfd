"""The difference of two texts in whole words.

A difference rebuilds both texts exactly: the `=` and `-` spans joined are the old text, the `=` and `+` spans the new.
Tokens carry the white space behind them, so that edits begin and end where a person would begin and end them. The
longest common subsequence is rapidfuzz's (exact, bit-parallel); diff-match-patch's semantic clean-up then removes the
scraps of unchanged words between edits, working on one character per token so that no word can be cut.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple, cast

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

Op = Literal["=", "-", "+"]

MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u00ad\u200c\u200d"
WORD = rf"[\w{MARKS}]+(?:['’ʼ‑-][\w{MARKS}]+)*"
TOKEN = re.compile(rf"(?:{WORD}|[^\w\s{MARKS}])\s*|\s+")
WORDS = re.compile(WORD)
BLOCK = re.compile(r"[^\n]*\n\s*|[^\n]+")
LARGEST_SEARCH = 400_000_000
"""Above this product of token counts (about 50 MB of bit vectors) the differing middle is taken as replaced whole."""

MOST_CLEANED = 1_000
"""Edits in one text up to which diff-match-patch cleans up, in a time that grows with their square; more are cleaned
of their scraps only."""

MOST_LETTERS = 0x110000 - 0x4E00 - 0x800
"""Words that can be written with one letter each; a text with more different ones is not cleaned up."""

_CLEANER = diff_match_patch()
_CLEANER.Diff_Timeout = 0  # never depend on the machine's load


class Span(NamedTuple):
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
    start = text.rfind(" ", 0, position) + 1
    for word in WORDS.finditer(text, start):
        if word.end() > position:
            return word.start() < position
    return False


def diff(old: str, new: str, *, readable: bool = True) -> tuple[Span, ...]:
    """The word-level difference, readable: few scraps of unchanged words between edits. Deterministic.

    With `readable=False` every word that stayed is said to have stayed, as provenance needs it.
    """
    if old == new:
        return (Span("=", old),) if old else ()
    start = _shared_start(old, new)
    end = _shared_end(old, new, start)
    edits = _edits(old[start : len(old) - end], new[start : len(new) - end], readable)
    before, after = old[:start], old[len(old) - end :]
    first, last = edits[0], edits[-1]
    edits[0] = first._replace(before=before + first.before)
    spans: list[Span] = []
    for edit in edits:
        _add(spans, edit)
    if last.added or last.removed:
        _add(spans, _Edit(after, "", ""))
    elif after:
        spans[-1] = Span("=", spans[-1].text + after)
    return tuple(spans)


class _Edit(NamedTuple):
    """Unchanged words and the edit behind them: words that left and words that came in their place."""

    before: str
    removed: str
    added: str


def _add(spans: list[Span], edit: _Edit) -> None:
    if edit.before:
        spans.append(Span("=", edit.before))
    if edit.removed:
        spans.append(Span("-", edit.removed))
    if edit.added:
        spans.append(Span("+", edit.added))


def _shared_start(old: str, new: str) -> int:
    """How many characters both texts begin with, up to a place where a word begins behind a space in both."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    at = old.rfind(" ", 0, low) + 1
    while at and (old[at : at + 1].isspace() or new[at : at + 1].isspace()):
        at = old.rfind(" ", 0, at - 1) + 1
    return at


def _shared_end(old: str, new: str, start: int) -> int:
    """The same for the ends of the texts, behind what they begin with."""
    low, high = 0, min(len(old), len(new)) - start
    one, other = len(old), len(new)
    while low < high:
        middle = (low + high + 1) // 2
        if old[one - middle : one - low] == new[other - middle : other - low]:
            low = middle
        else:
            high = middle - 1
    at = old.find(" ", one - low)
    while at >= 0 and old[at + 1 : at + 2].isspace():
        at = old.find(" ", at + 1)
    return one - at - 1 if at >= 0 else 0


def _edits(old: str, new: str, readable: bool) -> list[_Edit]:
    """Blocks between blank lines first, then the words inside blocks that are not the same."""
    if "\n" not in old or "\n" not in new:
        return _edits_of_words(old, new, readable)
    one, other = BLOCK.findall(old), BLOCK.findall(new)
    edits: list[_Edit] = []
    before = ""
    for block in _as_texts(old, _ends(one), new, _ends(other), _changes(one, other)):
        inside = _edits_of_words(block.removed, block.added, readable)
        inside[0] = inside[0]._replace(before=before + block.before + inside[0].before)
        before = "" if inside[-1].removed or inside[-1].added else inside.pop().before
        edits += inside
    return [*edits, _Edit(before, "", "")] if before or not edits else edits


def _edits_of_words(old: str, new: str, readable: bool) -> list[_Edit]:
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    ends, others = _ends(one), _ends(other)
    changes = _changes(one, other)
    if readable and len(changes) > 1:
        changes = _without_scraps(old, ends, others, changes)
        if 1 < len(changes) <= MOST_CLEANED and len(one) + len(other) <= MOST_LETTERS:
            changes = _without_scraps(old, ends, others, _cleaned(one, other, changes))
    return _as_texts(old, ends, new, others, changes)


Change = tuple[int, int, int, int]
"""Tokens of the old text from … to …, and those of the new text that came in their place."""


def _ends(tokens: Sequence[str]) -> list[int]:
    """Where each token begins, and behind the last one where the text ends."""
    return [0, *accumulate(map(len, tokens))]


def _changes(one: Sequence[str], other: Sequence[str]) -> list[Change]:
    """What is not in the longest common subsequence; neighbouring changes are one."""
    if len(one) * len(other) > LARGEST_SEARCH:
        return [(0, len(one), 0, len(other))]
    steps = cast(list[tuple[str, int, int, int, int]], Indel.opcodes(one, other).as_list())
    changes: list[Change] = []
    for tag, start, end, into, until in steps:
        if tag == "equal":
            continue
        if changes and changes[-1][1] == start and changes[-1][3] == into:
            changes[-1] = (changes[-1][0], end, changes[-1][2], until)
        else:
            changes.append((start, end, into, until))
    return changes


def _as_texts(old: str, ends: Sequence[int], new: str, others: Sequence[int], changes: Sequence[Change]) -> list[_Edit]:
    edits: list[_Edit] = []
    at = 0
    for start, end, into, until in changes:
        edits.append(_Edit(old[at : ends[start]], old[ends[start] : ends[end]], new[others[into] : others[until]]))
        at = ends[end]
    return [*edits, _Edit(old[at:], "", "")] if at < len(old) or not edits else edits


def _cleaned(one: Sequence[str], other: Sequence[str], changes: Sequence[Change]) -> list[Change]:
    """After diff-match-patch's semantic clean-up, on one letter per word so that no word can be cut."""
    letters: dict[str, str] = {}
    written: list[tuple[int, str]] = []
    at = 0
    for start, end, into, until in changes:
        for op, run in ((0, one[at:start]), (-1, one[start:end]), (1, other[into:until])):
            if run:
                written.append((op, "".join(letters.setdefault(token, letter(len(letters))) for token in run)))
        at = end
    rest = len(one) - at
    _CLEANER.diff_cleanupSemantic(written)
    return _read_back(written, rest)


def letter(number: int) -> str:
    """A distinct letter for each number below MOST_LETTERS, leaving out the surrogates."""
    code = 0x4E00 + number
    return chr(code if code < 0xD800 else code + 0x800)


def _read_back(written: Sequence[tuple[int, str]], rest: int) -> list[Change]:
    """The changes that diff-match-patch's tuples say; behind them `rest` tokens stay."""
    changes: list[Change] = []
    start = into = end = until = 0
    for op, run in [*written, (0, " " * rest)]:
        if op < 0:
            end += len(run)
        elif op > 0:
            until += len(run)
        elif run:
            if end > start or until > into:
                changes.append((start, end, into, until))
            start = end = end + len(run)
            into = until = until + len(run)
    if end > start or until > into:
        changes.append((start, end, into, until))
    return changes


def _without_scraps(old: str, ends: Sequence[int], others: Sequence[int], changes: Sequence[Change]) -> list[Change]:
    """Unchanged stretches between two edits that nobody can read as such, taken into the edits: those without a word,
    and those that are shorter than both edits beside them."""
    kept: list[tuple[Change, int]] = []
    for change in changes:
        start, end, into, until = change
        size = max(ends[end] - ends[start], others[until] - others[into])
        while kept:
            (first, last, low, _), before = kept[-1]
            scrap = ends[start] - ends[last]
            if scrap >= min(size, before) and WORDS.search(old, ends[last], ends[start]):
                break
            kept.pop()
            start, into = first, low
            size += before + scrap
        kept.append(((start, end, into, until), size))
    return [change for change, _ in kept]
