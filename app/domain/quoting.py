"""Quoted structure in an amending act: which blocks stand inside «…», “…”, „…“, ‘…’ or "..." that another block opened.

A quotation counts when it begins a line or follows a colon; a missing closing mark never swallows the rest of a law.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.blocks import Block

_CLOSED_END = re.compile(r"[»”“’\"][\s.,;:*_]*$")
_CURLY_END = re.compile(r"’[\s.,;:*_]*$")


class _Marks(NamedTuple):
    """One way of quoting: its marks in a block, and how many more open than close there."""

    marks: str
    opener: str
    balance: Callable[[str], int]


def quotations(blocks: Sequence[Block], text: str) -> tuple[dict[int, int], list[int]]:
    """The last block of each quotation by its first one, and the blocks whose quotation is never closed."""
    found: dict[int, int] = {}
    unclosed: list[int] = []
    for way in _ways(text):
        _find(blocks, way, found, unclosed)
    return found, sorted(set(unclosed) - set(found))


def _ways(text: str) -> list[_Marks]:
    """The ways of quoting a text uses. “ closes what „ opens, and opens where there is no „."""
    ways = []
    if "«" in text:
        ways.append(_Marks("«»", "«", lambda block: block.count("«") - block.count("»")))
    if "„" in text:
        ways.append(_Marks("„“”", "„", lambda block: block.count("„") - block.count("“") - block.count("”")))
    elif "“" in text:
        ways.append(_Marks("“”", "“", lambda block: block.count("“") - block.count("”")))
    if '"' in text:
        ways.append(_Marks('"', '"', _straight))
    if "‘" in text:
        ways.append(_Marks("‘’", "‘", _single))
    return ways


def _straight(block: str) -> int:
    if block.count('"') % 2 == 0:
        return 0
    opens = block.lstrip()[:1] == '"' or block[: block.rfind('"')].rstrip()[-1:] in (":", "—")
    return 1 if opens else -1


def _single(block: str) -> int:
    """‘ opens at the beginning of a block and ’ closes at its end; elsewhere ’ is an apostrophe."""
    return int(block.lstrip()[:1] == "‘") - int(_CURLY_END.search(block[-20:]) is not None)


def _find(blocks: Sequence[Block], way: _Marks, found: dict[int, int], unclosed: list[int]) -> None:
    """Match opening and closing blocks: a quotation ends where the balance falls back to that before it."""
    waiting: list[tuple[int, int, bool]] = []  # block, balance before it, whether it counts as quoted structure
    level = 0
    first_mark, second_mark = way.marks[0], way.marks[-1]
    for at, block in enumerate(blocks):
        text = block.text
        if block.level:
            _give_up(waiting, unclosed)
            level = 0
        elif block.opaque is None and (first_mark in text or second_mark in text):
            balance = way.balance(text[: block.cut])
            if balance > 0 and not _is_repeated(text, balance, way, waiting):
                waiting.append((at, level, _opens_quotation(text[: block.cut], way)))
                level += balance
            elif balance < 0:
                level = _close(waiting, level + balance, at, found)
    _give_up(waiting, unclosed)


def _is_repeated(text: str, balance: int, way: _Marks, waiting: list[tuple[int, int, bool]]) -> bool:
    """An opening mark set again at the beginning of each quoted paragraph, as English and French do."""
    return bool(waiting) and waiting[-1][2] and balance == 1 and text.lstrip()[:1] == way.opener


def _close(waiting: list[tuple[int, int, bool]], level: int, at: int, found: dict[int, int]) -> int:
    while waiting and level <= waiting[-1][1]:
        first, _, counts = waiting.pop()
        if counts:
            found.setdefault(first, at)
    return level if waiting else max(level, 0)


def _give_up(waiting: list[tuple[int, int, bool]], unclosed: list[int]) -> None:
    unclosed.extend(first for first, _, counts in waiting if counts)
    waiting.clear()


def _opens_quotation(text: str, way: _Marks) -> bool:
    """Whether the mark left open begins a line or follows a colon, as quoted structure does."""
    at = _open_mark(text, way)
    before = text[max(0, at - 200) : at].rpartition("\n")[2].rstrip(" \t\u00a0*_>(")
    return at >= 0 and (not before or before[-1] in ":–—-")


def _open_mark(text: str, way: _Marks) -> int:
    """The place of the outermost opening mark that has no closing one; -1 for none."""
    if len(way.marks) == 1:
        return text.find(way.opener) if text.lstrip()[:1] == way.opener else text.rfind(way.opener)
    opened: list[int] = []
    for mark in re.finditer(f"[{way.marks}]", text):
        if mark[0] == way.opener:
            opened.append(mark.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else -1


def is_whole_quotation(text: str) -> bool:
    """Whether a block is one quotation from its first mark to its last: `«1. …»;`."""
    return text.lstrip()[:1] in '«“„"‘' and _CLOSED_END.search(text[-20:]) is not None
