"""A text cut where its clauses begin, before anything is known about their kinds: `blocks`.

A block carries the blank lines, rules and underlines behind it. Tables, fenced code and comments are one block each.
"""

import re
from typing import NamedTuple

from app.domain.clauses import Kind
from app.domain.enumerators import begins_unit
from app.domain.headings import plain_heading

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)?")
HEADING = re.compile(r"\ufeff?(#{1,6})(?:[ \t\u00a0]+|(?=[\r\n]|$))")
SPACE = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0\ufeff\u200b\u3000\u1680\u202f\u205f"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
"""White space and marks nobody sees, in front of a block's words."""
QUOTE_MARKS = '«“„"‘'
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_BULLET = re.compile(r"[-*+•–—][ \t\u00a0]")
_ENDS_A_UNIT = re.compile(
    r"[.;:,?!»”)…—*_]$|(?:(?<!\w)(?:and|or|и|или|жана|же|та|або|et|ou|und|oder|ja|või|a|nebo|i|lub))$"
)
_DELIMITER = re.compile(r"[ \t|:]*-[ \t|:-]*")
_FENCES = ("```", "~~~")
_OPAQUE = {"|": Kind.TABLE, ">": Kind.QUOTE}
_CLOSERS = {"```": Kind.CODE, "~~~": Kind.CODE, "</table>": Kind.TABLE, "-->": Kind.CODE}


class Block(NamedTuple):
    """A piece of the text: its words go from `start` to `cut`; `level` is that of a heading, `opaque` the kind of a
    piece that is kept whole."""

    text: str
    start: int
    cut: int
    level: int
    opaque: Kind | None


def _last_closers(lines: list[str], text: str) -> dict[str, int]:
    last: dict[str, int] = {}
    if not any(mark in text for mark in ("```", "~~~", "-->", "</")):
        return last
    for at, line in enumerate(lines):
        bare = line.strip() if "`" in line or "~" in line or ">" in line else ""
        if bare:
            if bare[:3] in _FENCES and not bare.strip(bare[0]):
                last[bare[:3]] = at
            if "-->" in bare:
                last["-->"] = at
            if "</table>" in bare.lower():
                last["</table>"] = at
    return last


def _closes(bare: str, closer: str) -> bool:
    if closer in _FENCES:
        return bare.startswith(closer) and not bare.strip(closer[0])
    return closer in bare.lower()


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends: a line feed, a carriage return or both."""
    if "\r" in text:
        return _LINE.findall(text)
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def blocks(lines: list[str], text: str) -> list[Block]:
    """The lines of a text as blocks, in order; joined they are the text (or its end, behind the front matter)."""
    cutter = _Cutter(_last_closers(lines, text))
    for at, line in enumerate(lines):
        bare = line.strip()
        if cutter.closer:
            cutter.go_on_to_closer(line, bare)
        elif not bare:
            cutter.piece.append(line)
            cutter.before = ""
        elif (bare[0] in "-*_=" and cutter.adds_rule(line, bare)) or (cutter.before and cutter.goes_on(line, bare)):
            continue
        else:
            cutter.begin(line, bare, at)
    cutter.end()
    return cutter.found


class _Cutter:
    """The block being read: its lines, how many of them hold words, and what is known of it."""

    __slots__ = (
        "before",
        "closer",
        "found",
        "last_closers",
        "level",
        "opaque",
        "piece",
        "starts_at_once",
        "words",
        "words_from",
    )

    def __init__(self, last_closers: dict[str, int]) -> None:
        self.last_closers = last_closers
        self.found: list[Block] = []
        self.piece: list[str] = []
        self.words = 0
        self.words_from = 0  # behind the `###` of a heading
        self.starts_at_once = True  # no indentation, no byte order mark
        self.level = 0
        self.opaque: Kind | None = None
        self.closer = ""  # the mark that ends a fence, a table or a comment
        self.before = ""  # the stripped line before, empty after a blank one

    def go_on_to_closer(self, line: str, bare: str) -> None:
        self.piece.append(line)
        self.words = len(self.piece)
        if _closes(bare, self.closer):
            self.closer = self.before = ""

    def adds_rule(self, line: str, bare: str) -> bool:
        """Whether a line is a rule behind the block or the underline of its heading; then it belongs to its tail."""
        if not self.words:
            return False
        underlines = self.before and self.words == 1 and not self.level and self.opaque is None
        if underlines and _underlines(bare, self.before):
            self.level = 1 if bare[0] == "=" else 2
        elif not _RULE.fullmatch(bare):
            return False
        self.piece.append(line)
        self.before = ""
        return True

    def goes_on(self, line: str, bare: str) -> bool:
        """Whether a line right behind another continues its block; then it is added."""
        if _begins(line, bare, self.before, self.level, self.opaque):
            return False
        self.piece.append(line)
        self.words = len(self.piece)
        self.before = bare
        if self.opaque is None and self.words == 2 and "|" in bare and _DELIMITER.fullmatch(bare):
            self.opaque = Kind.TABLE
        return True

    def begin(self, line: str, bare: str, at: int) -> None:
        self.end()
        self.piece, self.words, self.before = [line], 1, bare
        first = bare[0]
        self.starts_at_once = line[0] == first and first not in SPACE
        marked = HEADING.match(line) if first in "#\ufeff" else None
        self.level, self.words_from = (len(marked[1]), marked.end()) if marked else (0, 0)
        self.opaque = _OPAQUE.get(first)
        if first in "`~<":
            self.closer = self.opens(bare, at)
            if self.closer:
                self.opaque = _CLOSERS[self.closer]
                if self.closer not in _FENCES and _closes(bare, self.closer):
                    self.closer = self.before = ""

    def end(self) -> None:
        piece, words = self.piece, self.words
        if len(piece) == 1:
            text = held = piece[0]
        elif piece:
            text = "".join(piece)
            held = piece[0] if words == 1 else "".join(piece[:words])
        else:
            return
        cut = len(held.rstrip())
        start = self.words_from
        if not self.starts_at_once and not start:
            start = len(held) - len(held.lstrip(SPACE))
        start = min(start, cut)
        self.found.append(Block(text, start, cut, self.level, self.opaque))

    def opens(self, bare: str, at: int) -> str:
        """The closing mark a line waits for, when one is to come: an unclosed fence or table is ordinary text."""
        fence = bare[:3]
        if fence in _FENCES:
            return fence if self.last_closers.get(fence, -1) > at else ""
        wanted = "</table>" if bare[:6].lower() == "<table" else "-->" if bare.startswith("<!--") else ""
        return wanted if wanted and self.last_closers.get(wanted, -1) >= at else ""


def _underlines(bare: str, before: str) -> bool:
    """Whether a line makes the line before it a heading: `===`, or `---` below something that is no sentence."""
    if _UNDERLINE.fullmatch(bare) is None or before[0] in "#|>":
        return False
    return bare[0] == "=" or (len(before) < 200 and before[-1] not in ".;:," and not begins_unit(before))


def _begins(line: str, bare: str, before: str, level: int, opaque: Kind | None) -> bool:
    """Whether a line begins a new block although no blank line stands before it.

    A broken line inside a sentence is no new unit; an item is one where the line before ended a unit.
    """
    first = bare[0]
    if level or (first in "#\ufeff" and HEADING.match(line)) or bare[:3] in _FENCES or bare[:4] == "<!--":
        return True
    if (first == "|") != (before[0] == "|"):
        return opaque is not Kind.TABLE or before[0] == "|"
    if first == ">" and before[0] != ">":
        return True
    if not first.islower() and plain_heading(before, 0) is not None:
        return True
    if not _ENDS_A_UNIT.search(before[-12:]):
        return _BULLET.match(bare) is not None and _BULLET.match(before) is not None
    return (
        begins_unit(bare)
        or _BULLET.match(bare) is not None
        or (first in QUOTE_MARKS and before[-1] in ":—-")
        or plain_heading(bare, 0) is not None
    )
