"""The numbers that a browser shows before the items of an HTML list, which does not hold them as text."""

import re
from dataclasses import dataclass

from app.domain.citations.words import to_roman

_STYLES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_STYLE = re.compile(r"list-style(?:-type)?:\s*([a-z-]+)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class ListLevel:
    """A list that is open, and the number of its last item."""

    tag: str
    type: str
    style: str
    start: str
    last: int | None = None

    def next_label(self, value: str, style: str) -> str:
        """The label of the next item: `1.`, `a)`, `I.`; `-` in a list without numbers."""
        if self.tag == "ul":
            return "-"
        first = _number(self.start, 1) if self.last is None else self.last + 1
        self.last = _number(value, first)
        return written(self.last, _kind(self.type, self.style, style))


def is_bullet(label: str) -> bool:
    """Whether what stands before an item is no number: a dot, a dash, a letter o, a character of a symbol font."""
    return label == "o" or not any(one.isalnum() for one in label)


def written(number: int, kind: str) -> str:
    if kind in ("lower-alpha", "upper-alpha", "lower-latin", "upper-latin") and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return (letter.upper() if kind.startswith("upper") else letter) + ")"
    if kind in ("lower-roman", "upper-roman") and 0 < number < 400:
        numeral = to_roman(number)
        return numeral.lower() + ")" if kind.startswith("lower") else numeral + "."
    return f"{number}."


def _kind(type_: str, style: str, item_style: str) -> str:
    for one in (item_style, style):
        found = _STYLE.search(one)
        if found:
            return found[1]
    return _STYLES.get(type_, "decimal")


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) and text.isascii() else otherwise
