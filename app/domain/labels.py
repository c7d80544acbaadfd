"""Labels: what a clause is called on the page, and the canonical number behind it.

Canonical numbers are ASCII: `12¹`, `12.1`, `12–1` and `12^1^` are `12-1`; item letters of the Cyrillic alphabet go by
their position in the series used in law (а б в г д е ж з и к …: ё and й are skipped), never by look-alike.
"""

import re
import unicodedata
from functools import lru_cache

SERIES = "абвгдежзиклмнопрстуфхцчшщэюя"
KYRGYZ = {"ң": "ng", "ө": "oe", "ү": "ue", "і": "i", "ї": "ji", "є": "je", "ґ": "gh"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NUMBER = r"(?:\d+(?:[-–.]\d+)*[A-Za-z]{0,2}(?:\^\d+\^|[⁰¹²³⁴-⁹]+)*|[IVXLCDM]+(?:-\d+)?)"
"""How a number is written after a structural word: 12, 12-1, 12A, 26^12^, 12¹, IV."""


@lru_cache(maxsize=65536)
def canonical(label: str) -> str:
    """The number of a label in lower-case ASCII, `""` when it has none: `Статья 12¹.` → `12-1`, `а)` → `a`."""
    text = unicodedata.normalize("NFC", label.translate(INVISIBLE)).replace("\u00a0", " ")
    text = re.sub(r"\^(\d+)\^", r"-\1", text)
    text = re.sub(r"(?<=\d)[⁰¹²³⁴-⁹]+", lambda match: "-" + match[0].translate(SUPERSCRIPTS), text)
    numbered = re.search(r"([A-Z]\.\s?)?\d+(?:[-–.]\d+)*[A-Za-z]{0,2}", text)
    if numbered:
        number = re.sub(r"[-–.\s]+", "-", numbered[0]).strip("-").lower()
        return number if number.isascii() else ""
    roman = re.search(r"(?<!\w)[IVXLCDM]+(?!\w)", text)
    if roman:
        return roman[0]
    letter = re.fullmatch(r"\W*(\w{1,2})\W*", text)
    return _letters(letter[1].lower()) if letter else ""


def _letters(letters: str) -> str:
    return "".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    if letter in SERIES:
        index = SERIES.index(letter)
        return chr(ord("a") + index) if index < 26 else f"z{index - 25}"
    return letter if letter.isascii() else KYRGYZ.get(letter, f"u{ord(letter):x}")


def order_of(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts canonical numbers as a law does: 5, 5-1, 5-2, 6; 12, 12a, 12b, 13."""
    parts = re.findall(r"\d+|[a-z]+|[IVXLCDM]+", number)
    return tuple((0, int(part), "") if part.isdigit() else (1, len(part), part) for part in parts)


def next_label(label: str) -> str:
    """The label that continues the series, written the same way: `4.` → `5.`, `2)` → `3)`, `а)` → `б)`.

    Empty when the label shows no number that can be continued.
    """
    numbers = list(re.finditer(r"\d+", label))
    if numbers:
        last = numbers[-1]
        return label[: last.start()] + str(int(last[0]) + 1) + label[last.end() :]
    letter = re.fullmatch(r"(\W*)(\w)(\W*)", label)
    following = _next_letter(letter[2]) if letter else ""
    return f"{letter[1]}{following}{letter[3]}" if letter and following else ""


def _next_letter(letter: str) -> str:
    for series in (SERIES, SERIES.upper(), "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        index = series.find(letter)
        if 0 <= index < len(series) - 1:
            return series[index + 1]
    return ""
