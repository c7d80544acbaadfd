"""A clause's words without the marks that Markdown has in them, and how each word looks.

What counts as a mark is what markdown-it-py says, which also renders the pages: its text is found again in the source
as the characters that follow one another, so what is left out are marks and nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from markdown_it.token import Token

from app.domain.clauses import Kind
from app.domain.diff import Op
from app.domain.render import markdown
from app.exports.document import NOBODY, Backing, Line

_MARKDOWN = markdown()
_SPECIAL = re.compile(r"[*_~`\\^\[\]!&<>\n]")
_RAISED = re.compile(r"(?<=\w)\^(\d{1,3})\^")
AS_WRITTEN = frozenset({Kind.TABLE, Kind.CODE, Kind.QUOTE})
"""Kinds whose line ends and marks are their form."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words look."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False


PLAIN = Look()
_MARKS = {"strong": "bold", "em": "italic", "s": "struck"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind and look, as they are shown. `start`, `end` are the characters of the clause's new body that
    they stand for; of words that went, the place where they stood."""

    op: Op
    text: str
    look: Look = PLAIN
    backing: Backing = NOBODY
    start: int = 0
    end: int = 0


def pieces(line: Line, cuts: Sequence[int] = ()) -> tuple[Piece, ...]:
    """The words of a line, cut at these characters of its new body (ascending). A mark that came or went makes the
    words it is about come and go."""
    as_written = line.kind in AS_WRITTEN
    if as_written or not any(_SPECIAL.search(run.text) for run in line.runs):
        return tuple(_sorted(list(_whole(line, cuts))))
    old, new = (iter(_looks(body, as_written)) for body in (line.old_body, line.new_body))
    made: list[Piece] = []
    at = 0
    for run in line.runs:
        for _ in run.text:
            before = next(old) if run.op != "+" else None
            after = next(new) if run.op != "-" else None
            if run.op == "=" and before != after:
                made += _one("-", before, run.backing, at, at)
                made += _one("+", after, run.backing, at, at + 1)
            else:
                made += _one(run.op, before if after is None else after, run.backing, at, at + (run.op != "-"))
            at += run.op != "-"
    return tuple(_joined(_sorted(made), cuts))


def _whole(line: Line, cuts: Sequence[int]) -> Iterator[Piece]:
    """The runs as they are: no marks are in them."""
    at = 0
    for run in line.runs:
        if run.op == "-":
            yield Piece("-", run.text, PLAIN, run.backing, at, at)
            continue
        end = at + len(run.text)
        edges = [at, *(cut for cut in cuts if at < cut < end), end]
        for start, stop in pairwise(edges):
            yield Piece(run.op, run.text[start - at : stop - at], PLAIN, run.backing, start, stop)
        at = end


def shown(text: str, kind: Kind = Kind.INDENT) -> tuple[tuple[str, Look], ...]:
    """Words as they are shown, with their looks."""
    looks = (look for look in _looks(text, kind in AS_WRITTEN) if look is not None)
    return tuple(("".join(char for char, _ in those), look) for look, those in groupby(looks, key=lambda one: one[1]))


def words(text: str, kind: Kind = Kind.INDENT) -> str:
    """Words as they are shown."""
    return text if kind in AS_WRITTEN or not _SPECIAL.search(text) else "".join(part for part, _ in shown(text, kind))


_Shown = tuple[str, Look] | None
"""A character of the source as it is shown; None for a mark."""


def _looks(text: str, as_written: bool) -> Iterable[_Shown]:
    if as_written or not _SPECIAL.search(text):
        return ((char, PLAIN) for char in text)
    return _aligned(text, list(_rendered(text)))


def _aligned(source: str, rendered: list[tuple[str, Look]]) -> list[_Shown]:
    """The source's characters, each with what is shown of it. Where what is shown does not follow from it character by
    character (an entity such as `&amp;`), the words stay as written."""
    found: list[_Shown] = [None] * len(source)
    at = 0
    for char, look in rendered:
        at = source.find(char, at)
        if at < 0:
            return [(" " if one == "\n" else one, PLAIN) for one in source]
        found[at] = (" " if char == "\n" else char, look)
        at += 1
    return found


def _rendered(text: str) -> Iterator[tuple[str, Look]]:
    look = PLAIN
    for token in _MARKDOWN.parseInline(text)[0].children or ():
        look = _after(token, look)
        yield from _characters(token, look)


def _after(token: Token, look: Look) -> Look:
    name = _MARKS.get(token.tag)
    if name is None or not token.nesting:
        return look
    return replace(look, **{name: token.nesting > 0})


def _characters(token: Token, look: Look) -> Iterator[tuple[str, Look]]:
    if token.type in ("softbreak", "hardbreak"):
        yield "\n", look
        return
    words_of = token.content
    at = 0
    for match in _RAISED.finditer(words_of) if token.type == "text" else ():
        yield from ((char, look) for char in words_of[at : match.start()])
        yield from ((char, replace(look, raised=True)) for char in match[1])
        at = match.end()
    yield from ((char, look) for char in words_of[at:])


def _one(op: Op, shown_as: _Shown, backing: Backing, start: int, end: int) -> Iterator[Piece]:
    if shown_as is not None:
        yield Piece(op, shown_as[0], shown_as[1], backing, start, end)


def _sorted(made: list[Piece]) -> Iterator[Piece]:
    """Between words that stay, first what went and then what came."""
    for stays, those in groupby(made, key=lambda piece: piece.op == "="):
        found = list(those)
        yield from found if stays else sorted(found, key=lambda piece: piece.op == "+")


def _joined(made: Iterable[Piece], cuts: Sequence[int]) -> Iterator[Piece]:
    for _, those in groupby(made, key=lambda one: (one.op, one.look, one.backing, bisect_right(cuts, one.start))):
        found = list(those)
        yield replace(found[0], text="".join(piece.text for piece in found), end=found[-1].end)
