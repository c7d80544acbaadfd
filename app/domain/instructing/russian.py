"""Amending instructions in Russian, as laws of the Kyrgyz Republic and the Russian Federation write them.

The deepest unit comes first and the chain follows in the genitive: «в пункте 2 части 1 статьи 7 слова «A» заменить
словами «B»». One word is «слово», pure numbers are «цифры»; what is repealed agrees in gender; an abzats is cited by an
ordinal word, the first one being the one that begins the unit (domain notes, sections 1.1 and 1.4).
"""

import re
from typing import assert_never

from app.domain.clauses import Kind
from app.domain.instructing.citing import STRUCTURE, Part, Role, Step, Target
from app.domain.instructing.orders import Add, Move, Order, Place, Renumber, Repeal, Restate, Reword, Where
from app.domain.instructing.russian_forms import (
    ABZATS,
    ACCUSATIVE,
    CAPTION,
    FIGURE,
    GENITIVE,
    HEADING,
    INSTRUMENTAL,
    LOCATIVE,
    MARK,
    NOMINATIVE,
    NOUNS,
    PREAMBLE,
    SENTENCE,
    SUBHEADING,
    WORD,
    listed_numbers,
    measured,
    number_written,
    ordinal,
    quoted,
)
from app.domain.instructing.wording import Deed, Wording

CASES = {
    Role.SUBJECT: NOMINATIVE,
    Role.POSSESSOR: GENITIVE,
    Role.OBJECT: ACCUSATIVE,
    Role.PLACE: LOCATIVE,
    Role.MEANS: INSTRUMENTAL,
    Role.ORIGIN: GENITIVE,
}


class Russian:
    """A unit is added by its number where that says where it stands."""

    by_number = True
    block_ends = "."

    def opening(self, title: str) -> str:
        return f"Внести в {title} следующие изменения:"

    def group(self, article: Target) -> str:
        return f"в {self.cited(article, LOCATIVE)}:"

    def listed(self, place: int) -> str:
        return f"{place + 1}) "

    def cite(self, target: Target, role: Role = Role.SUBJECT) -> str:
        return self.cited(target, CASES[role])

    def say(self, order: Order) -> str:
        match order:
            case Reword(target, wording):
                return self._reword(target, wording)
            case Restate(target, text, bare):
                return self._restate(target, text, bare)
            case Repeal(target):
                return f"{self.cited(target, ACCUSATIVE)} {self._repealed(target)}"
            case Add(units, place, text, _):
                added = f"{self._units(units)} следующего содержания: {quoted(text)}"
                return f"{self._place(place, units)}дополнить {added}"
            case Renumber(first, last, numbers):
                return self._renumber(first, last, numbers)
            case Move(target, place):
                return f"{self.cited(target, ACCUSATIVE)} переместить {self._destination(place)}"
        assert_never(order)

    def _reword(self, target: Target, wording: Wording) -> str:
        words, new, unit = wording.words, wording.new, self.cited(target, ACCUSATIVE)
        match wording.deed:
            case Deed.REPLACE:
                return f"{self._in(target)} {_words(words, ACCUSATIVE)} заменить {_words(new, INSTRUMENTAL)}"
            case Deed.DELETE:
                return f"{self._in(target)} {_words(words, ACCUSATIVE)} исключить"
            case Deed.AFTER:
                return f"{unit} после {_words(words, GENITIVE)} дополнить {_words(new, INSTRUMENTAL)}"
            case Deed.BEFORE:
                return f"{unit} перед {_words(words, INSTRUMENTAL)} дополнить {_words(new, INSTRUMENTAL)}"
            case Deed.ADD_SENTENCE:
                forms = SENTENCE.many if len(re.findall(r"[.!?…]\s+\S", new)) else SENTENCE.one
                return f"{unit} дополнить {forms[INSTRUMENTAL]} следующего содержания: {quoted(new)}"
        assert_never(wording.deed)

    def _in(self, target: Target) -> str:
        cited = self.cited(target, LOCATIVE)
        return f"{'во' if cited.startswith(('вт', 'вв')) else 'в'} {cited}"

    def _restate(self, target: Target, text: str, bare: str) -> str:
        unit = self.cited(target, ACCUSATIVE)
        if target.part is Part.HEADING and not bare:
            return f"{unit} исключить"
        return f"{unit} изложить в следующей редакции: {quoted(bare if target.part is Part.HEADING else text)}"

    def _repealed(self, target: Target) -> str:
        kind = target.steps[-1].kind if target.steps else Kind.ARTICLE
        is_unit = kind in NOUNS and kind not in (Kind.TABLE, Kind.CODE, Kind.QUOTE, Kind.TITLE, Kind.FRONT_MATTER)
        if target.part is not Part.WHOLE or not is_unit or _is_preamble(target.steps[-1]) or _is_subheading(target):
            return "исключить"
        return "признать утратившей силу" if _gender(target.steps[-1]) == "f" else "признать утратившим силу"

    def _units(self, units: tuple[Step, ...]) -> str:
        first = units[0]
        if first.kind is Kind.SUBCHAPTER and not first.number:
            return (SUBHEADING.many if len(units) > 1 else SUBHEADING.one)[INSTRUMENTAL]
        noun = NOUNS[first.kind]
        word = (noun.many if len(units) > 1 else noun.one)[INSTRUMENTAL].replace("_", " ")
        numbers = [number_written(step.number) for step in units]
        of_law = " Закона" if first.kind is Kind.PART else ""
        return f"{word} {listed_numbers(numbers, 'и')}{of_law}" if first.number else word

    def _renumber(self, first: Target, last: Target, numbers: tuple[Step, Step]) -> str:
        noun = NOUNS[first.steps[-1].kind]
        if first == last:
            return f"{self.cited(first, ACCUSATIVE)} считать {self._units(numbers[:1])}"
        above = self._chain(first.steps[:-1], GENITIVE)
        old = f"{noun.many[ACCUSATIVE]} {first.steps[-1].number}–{last.steps[-1].number}{' ' if above else ''}{above}"
        new = f"{noun.many[INSTRUMENTAL]} {numbers[0].number}–{numbers[1].number}"
        return f"{old} считать соответственно {new}"

    def _place(self, place: Place, units: tuple[Step, ...]) -> str:
        """What stands before «дополнить», with a space behind it. What has no number comes at the end by itself."""
        target = place.target
        match place.where:
            case Where.BY_NUMBER:
                return f"{self.cited(target, ACCUSATIVE)} " if target and target.steps else ""
            case Where.AT_END if target:
                return f"{self.cited(target, ACCUSATIVE)} {'в конце ' if units[0].number else ''}".lstrip()
            case Where.AT_START | Where.AT_END:
                return "в начале " if place.where is Where.AT_START else "в конце "
            case Where.AFTER | Where.BEHIND_OPENING | Where.BEFORE:
                assert target is not None  # noqa: S101  (a neighbour is always cited)
                return self._beside(target, place.where)
        assert_never(place.where)

    def _beside(self, target: Target, where: Where) -> str:
        """«статью 7 после части 4 », «после статьи 12 »."""
        word, case = ("перед", INSTRUMENTAL) if where is Where.BEFORE else ("после", GENITIVE)
        above = target.steps[-2:-1]
        if target.part is Part.WHOLE and above and above[0].kind not in STRUCTURE:
            holder = Target(target.steps[:-1], inside=target.inside)
            return f"{self.cited(holder, ACCUSATIVE)} {word} {self._chain(target.steps[-1:], case)} "
        return f"{word} {self.cited(target, case)} "

    def _destination(self, place: Place) -> str:
        if place.target is None:
            return "в начало"
        if place.where is Where.AT_END:
            return f"в конец {self.cited(place.target, GENITIVE)}"
        word, case = ("перед", INSTRUMENTAL) if place.where is Where.BEFORE else ("после", GENITIVE)
        return f"{word} {self.cited(place.target, case)}"

    def cited(self, target: Target, case: int) -> str:
        """A citation in a case: «пункт 2 части 1 статьи 13», «наименования статьи 5», «абзацем вторым части 1»."""
        if target.part is Part.WHOLE:
            return self._chain(target.steps, case)
        own = {Part.HEADING: HEADING, Part.CAPTION: CAPTION}.get(target.part)
        word = own.one[case].replace("_", " ") if own else f"{ABZATS.one[case]} {ordinal(1, 'm', case)}"
        return f"{word} {self._chain(target.steps, GENITIVE)}".rstrip()

    def _chain(self, steps: tuple[Step, ...], case: int) -> str:
        """The deepest unit first, in the case; what it stands in follows in the genitive."""
        words = [self._step(step, GENITIVE if place else case) for place, step in enumerate(reversed(steps))]
        if steps and steps[0].kind in (Kind.PART, Kind.TITLE):
            words.append("Закона")
        if steps and steps[0].preamble and not (_is_preamble(steps[0])):
            words.append(PREAMBLE.one[GENITIVE])
        return " ".join(words)

    def _step(self, step: Step, case: int) -> str:
        if _is_preamble(step):
            return PREAMBLE.one[case]
        noun = SUBHEADING if step.kind is Kind.SUBCHAPTER and not step.number else NOUNS[step.kind]
        word = noun.one[case].replace("_", " ")
        if step.number:
            turn = f" ({step.turn}-{'я' if noun.gender == 'f' else 'й'} по счету)" if step.turn else ""
            return f"{word} {number_written(step.number)}{turn}"
        if step.kind is Kind.INDENT:
            return f"{word} {ordinal(step.count, 'm', case)}"
        return word if step.alone else f"{ordinal(step.ordinal, noun.gender, case)} {word}"


def _words(text: str, case: int) -> str:
    """«слова «A»», «словом «A»», «цифрами «24»» in a case."""
    what, is_one = measured(text)
    noun = {"word": WORD, "figure": FIGURE, "mark": MARK}[what]
    return f"{(noun.one if is_one else noun.many)[case]} {quoted(text)}"


def _gender(step: Step) -> str:
    return NOUNS[step.kind].gender


def _is_preamble(step: Step) -> bool:
    """The one paragraph before all units is the preamble itself."""
    return step.kind is Kind.INDENT and step.preamble and step.alone


def _is_subheading(target: Target) -> bool:
    return target.steps[-1].kind is Kind.SUBCHAPTER and not target.steps[-1].number
