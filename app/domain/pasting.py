"""Text pasted from Word or a PDF, made fit for a field that expects a law's Markdown. Letters are never changed.

`cleaned(cleaned(text).text).text == cleaned(text).text`. A no-break space is kept where law uses one: between a number
(or №, §) and its word, between groups of digits, at French punctuation and quotation marks; any other is a plain space.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.blocks import HEADING
from app.domain.clauses import Clause
from app.domain.enumerators import Enumerator, enumerator
from app.domain.headings import plain_heading
from app.domain.joining import begins_clause, divides_word


class Cleaning(StrEnum):
    """What was done to a pasted text."""

    BREAKS = "breaks"
    INVISIBLE = "invisible"
    SYMBOLS = "symbols"
    TABS = "tabs"
    SPACES = "spaces"
    BULLETS = "bullets"
    JOINED = "joined"
    DIVIDED = "divided"
    PARAGRAPHS = "paragraphs"
    INDENTED = "indented"


SENTENCES = {
    Cleaning.BREAKS: "Page breaks and line breaks of the word processor became line ends.",
    Cleaning.INVISIBLE: "Soft hyphens and other characters that nobody sees were removed.",
    Cleaning.SYMBOLS: "Characters that exist in one font only were removed.",
    Cleaning.TABS: "Tabs became spaces.",
    Cleaning.SPACES: "Special and repeated spaces became single spaces.",
    Cleaning.BULLETS: "Bullets became dashes.",
    Cleaning.JOINED: "Lines broken inside a sentence were joined.",
    Cleaning.DIVIDED: "Words divided at the end of a line were put together: look whether their hyphens stay.",
    Cleaning.PARAGRAPHS: "A blank line was put between paragraphs.",
    Cleaning.INDENTED: "Items were indented as in the law.",
}
PASTED = frozenset(Cleaning) - {Cleaning.SPACES, Cleaning.JOINED, Cleaning.INDENTED}
"""What is found in pasted texts only: people type double spaces, break lines and leave items where they are."""
Indents = Mapping[tuple[str, str], int]
"""Spaces before an item, by the style of its mark and that of the item above it (empty: right below a heading)."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text, and what was done to it, each once."""

    text: str
    notes: tuple[Cleaning, ...]


_BREAKS = {0x0B: "\n", 0x0C: "\n", 0x1C: "\n", 0x1D: "\n", 0x1E: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]|(?<![\u0590-\u0dff])[\u200c\u200d]"
    "|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]"
)
_SOFT_BREAK = re.compile("(?<!\u00ad)\u00ad+[ \t]*\n[ \t]*(?=[^\\W\\d_])|\u00ad")
_PRIVATE = "[\ue000-\uf8ff]"
_BULLET = re.compile(rf"(\s*)(?:(?:[·•▪■●◦‣⁃○►]|{_PRIVATE})\s*|o\t\s*|([-–—*+])(?:\t\s*|\s{{2,}}))(?=\S|$)")
_SPACES = "\u1680\u2000-\u200a\u205f\u3000"
_KEPT = re.compile(
    "(?<=[\\d№§])[\u00a0\u202f](?=[\\w%°€$])|(?<=\\w)[\u00a0\u202f](?=\\d)|(?<=[\\w.])[\u00a0\u202f](?=[№§])"
    "|(?<=\\S)[\u00a0\u202f](?=[;:!?»%])|(?<=«)[\u00a0\u202f](?=\\S)"
)
_FENCE = re.compile(r"[ \t]*(```|~~~)")


def cleaned(text: str, indents: Indents | None = None) -> Cleaned:
    """The text as the law would write it. Without `indents` items keep no indentation.

    Lines get a blank line between them where each is a clause of its own: it begins with a number or a dash, or the
    line before ends a sentence. Tables, code and block quotes stay; a text that has blank lines keeps its lines.
    """
    notes: set[Cleaning] = set()
    lines = [_in_line(line, notes) for line in _lines(_seen(text, notes), notes)]
    words = [at for at, line in enumerate(lines) if line.text.strip()]
    lines = lines[words[0] : words[-1] + 1] if words else []
    if all(line.opaque or line.text.strip() for line in lines):
        lines = _as_paragraphs(lines, notes)
    if indents is not None:
        lines = _indented(lines, indents, notes)
    return Cleaned("\n".join(line.text for line in lines), tuple(note for note in Cleaning if note in notes))


def as_typed(text: str, indents: Callable[[], Indents]) -> Cleaned:
    """The text as it was typed or, where it bears the marks of a word processor or of a PDF, cleaned; the same the
    second time."""
    marks = PASTED.intersection(cleaned(text).notes)
    return cleaned(text, indents()) if marks else Cleaned(text, ())


def indents_of(clauses: Iterable[Clause], beside: Clause | None = None) -> Indents:
    """How a law indents its items, most often; `beside` is a clause next to which the pasted text is to stand."""
    seen: dict[tuple[str, str], Counter[int]] = {}
    path: list[tuple[int, str]] = []
    for clause in clauses:
        while path and path[-1][0] >= clause.depth:
            path.pop()
        mark = _mark(clause.label + " ") if clause.label else None
        style = mark.style if mark else ""
        if style:
            key = (style, path[-1][1] if path else "")
            seen.setdefault(key, Counter())[_indent(clause.lead)] += 1
        path.append((clause.depth, style))
    found = {key: counted.most_common(1)[0][0] for key, counted in seen.items()}
    mark = _mark(beside.label + " ") if beside is not None and beside.label else None
    if beside is not None and mark is not None:
        found[mark.style, ""] = _indent(beside.lead)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end; an opaque one belongs to a table, code or a block quote and stays."""

    text: str
    opaque: bool = field(default=False)


def _seen(text: str, notes: set[Cleaning]) -> str:
    """The text with ordinary line ends and without what nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    broken = text.translate(_BREAKS)
    plain = _UNSEEN.sub("", _SOFT_BREAK.sub("", _UNSEEN.sub("", broken)))
    if broken != text:
        notes.add(Cleaning.BREAKS)
    if plain != broken:
        notes.add(Cleaning.INVISIBLE)
    return plain


def _lines(text: str, notes: set[Cleaning]) -> list[_Line]:
    """The lines; those of tables, quotes and closed fences are opaque. Dead characters go from all of them."""
    lines: list[_Line] = []
    raw = text.split("\n")
    closes = {mark: max((n for n, one in enumerate(raw) if one.strip() == mark), default=-1) for mark in ("```", "~~~")}
    fence = ""
    for at, line in enumerate(raw):
        found = _FENCE.match(line)
        opens = bool(found) and not fence and closes[found[1]] > at if found else False
        opaque = bool(fence) or opens or "|" in line or line.lstrip().startswith(">")
        if opens and found:
            fence = found[1]
        elif fence and line.strip() == fence:
            fence = ""
        lines.append(_Line(line.rstrip() if opaque else line, opaque))
    return lines


def _in_line(line: _Line, notes: set[Cleaning]) -> _Line:
    """One line with plain spaces and dashes for bullets."""
    text = line.text
    if line.opaque:
        return line
    bullet = _BULLET.match(text)
    if bullet:
        text = f"{bullet[1]}{bullet[2] or '-'} {text[bullet.end() :]}".rstrip()
        notes.add(Cleaning.BULLETS if bullet[2] is None else Cleaning.SPACES)
    symbols = re.sub(_PRIVATE, "", text)
    if symbols != text:
        notes.add(Cleaning.SYMBOLS)
    spaced = _spaced(symbols, notes)
    return _Line(spaced)


def _spaced(text: str, notes: set[Cleaning]) -> str:
    if "\t" in text:
        notes.add(Cleaning.TABS)
    lead = text[: len(text) - len(text.lstrip())].replace("\t", "    ").replace("\u00a0", " ")
    words = text.strip().replace("\t", " ")
    mark = _mark(words)
    begins = mark.words if mark else 0
    plain = re.sub(f"[{_SPACES}]", " ", words)
    kept = {match.start() for match in _KEPT.finditer(plain) if match.start() > begins}
    plain = "".join(" " if one in "\u00a0\u202f" and at not in kept else one for at, one in enumerate(plain))
    plain = re.sub(r" {2,}", " ", plain)
    if plain != words:
        notes.add(Cleaning.SPACES)
    return re.sub(r"[^ ]", " ", lead) + plain if plain else ""


def _as_paragraphs(lines: Sequence[_Line], notes: set[Cleaning]) -> list[_Line]:
    """Lines that are clauses of their own apart, and broken ones put together."""
    found: list[list[_Line]] = []
    for line in lines:
        one = line if line.opaque else _Line(line.text.strip())
        before = found[-1] if found else []
        stays_opaque = bool(before) and before[-1].opaque and one.opaque
        apart = not before or before[-1].opaque or one.opaque
        if not stays_opaque and (apart or begins_clause(one.text, before[0].text, before[-1].text)):
            found.append([one])
        else:
            before.append(one)
    if len(found) > 1:
        notes.add(Cleaning.PARAGRAPHS)
    rows = [row if row[0].opaque else [_Line(_joined(row, notes))] for row in found]
    return [line for row in rows for line in (_Line(""), *row)][1:]


def _joined(row: Sequence[_Line], notes: set[Cleaning]) -> str:
    """The lines of one paragraph as one."""
    pieces = [row[0].text]
    for line in row[1:]:
        divided = divides_word(pieces[-1], line.text)
        notes.add(Cleaning.DIVIDED if divided else Cleaning.JOINED)
        pieces += [line.text] if divided else [" ", line.text]
    return "".join(pieces)


def _indented(lines: Sequence[_Line], indents: Indents, notes: set[Cleaning]) -> list[_Line]:
    """Items moved in as far as the law moves them in."""
    styles: list[str] = []
    found: list[_Line] = []
    for line in lines:
        mark = None if line.opaque else _mark(line.text)
        if mark is None:
            if HEADING.match(line.text) or plain_heading(line.text, 0) is not None:
                styles.clear()
            found.append(line)
            continue
        style = next((style for style, _ in reversed(mark.readings) if style in styles), mark.style)
        del styles[styles.index(style) if style in styles else len(styles) :]
        spaces = indents.get((style, styles[-1] if styles else ""), _indent(line.text))
        styles.append(style)
        text = " " * spaces + line.text.strip()
        if text != line.text:
            notes.add(Cleaning.INDENTED)
        found.append(_Line(text))
    return found


def _mark(text: str) -> Enumerator | None:
    """The number before an item; a bullet is none."""
    return enumerator(text, len(text) - len(text.lstrip()))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
