"""Sign-in names: what is one, and which to suggest to somebody whose name may be written in Cyrillic."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 80
SUGGESTED = 40  # characters of a suggestion at the most
LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "җ": "j", "з": "z",
    "и": "i", "й": "i", "і": "i", "ї": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o",
    "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ұ": "u", "ў": "u", "ф": "f", "х": "kh",
    "ҳ": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ә": "a", "ю": "iu", "я": "ia", "є": "e", "ґ": "g",
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
}  # fmt: skip
"""Letter by letter, as in passports (ICAO Doc 9303, part 3, section 6), for whoever must type it on any keyboard."""
MARKS = re.compile(r"[\u0300-\u036f]")


def in_latin(words: str) -> str:
    """Small ASCII letters and digits; what is none of these becomes a space."""
    composed = unicodedata.normalize("NFC", words).lower()
    spelled = "".join(LETTERS.get(letter, letter) for letter in composed)
    bare = MARKS.sub("", unicodedata.normalize("NFKD", spelled))
    return re.sub(r"[^a-z0-9]+", " ", "".join(LETTERS.get(letter, letter) for letter in bare).replace("'", "")).strip()


def suggested(full_name: str, taken: Container[str] = ()) -> str:
    """First and last word of a name, `aigul.toktosunova`, with a number where that is taken; `person` where the name
    has no letter that is known here."""
    words = in_latin(full_name).split()
    chosen = [words[0], words[-1]] if len(words) > 1 else words or ["person"]
    name = ".".join(chosen)[:SUGGESTED].strip(".")
    if name not in taken:
        return name
    return next(f"{name}{number}" for number in count(2) if f"{name}{number}" not in taken)
