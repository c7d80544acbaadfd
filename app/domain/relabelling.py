"""A label with another number in its form: `Статья 12-1.` → `Статья 13.`, `(a)` → `(b)`, `13-берене` → `14-берене`.

What has no sure form (a number in words, letters beyond the alphabet) has no other number.
"""

import re
from dataclasses import dataclass
from typing import Literal

from app.domain.citations.words import to_roman
from app.domain.labels import DIGITS, INSERTED, LATIN, ROMAN_LOOKALIKES, SERIES, canonical, reach, roman_value

Script = Literal["arabic", "roman", "letter"]
SCRIPTS: tuple[Script, ...] = ("arabic", "roman", "letter")
_ARABIC = re.compile(DIGITS)
_ROMAN = re.compile(
    rf"(?<![^\W_])([IVXLCDMІХСМ]{{1,9}}|[ivxlc]{{1,7}})(?:er|re|ère)?(?:-\d{{1,9}})?{INSERTED}?(?![^\W_])"
)
_LETTER = re.compile(r"(?<![^\W_])([^\W\d_])(\1?)(?![^\W_])|(?<![^\W_])([^\W\d_])(?:[-–]\d{1,3}|[¹²³⁴-⁹]|\^\d\^)")
_INSERTED_BEHIND = re.compile(rf"(?<=[°.)])\s(?:{LATIN})\b")  # 5° bis
_CYRILLIC = str.maketrans("IXCM", "ІХСМ")
_LETTERS_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LARGEST_ROMAN = 400


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number in a label: its characters, how it is written, the whole numbers it stands for (a range: several)."""

    start: int
    end: int
    script: Script
    first: int
    last: int


def numerals(label: str) -> tuple[Numeral, ...]:
    """How the number of a label may be read: `(i)` is the Roman 1 or the letter 9. Empty without a usable one."""
    code = canonical(label)
    arabic = _ARABIC.search(label)
    if arabic is not None:
        ends = reach(label)
        if ends is None or not code[:1].isdecimal():
            return ()
        return (Numeral(arabic.start(), arabic.end(), "arabic", *ends),)
    return (*_roman(label), *_letter(label))


def _roman(label: str) -> tuple[Numeral, ...]:
    found = _ROMAN.search(label)
    if found is None:
        return ()
    value = roman_value(found[1].translate(ROMAN_LOOKALIKES).upper())
    return (
        (Numeral(found.start(), found.end(), "roman", value, value),) if _as_roman(value, found[1]) == found[1] else ()
    )


def _letter(label: str) -> tuple[Numeral, ...]:
    for found in _LETTER.finditer(label):
        letter = found[1] or found[3]
        place = _alphabet(letter).find(letter.lower()) + 1
        if place:
            return (Numeral(found.start(), found.end(), "letter", place, place),)
    return ()


def with_number(label: str, numeral: Numeral, number: int, prefix: str = "", *, doubled: bool = False) -> str | None:
    """The label with another number (of a range: its first), behind `prefix` (the number above in `2.1.`). None where
    that number has no sure form. `doubled`: letters stand twice (`aa`)."""
    standing, behind = label[numeral.start : numeral.end], _INSERTED_BEHIND.sub("", label[numeral.end :])
    if numeral.first != numeral.last:
        return _range(label, numeral, number)
    written = {"arabic": _arabic, "roman": _as_roman, "letter": _as_letter}[numeral.script](number, standing)
    if not written:
        return None
    if not prefix and behind == label[numeral.end :] and canonical(label) in (str(number), _as_roman(number, "I")):
        return label  # `1er`, `Ier`
    new = label[: numeral.start] + prefix + written * (2 if doubled else 1) + behind
    if numeral.script == "arabic" and not prefix and canonical(new) != str(number):
        return None
    return new


def _range(label: str, numeral: Numeral, number: int) -> str | None:
    """Several numbers in one label (`§§ 5–7.`): both ends, where there are no others in it."""
    ends = [int(end) for end in re.findall(r"\d+", label)]
    if ends != [numeral.first, numeral.last]:
        return None
    numbers = iter((number, number + numeral.last - numeral.first))
    return re.sub(r"\d+", lambda _: str(next(numbers)), label)


def _arabic(number: int, standing: str) -> str:
    return str(number)


def _as_roman(number: int, standing: str) -> str:
    if not 0 < number < _LARGEST_ROMAN:
        return ""
    numeral = to_roman(number)
    if standing[0].islower():
        return numeral.lower()
    return numeral if standing.isascii() else numeral.translate(_CYRILLIC)


def _as_letter(number: int, standing: str) -> str:
    letters = _alphabet(standing[0])
    if not 0 < number <= len(letters):
        return ""
    letter = letters[number - 1]
    return letter.upper() if standing[0].isupper() else letter


def _alphabet(letter: str) -> str:
    return _LETTERS_LATIN if letter.isascii() else SERIES
