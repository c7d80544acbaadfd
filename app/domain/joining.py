"""Lines without blank lines between them: which begins a clause of its own, and which goes on with the one before."""

import re

from app.domain.blocks import HEADING
from app.domain.enumerators import enumerator
from app.domain.headings import plain_heading

_BULLET = re.compile(r"[-*+•–—] ")
_ENDS_SENTENCE = re.compile(r"[.!?…][»”\"’)\]*_]{0,3}$")
_ENDS_ITEM = re.compile(r"[;:][»”\"’)\]*_]{0,3}$")
_ABBREVIATED = re.compile(r"(?<!\w)([^\W\d_]{1,3})\.$")
_DIVIDED = re.compile(r"[^\W\d_]-$")


def begins_clause(line: str, first: str, before: str) -> bool:
    """Whether a line begins a clause of its own behind a paragraph: its first line and the one right before. None has
    white space around it."""
    if first is before and _is_mark(before):
        return False
    if HEADING.match(line) or HEADING.match(first) or _BULLET.match(line) or _shows_number(line):
        return True
    end = before[-40:]
    if _ENDS_ITEM.search(end):
        return True
    if plain_heading(first, 0) is not None or _ENDS_SENTENCE.search(end):
        return not line[:1].islower() and not _is_abbreviated(end, line)
    return False


def divides_word(before: str, line: str) -> bool:
    """Whether a word is divided between two lines: they are joined without a space, and the hyphen stays, since it may
    belong to the word."""
    return line[:1].isalpha() and _DIVIDED.search(before[-40:]) is not None


def _is_abbreviated(end: str, line: str) -> bool:
    """Whether a full stop ends a short word and no sentence: `г.` before a name, `art.` before a number."""
    found = _ABBREVIATED.search(end)
    return found is not None and found[1].islower() and (len(found[1]) < 3 or line[:1].isdigit())


def _shows_number(line: str) -> bool:
    return enumerator(line, 0) is not None or (not line[:1].islower() and plain_heading(line, 0) is not None)


def _is_mark(line: str) -> bool:
    """Whether a line is a number or a dash and nothing else: its words follow in the next one."""
    if line == "-":
        return True
    mark = enumerator(line + " ", 0) if len(line) < 40 else None
    return mark is not None and not line[mark.words :].strip()
