"""The smallest parts of citations: a unit word with the numbers beside it (`Articles 5, 7 and 12-1`, `13-беренеде`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.citations.words import ARTICLE, Grammar, Named, Unit, UnitWord, roman
from app.domain.labels import canonical

NEVER = r"(?!)"
_NUMBER = (
    r"(?P<arabic>(?:(?-i:[LRD])\*?\.\s?)?(?:1(?:er|re)|\d{1,4}(?:[-‑.]\d{1,3}(?!\d))*(?:(?-i:[A-Z]{1,2})|(?-i:[a-z]))?"
    r"(?:\^\d{1,3}\^|[⁰¹²³⁴-⁹]{1,3})?)(?![\w^])(?![.-]\d)(?!\s(?:bis|ter|quater|quinquies|sexies)\b(?!\s*\d)))"
    r"|\((?P<bracketed>\d{1,3}[A-Za-z]{0,2}(?:\^\d{1,3}\^)?)\)"
)
_ROMAN = r"|(?P<roman>(?-i:[IVXLC]{1,8}))(?:(?-i:er))?(?!\w)"
_LETTER = (
    r"|[«“„\"(]\s?(?P<letter>[a-zа-яёіїєґңөү]{1,2}|[ivx]{1,5})\s?[»”“\")]\)?"
    r"|(?P<closed>(?<!\w)(?:[a-zа-яёіїєґңөү]{1,2}|[ivx]{1,5}))\)"
)
_BARE = r"|(?P<bare>(?<!\w)[a-z])(?!\w)"
_BRACKETS = re.compile(r"\s?\((\d{1,3}[A-Za-z]{0,2}(?:\^\d{1,2}\^)?|[A-Za-z]{1,2}|[ivx]{1,5}|[а-я])\)")
_SHORT_REACH = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a list with the bracketed numbers behind it (`13(1)(a)`), as far as its closing bracket."""

    named: Named
    below: tuple[Named, ...]
    start: int
    end: int
    ranged: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A unit word with its numbers; without numbers: *this* article, or (`other`) an article that is not named."""

    unit: Unit
    word: str
    start: int
    end: int
    numbers: tuple[Number, ...]
    alone: bool = True  # may stand without a larger unit beside it
    other: bool = False
    owned: bool = False  # its form says that it belongs to something named before it


class Groups:
    """Finds the groups of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._by_name = {f"u{index}": word for index, word in enumerate(grammar.words)}

    def find(self, body: str) -> Iterator[Group]:
        """The groups of a body, in order, none overlapping."""
        floor = 0
        for match in self._words.finditer(body):
            if match.start() < floor:
                continue
            group = self._group(body, floor, match)
            if group is not None:
                floor = group.end
                yield group

    def _group(self, body: str, floor: int, match: re.Match[str]) -> Group | None:
        word = self._by_name[match.lastgroup or ""]
        start, end = match.span()
        numbers = self._behind(body, end, word) if word.numbers == "right" else ()
        alone = True
        if not numbers and (word.numbers == "left" or word.ordinals):
            numbers = self._before(body, floor, start, word)
            alone = not numbers or numbers[0].named.form != "ordinal" or word.ordinals == "alone"
            start = min(start, numbers[0].start) if numbers else start
        end = max(end, numbers[-1].end) if numbers else end
        before = body[max(floor, start - _SHORT_REACH) : start]
        other = self._that.search(before) is not None
        if not numbers and not self._this.search(before):
            if word.unit.level > ARTICLE.level:
                return None
            other = True
        owned = self._owned.fullmatch(match[0]) is not None
        return Group(word.unit, match[0].lower(), start, end, numbers, alone, other, owned)

    def _behind(self, body: str, end: int, word: UnitWord) -> tuple[Number, ...]:
        """The list of numbers behind a unit word."""
        found: list[Number] = []
        ranged = False
        at = end + len(self._gap.match(body, end)[0])  # type: ignore[index]
        while (number := self._number(body, at, word, found, ranged)) is not None:
            if found and self._not_listed.match(body, number.end):
                break
            if ranged and _falls(found[-1], number):
                return ()
            found.append(number)
            joined = self._separator(word).match(body, number.end)
            if joined is None:
                break
            at, ranged = joined.end(), joined["range"] is not None
        return tuple(found)

    def _number(self, body: str, at: int, word: UnitWord, before: list[Number], ranged: bool) -> Number | None:
        bracketed = _BRACKETS.match(body, at) if before and before[-1].below else None
        if bracketed is not None:
            return _sibling(before[-1], bracketed, ranged)
        match = self._item(word).match(body, at)
        if match is None:
            return None
        named = _named(match, self.grammar)
        if before and named.form != before[-1].named.form:
            return None
        end, below = _brackets(body, match.end(), word, match.lastgroup)
        return Number(named, below, named.start, end, ranged)

    def _before(self, body: str, floor: int, start: int, word: UnitWord) -> tuple[Number, ...]:
        """The list of numbers before a unit word."""
        low = max(floor, start - _SHORT_REACH)
        found: list[Number] = []
        for match in reversed(list(self._item(word).finditer(body, low, start))):
            named = _named(match, self.grammar)
            if not found:
                fits = self._fits(named, word, body[match.end() : start])
            else:
                fits = named.form == found[0].named.form
                joined = self._left_separator.fullmatch(body, match.end(), found[0].start)
                fits = fits and joined is not None
                if joined is not None:
                    found[0] = replace(found[0], ranged=joined["range"] is not None)
            if not fits or _continues(body, named.start, floor):
                break
            found.insert(0, Number(named, (), named.start, match.end()))
        return tuple(replace(number, ranged=False) if index == 0 else number for index, number in enumerate(found))

    def _fits(self, named: Named, word: UnitWord, gap: str) -> bool:
        if named.form == "ordinal":
            return bool(word.ordinals) and bool(gap) and not gap.strip()
        if word.numbers != "left":
            return False
        return self._glue.fullmatch(gap) is not None or (named.form == "letter" and gap == " ")

    def without_pointer(self, between: str) -> str:
        """The words between two units without the *this* or *that* at their end (else without their last word)."""
        for pointer in (self._this, self._that):
            if pointer.search(between):
                return pointer.sub("", between)
        return re.sub(r"\S+\s+$", "", between)

    def _item(self, word: UnitWord) -> re.Pattern[str]:
        if word.unit.level < ARTICLE.level:
            return self._structural
        return self._whole if word.unit.level == ARTICLE.level else self._lower

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return _compile("|".join(f"(?P<{name}>{_bounded(word.forms)})" for name, word in self._by_name.items()))

    @cached_property
    def _ordinals(self) -> str:
        words = {word for row in self.grammar.ordinals for word in row.split()[1:] if word != "-"}
        forms = "|".join(sorted(map(_spellings, words), key=len, reverse=True))
        return rf"|(?<!\w)(?P<ordinal>{forms})(?!\w)" if words else ""

    @cached_property
    def _structural(self) -> re.Pattern[str]:
        return _compile(_NUMBER + _ROMAN + self._ordinals)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return _compile(_NUMBER + self._ordinals)

    @cached_property
    def _lower(self) -> re.Pattern[str]:
        return _compile(_NUMBER + _LETTER + (_BARE if self.grammar.bare_letters else "") + self._ordinals)

    def _separator(self, word: UnitWord) -> re.Pattern[str]:
        return self._closed_separator if word.unit.level > ARTICLE.level else self._plain_separator

    @cached_property
    def _plain_separator(self) -> re.Pattern[str]:
        conjunctions, ranges = self.grammar.conjunctions or NEVER, self.grammar.ranges or NEVER
        return _compile(
            rf"(?P<range>\s*[–—]\s*|\s+-\s+|\s+(?:{ranges})\s+)"
            rf"|\s*,\s*(?:(?:{conjunctions})\s+)?|\s+(?:{conjunctions})\s+"
        )

    @cached_property
    def _closed_separator(self) -> re.Pattern[str]:
        return _compile(rf"\)?(?:{self._plain_separator.pattern})")

    @cached_property
    def _left_separator(self) -> re.Pattern[str]:
        return _compile(rf"[.)]?(?:{self._plain_separator.pattern})")

    @cached_property
    def _gap(self) -> re.Pattern[str]:
        return _compile(r"\s{0,3}(?:№\s?|n°\s?|nr\.?\s)?")

    @cached_property
    def _glue(self) -> re.Pattern[str]:
        return _compile(self.grammar.glue)

    @cached_property
    def _this(self) -> re.Pattern[str]:
        return _compile(self.grammar.this)

    @cached_property
    def _that(self) -> re.Pattern[str]:
        return _compile(self.grammar.that)

    @cached_property
    def _owned(self) -> re.Pattern[str]:
        return _compile(rf"(?:{self.grammar.owned})\w*" if self.grammar.owned else NEVER)

    @cached_property
    def _not_listed(self) -> re.Pattern[str]:
        return _compile(self.grammar.not_listed or NEVER)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _bounded(forms: str) -> str:
    return forms if forms == "°" else rf"(?<![\w.])(?:{forms})(?![^\W\d_])"


def _spellings(word: str) -> str:
    """An ordinal with the apostrophes and the ё it may be written with."""
    return word.replace("'", "['’ʼ]").replace("четверт", "четв[её]рт")


def plain(word: str) -> str:
    """An ordinal as the tables have it."""
    return word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def _named(match: re.Match[str], grammar: Grammar) -> Named:
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    text = match[kind]
    if kind == "ordinal":
        rows = (row.split()[1:] for row in grammar.ordinals)
        number = next(row.index(plain(text)) + 1 for row in rows if plain(text) in row)
        return Named(start, end, text, str(number), "ordinal")
    if kind == "roman":
        return Named(start, end, text, str(roman(text)), "roman")
    if kind in ("arabic", "bracketed"):
        return Named(start, end, text, canonical(text).removesuffix("er"), "arabic")
    return Named(start, end, text, canonical(f"{text})") or text.lower(), "letter")


def _brackets(body: str, at: int, word: UnitWord, kind: str | None) -> tuple[int, tuple[Named, ...]]:
    """The bracketed numbers right behind a number: `(1)(a)`, and where they end."""
    below: list[Named] = []
    while kind in ("arabic", "bracketed") and (match := _BRACKETS.match(body, at)):
        below.append(_bracketed(match))
        at = match.end()
    return at, tuple(below)


def _bracketed(match: re.Match[str]) -> Named:
    digits = match[1][0].isdigit()
    value = canonical(match[1]) if digits else canonical(f"{match[1]})") or match[1].lower()
    return Named(match.start(1), match.end(1), match[1], value, "arabic" if digits else "letter")


def _sibling(before: Number, match: re.Match[str], ranged: bool) -> Number | None:
    """In `13(1) and (3)` the (3) stands beside the (1): below the same article."""
    named = _bracketed(match)
    for depth in range(len(before.below) - 1, -1, -1):
        if before.below[depth].form == named.form:
            return Number(before.named, (*before.below[:depth], named), named.start - 1, match.end(), ranged)
    return None


def _falls(first: Number, last: Number) -> bool:
    """Whether a range runs backwards: `24 - 1` is no range, and perhaps the number 24-1."""
    one, other = first.named.value, last.named.value
    return one.isdigit() and other.isdigit() and not (first.below or last.below) and int(one) >= int(other)


def _continues(body: str, start: int, floor: int) -> bool:
    """Whether a number is the tail of something longer: a date, a decimal, a word."""
    return start > floor and (body[start - 1].isalnum() or body[start - 1] in ".^-/№")
