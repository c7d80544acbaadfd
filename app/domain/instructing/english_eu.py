"""Amending instructions in English, as the institutions of the European Union write them.

Single quotation marks, sentences in the passive, points and subparagraphs named (Joint Practical Guide of the European
Parliament, the Council and the Commission, guidelines 18 and 19).
"""

import re
from typing import assert_never

from app.domain.clauses import Kind
from app.domain.diff import WORDS
from app.domain.instructing.citing import HEADED, ITEMS, OPAQUE, Part, Role, Step, Target
from app.domain.instructing.english_uk import NOUNS, UnitedKingdom, counted, ordinal, row, turn
from app.domain.instructing.orders import Add, Move, Order, Place, Repeal, Where
from app.domain.instructing.wording import Deed, Wording


class EuropeanUnion(UnitedKingdom):
    """Sentences in the passive; a unit is inserted by its number where that says where it stands."""

    by_number = True
    block_ends = "."

    def opening(self, title: str) -> str:
        return f"{title} is amended as follows:"

    def group(self, article: Target) -> str:
        return f"{self.cite(article)} is amended as follows:"

    def quote(self, text: str) -> str:
        """In single quotation marks, the words as they are."""
        return f"‘{text}’"

    def say(self, order: Order) -> str:
        match order:
            case Repeal(target):
                return f"{self._subject(target)} {'are' if target.part is Part.CAPTION else 'is'} deleted"
            case Add(units, place, text, _):
                are = "are" if len(units) > 1 else "is"
                name = self._name(units)
                if units[0].kind in (Kind.POINT, Kind.SUBPOINT) and units[0].kind is not _expected_point(place):
                    name = f"sub-{name}" if units[0].kind is Kind.SUBPOINT else f"{name} of a paragraph"
                return f"{self._before(place)}the following {name} {are} inserted: {self.quote(text)}"
            case Move(target, place):
                return f"{self._subject(target)} is moved {self._place(place)}"
            case _:
                return super().say(order)

    def _reword(self, wording: Wording) -> str:
        words, new = (f"{_noun(text)} {self.quote(text)}" for text in (wording.words, wording.new))
        one, other = ("is" if _is_one(text) else "are" for text in (wording.words, wording.new))
        match wording.deed:
            case Deed.REPLACE:
                return f"{words} {one} replaced by {new}"
            case Deed.DELETE:
                return f"{words} {one} deleted"
            case Deed.AFTER:
                return f"after {words}, {new} {other} inserted"
            case Deed.BEFORE:
                return f"before {words}, {new} {other} inserted"
            case Deed.ADD_SENTENCE:
                many = re.search(r"[.!?…]\s+\S", wording.new)
                return f"the following {'sentences are' if many else 'sentence is'} added: {self.quote(wording.new)}"
        assert_never(wording.deed)

    def _restate(self, target: Target, text: str, bare: str) -> str:
        if target.part is Part.HEADING and not bare:
            return f"{self._subject(target)} is deleted"
        quoted = self.quote(text if target.part is Part.WHOLE else bare)
        return f"{self._subject(target)} is replaced by the following: {quoted}"

    def _renumber(self, first: Target, last: Target, numbers: tuple[Step, Step]) -> str:
        if first == last:
            return f"{self._subject(first)} is renumbered as {self._name(numbers[:1])}"
        name, end, cited = self._name(numbers).replace(" and ", " to "), last.steps[-1].number, self.cite(first)
        if cited.endswith(")"):
            return f"{cited} to ({end}) are renumbered as {name}"
        noun = _european_noun(first.steps[-1])
        plural = cited.replace(f"{noun} {first.steps[-1].number}", f"{noun}s {first.steps[-1].number} to {end}")
        return f"{plural}{',' if ', ' in cited else ''} are renumbered as {name}"

    def _subject(self, target: Target) -> str:
        """A citation as the subject of a sentence: what was parted by a comma is closed by one."""
        cited = self.cite(target)
        return f"{cited}," if ", " in cited else cited

    def _before(self, place: Place) -> str:
        if place.where is Where.BY_NUMBER and (place.target is None or not place.target.steps):
            return ""
        return f"{self._place(place)}, "

    def _name(self, units: tuple[Step, ...]) -> str:
        first = units[0]
        noun = _european_noun(first) + ("s" if len(units) > 1 else "")
        return f"{noun} {row([_european_number(step) for step in units])}" if first.number else noun

    def cite(self, target: Target, role: Role = Role.SUBJECT) -> str:
        """`Article 7(1), point 2`, `the title of Article 5`, `Article 7(1), second subparagraph`."""
        unit = self._unit(target)
        if target.part is Part.OPENING and not target.introduces:
            return f"{unit}, first subparagraph"
        words = {Part.HEADING: "title", Part.OPENING: "introductory wording", Part.CAPTION: "number and title"}
        if target.part is Part.WHOLE:
            return unit
        return f"the {words[target.part]} of {unit}" if unit else f"the {words[target.part]}"

    def _unit(self, target: Target) -> str:
        text = ""
        for step in target.steps:
            text = text or ("the preamble" if step.preamble else "")
            if step.kind is Kind.INDENT and step.preamble and step.alone:
                continue
            if step.kind is Kind.PARAGRAPH and text.startswith("Article") and "," not in text:
                text += f"({step.number}){turn(step)}"
            elif step.number and step.kind in HEADED:
                text = f"{NOUNS[step.kind]} {step.number}{turn(step)}" + (f" of {text}" if text else "")
            elif step.kind in OPAQUE:
                text = f"the {counted(step)}" + (f" in {text}" if text else "")
            else:
                text += (", " if text else "") + self._within(step)
        return text

    def _within(self, step: Step) -> str:
        if step.number:
            return f"{_european_noun(step)} {_european_number(step)}{turn(step)}"
        if step.kind is Kind.INDENT:
            return f"{ordinal(step.count)} {_european_noun(step)}"
        return f"the {counted(step)}"


def _expected_point(place: Place) -> Kind:
    """What a point is that comes here: one like its neighbour, or like what stands below its unit."""
    kind = place.target.steps[-1].kind if place.target and place.target.steps else Kind.ARTICLE
    beside = place.where in (Where.AFTER, Where.BEFORE)
    if beside and kind in (Kind.POINT, Kind.SUBPOINT):
        return kind
    return Kind.SUBPOINT if kind is Kind.POINT and not beside else Kind.POINT


def _european_noun(step: Step) -> str:
    if step.kind is Kind.INDENT:
        return "subparagraph" if step.below_item else "paragraph"
    if step.kind is Kind.SUBPOINT and not step.clash:
        return "point"
    return "subheading" if step.kind is Kind.SUBCHAPTER and not step.number else NOUNS[step.kind]


def _european_number(step: Step) -> str:
    """Letters stand in brackets, figures and the numbers of articles do not."""
    return f"({step.number})" if step.kind in ITEMS and step.number.isalpha() else step.number


def _is_one(text: str) -> bool:
    return len(WORDS.findall(text)) <= 1


def _noun(text: str) -> str:
    """`the word`, `the words`, `the figure`, `the figures`, `the mark`."""
    words = WORDS.findall(text)
    if not words:
        return "the mark" if len(text) <= 1 else "the marks"
    noun = "figure" if all(word[0].isdigit() and not any(map(str.isalpha, word)) for word in words) else "word"
    return f"the {noun}" if len(words) == 1 else f"the {noun}s"
