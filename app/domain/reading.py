"""Reading a law into clauses: `parse`. Never raises, whatever the text; linear in its length; no recursion.

A law's numbering is not a Markdown list: labels are kept as written, so CommonMark's list model is not used.
"""

import re
from collections.abc import Sequence

from app.domain.blocks import FRONT_MATTER, HEADING, QUOTE_MARKS, SPACE, Block, blocks, lines_of
from app.domain.clauses import Clause, Kind, Outline, Problem
from app.domain.enumerators import Enumerator, enumerator, shows_first
from app.domain.headings import (
    ANNEX,
    ARTICLE,
    BARE,
    RULE,
    SIGN,
    Named,
    bare,
    is_annex,
    named,
    plain_heading,
    unknown_article,
)
from app.domain.nesting import ITEM_RANK, Level, place
from app.domain.numbering import gaps
from app.domain.profiles import Profile, profile_of
from app.domain.quoting import is_whole_quotation, quotations
from app.domain.reader import TEXTS, Reader

ORDER = {Kind.TITLE: 0, Kind.PART: 10, Kind.SECTION: 20, Kind.CHAPTER: 30, Kind.SUBCHAPTER: 40, Kind.ARTICLE: 50}
MINOR = ("paragraphe", "paragraaf", "sous-section", "sous-paragraphe", "unterabschnitt", "jaotis", "pododdíl")
ITEMS = (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT)
_CLOSED_BY_TEXT = (Kind.POINT, Kind.SUBPOINT)
_CLOSE = re.compile(r"(?:\*{1,3}|_{1,3}|\]\([^()\n]{0,200}\)|\]|</[a-z]{1,9}>){1,3}")
_GAP = re.compile(r"[ \t\u00a0\ufeff\u200b\u3000\u2000-\u200a\u202f]*(?:[:–—―-](?=\s)\s*|[—–](?=\S))?")
_BULLET = re.compile(r"[-*+•–—][ \t\u00a0]")
_CHAPTER_TITLE = re.compile(r"[IVXLC]{1,7}\.\s")


def parse(text: str) -> Outline:
    """All of a text as clauses, and the problems found."""
    lines = lines_of(text)
    start = front_matter_lines(lines)
    pieces = blocks(lines[start:], text)
    found = [unit_of(piece) for piece in pieces]
    reader = Reader(profile_of(pieces, found))
    add_front_matter(reader, lines[:start])
    read_blocks(reader, pieces, found, text)
    clauses = tuple(reader.clauses)
    return Outline(clauses, (*reader.addresses.problems, *reader.problems), gaps)


def parse_fragment(text: str, path: Sequence[Clause]) -> tuple[Clause, ...]:
    """Read text that is to stand right behind the last clause of `path` (a clause and its ancestors, outermost first).

    Kinds and depths are as if it stood there; addresses are relative and to be made anew (`readdress`).
    """
    pieces = blocks(lines_of(text), text)
    found = [unit_of(piece) for piece in pieces]
    reader = Reader(_profile_behind(path, profile_of(pieces, found)), titled=bool(path))
    for clause in path:
        reader.open.append(_level(clause, reader.open[-1].rank if reader.open else 0))
    read_blocks(reader, pieces, found, text)
    return tuple(reader.clauses)


def _profile_behind(path: Sequence[Clause], own: Profile) -> Profile:
    """In a law whose articles are called Section, a Section put behind one of them is an article too; behind a chapter
    only what the text itself calls an article is one."""
    for clause in path:
        if clause.kind is Kind.ARTICLE:
            unit = named(clause.label) or bare(clause.label, 0)
            marked = HEADING.match(clause.lead)
            levels = frozenset({len(marked[1])}) if marked else frozenset()
            return Profile(frozenset({unit.family} if unit else ()), frozenset(), levels)
    return own if not path or own.articles & {ARTICLE, SIGN} else Profile()


def _level(clause: Clause, above: int) -> Level:
    """A clause as it was when it was read, still open for clauses below it."""
    indent = len(clause.lead) - len(clause.lead.lstrip(SPACE))
    level = Level(clause.kind, above + 1, clause.label, indent, clause.depth)
    marked = HEADING.match(clause.lead)
    if marked:
        unit = named(clause.label)
        level.rank = _heading_rank(clause.kind, len(marked[1]), clause.label, unit.word if unit else "")
    elif clause.kind in ITEMS:
        level.rank = max(above + 1, ITEM_RANK)
        mark = enumerator(clause.label + " ", 0)
        if mark:
            level.marked(mark, mark.readings[0])
    elif clause.kind in TEXTS:
        level.rank = max(above + 1, ITEM_RANK)
    return level


def add_front_matter(reader: Reader, lines: Sequence[str]) -> None:
    """Add the block at the head of a text as a clause; without lines there is none."""
    if lines:
        text = "".join(lines)
        cut = len(text.rstrip())
        reader.add(Level(Kind.FRONT_MATTER, 0), "", text[:cut], text[cut:])
        reader.open.clear()


def front_matter_lines(lines: list[str]) -> int:
    """How many lines the YAML block at the head takes, with the blank lines behind it; 0 when there is none."""
    if not lines or not FRONT_MATTER.fullmatch(lines[0]):
        return 0
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), None)
    if end is None:
        return 0
    return next((number for number in range(end + 1, len(lines)) if lines[number].strip()), len(lines))


def unit_of(piece: Block) -> Named | None:
    """What a block's heading names; None for a heading without a label and for ordinary text."""
    if piece.opaque is not None:
        return None
    if piece.level:
        return named(piece.text, piece.start) or bare(piece.text, piece.start)
    return plain_heading(piece.text, piece.start, piece.cut)


def read_blocks(reader: Reader, pieces: Sequence[Block], found: Sequence[Named | None], text: str) -> None:
    quoted, unclosed = quotations(pieces, text)
    lost = set(unclosed)
    quoting = -1  # the last block of the quotation being read
    for at, (piece, unit) in enumerate(zip(pieces, found, strict=True)):
        if piece.level:
            quoting = -1
            read_heading(reader, piece, unit)
        elif at <= quoting:
            _read_text(reader, piece, Kind.QUOTE)
        elif piece.opaque is not None:
            reader.add_text(piece.opaque, "", piece.text[: piece.cut], piece.text[piece.cut :])
        elif unit is None or not _read_plain_heading(reader, piece, unit):
            mark = enumerator(piece.text, piece.start)
            if mark is None or not _read_item(reader, piece, mark):
                _read_text(reader, piece, Kind.QUOTE if at in quoted or _is_quoted(reader, piece) else Kind.INDENT)
        if at in quoted and at > quoting and not piece.level:
            quoting = quoted[at]
        if at in lost:
            _report_unclosed(reader)


def _report_unclosed(reader: Reader) -> None:
    address = reader.clauses[-1].address
    sentence = f"The quotation that begins at {address} is not closed; what follows is read as the law's own text."
    reader.problems.append(Problem("unclosed_quote", address, sentence))


def _is_quoted(reader: Reader, piece: Block) -> bool:
    """Whether a block is quoted structure on its own: after a colon, from its first mark to its last."""
    if not reader.clauses or piece.text[piece.start : piece.start + 1] not in QUOTE_MARKS:
        return False
    before = reader.clauses[-1]
    follows = before.kind is Kind.QUOTE or before.body.rstrip("*_ ")[-1:] in (":", "—")
    return follows and is_whole_quotation(piece.text[: piece.cut])


def _heading_rank(kind: Kind, level: int, label: str, word: str) -> int:
    """The order of headings: by level, and within a level from part to article; annexes stand right below the title."""
    if kind is Kind.PART and word and is_annex(label):
        return 101
    if word == "sous-titre":  # the French codes set it on one line with the chapters it holds
        kind = Kind.CHAPTER
    return level * 100 + (ORDER[kind] if label else 0) + (word in MINOR)


def read_heading(reader: Reader, piece: Block, unit: Named | None) -> None:
    text, level = piece.text, piece.level
    start = piece.start
    if unit is None and level in reader.profile.levels:
        unit = unknown_article(text[: piece.cut], start)
    if unit is None:
        _read_title(reader, piece, start)
        return
    kind = reader.profile.kind_of(unit, level)
    rank = _heading_rank(kind, level, text[unit.start : unit.end], unit.word)
    _add_heading(reader, Level(kind, rank), piece, unit)


def _read_title(reader: Reader, piece: Block, start: int) -> None:
    """A heading without a label: the name of the law, the title of the unit right above, or a part of its own."""
    text, level = piece.text, piece.level
    if _is_title_of_last(reader, level) and start < piece.cut:
        last = reader.clauses[-1]
        reader.clauses[-1] = Clause(
            last.kind, last.depth, last.label, last.address, last.source + text[:start], text[start : piece.cut],
            text[piece.cut :],
        )  # fmt: skip
        return
    first = level == 1 and not reader.titled
    reader.titled = reader.titled or level == 1
    kind = Kind.TITLE if first else Kind.SUBCHAPTER
    reader.add(Level(kind, level * 100), text[:start], text[start : piece.cut], text[piece.cut :])


def _is_title_of_last(reader: Reader, level: int) -> bool:
    if not reader.clauses or not reader.open:
        return False
    last, above = reader.clauses[-1], reader.open[-1]
    if last.body or not last.label or last.kind not in ORDER or "\n#" in last.lead:
        return False
    same = above.rank // 100 == level or (above.rank == 101 and last.lead.lstrip(SPACE).startswith("#" * level + " "))
    return same or (last.kind is Kind.ARTICLE and level > above.rank // 100 > 0)


def _read_plain_heading(reader: Reader, piece: Block, unit: Named) -> bool:
    profile = reader.profile
    if unit.family in (SIGN, RULE) and unit.family not in profile.articles:
        return False
    kind = profile.kind_of(unit, 0)
    rank = _plain_rank(reader, kind, piece.text[unit.start : unit.end], unit)
    _add_heading(reader, Level(kind, rank), piece, unit)
    return True


def _plain_rank(reader: Reader, kind: Kind, label: str, unit: Named) -> int:
    """A plain line stands beside the open unit of its kind, else right below the innermost unit of an outer kind."""
    if unit.family == ANNEX:
        return 101
    for entry in reversed(reader.open):
        if entry.rank < ITEM_RANK and entry.kind in ORDER:
            if entry.kind is kind and entry.label and not (kind is Kind.PART and is_annex(entry.label)):
                return entry.rank
            if ORDER[entry.kind] < ORDER[kind]:
                return entry.rank + 1
    return 1


def _add_heading(reader: Reader, level: Level, piece: Block, unit: Named) -> None:
    text, cut = piece.text, piece.cut
    words = unit.end
    if words < cut:
        closing = _CLOSE.match(text, words)
        gap = _GAP.match(text, closing.end() if closing else words)
        words = min(gap.end() if gap else words, cut)
    level.label = text[unit.start : unit.end].strip()
    first = None if piece.level or words >= cut else _first_mark(text, words)
    if first is None:
        reader.add(level, text[:words], text[words:cut], text[cut:])
        return
    reader.add(level, text[:words], "", "")
    _read_marks(reader, piece, words, first)


def _first_mark(text: str, at: int) -> Enumerator | None:
    """The first item of a series in the same line: `§ 1. (1) Text`, `(2) 1. Text`."""
    mark = enumerator(text, at)
    if mark is None or not shows_first(mark) or mark.style in ("a.", "A."):
        return None
    return mark if text[mark.words : mark.words + 1].isspace() else None


def _read_item(reader: Reader, piece: Block, mark: Enumerator) -> bool:
    """A numbered paragraph, a point or a sub-point: only inside an article, where the law has articles."""
    text = piece.text
    if not reader.takes_items():
        return False
    if not reader.profile.articles and _CHAPTER_TITLE.match(text, mark.start) and _is_chapter(piece):
        chapter = Named(Kind.CHAPTER, BARE, mark.start, mark.end, "")
        _add_heading(reader, Level(Kind.CHAPTER, _plain_rank(reader, Kind.CHAPTER, "", chapter)), piece, chapter)
        return True
    return _read_marks(reader, piece, 0, mark)


def _is_chapter(piece: Block) -> bool:
    words = piece.text[: piece.cut]
    return piece.cut < 150 and "\n" not in words and words[-1] not in ".,;:"


def _read_marks(reader: Reader, piece: Block, lead: int, mark: Enumerator) -> bool:
    """One item, or several of different levels that begin in the same line."""
    text, cut = piece.text, piece.cut
    for _ in range(4):
        indent = mark.start - (text.rfind("\n", 0, mark.start) + 1) if not lead else 0
        level = place(reader.open, mark, text[mark.start : mark.end], indent, _has_intro(reader))
        if level is None:
            return False
        words = mark.words
        while words < cut and text[words].isspace():
            words += 1
        words = min(words, cut)
        following = _first_mark(text, words) if words < cut else None
        if following is None or following.style == mark.style or following.words >= cut:
            reader.add(level, text[lead:words], text[words:cut], text[cut:])
            return True
        reader.add(level, text[lead:words], "", "")
        lead, mark = words, following
    reader.add_text(Kind.INDENT, "", text[lead:cut], text[cut:])
    return True


def _has_intro(reader: Reader) -> bool:
    """Whether words stand between the heading of an article and what is read now."""
    return bool(reader.clauses) and reader.clauses[-1].kind is not Kind.ARTICLE


def _read_text(reader: Reader, piece: Block, kind: Kind) -> None:
    """An unnumbered paragraph. After items it closes their parent, unless it is indented deeper than the item."""
    text = piece.text
    start = piece.start
    opened = reader.open
    if kind is Kind.INDENT and opened and opened[-1].kind in _CLOSED_BY_TEXT and not _continues(reader, text, start):
        while opened and opened[-1].kind in _CLOSED_BY_TEXT and start <= opened[-1].indent:
            opened.pop()
    reader.add_text(kind, text[:start], text[start : piece.cut], text[piece.cut :])


def _continues(reader: Reader, text: str, start: int) -> bool:
    """Whether text belongs to the item above: a dash, the first words after a colon, or more of such a list."""
    before = reader.clauses[-1] if reader.clauses else None
    if before is None:
        return False
    if _BULLET.match(text, start):
        return True
    if before.kind in ITEMS:
        return before.body[-1:] == ":" or not before.body
    return before.kind is Kind.INDENT and before.body[-1:] == ";" and not _BULLET.match(before.body)
