"""Reading a law only where it is asked for: `read_lazily`. Its clauses are those of `parse`, byte for byte.

A text is cut at its headings, and these are read at once, in order: kinds, depths and addresses follow from them. What
stands under a heading is read when one of its clauses is first asked for, since nothing there reaches beyond the next
heading: quotations end, items are closed, and addresses begin with that of the heading. A text in which something does
reach further (a fence, a table of HTML, an underlined heading, a plain line that names a unit, no articles) is read
whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.blocks import HEADING, SPACE, Block, blocks, lines_of
from app.domain.clauses import Clause, Kind, write
from app.domain.headings import BARE, Named, may_name, named
from app.domain.nesting import Level
from app.domain.profiles import Profile, profile_of
from app.domain.reader import Reader
from app.domain.reading import (
    add_front_matter,
    front_matter_lines,
    parse,
    read_blocks,
    read_heading,
    unit_of,
)

_REACHING = ("```", "~~~", "-->", "</", "\r", "\ufeff")
_UNDERLINE = re.compile(r"^[^\S\n]*(?:={3,}|-{3,})\s*$", re.MULTILINE)
_PLAIN = re.compile(r"(#{1,6} [^\W\d_]{1,20} )\d{1,9}(?:-\d{1,9}){0,9}\n")
_MARKS = '«„“"‘'
_FEW = 4  # lines over which a plain line may spread the name of a unit
Heading = tuple[Block, Named | None]
_UNREAD = Clause(Kind.INDENT, 0, "", "", "", "unread", "")


@dataclass(slots=True)
class Section:
    """A heading with what stands under it: `text[start:end]`. `opened` is what a reading has open behind the heading;
    `clauses` are None until they are read. Of an article beside another only its address is known before."""

    start: int
    end: int
    address: str
    heading: Clause | None = None
    opened: tuple[Level, ...] = ()
    clauses: dict[str, Clause] | None = None
    beside: "Section | None" = None


class LazyLaw(Mapping[str, Clause]):
    """The clauses of a text by their addresses, in order. `sections` partition the text."""

    def __init__(self, text: str, sections: list[Section], profile: Profile, marks: str) -> None:
        self.text, self.sections = text, sections
        self._profile, self._marks = profile, marks
        self._places: dict[str, int] = {}  # of sections
        for place, section in enumerate(sections):
            for address in section.clauses or (section.address,):
                self._places[address] = place

    def __getitem__(self, address: str) -> Clause:
        place = self._place(address)
        if place is None:
            raise KeyError(address)
        return self._read(self.sections[place])[address]

    def __contains__(self, address: object) -> bool:
        place = self._place(address) if isinstance(address, str) else None
        return place is not None and address in self._read(self.sections[place])

    def __iter__(self) -> Iterator[str]:
        for section in self.sections:
            yield from self._read(section)

    def __len__(self) -> int:
        return sum(len(self._read(section)) for section in self.sections)

    def rewritten(self, clauses: Mapping[str, Clause]) -> str:
        """The text with these clauses in the place of those of their addresses; nothing else is read."""
        pieces: list[str] = []
        at = 0
        for place in sorted({self._places[self._heading(address)] for address in clauses}):
            section = self.sections[place]
            standing = self._read(section).items()
            pieces += (self.text[at : section.start], write(clauses.get(id, clause) for id, clause in standing))
            at = section.end
        return "".join((*pieces, self.text[at:]))

    def _place(self, address: str) -> int | None:
        heading = self._heading(address)
        return self._places[heading] if heading else None

    def _heading(self, address: str) -> str:
        """The address by which the section of an address is known: its beginning; empty for none."""
        while address and address not in self._places:
            address = address.rpartition("__")[0]
        return address

    def _read(self, section: Section) -> dict[str, Clause]:
        if section.clauses is None:
            text = self.text[section.start : section.end]
            pieces = blocks(lines_of(text), text)
            heading, count = _whole_heading(_complete(section, self.text), pieces)
            reader = Reader(self._profile, list(section.opened), [heading])
            reader.addresses.stand_below(heading)
            read_blocks(reader, pieces[count:], [None] * (len(pieces) - count), self._marks)
            section.clauses = {clause.address: clause for clause in reader.clauses}
        return section.clauses


def read_lazily(text: str) -> LazyLaw:
    """The clauses of a text by address."""
    starts = _headings(text)
    before = lines_of(text[: starts[0]]) if starts else []
    head = sum(map(len, before[: front_matter_lines(before)]))
    found = _named(text, starts) if starts and not _reaches_further(text, head) else []
    profile = profile_of([piece for piece, _ in found], [unit for _, unit in found]) if found else Profile()
    if not profile.articles or BARE in profile.articles:
        return _whole(text)
    marks = "".join(mark for mark in _MARKS if mark in text)
    return LazyLaw(text, _sections(Reader(profile), text, [*starts, len(text)], found, marks), profile, marks)


def _whole(text: str) -> LazyLaw:
    clauses = parse(text).clauses
    known = {clause.address: clause for clause in clauses}
    sections = [Section(0, len(text), clauses[0].address, clauses=known)] if clauses else []
    return LazyLaw(text, sections, Profile(), "")


def _headings(text: str) -> list[int]:
    """Where lines begin that are headings."""
    starts = [0] if HEADING.match(text) else []
    at = text.find("\n#")
    while at >= 0:
        if HEADING.match(text, at + 1):
            starts.append(at + 1)
        at = text.find("\n#", at + 2)
    return starts


def _reaches_further(text: str, head: int) -> bool:
    """Whether something under a heading may tell how other parts of the text are read. `head`: front matter's end."""
    if any(mark in text for mark in _REACHING):
        return True
    if ("---" in text or "===" in text) and _UNDERLINE.search(text, head):
        return True
    lines = text[head:].split("\n")
    return any(named("\n".join(lines[at : at + _FEW]).lstrip(SPACE)) for at in _which_may_name(lines))


def _which_may_name(lines: Sequence[str]) -> Iterator[int]:
    """The lines that may name a unit by their first letters, asked once for each beginning."""
    beginnings = {line[:3] for line in lines}
    telling = {head for head in beginnings if head[:1] not in ("", "#") and (head[0] in SPACE or may_name(head))}
    for at, line in enumerate(lines):
        if line[:3] in telling and may_name(line.lstrip(SPACE)[:3]):
            yield at


def _named(text: str, starts: Iterable[int]) -> list[Heading]:
    """The headings as blocks of one line, and what they name."""
    return [_numbered(text, start) or _any_heading(text, start) for start in starts]


def _numbered(text: str, start: int) -> Heading | None:
    """A heading that is the word for an article and a number, as most are: all of them alike are one here."""
    plain = _PLAIN.match(text, start)
    return _alike(plain[1]) if plain else None


@lru_cache(maxsize=1024)
def _alike(beginning: str) -> Heading | None:
    line = f"{beginning}1\n"
    piece, unit = _any_heading(line, 0)
    return (piece, unit) if unit is not None and unit.kind is Kind.ARTICLE and unit.end == piece.cut else None


def _any_heading(text: str, start: int) -> Heading:
    line = text[start : text.find("\n", start) + 1 or None]
    marked = HEADING.match(line)
    assert marked is not None  # noqa: S101  (a line begins here that is a heading)
    cut = len(line.rstrip())
    piece = Block(line, min(marked.end(), cut), cut, len(marked[1]), None)
    return piece, unit_of(piece)


def _sections(reader: Reader, text: str, starts: list[int], found: list[Heading], marks: str) -> list[Section]:
    """Read all headings in order, and at once what is addressed by the law itself: what stands before its parts."""
    sections = [_before_all(reader, text[: starts[0]], marks)] if starts[0] else []
    first: Section | None = None  # of articles in a row
    for at, heading in enumerate(found):
        start, end = starts[at], starts[at + 1]
        if first is not None and heading is found[at - 1]:
            address = reader.addresses.of_article_beside(text[start + heading[0].start : text.find("\n", start)])
            sections.append(Section(start, end, address, beside=first))
            continue
        if first is not None and sections[-1] is not first:
            _go_on_behind(reader, sections[-1], text)
        count = len(reader.clauses)
        plain = _numbered(text, start) is not None
        piece, unit = _any_heading(text, start) if plain else heading
        read_heading(reader, piece, unit)
        clause = reader.clauses[-1]
        if len(reader.clauses) == count:  # the title of the one before
            sections[-1].end, sections[-1].heading = end, clause
        else:
            sections.append(Section(start, end, clause.address, clause, tuple(reader.open)))
        if clause.kind is Kind.TITLE:
            sections[-1].clauses = _read_at_once(reader, text[start:end], count, marks)
        elif text[start + len(piece.text) : end].strip():
            reader.clauses.append(_UNREAD)
        first = sections[-1] if plain and clause.kind is Kind.ARTICLE else None
    return sections


def _go_on_behind(reader: Reader, section: Section, text: str) -> None:
    """Let a reading stand behind the last of articles in a row."""
    heading = _complete(section, text)
    reader.open[:] = section.opened
    reader.clauses.append(heading)
    if text[section.start + len(heading.lead) : section.end].strip():
        reader.clauses.append(_UNREAD)


def _complete(section: Section, text: str) -> Clause:
    """The heading of a section; of an article beside another it is made now."""
    if section.heading is not None:
        return section.heading
    assert section.beside is not None and section.beside.heading is not None  # noqa: S101  (the first has one)
    first = section.beside.heading
    lead = text[section.start : text.find("\n", section.start)]
    label = lead[len(first.lead) - len(first.label) :]
    section.heading = Clause(first.kind, first.depth, label, section.address, lead, "", "\n")
    above, level = section.beside.opened[:-1], section.beside.opened[-1]
    section.opened = (*above, Level(level.kind, level.rank, label, 0, level.depth))
    return section.heading


def _before_all(reader: Reader, text: str, marks: str) -> Section:
    """Front matter, and words before the first heading."""
    lines = lines_of(text)
    start = front_matter_lines(lines)
    add_front_matter(reader, lines[:start])
    pieces = blocks(lines[start:], text)
    read_blocks(reader, pieces, [None] * len(pieces), marks)
    clauses = {clause.address: clause for clause in reader.clauses}
    return Section(0, len(text), reader.clauses[0].address, clauses=clauses)


def _read_at_once(reader: Reader, text: str, place: int, marks: str) -> dict[str, Clause]:
    pieces = blocks(lines_of(text), text)
    reader.clauses[place], count = _whole_heading(reader.clauses[place], pieces)
    read_blocks(reader, pieces[count:], [None] * (len(pieces) - count), marks)
    return {clause.address: clause for clause in reader.clauses[place:]}


def _whole_heading(heading: Clause, pieces: Sequence[Block]) -> tuple[Clause, int]:
    """A heading with the blank lines in it and behind it, and how many blocks it takes: two where the second one is
    its title."""
    first = pieces[0]
    if len(pieces) == 1 or not pieces[1].level:
        return heading._replace(tail=first.text[first.cut :]), 1
    second = pieces[1]
    return heading._replace(lead=first.text + second.text[: second.start], tail=second.text[second.cut :]), 2
