"""Which words an amending instruction quotes: a difference of one clause as replacements, deletions and insertions.

Every quotation occurs exactly once in the old words, and all of them refer to the old words. Words are set off by one
space; before closing punctuation there is none. A change that cannot be said so is said by restating the clause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import Indel

from app.domain.diff import WORDS, diff, tokens

CLOSING = ",.;:!?)]}»”…"
ENDING = ".!?…"
ENOUGH = 12  # ways of quoting a change that are compared
NEARBY = 8  # words to either side that are tried before the rest of the clause
MOST_HUNKS = 3
LEAST_ALIKE = 0.55
NEAR = 2
"""Hunks with no more words than this between them are one; more hunks, or less in common: restate (section 1.4)."""
_SENTENCES = re.compile(r"[^\Wa-zа-яёңөү].*[.!?…]", re.DOTALL)


class Deed(StrEnum):
    """What is done to the quoted words."""

    REPLACE = "replace"
    DELETE = "delete"
    AFTER = "after"
    BEFORE = "before"
    ADD_SENTENCE = "add_sentence"  # at the very end


@dataclass(frozen=True, slots=True)
class Wording:
    """One change of words: `words` are quoted from the old text, `new` is what comes (empty for a deletion)."""

    deed: Deed
    words: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Hunk:
    """`old[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def wordings(old: str, new: str) -> tuple[Wording, ...] | None:
    """The changes that turn the old words into the new ones, in their order; None: the clause is to be restated."""
    hunks = _near_joined(old, [_trimmed(old, hunk) for hunk in _hunks(old, new)])
    if not _worth_quoting(old, new, hunks):
        return None
    found = _worded(old, hunks)
    return found if found is not None and applied(old, found) == new else None


def applied(old: str, changes: Sequence[Wording]) -> str | None:
    """The words after these changes, all of which quote the old words; None where a quotation is not unique."""
    hunks: list[Hunk] = []
    for change in changes:
        hunk = _placed(old, change)
        if hunk is None:
            return None
        hunks.append(hunk)
    hunks.sort(key=lambda hunk: hunk.start)
    if any(one.end >= other.start for one, other in pairwise(hunks)):
        return None
    for hunk in reversed(hunks):
        old = old[: hunk.start] + hunk.new + old[hunk.end :]
    return old


def _placed(old: str, change: Wording) -> Hunk | None:
    """Where a change takes effect, by the rules for spaces that the module states."""
    if change.deed is Deed.ADD_SENTENCE:
        return Hunk(len(old), len(old), f" {change.new}" if old else change.new)
    places = standing(old, change.words)
    if len(places) != 1:
        return None
    start = places[0]
    end = start + len(change.words)
    if change.deed is Deed.AFTER:
        return Hunk(end, end, _spaced(change.new))
    if change.deed is Deed.BEFORE:
        return Hunk(start, start, change.new + _spaced(change.words).removesuffix(change.words))
    return _taken_out(old, start, end) if change.deed is Deed.DELETE else Hunk(start, end, change.new)


def _taken_out(old: str, start: int, end: int) -> Hunk:
    """A deletion takes the space before the words with it, at the very beginning the one behind them."""
    if old[start - 1 : start] == " ":
        return Hunk(start - 1, end, "")
    return Hunk(start, end + (1 if start == 0 and old[end : end + 1] == " " else 0), "")


def _spaced(words: str) -> str:
    return words if words[:1] in CLOSING else f" {words}"


def standing(text: str, words: str) -> list[int]:
    """Where the words stand in the text as whole words, those that overlap too: 24 does not stand in 240."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        begins_inside = words[0].isalnum() and _is_letter(text[at - 1 : at])
        ends_inside = words[-1].isalnum() and _is_letter(text[end : end + 1])
        if not begins_inside and not ends_inside:
            found.append(at)
        at = text.find(words, at + 1)
    return found


def _is_letter(sign: str) -> bool:
    """What may stand inside a word; nothing at the ends of a text."""
    return sign.isalnum() or sign == "_"


def _hunks(old: str, new: str) -> list[Hunk]:
    hunks: list[Hunk] = []
    at = 0
    for span in diff(old, new):
        if span.op == "=":
            at += len(span.text)
            continue
        if span.op == "-":
            hunks.append(Hunk(at, at + len(span.text), ""))
            at += len(span.text)
        elif hunks and hunks[-1].end == at:
            hunks[-1] = Hunk(hunks[-1].start, at, span.text)
        else:
            hunks.append(Hunk(at, at, span.text))
    return hunks


def _near_joined(old: str, hunks: Sequence[Hunk]) -> list[Hunk]:
    joined: list[Hunk] = []
    for hunk in hunks:
        if joined and len(WORDS.findall(old[joined[-1].end : hunk.start])) <= NEAR:
            joined[-1] = _one(old, joined[-1], hunk)
        else:
            joined.append(hunk)
    return joined


def _one(old: str, first: Hunk, second: Hunk) -> Hunk:
    """Two hunks, which may overlap where they were widened, as one."""
    between = old[first.end : second.start]
    new = second.new if first.end <= second.start else _without_overlap(old, first, second)
    return Hunk(min(first.start, second.start), max(first.end, second.end), first.new + between + new)


def _without_overlap(old: str, first: Hunk, second: Hunk) -> str:
    """What the second brings behind the words both claim: they were widened over words that stay."""
    shared = old[second.start : first.end]
    return second.new.removeprefix(shared)


def _worth_quoting(old: str, new: str, hunks: Sequence[Hunk]) -> bool:
    """Whether a drafter would quote words rather than restate: few changes, most words in common."""
    if not old.strip() or not new.strip() or len(hunks) > MOST_HUNKS:
        return False
    one_sided = len(hunks) == 1 and (not hunks[0].new.strip() or not old[hunks[0].start : hunks[0].end].strip())
    return one_sided or _alike(old, new) >= LEAST_ALIKE


def _alike(old: str, new: str) -> float:
    return Indel.normalized_similarity(*([token.strip() for token in tokens(text)] for text in (old, new)))


def _worded(old: str, hunks: Sequence[Hunk]) -> tuple[Wording, ...] | None:
    """Quotations for the hunks. Where two of them meet, their hunks are taken together and quoted anew."""
    found = [_quoted(old, hunk) for hunk in hunks]
    for place, ((_, one), (_, other)) in enumerate(pairwise(found)):
        if one.end >= other.start:
            joined = _one(old, hunks[place], hunks[place + 1])
            return _worded(old, [*hunks[:place], joined, *hunks[place + 2 :]])
    return tuple(wording for wording, _ in found if wording) if all(wording for wording, _ in found) else None


def _quoted(old: str, hunk: Hunk) -> tuple[Wording | None, Hunk]:
    """The shortest way to say a hunk that has exactly its effect, and the stretch it touches."""
    hunk = _trimmed(old, hunk)
    for wording in _ways(old, hunk):
        placed = _placed(old, wording)
        if placed is not None and _result(old, placed) == _result(old, hunk):
            return wording, placed
    return None, hunk


def _result(old: str, hunk: Hunk) -> str:
    return old[: hunk.start] + hunk.new + old[hunk.end :]


def _trimmed(old: str, hunk: Hunk) -> Hunk:
    """Without the words and marks that begin or end both the old and the new stretch."""
    start, end, new = hunk.start, hunk.end, hunk.new
    while start < end and new:
        mine, theirs = tokens(old[start:end])[0], tokens(new)[0]
        if mine.rstrip() != theirs.rstrip() or not mine.rstrip():
            break
        shared = len(mine) if mine == theirs else len(mine.rstrip())
        start, new = start + shared, new[shared:]
        if mine != theirs:
            break
    while start < end and new:
        mine, theirs = tokens(old[start:end])[-1], tokens(new)[-1]
        if mine != theirs:
            break
        end, new = end - len(mine), new[: len(new) - len(theirs)]
    return _whole_sentences(old, Hunk(start, end, new))


def _whole_sentences(old: str, hunk: Hunk) -> Hunk:
    """`[. It ends] .` is the same change as `. [ It ends.]`, and only the second is a sentence."""
    mark = old[hunk.end : hunk.end + 1]
    if not mark or mark not in ENDING:
        return _before_a_particle(old, hunk)
    if hunk.start == hunk.end and hunk.new.startswith(mark):
        return Hunk(hunk.start + 1, hunk.end + 1, hunk.new[1:] + mark)
    if not hunk.new and old[hunk.start] == mark and hunk.start < hunk.end:
        return Hunk(hunk.start + 1, hunk.end + 1, "")
    return hunk


def _before_a_particle(old: str, hunk: Hunk) -> Hunk:
    """`in [writing and in] time` is the same insertion as `[in writing and] in time`, which reads better."""
    if hunk.start != hunk.end:
        return hunk
    before, new = tokens(old[: hunk.start]), tokens(hunk.new)
    if not before or before[-1] != new[-1] or len(new) < 2 or not re.fullmatch(r"\w{1,2}\s+", before[-1]):
        return hunk
    start = hunk.start - len(before[-1])
    return Hunk(start, start, before[-1] + "".join(new[:-1]))


def _ways(old: str, hunk: Hunk) -> list[Wording]:
    """How a hunk can be said, best first."""
    ways: list[Wording] = []
    words, new = old[hunk.start : hunk.end].strip(), hunk.new.strip()
    if not words and new:
        if not old[hunk.end :].strip() and old.rstrip()[-1:] in ENDING and _SENTENCES.fullmatch(new):
            ways.append(Wording(Deed.ADD_SENTENCE, "", new))
        before, behind = anchor_before(old, hunk.start), anchor_behind(old, hunk.end)
        ways += [Wording(Deed.AFTER, before, new)] if before else []
        ways += [Wording(Deed.BEFORE, behind, new)] if behind else []
    elif words and not new:
        ways += _widened(old, hunk, words_too=False)[:1]
    return ways + _widened(old, hunk, words_too=True)


def anchor_before(old: str, at: int) -> str:
    """The fewest words before a place that occur once; a comma or a preposition alone says too little."""
    return _telling(old, [old[start:at].strip() for start in reversed(_starts(old)) if start < at])


def anchor_behind(old: str, at: int) -> str:
    """The fewest words behind a place that occur once."""
    return _telling(old, [old[at:end].strip() for end in [*_starts(old)[1:], len(old)] if end > at])


def _telling(old: str, anchors: Sequence[str]) -> str:
    """The first that occurs once and has a word of three letters or a figure; failing that, any that occurs once."""
    first = ""
    for words in anchors:
        if WORDS.search(words) and len(standing(old, words)) == 1:
            first = first or words
            if re.search(r"\w{3}|\d", words):
                return words
    return first


def _starts(text: str) -> list[int]:
    starts = [0]
    for token in tokens(text):
        starts.append(starts[-1] + len(token))
    return starts[:-1]


def _widened(old: str, hunk: Hunk, words_too: bool) -> list[Wording]:
    """Replacements of the hunk widened to the left, then to the right, until the quoted words occur once.

    With `words_too` at least one word is quoted, and of a deletion or an insertion a word that stays; without it a
    deletion is quoted as it is, if that is unique. Those that cut no quotation in two come first.
    """
    found: list[Wording] = []
    for left, right in _stretches(old, hunk):
        words = old[left:right].strip()
        new = (old[left : hunk.start] + hunk.new + old[hunk.end : right]).strip()
        if not words or len(standing(old, words)) != 1 or (words_too and not (new and WORDS.search(words))):
            continue
        found.append(Wording(Deed.REPLACE, words, new))
        if len(found) >= ENOUGH:
            break
    if words_too:
        return sorted(found, key=lambda way: _is_cut(way.words) or _is_cut(way.new))
    itself = old[hunk.start : hunk.end].strip()
    return [Wording(Deed.DELETE, way.words) for way in found if way.words == itself and not _is_cut(itself)]


def _stretches(old: str, hunk: Hunk) -> list[tuple[int, int]]:
    """The hunk, widened word by word to the left, to the right, and to both sides."""
    marks = [*_starts(old), len(old)]
    lefts = [mark for mark in reversed(marks) if mark < hunk.start]
    rights = [mark for mark in marks if mark > hunk.end]
    near = [(left, hunk.end) for left in [hunk.start, *lefts[:NEARBY]]] + [(hunk.start, r) for r in rights[:NEARBY]]
    return near + [(left, hunk.end) for left in lefts[NEARBY:]] + [(0, right) for right in rights]


def _is_cut(words: str) -> bool:
    """Whether words begin or end inside a quotation or a bracket."""
    pairs = (("«", "»"), ("“", "”"), ("(", ")"))
    return words.count('"') % 2 == 1 or any(words.count(one) != words.count(other) for one, other in pairs)
