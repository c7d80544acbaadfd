"""What a `bill` is made of, and what it is called: names after the Akoma Ntoso Naming Convention 1.0, chapter 4.

A draft is the Work `/akn/<country>/bill/<date of its first version>/<slug>`, a version in a language its Expression
`…/<language>@<number>`, the file the Manifestation `….xml`. The country is `jurisdiction` of the front matter, and
Kyrgyzstan where there is none. An amendment has a Work of its own, dated by the version it was made on: that says
nothing of when somebody contributed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.exports.akn_ids import First
from app.exports.document import Document

LANGUAGES = {"en": "eng", "ru": "rus", "ky": "kir", "uk": "ukr", "et": "est", "fr": "fra", "kk": "kaz", "de": "deu"}
"""ISO 639-2, terminological."""
UNKNOWN_LANGUAGE = "und"
COUNTRY = "kg"
_COUNTRY = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Bill:
    """A version of a draft, marked up against the one before where there is one: what changed is told in its metadata.

    `issued` are the dates of all versions up to it; `firsts` where each clause of the draft stood first, in the
    `authentic` language or, if it does not stand there, in the document's.
    """

    document: Document
    authentic: str = ""
    issued: Mapping[int, datetime] = field(default_factory=dict)
    firsts: Mapping[str, First] = field(default_factory=dict)


def language_of(code: str) -> str:
    return LANGUAGES.get(code, UNKNOWN_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Names:
    """How a draft, its versions and its amendments are called."""

    country: str
    slug: str
    language: str
    dates: Mapping[int, datetime]

    @property
    def work(self) -> str:
        return f"/akn/{self.country}/bill/{self.date(1)}/{self.slug}"

    def date(self, number: int) -> str:
        """The day of a version; of one that is not known, that of the first one that is."""
        return f"{self.dates.get(number) or self.dates[min(self.dates)]:%Y-%m-%d}"

    def expression(self, number: int, language: str = "") -> str:
        return f"{self.work}/{language_of(language or self.language)}@{number}"

    def unit(self, number: int, eid: str) -> str:
        """A unit of the law as a version has it."""
        return f"{self.expression(number)}/!main~{eid}"

    def amendment(self, number: int, made_on: int) -> str:
        return f"/akn/{self.country}/amendment/{self.date(made_on)}/{self.slug}-a{number}"


def names_of(bill: Bill) -> Names:
    document = bill.document
    said = dict(document.front_matter).get("jurisdiction", "").strip().lower()
    dates = {document.version.number: document.version.at, **bill.issued}
    return Names(said if _COUNTRY.fullmatch(said) else COUNTRY, document.slug, document.language, dates)
