"""The few words that a repository adds to a law, in its language. Other languages get English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Those with names in braces are templates for `str.format`. `subjects` say what made a version."""

    amendment: str  # {number}
    subjects: Mapping[str, str]  # {number}, {revokes}
    publication: str  # {number}, {version}
    secretariat: str


EN = Words(
    amendment="Amendment A{number}",
    subjects={
        "issued": "Version {number} as issued",
        "imported": "Version {number}",
        "revoked": "Version {number}: version {revokes} is taken back",
    },
    publication="Publication {number}: version {version}",
    secretariat="Secretariat",
)
RU = Words(
    amendment="Поправка A{number}",
    subjects={
        "issued": "Версия {number} в окончательном виде",
        "imported": "Версия {number}",
        "revoked": "Версия {number}: версия {revokes} отменена",
    },
    publication="Публикация {number}: версия {version}",
    secretariat="Секретариат",
)
KY = Words(
    amendment="A{number}-түзөтүү",
    subjects={
        "issued": "{number}-версия, чыгарылган түрүндө",
        "imported": "{number}-версия",
        "revoked": "{number}-версия: {revokes}-версия жокко чыгарылды",
    },
    publication="{number}-жарыялоо: {version}-версия",
    secretariat="Катчылык",
)
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}


def words_for(language: str) -> Words:
    return _BY_LANGUAGE.get(language, EN)
