"""The few words that formats add to a law, in its language: headings, captions, decisions. Other languages get English.

(Exports know no Flask, and a document's words follow its own language, not that of whoever looks at a page.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Words:
    """Those with names in braces are templates for `str.format`."""

    contents: str
    version: str  # {number}
    of_date: str  # {date}
    changes: str  # {base}
    page: str  # {page}, {pages}
    fingerprint: str
    participant: str
    comparison: str
    between: str  # {title}, {base}, {number}
    comparison_heads: tuple[str, ...]
    disagreements: str
    on_version: str  # {title}, {number}
    disagreement_heads: tuple[str, ...]
    taken_out: str
    after: str  # {unit}
    moved_to: str
    moved_here: str
    moved_behind: str  # {unit}
    nothing_changed: str
    nothing_proposed: str
    record: str  # {number}
    drafters: str
    amendments: str  # {title}, {number}
    no_amendments: str
    decisions: Mapping[str, str]


EN = Words(
    contents="Contents",
    version="Version {number}",
    of_date="of {date}",
    changes="changes since version {base}",
    page="Page {page} of {pages}",
    fingerprint="SHA-256 of the text",
    participant="Participant",
    comparison="Comparison table",
    between="to the draft law “{title}”: versions {base} and {number}",
    comparison_heads=("No.", "Unit", "Text in force", "Proposed text", "Justification"),
    disagreements="Table of disagreements",
    on_version="on the draft law “{title}”, version {number}",
    disagreement_heads=("No.", "Unit", "Text", "Proposal", "Institution", "Reason", "Decision"),
    taken_out="Taken out",
    after="New, after {unit}",
    moved_to="Moved elsewhere, unchanged",
    moved_here="Moved here",
    moved_behind="Moved here, behind {unit}",
    nothing_changed="Nothing differs.",
    nothing_proposed="There are no disagreements.",
    record="Record {number}",
    drafters="The institutions taking part",
    amendments="Amendments to the draft law “{title}”, version {number}",
    no_amendments="There are no amendments.",
    decisions={
        "submitted": "Under discussion", "taken_up": "Kept in brackets", "adopted": "Accepted",
        "adopted_in_part": "Accepted in part", "not_adopted": "Not accepted",
        "superseded": "Covered by another proposal", "withdrawn": "Withdrawn",
    },
)  # fmt: skip
RU = Words(
    contents="Содержание",
    version="Версия {number}",
    of_date="от {date}",
    changes="изменения по сравнению с версией {base}",
    page="Страница {page} из {pages}",
    fingerprint="SHA-256 текста",
    participant="Участник",
    comparison="Сравнительная таблица",
    between="к проекту закона «{title}»: версии {base} и {number}",
    comparison_heads=(
        "№", "Структурная единица", "Действующая редакция", "Предлагаемая редакция", "Обоснование",
    ),
    disagreements="Таблица разногласий",
    on_version="по проекту закона «{title}», версия {number}",
    disagreement_heads=(
        "№", "Структурная единица", "Текст", "Предложение", "Учреждение", "Причина", "Решение",
    ),
    taken_out="Исключается",
    after="Новое, после: {unit}",
    moved_to="Перенесено без изменений",
    moved_here="Перенесено сюда",
    moved_behind="Перенесено сюда, после: {unit}",
    nothing_changed="Различий нет.",
    nothing_proposed="Разногласий нет.",
    record="Документ № {number}",
    drafters="Участвующие учреждения",
    amendments="Поправки к проекту закона «{title}», версия {number}",
    no_amendments="Поправок нет.",
    decisions={
        "submitted": "Рассматривается", "taken_up": "Оставлено в скобках", "adopted": "Принято",
        "adopted_in_part": "Принято частично", "not_adopted": "Не принято",
        "superseded": "Учтено в другом предложении", "withdrawn": "Отозвано",
    },
)  # fmt: skip
KY = Words(
    contents="Мазмуну",
    version="{number}-версия",
    of_date="{date}",
    changes="{base}-версияга салыштырмалуу өзгөртүүлөр",
    page="{page}-бет, бардыгы {pages}",
    fingerprint="Тексттин SHA-256 суммасы",
    participant="Катышуучу",
    comparison="Салыштырма таблица",
    between="«{title}» мыйзам долбооруна, версиялар: {base} жана {number}",
    comparison_heads=("№", "Түзүмдүк бирдик", "Колдонуудагы редакция", "Сунушталган редакция", "Негиздеме"),
    disagreements="Пикир келишпестиктер таблицасы",
    on_version="«{title}» мыйзам долбоору боюнча, {number}-версия",
    disagreement_heads=("№", "Түзүмдүк бирдик", "Текст", "Сунуш", "Мекеме", "Себеби", "Чечим"),
    taken_out="Алып салынат",
    after="Жаңы, мындан кийин: {unit}",
    moved_to="Өзгөртүүсүз которулду",
    moved_here="Бул жерге которулду",
    moved_behind="Бул жерге, мындан кийин которулду: {unit}",
    nothing_changed="Айырма жок.",
    nothing_proposed="Пикир келишпестиктер жок.",
    record="№ {number} документ",
    drafters="Катышуучу мекемелер",
    amendments="«{title}» мыйзам долбооруна түзөтүүлөр, {number}-версия",
    no_amendments="Түзөтүүлөр жок.",
    decisions={
        "submitted": "Каралууда", "taken_up": "Кашаада калтырылды", "adopted": "Кабыл алынды",
        "adopted_in_part": "Жарым-жартылай кабыл алынды", "not_adopted": "Кабыл алынган жок",
        "superseded": "Башка сунушта эске алынды", "withdrawn": "Кайра алынды",
    },
)  # fmt: skip
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}
_TAGS = {"en": "en-GB", "ru": "ru-RU", "ky": "ky-KG", "uk": "uk-UA", "et": "et-EE", "fr": "fr-FR", "kk": "kk-KZ"}


def words_for(language: str) -> Words:
    return _BY_LANGUAGE.get(language, EN)


def language_tag(language: str) -> str:
    """What a word processor calls a language."""
    return _TAGS.get(language, language)


def day(at: datetime, language: str) -> str:
    """A date as documents in this language write it."""
    return f"{at:%d.%m.%Y}" if language in ("ru", "ky", "uk", "kk") else f"{at.day} {at:%B %Y}"
