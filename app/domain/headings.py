"""The words by which laws name their units, as drafters in ten languages write them (domain: legislative technique)."""

import re

from app.domain.clauses import Kind
from app.domain.labels import NUMBER

_WORD_FIRST = {
    Kind.ARTICLE: "статья|стаття|article|art\\.|artikel|článek|čl\\.|§§?",
    Kind.CHAPTER: "глава|chapter|chapitre|kapitel",
    Kind.SECTION: "раздел|розділ|title|titre|sous-titre|titel|hlava|section(?= [IVXLC]+\\b)",
    Kind.SUBCHAPTER: "section|sous-section|paragraphe|abschnitt|unterabschnitt|díl|oddíl|подраздел",
    Kind.PART: "часть|частина|part|livre|partie|book|buch|teil|část",
}
_NUMBER_FIRST = {
    Kind.ARTICLE: "(?<=-)(?:берене|статья)",
    Kind.CHAPTER: "(?<!\\. )глава|peatükk",
    Kind.SECTION: "бөлүм",
    Kind.SUBCHAPTER: "jagu|jaotis|alljaotis",
    Kind.PART: "бөлүк|osa",
}
_ORDINAL = r"préliminaire|preliminary|premier|première|unique|Ier|1er|[IVXLC]+er"
_AFTER = r"(?=[\s.:]|$)[.:]?"


def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    code = r"(?:[A-Z]{1,2}\.?\s?\*?)?"  # French codes: Art. L. 121-3, R*. 12
    first = [
        (kind, rf"(?:{words})\s*(?:{code}{NUMBER}(?:er|bis|ter|quater)?|{_ORDINAL}){_AFTER}")
        for kind, words in _WORD_FIRST.items()
    ]
    second = [(kind, rf"{NUMBER}[.-]?\s?(?:{words}){_AFTER}") for kind, words in _NUMBER_FIRST.items()]
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in first + second)


_PATTERNS = _patterns()
_PLAIN = re.compile(
    r"(?:статья|стаття|article|artikel|článek|глава|chapter|chapitre|раздел|розділ|hlava|část|часть|part|title|titre"
    r"|kapitel|livre|§)\s?[\dIVXLC]|[\dIVXLC]+(?:-\d+)*[.-]?\s?(?:берене|статья|глава|бөлүм|бөлүк|peatükk|jagu)\b",
    re.IGNORECASE,
)


def named(heading: str) -> tuple[Kind, int] | None:
    """The kind of unit a heading names and the length of its label, or None: `Статья 5. Цель` → (ARTICLE, 9)."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(heading)
        if match:
            return kind, match.end()
    return None


def looks_structural(line: str) -> bool:
    """Whether a line without Markdown marks may be a heading; cheap, to be confirmed by `named`.

    A heading stands alone on a short line that does not end a sentence.
    """
    return len(line) < 250 and _PLAIN.match(line) is not None and not line.rstrip().endswith((",", ";", ":"))
