"""Enumerators: the marks before the paragraphs and items of an article, `1.`, `(1)`, `1)`, `1°`, `а)`, `(iv)`, `I. –`.

What matters for nesting is the style of a mark, its wrapping and its alphabet: `1.` under `(1)` is a level of its own.
"""

import re
from dataclasses import dataclass

from app.domain.labels import DIGITS, INSERTED, canonical, roman_value

_LETTERS = r"(?:[ivxlc]{1,7}|[IVXLC]{1,7}|[^\W\d_]{1,2}(?:[-–]\d{1,3}|[¹²³⁴-⁹]|\^\d\^)?)"
_TO_NUMBER = r"(?:\s?(?:[-–—]|(?:bis|to|à|až|до|по|и|and|und|to)\s)\s?"
ITEM = re.compile(
    r"(?P<lead>[-*+•–—][ \t\u00a0]+)?(?P<mark>\*{1,3}|_{1,2})?"
    r"(?P<label>(?P<dotted>\d{1,4}(?:\.\d{1,4}){1,5})(?=\s)"
    rf"|\\?\((?P<inner>(?:{DIGITS})|{_LETTERS}{INSERTED}?)\\?\)(?:{_TO_NUMBER}\(\d{{1,4}}[a-z]?\)))?"
    rf"|(?P<number>{DIGITS}(?:{_TO_NUMBER}\d{{1,4}}))?)(?P<end>\\?[.)°](?:{_TO_NUMBER}\d{{1,4}}[.)]))?(?:\s(?:bis|ter|quater)\b)?)"
    rf"|(?P<letters>{_LETTERS}{INSERTED}?)(?P<stop>\\?[.)])"
    r"|(?P<sign>§\s?(?:\d{1,4}[a-z]?)\.))"
    r"(?:\*{1,3}|_{1,2})?"
)
_DASHED = re.compile(r"\s?[-–—]\s?\S")
_DATE = re.compile(r"\d{1,2}\.\s?(?:[^\W\d_]{3,12}\.?\s|\d{1,2}\.\s?)\d{4}")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A mark before a paragraph or an item: where its label ends and its words begin, and how it may be read.

    `readings` are pairs of a style and a number: `(i)` is the letter 9 or the Roman 1.
    """

    start: int
    end: int
    words: int
    readings: tuple[tuple[str, int], ...]
    is_plain_line: bool  # nothing but white space before the words: no bold, no dash
    components: tuple[int, ...]  # of a dotted number: 1.2.3 → (1, 2, 3)

    @property
    def style(self) -> str:
        return self.readings[0][0]


def enumerator(block: str, at: int) -> Enumerator | None:
    """The mark that a block shows at a place, or None."""
    head = block[at : at + 20]
    is_word = head[:1].isalpha() and ")" not in head and "." not in head  # the quick answer for most lines
    match = None if is_word else ITEM.match(block, at)
    if match is None:
        return None
    behind = block[match.end() : match.end() + 1]
    free = not behind or behind.isspace() or bool(match["mark"])  # the label stands apart from the words
    if match["number"]:
        return _numbered(block, match, behind, free)
    if match["inner"]:
        return _bracketed(match, behind, free)
    if match["letters"]:
        return _lettered(block, match, behind, free)
    if match["dotted"]:
        return _found(match, (("1.", 0),), _components(match["dotted"]))
    return _found(match, (("§", _value(match["label"])),))


def _bracketed(match: re.Match[str], behind: str, free: bool) -> Enumerator | None:
    inner = match["inner"]
    if inner[0].isdecimal():
        return _found(match, (("(1)", _value(inner)),)) if free or behind.isalpha() else None
    return _found(match, _letter_readings("()", inner)) if free else None


def _lettered(block: str, match: re.Match[str], behind: str, free: bool) -> Enumerator | None:
    wrap = match["stop"].lstrip("\\")
    if not free and not (wrap == ")" and behind.isalpha()) and not _DASHED.match(block, match.end()):
        return None
    readings = _dotted_letters(match["letters"]) if wrap == "." else _letter_readings(")", match["letters"])
    return _found(match, readings)


def _numbered(block: str, match: re.Match[str], behind: str, free: bool) -> Enumerator | None:
    number, wrap = match["number"], match["end"].lstrip("\\")[:1]
    if wrap != ".":
        return _found(match, (("1" + wrap, _value(number)),)) if free or behind.isalpha() else None
    if not (free or behind.isupper() or behind in '«“„"') or _DATE.match(block, match.start("label")):
        return None
    return _found(match, (("1.", _value(number)),), _components(number) if "." in number else ())


def _found(match: re.Match[str], readings: tuple[tuple[str, int], ...], components: tuple[int, ...] = ()) -> Enumerator:
    start, end = match.span("label")
    if not match["mark"]:
        return Enumerator(start, end, end, readings, not match["lead"], components)
    return Enumerator(start, end, match.end(), readings, False, components)


def _value(number: str) -> int:
    """The whole number; 0 for an inserted one that cannot begin a series (`1-1`, `1a`)."""
    digits = re.match(r"(\d+)(.?)", number.lstrip("\\(§ \u00a0"))
    return int(digits[1]) if digits and not (digits[1] == "1" and digits[2] not in ("", ".", ")", " ", "–")) else 0


def _components(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _dotted_letters(letters: str) -> tuple[tuple[str, int], ...]:
    return tuple((style + ".", value) for style, value in _letter_readings("", letters))


def _letter_readings(wrap: str, letters: str) -> tuple[tuple[str, int], ...]:
    """The styles and numbers of letters; Roman numerals are also letters (`i`, `v`, `c`) where they are short."""
    upper = "A" if letters[0].isupper() else "a"
    plain = re.match(r"[^\W\d_]+", letters)
    word = plain[0] if plain else letters
    readings = [(wrap + upper * min(len(word), 2), _letter_value(word))] if len(word) <= 2 else []
    if _ROMAN.fullmatch(word):
        readings.insert(0 if len(word) > 1 else 1, (wrap + ("I" if upper == "A" else "i"), roman_value(word.upper())))
    return tuple(readings)


def _letter_value(word: str) -> int:
    """The place of a letter in its alphabet from 1, of a double one (`aa`) that of the last letter."""
    number = canonical(word[-1].lower() + ")")
    if len(number) == 1:
        return ord(number) - ord("a") + 1
    return 25 + int(number[1:]) + 1 if number[:1] == "z" and number[1:].isdecimal() else 0


def begins_unit(line: str) -> bool:
    """Whether a line shows a mark; asked of every line that follows another without a blank one."""
    return enumerator(line, 0) is not None


def shows_first(mark: Enumerator) -> bool:
    """Whether a mark is the first of a series: 1, a, i, I, aa."""
    return any(value == 1 for _, value in mark.readings) or mark.components[-1:] == (1,)
