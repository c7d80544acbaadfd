"""Reading a law line by line into clauses: `parse`. Never raises, whatever the text; linear in its length.

A law's numbering is not a Markdown list: labels are kept as written, so CommonMark's list model is not used.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.addresses import Addresses, gaps
from app.domain.clauses import Clause, Kind, Outline
from app.domain.headings import looks_structural, named

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
HEADING = re.compile(r"\ufeff?(#{1,6})[ \t\u00a0]+")
SPACE = " \t\u00a0\ufeff\u200b\u3000"
ITEM = re.compile(
    r"(?P<paragraph>\d+(?:[-–.]\d+)*[A-Z]?(?:\^\d+\^|[⁰¹²³⁴-⁹]+)?\.(?=[ \t\u00a0]))"
    r"|(?P<bracketed>\(\d+(?:-\d+)?[A-Za-z]{0,2}(?:\^\d+\^|[¹²³⁴-⁹]+)?\)(?=[ \t\u00a0]))"
    r"|(?P<point>\d+(?:[-–.]\d+)*(?:\^\d+\^|[⁰¹²³⁴-⁹]+)?[)°](?=[ \t\u00a0]))"
    r"|(?P<letter>\(?(?:[a-z]{1,2}|[а-яңөүёіїєґ])\)(?=[ \t\u00a0]))",
    re.IGNORECASE,
)
ENDS_A_UNIT = re.compile(r"[.;:,?!»”)…]$|(?:\b(?:and|or|и|или|жана|же|та|або|et|ou|und|oder|ja|või|a|nebo))$")
LEVELS = {Kind.PARAGRAPH: 101, Kind.POINT: 102, Kind.SUBPOINT: 103}
PLAIN_RANKS = {Kind.PART: 20, Kind.SECTION: 30, Kind.CHAPTER: 40, Kind.SUBCHAPTER: 50, Kind.ARTICLE: 60}
OPAQUE = {"|": Kind.TABLE, ">": Kind.QUOTE}
TEXTS = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)


@dataclass(slots=True)
class _Open:
    """A clause that may still get clauses below it: its rank (smaller is further out) and its depth."""

    kind: Kind
    rank: int
    depth: int
    indent: int
    label: str


@dataclass(slots=True)
class _Reader:
    has_articles: bool
    quoting: bool = False
    open: list[_Open] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    addresses: Addresses = field(default_factory=Addresses)

    def add(self, kind: Kind, rank: int, label: str, lead: str, rest: str) -> None:
        """Add a clause below the nearest open one of smaller rank."""
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        depth = self.open[-1].depth + 1 if self.open else 0
        body = rest.rstrip()
        address = self.addresses.of(kind, depth, label)
        self.clauses.append(Clause(kind, depth, label, address, lead, body, rest[len(body) :]))
        self.open.append(_Open(kind, rank, depth, len(lead) - len(lead.lstrip(SPACE)), label))

    def innermost(self, *kinds: Kind) -> _Open | None:
        return next((entry for entry in reversed(self.open) if entry.kind in kinds), None)


def parse(text: str) -> Outline:
    """All of a text as clauses, and the problems found."""
    lines = LINE.findall(text)
    start = _front_matter_lines(lines)
    reader = _Reader(has_articles=_has_articles(lines[start:]))
    if start:
        reader.add(Kind.FRONT_MATTER, 0, "", "", "".join(lines[:start]))
        reader.open.clear()
    for block in _blocks(lines[start:]):
        _read_block(reader, block)
    clauses = tuple(reader.clauses)
    return Outline(clauses, tuple(reader.addresses.problems) + tuple(gaps(clauses)))


def parse_fragment(text: str, path: Sequence[Clause]) -> tuple[Clause, ...]:
    """Read text that is to stand right behind the last clause of `path` (a clause and its ancestors, outermost first).

    Kinds and depths are as if it stood there; addresses are relative and to be made anew (`readdress`).
    """
    reader = _Reader(has_articles=any(clause.kind is Kind.ARTICLE for clause in path))
    for clause in path:
        indent = len(clause.lead) - len(clause.lead.lstrip(SPACE))
        reader.open.append(_Open(clause.kind, _rank(clause), clause.depth, indent, clause.label))
    for block in _blocks(LINE.findall(text)):
        _read_block(reader, block)
    return tuple(reader.clauses)


def _rank(clause: Clause) -> int:
    marked = HEADING.match(clause.lead)
    if marked:
        return len(marked[1]) * 10
    return LEVELS.get(clause.kind) or PLAIN_RANKS.get(clause.kind, 110)


def _front_matter_lines(lines: list[str]) -> int:
    """How many lines the YAML block at the head takes, with the blank lines behind it; 0 when there is none."""
    if not lines or not FRONT_MATTER.fullmatch(lines[0]):
        return 0
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), None)
    if end is None:
        return 0
    return next((number for number in range(end + 1, len(lines)) if lines[number].strip()), len(lines))


def _has_articles(lines: list[str]) -> bool:
    for line in lines:
        marked = HEADING.match(line)
        found = (
            named(line[marked.end() :]) if marked else named(line.strip()) if looks_structural(line.strip()) else None
        )
        if found and found[0] is Kind.ARTICLE:
            return True
    return False


def _blocks(lines: list[str]) -> list[str]:
    """The text cut where clauses begin; a block carries the blank lines behind it."""
    blocks: list[list[str]] = []
    fence = ""
    before = ""  # the stripped line before, empty after a blank one
    for line in lines:
        bare = line.strip()
        if fence:
            blocks[-1].append(line)
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
            before = "" if not fence else bare
        elif not bare and blocks:
            blocks[-1].append(line)
            before = ""
        elif blocks and before and not _begins(line, bare, before):
            blocks[-1].append(line)
            before = bare
        else:
            blocks.append([line])
            fence = bare[:3] if bare[:3] in ("```", "~~~") else ""
            before = bare
    return ["".join(block) for block in blocks]


def _begins(line: str, bare: str, before: str) -> bool:
    """Whether a line begins a new block although no blank line stands before it.

    A broken line inside a sentence is no new unit; an item is one where the line before ended a unit.
    """
    if HEADING.match(line) or HEADING.match(before) or bare[:3] in ("```", "~~~"):
        return True
    if (bare[0] == "|") != (before[0] == "|") or (bare[0] == ">" and before[0] != ">"):
        return True
    if looks_structural(bare) and named(bare) and ENDS_A_UNIT.search(before[-12:]):
        return True
    if looks_structural(before) and named(before):
        return True
    return ITEM.match(bare) is not None and ENDS_A_UNIT.search(before[-12:]) is not None


def _read_block(reader: _Reader, block: str) -> None:
    marked = HEADING.match(block)
    if marked:
        reader.quoting = False
        _read_heading(reader, block, marked.end(), len(marked[1]))
        return
    start = len(block) - len(block.lstrip(SPACE))
    if reader.quoting:
        _read_text(reader, block, start, Kind.QUOTE)
    elif block[start : start + 3] in ("```", "~~~"):
        reader.add(Kind.CODE, _below(reader), "", "", block)
    elif block[start : start + 1] in OPAQUE:
        reader.add(OPAQUE[block[start]], _below(reader), "", "", block)
    elif not _read_plain_heading(reader, block, start) and not _read_item(reader, block, start):
        _read_text(reader, block, start, Kind.INDENT)
    _follow_quotes(reader, block)


def _follow_quotes(reader: _Reader, block: str) -> None:
    """Inside «…» of an amending act stands quoted structure, until the closing mark; a heading always ends it."""
    balance = block.count("«") - block.count("»")
    if reader.quoting:
        reader.quoting = balance >= 0
    else:
        reader.quoting = balance > 0 and block.rstrip()[-1:] not in ".;,:" and "«" in block


def _read_heading(reader: _Reader, block: str, start: int, level: int) -> None:
    found = named(block[start:])
    if found is None:
        first = level == 1 and not any(clause.kind is Kind.TITLE for clause in reader.clauses)
        kind = Kind.TITLE if first else Kind.SUBCHAPTER
        reader.add(kind, level * 10, "", block[:start], block[start:])
        return
    kind, length = found
    _add_labelled(reader, kind, level * 10, block, start, length)


def _read_plain_heading(reader: _Reader, block: str, start: int) -> bool:
    line = block[start:].split("\n", 1)[0].rstrip()
    found = named(line) if looks_structural(line) else None
    if found is None or "\n" in block[start:].strip():
        return False
    kind, length = found
    sibling = reader.innermost(kind)
    _add_labelled(reader, kind, sibling.rank if sibling else PLAIN_RANKS[kind], block, start, length)
    return True


def _add_labelled(reader: _Reader, kind: Kind, rank: int, block: str, start: int, length: int) -> None:
    end = start + length
    rest = block[end:]
    gap = len(rest) - len(rest.lstrip(SPACE))
    reader.add(kind, rank, block[start:end].strip(), block[: end + gap], rest[gap:])


def _read_item(reader: _Reader, block: str, start: int) -> bool:
    """A numbered paragraph, a point or a sub-point: only inside an article, where the law has articles."""
    if reader.has_articles and reader.innermost(Kind.ARTICLE) is None:
        return False
    match = ITEM.match(block, start)
    if match is None:
        return False
    _close_texts(reader)
    kind, rank = _item_kind(reader, match)
    _add_labelled(reader, kind, rank, block, start, len(match[0]))
    return True


def _item_kind(reader: _Reader, match: re.Match[str]) -> tuple[Kind, int]:
    if match["paragraph"] or match["bracketed"]:
        return Kind.PARAGRAPH, LEVELS[Kind.PARAGRAPH]
    if match["point"]:
        return Kind.POINT, LEVELS[Kind.POINT]
    point = reader.innermost(Kind.POINT)
    if point is None or _is_lettered(point.label):
        return _letter_kind(reader, match["letter"])
    return Kind.SUBPOINT, LEVELS[Kind.SUBPOINT]


def _letter_kind(reader: _Reader, label: str) -> tuple[Kind, int]:
    """Letters directly below a paragraph are points; roman numerals below lettered points are sub-points."""
    point = reader.innermost(Kind.POINT)
    sub = reader.innermost(Kind.SUBPOINT)
    roman = re.fullmatch(r"\(?[ivx]+\)", label) is not None
    if roman and point is not None and (sub is not None or not _follows(point.label, label)):
        return Kind.SUBPOINT, LEVELS[Kind.SUBPOINT]
    return Kind.POINT, LEVELS[Kind.POINT]


def _is_lettered(label: str) -> bool:
    return not any(character.isdigit() for character in label)


def _follows(before: str, label: str) -> bool:
    """Whether `(i)` comes right after `(h)`: then it is a letter, not a numeral."""
    one, other = before.strip("()"), label.strip("()")
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1


def _read_text(reader: _Reader, block: str, start: int, kind: Kind) -> None:
    """An unnumbered paragraph. After items it closes their parent, unless it is indented deeper than the item."""
    _close_texts(reader)
    while reader.open and reader.open[-1].kind in (Kind.POINT, Kind.SUBPOINT) and start <= reader.open[-1].indent:
        reader.open.pop()
    reader.add(kind, _below(reader), "", block[:start], block[start:])


def _close_texts(reader: _Reader) -> None:
    """Unnumbered text has nothing below it."""
    while reader.open and reader.open[-1].kind in TEXTS:
        reader.open.pop()


def _below(reader: _Reader) -> int:
    """A rank just below the innermost open clause that can have others below it."""
    holder = next((entry for entry in reversed(reader.open) if entry.kind not in TEXTS), None)
    return max(holder.rank + 1, 70) if holder else 70
