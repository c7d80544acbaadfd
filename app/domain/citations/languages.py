"""Which language a law is written in, for reading its citations."""

import re
from collections import Counter
from collections.abc import Sequence

from app.domain.citations.cyrillic import KYRGYZ, RUSSIAN, UKRAINIAN
from app.domain.citations.latin import CZECH, ENGLISH, ESTONIAN, FRENCH, GERMAN
from app.domain.citations.words import Grammar
from app.domain.clauses import Clause, Kind

GRAMMARS = {
    grammar.language: grammar for grammar in (ENGLISH, RUSSIAN, KYRGYZ, UKRAINIAN, FRENCH, ESTONIAN, GERMAN, CZECH)
}
_SMALL_WORDS = {
    "en": "the of and to in shall by this for article",
    "ru": "и в на не с по статья части или настоящего закона если",
    "ky": "жана же менен үчүн боюнча ушул берене болуп мыйзам каралган",
    "uk": "та і у з на або що до цього закону статті стаття",
    "fr": "le la les des et de du article par pour",
    "et": "ja või ning on ei kui seaduse käesoleva ning lõige",
    "de": "der die und das ist nach den oder absatz nicht",
    "cs": "a v se na nebo je podle zákona odst tohoto",
}
_SAMPLE = 20_000
"""Characters from which the language is told when the law does not say it."""


def grammar_of(clauses: Sequence[Clause], language: str | None = None) -> Grammar | None:
    """The grammar of citations for a law: of the language given, else of the one its front matter names, else of the
    one whose small words it uses most. None for a language without a grammar here."""
    named = language or _named(clauses)
    return GRAMMARS.get(named[:2].lower()) if named else _guessed(clauses)


def _named(clauses: Sequence[Clause]) -> str:
    head = clauses[0].body if clauses and clauses[0].kind is Kind.FRONT_MATTER else ""
    found = re.search(r"^language:[ \t]*[\"']?([A-Za-z]{2})", head, re.MULTILINE)
    return found[1] if found else ""


def _guessed(clauses: Sequence[Clause]) -> Grammar | None:
    words: Counter[str] = Counter()
    length = 0
    for clause in clauses:
        text = f"{clause.label} {clause.body[:_SAMPLE]}".lower()
        words.update(re.findall(r"[^\W\d_]+", text))
        length += len(text)
        if length > _SAMPLE:
            break
    scores = {language: sum(words[word] for word in small.split()) for language, small in _SMALL_WORDS.items()}
    best = max(scores, key=scores.__getitem__)
    return GRAMMARS[best] if scores[best] else None
