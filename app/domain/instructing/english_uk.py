"""Amending instructions in English, as the drafters of the United Kingdom write them.

Double quotation marks, `for “A” substitute “B”`, units cited together as `Article 13(1)(2)(a)` (Style Manual for
amendments of the Office of the Parliamentary Counsel).
"""

from typing import assert_never

from app.domain.clauses import Kind
from app.domain.instructing.citing import ITEMS, OPAQUE, Part, Role, Step, Target, runs_on
from app.domain.instructing.orders import Add, Move, Order, Place, Renumber, Repeal, Restate, Reword, Where
from app.domain.instructing.wording import Deed, Wording

NOUNS = {
    Kind.PART: "Part",
    Kind.SECTION: "Section",
    Kind.CHAPTER: "Chapter",
    Kind.SUBCHAPTER: "Subchapter",
    Kind.ARTICLE: "Article",
    Kind.PARAGRAPH: "paragraph",
    Kind.POINT: "point",
    Kind.SUBPOINT: "sub-point",
    Kind.TITLE: "title",
    Kind.INDENT: "unnumbered paragraph",
    Kind.TABLE: "table",
    Kind.CODE: "set-out text",
    Kind.QUOTE: "quoted text",
    Kind.FRONT_MATTER: "front matter",
}
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]


def ordinal(number: int) -> str:
    """`third`, `twentieth`, `21st`."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def turn(step: Step) -> str:
    """What tells apart units of one number."""
    return f" (the {ordinal(step.turn)} so numbered)" if step.turn else ""


def row(numbers: list[str]) -> str:
    """`5`, `5 and 6`, `5 to 8` when they run on, else `5, 6 and 8`."""
    plain = [number.strip("()") for number in numbers]
    if runs_on(plain):
        return f"{numbers[0]} to {numbers[-1]}"
    return " and ".join(part for part in (", ".join(numbers[:-1]), numbers[-1]) if part)


class UnitedKingdom:
    """Every place is named: a unit is inserted after another one."""

    by_number = False
    block_ends = ""  # after the quotation of a whole unit there is no full stop

    def opening(self, title: str) -> str:
        return f"{title} is amended as follows—"

    def group(self, article: Target) -> str:
        return f"in {self.cite(article)}—"

    def listed(self, place: int) -> str:
        return f"({_letters(place)}) "

    def quote(self, text: str) -> str:
        """In double quotation marks; quotations within are single ones. Words that have both kinds, or single ones of
        their own, stand between straight marks, so that nobody need guess what they are."""
        if not set("“”‘") & set(text):
            return f"“{text}”"
        if "“" in text and not set("‘’") & set(text):
            return "“" + text.replace("“", "‘").replace("”", "’") + "”"
        return f'"{text}"'

    def say(self, order: Order) -> str:
        """The sentence without its capital letter and full stop."""
        match order:
            case Reword(target, wording):
                return f"in {self.cite(target)}, {self._reword(wording)}"
            case Restate(target, text, bare):
                return self._restate(target, text, bare)
            case Repeal(target):
                return f"omit {self.cite(target)}"
            case Add(units, place, text, naming):
                named = f", as {_article_for(units[0])}{self._name(units)},—" if naming else "—"
                return f"{self._place(place)} insert{named}{self.quote(text)}"
            case Renumber(first, last, numbers):
                return self._renumber(first, last, numbers)
            case Move(target, place):
                return f"move {self.cite(target)} to {self._place(place)}"
        assert_never(order)

    def _reword(self, wording: Wording) -> str:
        words, new = self.quote(wording.words), self.quote(wording.new)
        match wording.deed:
            case Deed.REPLACE:
                return f"for {words} substitute {new}"
            case Deed.DELETE:
                return f"omit {words}"
            case Deed.AFTER:
                return f"after {words} insert {new}"
            case Deed.BEFORE:
                return f"before {words} insert {new}"
            case Deed.ADD_SENTENCE:
                return f"at the end insert {new}"
        assert_never(wording.deed)

    def _restate(self, target: Target, text: str, bare: str) -> str:
        if target.part is Part.HEADING and not bare:
            return f"omit {self.cite(target)}"
        if target.part is Part.WHOLE:
            return f"for {self.cite(target)} substitute—{self.quote(text)}"
        return f"for {self.cite(target)} substitute {self.quote(bare)}"

    def _renumber(self, first: Target, last: Target, numbers: tuple[Step, Step]) -> str:
        if first == last:
            return f"renumber {self.cite(first)} as {self._name(numbers[:1])}"
        end, noun = last.steps[-1].number, NOUNS[first.steps[-1].kind]
        if first.steps[-1].kind in ITEMS:
            cited = f"{self.cite(first)} to ({end})"
            return f"renumber {cited} as {noun}s ({numbers[0].number}) to ({numbers[1].number})"
        number = first.steps[-1].number
        cited = self.cite(first).replace(f"{noun} {number}", f"{noun}s {number} to {end}")
        return f"renumber {cited} as {noun}s {numbers[0].number} to {numbers[1].number}"

    def _name(self, units: tuple[Step, ...]) -> str:
        noun = noun_of(units[0]) + ("s" if len(units) > 1 else "")
        numbers = [f"({step.number})" if step.kind in ITEMS else step.number for step in units]
        return f"{noun} {row(numbers)}" if units[0].number else noun

    def _place(self, place: Place) -> str:
        cited = self.cite(place.target) if place.target else ""
        match place.where:
            case Where.AFTER | Where.BEHIND_OPENING:
                return f"after {cited}"
            case Where.BEFORE:
                return f"before {cited}"
            case Where.AT_END:
                return f"at the end of {cited}" if cited else "at the end"
            case Where.BY_NUMBER:
                return f"in {cited}" if cited else "at the appropriate place"
            case Where.AT_START:
                return "at the beginning"
        assert_never(place.where)

    def cite(self, target: Target, role: Role = Role.SUBJECT) -> str:
        """`Article 13(1)(2)(a)`, `the heading of Article 5`, `the second unnumbered paragraph of Article 4`."""
        unit = self._unit(target)
        words = {Part.HEADING: "heading", Part.OPENING: "opening words", Part.CAPTION: "number and heading"}
        if target.part is Part.WHOLE:
            return unit
        return f"the {words[target.part]} of {unit}" if unit else f"the {words[target.part]}"

    def _unit(self, target: Target) -> str:
        text, together = "", False
        for step in target.steps:
            holder = f" of {text}" if text else " of the preamble" if step.preamble else ""
            if step.kind is Kind.INDENT and step.preamble and step.alone:
                text, together = "the preamble", False
            elif not step.number:
                holder = holder.replace(" of ", " in ", 1) if step.kind in OPAQUE else holder
                text, together = f"the {counted(step)}{holder}", False
            elif step.kind in ITEMS:
                together = together and not step.clash
                name = f"({step.number}){turn(step)}"
                text = f"{text}{name}" if together else f"{NOUNS[step.kind]} {name}{holder}"
                together = together or not holder
            else:
                text, together = f"{NOUNS[step.kind]} {step.number}{turn(step)}{holder}", step.kind is Kind.ARTICLE
        return text


def noun_of(step: Step) -> str:
    """A heading without a number is a subheading, whatever it heads."""
    return "subheading" if step.kind is Kind.SUBCHAPTER and not step.number else NOUNS[step.kind]


def counted(step: Step) -> str:
    return noun_of(step) if step.alone else f"{ordinal(step.ordinal)} {noun_of(step)}"


def _article_for(step: Step) -> str:
    """`a` or `an` before what has no number."""
    return "" if step.number or step.kind is Kind.TITLE else "an " if step.kind is Kind.INDENT else "a "


def _letters(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else _letters(place // 26 - 1) + _letters(place % 26)
