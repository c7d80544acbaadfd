"""What a citation is made of: units, and the words of one language for them. The tables are in `citation_languages`.

Every pattern here is matched against a short stretch of text (`REACH` characters), so that no text can make it slow.
"""

import re
from dataclasses import dataclass
from typing import Literal

from app.domain.clauses import Kind

REACH = 160
"""How far before and behind a citation the words are read that say whose law it cites."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as citations name it: the kinds of clause it may be, likeliest first; outer units have smaller levels."""

    name: str
    level: int
    kinds: tuple[Kind, ...]


PART = Unit("part", 1, (Kind.PART,))
SECTION = Unit("section", 2, (Kind.SECTION, Kind.SUBCHAPTER))
CHAPTER = Unit("chapter", 3, (Kind.CHAPTER,))
SUBCHAPTER = Unit("subchapter", 4, (Kind.SUBCHAPTER, Kind.SECTION))
ARTICLE = Unit("article", 5, (Kind.ARTICLE,))
SIGN = Unit("sign", 5, (Kind.ARTICLE,))  # § 5: an article whose label is the sign
PARAGRAPH = Unit("paragraph", 6, (Kind.PARAGRAPH,))
POINT = Unit("point", 7, (Kind.POINT, Kind.PARAGRAPH))
SUBPOINT = Unit("subpoint", 8, (Kind.SUBPOINT, Kind.POINT))
ALINEA = Unit("alinea", 9, (Kind.INDENT,))
SENTENCE = Unit("sentence", 10, ())  # Satz 1, предложение первое: no clause of its own
BRACKETED = Unit("bracketed", 11, (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT))  # the (1) and (a) of 13(1)(a)


@dataclass(frozen=True, slots=True)
class UnitWord:
    """The forms of a word for a unit (a regular expression), and on which side of it its numbers stand.

    `ordinals`: whether first, second… name it too: `alone`, only as part of a longer citation (`chained`), or not.
    """

    forms: str
    unit: Unit
    numbers: Literal["right", "left"] = "right"
    ordinals: Literal["alone", "chained", ""] = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language cites. All fields but the first three are regular expressions; an empty one matches nothing.

    `up` joins a unit to the larger one behind it (point 1 *of* paragraph 2), `down` to the smaller one behind it.
    `inner` and `outer` say whose law it is: behind the citation, or before it. `owned` are forms of a unit word that
    belong to something named before them (Kyrgyz `5-беренеси`): with no owner of this law, another law's.
    """

    language: str
    words: tuple[UnitWord, ...]
    ordinals: tuple[str, ...] = ()  # a form in a row: its gender (m, f or - for any), first, second … (-: no such word)
    conjunctions: str = ""
    ranges: str = ""
    prepositions: str = ""
    up: str = ""
    down: str = ""
    this: str = ""
    that: str = ""  # before a unit word: its, that, the same – somebody else's, or the one named before
    inner_behind: str = ""
    outer_behind: str = ""
    inner_before: str = ""
    outer_before: str = ""
    owned: str = ""
    not_listed: str = ""  # behind a number of a list: `12 months` is no article 12
    apart: str = ""  # behind `Article 7, paragraph 2`: words that show that the comma separates two citations
    glue: str = r"\s"  # between a number and the unit word behind it
    bare_letters: bool = False  # Buchstabe a, without brackets or quotation marks
    counts_lines: bool = False  # an alinéa is every line of the article (Guide de légistique, 3.4.1)
    needs_article: bool = False  # a smaller unit alone, behind an article named in the sentence, is that article's


@dataclass(frozen=True, slots=True)
class Named:
    """A number as it stands in a citation: its characters, and the canonical number it says (`iv` as `4`)."""

    start: int
    end: int
    text: str
    value: str
    form: Literal["arabic", "roman", "letter", "ordinal"]


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of a citation with its number; no number: *this* article. `word` is the unit's word in lower case."""

    unit: Unit
    word: str
    number: Named | None


@dataclass(frozen=True, slots=True)
class Item:
    """One unit that is cited: its steps, outermost first. `ranged`: everything from the item before up to this one."""

    start: int
    end: int
    steps: tuple[Step, ...]
    ranged: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of this law in the body of one clause: `Articles 5 and 7` has two items."""

    start: int
    end: int
    items: tuple[Item, ...]


def roman(text: str) -> int:
    """The value of a Roman numeral: `XIV` → 14."""
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in text.upper()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def to_roman(number: int) -> str:
    """The Roman numeral of a number below 400: 14 → `XIV`."""
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in pairs:
        written += letters * (number // value)
        number %= value
    return written


def same_word(one: str, other: str) -> bool:
    """Whether a unit word of a citation and one of a label are one word: they share their first three letters."""
    letters = re.search(r"[^\W\d_]{3}", other.lower())
    return letters is not None and one.lower().startswith(letters[0])
