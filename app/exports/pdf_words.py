"""What a printed redline and a text with brackets say beside the law, in its language (`words` has the rest)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Those with names in braces are templates for `str.format`."""

    came: str
    went: str
    moved: str
    new_here: str
    taken_out: str
    moved_from: str  # {unit}
    moved_on: str  # {unit}
    behind_changes: str
    proposals: str
    nothing_open: str
    text: str
    proposal: str
    without_these_words: str
    notes: Mapping[str, str]
    """What is proposed for a clause as a whole, by its kind; those of moves have {unit}."""


EN = PrintedWords(
    came="words that came",
    went="words that went",
    moved="words that moved",
    new_here="New",
    taken_out="Taken out",
    moved_from="Moved here; was {unit}",
    moved_on="Moved; now {unit}",
    behind_changes="Amendments behind these changes",
    proposals="Amendments in brackets",
    nothing_open="No amendment to this version is open.",
    text="words of the text",
    proposal="what is proposed instead",
    without_these_words="without these words",
    notes={
        "insert": "new clause:", "delete": "to be deleted, with everything below it",
        "move": "to stand behind {unit}", "first": "to stand at the beginning",
        "arrive": "{unit} is to stand here", "relabel": "to be numbered:",
    },
)  # fmt: skip
RU = PrintedWords(
    came="добавленные слова",
    went="исключённые слова",
    moved="перенесённые слова",
    new_here="Новое",
    taken_out="Исключено",
    moved_from="Перенесено сюда; было: {unit}",
    moved_on="Перенесено; теперь: {unit}",
    behind_changes="Поправки, внёсшие эти изменения",
    proposals="Поправки в скобках",
    nothing_open="Открытых поправок к этой версии нет.",
    text="слова текста",
    proposal="что предлагается вместо них",
    without_these_words="без этих слов",
    notes={
        "insert": "новое положение:", "delete": "удалить со всем, что под ним",
        "move": "переместить после: {unit}", "first": "переместить в начало",
        "arrive": "сюда переместить: {unit}", "relabel": "дать номер:",
    },
)  # fmt: skip
KY = PrintedWords(
    came="кошулган сөздөр",
    went="алынып салынган сөздөр",
    moved="которулган сөздөр",
    new_here="Жаңы",
    taken_out="Алынып салынды",
    moved_from="Бул жерге которулду; мурда: {unit}",
    moved_on="Которулду; эми: {unit}",
    behind_changes="Бул өзгөртүүлөрдү киргизген түзөтүүлөр",
    proposals="Кашаадагы түзөтүүлөр",
    nothing_open="Бул версияга ачык түзөтүү жок.",
    text="тексттин сөздөрү",
    proposal="анын ордуна сунушталган сөздөр",
    without_these_words="бул сөздөрсүз",
    notes={
        "insert": "жаңы жобо:", "delete": "ага караштуу баары менен алып салынсын",
        "move": "мындан кийин коюлсун: {unit}", "first": "эң башына коюлсун",
        "arrive": "бул жерге коюлсун: {unit}", "relabel": "номери мындай болсун:",
    },
)  # fmt: skip
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}


def printed_words(language: str) -> PrintedWords:
    return _BY_LANGUAGE.get(language, EN)
