"""The difference of two texts in whole words.

A difference rebuilds both texts exactly: the `=` and `-` spans joined are the old text, the `=` and `+` spans the new.
Tokens carry the white space behind them, so that edits begin and end where a person would begin and end them. The
longest common subsequence is rapidfuzz's (exact, bit-parallel); diff-match-patch's semantic clean-up then removes the
scraps of unchanged words between edits, working on one character per token so that no word can be cut.
"""

import re
from collections.abc import Sequence
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


class _Letters(dict[str, str]):
    """A letter for every token, made when first asked for; surrogates are left out. `tokens` is the way back."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: dict[str, str] = {}

    def __missing__(self, token: str) -> str:
        code = 0x4E00 + len(self)
        letter = self[token] = chr(code if code < 0xD800 else code + 0x800)
        self.tokens[letter] = token
        return letter

    def text(self, letters: str) -> str:
        return "".join(map(self.tokens.__getitem__, letters))


def _edits(old: str, new: str, readable: bool) -> list[_Edit]:
    """Blocks between blank lines first, then the words inside blocks that are not the same."""
    if "\n" not in old or "\n" not in new:
        return _edits_of_words(old, new, readable)
    letters = _Letters()
    one = "".join(map(letters.__getitem__, BLOCK.findall(old)))
    other = "".join(map(letters.__getitem__, BLOCK.findall(new)))
    edits: list[_Edit] = []
    before = ""
    for block in _grouped(_changes(one, other)):
        inside = _edits_of_words(letters.text(block.removed), letters.text(block.added), readable)
        inside[0] = inside[0]._replace(before=before + letters.text(block.before) + inside[0].before)
        before = "" if inside[-1].removed or inside[-1].added else inside.pop().before
        edits += inside
    return [*edits, _Edit(before, "", "")] if before or not edits else edits


def _edits_of_words(old: str, new: str, readable: bool) -> list[_Edit]:
    letters = _Letters()
    one = "".join(map(letters.__getitem__, TOKEN.findall(old)))
    other = "".join(map(letters.__getitem__, TOKEN.findall(new)))
    edits = _grouped(_changes(one, other))
    if readable and len(edits) > 1:
        edits = _without_scraps(edits, letters)
        if 1 < len(edits) <= MOST_CLEANED and edits[1].removed + edits[1].added:
            edits = _without_scraps(_cleaned(edits), letters)
    return [_Edit(*map(letters.text, edit)) for edit in edits]


def _cleaned(edits: Sequence[_Edit]) -> list[_Edit]:
    """After diff-match-patch's semantic clean-up, on one letter per word so that no word can be cut."""
    changes = [(op, run) for edit in edits for op, run in zip((0, -1, 1), edit, strict=True) if run]
    _CLEANER.diff_cleanupSemantic(changes)
    return _grouped(changes)


def _changes(one: str, other: str) -> list[tuple[int, str]]:
    """The longest common subsequence as diff-match-patch writes differences: (-1, 0 or 1, letters)."""
    if len(one) * len(other) > LARGEST_SEARCH:
        return [(op, letters) for op, letters in ((-1, one), (1, other)) if letters]
    changes: list[tuple[int, str]] = []
    steps = cast(list[tuple[str, int, int, int, int]], Indel.opcodes(one, other).as_list())
    for tag, start, end, into, until in steps:
        if tag == "equal":
            changes.append((0, one[start:end]))
            continue
        if end > start:
            changes.append((-1, one[start:end]))
        if until > into:
            changes.append((1, other[into:until]))
    return changes


def _grouped(changes: Sequence[tuple[int, str]]) -> list[_Edit]:
    """Neighbouring changes of one kind as one; between two unchanged stretches one edit."""
    edits: list[_Edit] = []
    before = removed = added = ""
    for op, text in changes:
        if op < 0:
            removed += text
        elif op > 0:
            added += text
        else:
            if removed or added:
                edits.append(_Edit(before, removed, added))
                before = removed = added = ""
            before += text
    edits.append(_Edit(before, removed, added))
    return edits


def _without_scraps(edits: Sequence[_Edit], letters: _Letters) -> list[_Edit]:
    """Unchanged stretches between two edits that nobody can read as such, taken into the edits: those without a word,
    and those that are shorter than both edits beside them."""
    kept: list[tuple[_Edit, int]] = []
    for edit in edits:
        behind = edit
        size = max(len(letters.text(edit.removed)), len(letters.text(edit.added)))
        while kept and size:
            last, before = kept[-1]
            scrap = letters.text(behind.before)
            if len(scrap) >= min(size, before) and WORDS.search(scrap):
                break
            kept.pop()
            removed = last.removed + behind.before + behind.removed
            behind = _Edit(last.before, removed, last.added + behind.before + behind.added)
            size += before + len(scrap)
        kept.append((behind, size))
    return [edit for edit, _ in kept]
