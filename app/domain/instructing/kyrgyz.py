"""Amending instructions in Kyrgyz, as laws of the Kyrgyz Republic write them.

The chain runs from the article down, every unit but the last in the genitive, the last in the case the sentence wants:
«7-берененин 1-бөлүгүнүн 2-пунктунда «A» деген сөздөр «B» деген сөздөр менен алмаштырылсын». Only the outermost unit
stands without the possessive ending (domain notes, section 1.4, with the acts from which the forms are attested).
"""

import re
from typing import assert_never

from app.domain.clauses import Kind
from app.domain.instructing.citing import Part, Role, Step, Target
from app.domain.instructing.kyrgyz_forms import (
    ABLATIVE,
    ALONE,
    BELONGING,
    DATIVE,
    GENITIVE,
    LOCATIVE,
    NAMES,
    NOMINATIVE,
    PLURAL,
    WORDS,
    ordinal,
)
from app.domain.instructing.orders import Add, Move, Order, Place, Renumber, Repeal, Restate, Reword, Where
from app.domain.instructing.russian_forms import listed_numbers, measured, number_written, quoted
from app.domain.instructing.wording import Deed, Wording

CASES = {
    Role.SUBJECT: NOMINATIVE,
    Role.POSSESSOR: GENITIVE,
    Role.OBJECT: NOMINATIVE,
    Role.PLACE: LOCATIVE,
    Role.MEANS: NOMINATIVE,
    Role.ORIGIN: ABLATIVE,
}


class Kyrgyz:
    """A unit is added by its number where that says where it stands."""

    by_number = True
    block_ends = "."

    def opening(self, title: str) -> str:
        """The title in the dative: … Мыйзамына."""
        dative = title[:-1] + DATIVE[title[-1]] if title[-1:] in DATIVE else title
        return f"{dative} төмөнкүдөй өзгөртүүлөр киргизилсин:"

    def group(self, article: Target) -> str:
        return f"{self.cited(article, LOCATIVE)}:"

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
                return f"{self.cited(target, NOMINATIVE)} {self._repealed(target)}"
            case Add(units, place, text, _):
                where = self._place(place, units)
                return f"{where}төмөнкүдөй мазмундагы {self._units(units)} менен толукталсын: {quoted(text)}"
            case Renumber(first, last, numbers):
                return self._renumber(first, last, numbers)
            case Move(target, place):
                return f"{self.cited(target, NOMINATIVE)} {self._destination(place)} жайгаштырылсын"
        assert_never(order)

    def _reword(self, target: Target, wording: Wording) -> str:
        words, new, unit = wording.words, wording.new, self.cited(target, NOMINATIVE)
        match wording.deed:
            case Deed.REPLACE:
                return f"{self.cited(target, LOCATIVE)} {_words(words)} {_words(new)} менен алмаштырылсын"
            case Deed.DELETE:
                return f"{self.cited(target, LOCATIVE)} {_words(words)} алып салынсын"
            case Deed.AFTER:
                return f"{unit} {_words(words, ablative=True)} кийин {_words(new)} менен толукталсын"
            case Deed.BEFORE:
                return f"{unit} {_words(words, ablative=True)} мурда {_words(new)} менен толукталсын"
            case Deed.ADD_SENTENCE:
                noun = "сүйлөмдөр" if re.search(r"[.!?…]\s+\S", new) else "сүйлөм"
                return f"{unit} төмөнкүдөй мазмундагы {noun} менен толукталсын: {quoted(new)}"
        assert_never(wording.deed)

    def _restate(self, target: Target, text: str, bare: str) -> str:
        unit = self.cited(target, NOMINATIVE)
        if target.part is Part.HEADING and not bare:
            return f"{unit} алып салынсын"
        return f"{unit} төмөнкүдөй редакцияда баяндалсын: {quoted(bare if target.part is Part.HEADING else text)}"

    def _repealed(self, target: Target) -> str:
        """Numbered units and paragraphs lose their force; headings, tables and the preamble are taken out."""
        last = target.steps[-1]
        is_unit = bool(last.number) or (last.kind is Kind.INDENT and not _is_preamble(last))
        return "күчүн жоготту деп таанылсын" if is_unit and target.part is Part.WHOLE else "алып салынсын"

    def _units(self, units: tuple[Step, ...]) -> str:
        first = units[0]
        name = "subheading" if first.kind is Kind.SUBCHAPTER and not first.number else NAMES[first.kind]
        noun = (BELONGING if first.kind is Kind.PART else ALONE)[name][PLURAL if len(units) > 1 else NOMINATIVE]
        if first.kind is Kind.TITLE:
            noun = "аталыш"
        if first.kind is Kind.PART:
            return "Мыйзамдын " + _numbered([step.number for step in units], noun)
        return _numbered([step.number for step in units], noun) if first.number else noun

    def _renumber(self, first: Target, last: Target, numbers: tuple[Step, Step]) -> str:
        if first == last:
            return f"{self.cited(first, NOMINATIVE)} {self._units(numbers[:1])} деп эсептелсин"
        name, above = NAMES[first.steps[-1].kind], self._chain(first.steps[:-1], GENITIVE)
        forms = BELONGING[name] if above else ALONE[name]
        old = f"{above} " if above else ""
        old += _joined(f"{first.steps[-1].number}–{last.steps[-1].number}", forms[PLURAL])
        new = _joined(f"{numbers[0].number}–{numbers[1].number}", ALONE[name][PLURAL])
        return f"{old} тиешелүүлүгүнө жараша {new} деп эсептелсин"

    def _place(self, place: Place, units: tuple[Step, ...]) -> str:
        """What stands before «төмөнкүдөй мазмундагы», with a space behind it. What has no number comes at the end."""
        cited = self.cited(place.target, NOMINATIVE) if place.target else ""
        match place.where:
            case Where.BY_NUMBER:
                return f"{cited} " if cited else ""
            case Where.AT_END:
                return f"{cited} {'аягында ' if units[0].number else ''}".lstrip()
            case Where.AT_START:
                return "башында "
            case Where.AFTER | Where.BEHIND_OPENING | Where.BEFORE:
                return f"{self._destination(place)} "
        assert_never(place.where)

    def _destination(self, place: Place) -> str:
        if place.target is None:
            return "башына"
        if place.where is Where.AT_END:
            return f"{self.cited(place.target, GENITIVE)} аягына"
        return f"{self.cited(place.target, ABLATIVE)} {'мурда' if place.where is Where.BEFORE else 'кийин'}"

    def cited(self, target: Target, case: int) -> str:
        """A citation in a case: «13-берененин 1-бөлүгүнүн 2-пунктунда», «5-берененин аталышы»."""
        if target.part is Part.WHOLE:
            return self._chain(target.steps, case)
        above = self._chain(target.steps, GENITIVE)
        if target.part is Part.OPENING:
            own = f"{ordinal(1)} {(BELONGING if above else ALONE)['abzats'][case]}"
        else:
            own = ALONE["heading" if target.part is Part.HEADING else "caption"][case]
        return f"{above} {own}".lstrip()

    def _chain(self, steps: tuple[Step, ...], case: int) -> str:
        """From the outermost unit to the last, all but the last in the genitive."""
        words: list[str] = []
        if steps and steps[0].kind in (Kind.PART, Kind.TITLE):
            words.append("Мыйзамдын")
        if steps and steps[0].preamble and not _is_preamble(steps[0]):
            words.append(ALONE["preamble"][GENITIVE])
        for step in steps:
            words.append(self._step(step, case if step is steps[-1] else GENITIVE, belongs=bool(words)))
        return " ".join(words)

    def _step(self, step: Step, case: int, belongs: bool) -> str:
        if _is_preamble(step):
            return ALONE["preamble"][case]
        name = "subheading" if step.kind is Kind.SUBCHAPTER and not step.number else NAMES[step.kind]
        noun = (BELONGING if belongs and name in BELONGING else ALONE)[name][case]
        if step.number:
            turn = f" (ушундай номердеги {step.turn}-бирдик)" if step.turn else ""
            return _numbered([step.number], noun) + turn
        if step.kind is Kind.INDENT:
            return f"{ordinal(step.count)} {noun}"
        return noun if step.alone else f"{ordinal(step.ordinal)} {noun}"


def _numbered(numbers: list[str], noun: str) -> str:
    """`5-бөлүк`, `5 жана 6-бөлүктөр`, `«а» пунктча`, `II бөлүм`."""
    return _joined(listed_numbers([number_written(number) for number in numbers], "жана"), noun)


def _joined(number: str, noun: str) -> str:
    return f"{number}-{noun}" if re.search(r"\d", number) else f"{number} {noun}"


def _words(text: str, ablative: bool = False) -> str:
    """««A» деген сөздөр», in the ablative ««A» деген сөздөрдөн»."""
    what, is_one = measured(text)
    return f"{quoted(text)} деген {WORDS[what][(2 if ablative else 0) + (0 if is_one else 1)]}"


def _is_preamble(step: Step) -> bool:
    """The one paragraph before all units is the preamble itself."""
    return step.kind is Kind.INDENT and step.preamble and step.alone
