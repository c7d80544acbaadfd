"""Labels: what a clause is called on the page, and the canonical number behind it.

Canonical numbers are ASCII: `12¹`, `12.1`, `12–1` and `12^1^` are `12-1`; item letters of the Cyrillic alphabet go by
their position in the series used in law (а б в г д е ж з и к …: ё and й are skipped), never by look-alike.
"""

import re
import unicodedata
from functools import lru_cache

from app.domain.ordinals import ordinal

SERIES = "абвгдежзиклмнопрстуфхцчшщэюя"
KYRGYZ = {"ң": "ng", "ө": "oe", "ү": "ue", "і": "i", "ї": "ji", "є": "je", "ґ": "gh"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\\*"))
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
ROMAN_LOOKALIKES = str.maketrans("ІХСМ", "IXCM")  # typed on a Cyrillic keyboard: Розділ ІІ
LATIN = (
    "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|undecies|duodecies|terdecies|quaterdecies"
    "|quindecies|sexdecies|septdecies|octodecies"
)
LATIN_ORDER = {word: place for place, word in enumerate(LATIN.split("|"), start=2)}
SUPERSCRIPT = r"(?:\^\d{1,9}\^|<sup>\d{1,9}</sup>|[⁰¹²³⁴-⁹]{1,9})"
INSERTED = rf"(?:[-–‑.\s]?(?:{LATIN})\b(?!\s{{1,3}}§{{0,2}}\s?\d)(?:\s[A-Z](?![^\W_]))?)"
"""The Latin adverb of an inserted unit: 12 bis, 12-ter, 5 bis A; not the German range §§ 12 bis 14."""
DIGITS = (
    rf"\d{{1,9}}(?:[-–‑.]\d{{1,9}}|{SUPERSCRIPT}|(?:[-–‑]?[A-Za-zА-ЯІа-яі]|[A-Za-z]{{2,3}})(?![^\W\d_])){{0,9}}"
    rf"{INSERTED}?"
)
"""A number as law writes it: 12, 12-1, 12A, 26^12^, 12¹, 300aa-1, 12 bis. Bounded, so that no text is slow to read."""
ROMAN = rf"[IVXLCDMІХСМ]{{1,9}}(?:er|re|ère)?(?:-\d{{1,9}})?(?![^\W\d_]){INSERTED}?"
NUMBER = f"(?:{DIGITS}|{ROMAN})"
"""How a number is written after a structural word."""

_NUMBER_SIGN = re.compile(r"(?<![^\W\d_])(?:N|No|Nr|№)\.?\s?(?=\d)")
_RAISED = re.compile(r"\^(\d+)\^|<sup>(\d+)</sup>|(?<=\w)([⁰¹²³⁴-⁹]+)")
_NUMBERED = re.compile(
    r"(?:(?<![^\W\d_])([A-Z]{1,2}(?:\.[A-Z])?)\.?\s?)?"
    r"(\d+(?:[-–‑.]\d+|(?:[-–‑]?[A-Za-zА-ЯІа-яі]|[A-Za-z]{2,3})(?![^\W\d_]))*)"
    rf"({INSERTED})?"
)
_ROMAN = re.compile(rf"(?<!\w)([IVXLCDMІХСМ]+)(?:er|re|ère)?(?:-(\d+))?(?!\w)({INSERTED})?")
_SUFFIX = re.compile(rf"(?<=^1)(?:er|re)$|(?<=\d)(?=(?:{LATIN})\b)")
_BREAKS = re.compile(r"[-–‑.\s]+")
_LETTERS = re.compile(r"[\W\d_]*([^\W\d_]{1,2}|[ivxlc]{1,7})[\W\d_]*")
_SEVERAL = re.compile(r"\W*(?:§§|(?:статьи|статті|articles|artículos|artigos|articoli|sections)\b)", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,9})[-–](\d{1,9})")
_TO = re.compile(
    r"(?:\s(?:bis|to|à|до|по|al|až|a|i|и|and|und|et|та|or|y|e|жана)\s|[–—]|\s-\s|,\s|[).]-)\D{0,5}?(\d{1,9})"
)
_PARTS = re.compile(r"\d+|[a-z]+|[IVXLCDM]+")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONGEST = 18  # digits of a number that is counted with; longer ones are only put in order


@lru_cache(maxsize=65536)
def canonical(label: str) -> str:
    """The number of a label in ASCII, `""` when it has none: `Статья 12¹.` → `12-1`, `а)` → `a`, `Livre Ier` → `I`."""
    text = _plain(label)
    span = _SPAN.search(text) if _SEVERAL.match(text) else None
    numbered = _NUMBERED.search(text if span is None or int(span[1]) > int(span[2]) else text[: span.end(1)])
    if numbered:
        code, number, inserted = numbered.groups()
        return _joined(code, _SUFFIX.sub("-" if _latin(number) else "", number), inserted).lower()
    roman = _ROMAN.search(text)
    if roman and roman[1].translate(ROMAN_LOOKALIKES) not in ("C", "D", "L", "M"):
        rest = _joined(roman[2], roman[3]).lower()
        return _joined(roman[1].translate(ROMAN_LOOKALIKES), rest)
    letters = _LETTERS.fullmatch(text)
    if letters:
        return _letters(letters[1].lower())
    return _in_words(text)


@lru_cache(maxsize=65536)
def reach(label: str) -> tuple[int, int] | None:
    """The first and the last whole number a label stands for: `§§ 12 bis 14` → 12, 14; `Статья 5-1.` → 5, 5.

    None where the number is no plain one (`(a)`, `IV`, `L. 121-3`).
    """
    number = re.match(r"\d{1,18}(?!\d)", canonical(label))
    if number is None:
        return None
    first = int(number[0])
    text = _plain(label)
    ends = [int(end) for end in _TO.findall(text[:400])]
    span = _SPAN.search(text)
    if span and (_SEVERAL.match(text)):
        ends.append(int(span[2]))
    return first, max([first, *ends])


def _plain(label: str) -> str:
    """The label in composed letters and plain digits, without invisible characters and Markdown marks."""
    text = unicodedata.normalize("NFC", label.translate(INVISIBLE))
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(one)) if one.isdecimal() and not one.isascii() else one for one in text)
    text = _RAISED.sub(lambda raised: "-" + (raised[1] or raised[2] or raised[3]).translate(SUPERSCRIPTS), text)
    return _NUMBER_SIGN.sub("", text)


def _latin(number: str) -> bool:
    return number.rstrip("0123456789").rsplit("-", 1)[-1].lstrip("0123456789") in LATIN_ORDER


def _joined(*parts: str | None) -> str:
    joined = "-".join(_BREAKS.sub("-", part).strip("-") for part in parts if part)
    return joined if joined.isascii() else "".join(one if one.isascii() else _letter(one.lower()) for one in joined)


def _in_words(text: str) -> str:
    """`ЧАСТЬ ПЕРВАЯ` → `1`, `Titre préliminaire` → `preliminaire`, `Part A` → `a`."""
    for word in text[:200].split():
        number = ordinal(word.strip(".,:;()«»"))
        if number:
            return number
    letter = re.search(r"(?<!\w)[A-ZА-Я](?!\w)", text[:200])
    return _letters(letter[0].lower()) if letter else ""


def _letters(letters: str) -> str:
    return letters if letters.isascii() else "".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    if letter in SERIES:
        index = SERIES.index(letter)
        return chr(ord("a") + index) if index < 26 else f"z{index - 25}"
    return letter if letter.isascii() else KYRGYZ.get(letter, f"u{ord(letter):x}")


def order_of(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts canonical numbers as a law does: 5, 5-1, 5-2, 6; 12, 12za, 12a, 12b, 12-bis, 13; IV, V."""
    return tuple(_order(part) for part in _PARTS.findall(number))


def _order(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return (0, int(part), "") if len(part) <= _LONGEST else (0, 10**_LONGEST + len(part), part)
    if part.isupper():
        return (0, roman_value(part), part)
    if part in LATIN_ORDER:
        return (2, LATIN_ORDER[part], part)
    return (1, 0 if len(part) > 1 and part[0] == "z" else len(part), part)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals; numerals nobody writes (`IIX`) get some value too."""
    total = 0
    for one, following in zip(numeral, numeral[1:] + "I", strict=True):
        value = _ROMAN_VALUES[one]
        total += -value if value < _ROMAN_VALUES[following] else value
    return total


def next_label(label: str) -> str:
    """The label that continues the series, written the same way: `4.` → `5.`, `2)` → `3)`, `а)` → `б)`.

    Empty when the label shows no number that can be continued.
    """
    numbers = list(re.finditer(r"\d+", label))
    if numbers:
        last = numbers[-1]
        return label[: last.start()] + _plus_one(last[0]) + label[last.end() :]
    letter = re.fullmatch(r"(\W*)(\w)(\W*)", label)
    following = _next_letter(letter[2]) if letter else ""
    return f"{letter[1]}{following}{letter[3]}" if letter and following else ""


def _plus_one(digits: str) -> str:
    """The number after this one; written out by hand where it is too long for a machine number."""
    if len(digits) <= _LONGEST:
        return str(int(digits) + 1)
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    kept = plain.rstrip("9")
    raised = kept[:-1] + str(int(kept[-1]) + 1) if kept else "1"
    return raised + "0" * (len(plain) - len(kept))


def _next_letter(letter: str) -> str:
    for series in (SERIES, SERIES.upper(), "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        index = series.find(letter)
        if 0 <= index < len(series) - 1:
            return series[index + 1]
    return ""
