"""Marks around words of a clause in its rendered HTML.

The HTML's characters are laid beside those of the body it was rendered from. A range whose words do not come out the
same in both is left unmarked rather than marked at the wrong place.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

TAG = re.compile(r"(<[^>]*>)")
UNIT = re.compile(r"&[^;\s]{1,32};|.", re.DOTALL)
TARGET = re.compile(r"\]\([^)]*\)")
MARKUP = frozenset("*_`~^\\[]|#> \n\t")


@dataclass(frozen=True, slots=True)
class Range:
    """Words of the body from `start` to `end`; `closing` is HTML to stand behind them."""

    start: int
    end: int
    closing: str


def weave(html: str, body: str, ranges: Sequence[Range], opening: str) -> str:
    """The HTML with `opening … </mark>` around the words of all ranges, overlapping ones joined."""
    pieces = TAG.split(html)
    units = [unit for piece in pieces[::2] for unit in UNIT.findall(piece)]
    letters = [unescape(unit) for unit in units]
    places = _beside(letters, body)
    known = [(place, at) for at, place in enumerate(places) if place >= 0]
    covered, closing = [0] * (len(units) + 1), [""] * len(units)
    for one in ranges:
        low, high = bisect_left(known, (one.start, 0)), bisect_left(known, (one.end, 0))
        if low == high:
            continue
        first, last = known[low][1], known[high - 1][1]
        if _bare("".join(letters[first : last + 1])) == _bare(body[one.start : one.end]):
            covered[first] += 1
            covered[last + 1] -= 1
            closing[last] += one.closing
    return _written(pieces, list(accumulate(covered)), closing, opening)


def _beside(letters: Sequence[str], body: str) -> list[int]:
    """For every letter of the page its place in the body; -1 where there is none."""
    places: list[int] = []
    at = 0
    for letter in letters:
        here = _skip(body, at, letter)
        met = here < len(body) and body[here] == letter
        places.append(here if met else -1)
        at = here + 1 if met else at
    return places


def _skip(body: str, at: int, letter: str) -> int:
    while at < len(body) and body[at] != letter:
        target = TARGET.match(body, at)
        if target:
            at = target.end()
        elif body[at] in MARKUP:
            at += 1
        else:
            break
    return at


def _bare(text: str) -> str:
    return "".join(letter for letter in TARGET.sub("", text) if letter not in MARKUP and not letter.isspace())


def _written(pieces: Sequence[str], covered: Sequence[int], closing: Sequence[str], opening: str) -> str:
    """Nothing is put inside a link: what closes there waits for its end."""
    out: list[str] = []
    at = links = 0
    waiting = ""
    for number, piece in enumerate(pieces):
        if number % 2:
            out.append(piece)
            links += piece.startswith("<a ") - (piece == "</a>")
        marked = False
        for unit in UNIT.findall(piece) if number % 2 == 0 else ():
            if bool(covered[at]) != marked:
                marked = not marked
                out.append(opening if marked else "</mark>")
            out.append(unit)
            if closing[at]:
                out.append("</mark>")
                marked, waiting = False, waiting + closing[at]
                if not links:
                    out.append(waiting)
                    waiting = ""
            at += 1
        if marked:
            out.append("</mark>")
        if waiting and not links:
            out.append(waiting)
            waiting = ""
    return "".join(out)
