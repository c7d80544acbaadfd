"""Runs of formatted text as Markdown: bold, italic, struck and raised words, and what would be a mark escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = re.compile(r"[ \u00a0]{2,}")
_MARKS = re.compile(r"([*`\\]|<(?=[a-zA-Z/!?])|(?<=\W)_|^_)")
_OPENING = re.compile(r"^(?=[#>|]|~~~)|^([-+])(?=\s*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """How words look."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False


PLAIN = Format()
Run = tuple[str, Format]


def inline(runs: Sequence[Run], *, one_line: bool = False) -> str:
    """The words as Markdown. White space is as HTML shows it; `\\n` in a run is a line break (a space on one line)."""
    joined = [("".join(text for text, _ in those), look) for look, those in groupby(runs, key=lambda run: run[1])]
    text = "".join(_marked(text, look) for text, look in joined)
    text = _WIDE.sub(" ", text.replace("\n", " ") if one_line else text)
    lines = [line.strip() for line in text.split("\n")]
    return _OPENING.sub(r"\\\1", "\n".join(line for line in lines if line))


def collapsed(text: str) -> str:
    """White space as HTML shows it; a no-break space stays one."""
    return _SPACES.sub(" ", text)


def _marked(text: str, look: Format) -> str:
    words = text.strip()
    if not words:
        return text
    if look.raised and re.fullmatch(r"\d{1,3}", words):
        return f"^{words}^"
    mark = ("~~" if look.struck else "") + ("**" if look.bold else "") + ("*" if look.italic else "")
    at = text.index(words)
    lines = [escaped(line.strip()) for line in words.split("\n")]
    inner = "\n".join(f"{mark}{line}{mark[::-1]}" if line else "" for line in lines)
    return text[:at] + inner + text[at + len(words) :]


def escaped(words: str) -> str:
    """Characters that Markdown or HTML would take as marks, as characters."""
    return _MARKS.sub(r"\\\1", words)
