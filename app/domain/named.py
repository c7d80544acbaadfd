"""A clause named by somebody who wants to go there: `13(1)`, `art 13`, `ст. 13 ч. 1`, `13-берененин 1-бөлүгү`."""

import re
from collections.abc import Iterator, Sequence

from app.domain.citations.chains import cite
from app.domain.citations.cited import read
from app.domain.citations.languages import GRAMMARS, grammar_of
from app.domain.citations.targets import Units
from app.domain.citations.words import Grammar
from app.domain.clauses import Clause

LONGEST = 80
"""Characters of the longest citation that is read as one."""
_SHORT_WORD = re.compile(r"^\s*(art|st|sec|ст|стаття|глава|гл|разд)\s+(?=\d)", re.IGNORECASE)
_BARE = re.compile(r"^\s*(?:§+|(?:art|sec|ст)[^\W\d_]{0,8}\.?)?\s*(?=\d)", re.IGNORECASE)
_ARTICLE = {
    "en": "Article ",
    "ru": "Статья ",
    "uk": "стаття ",
    "fr": "article ",
    "de": "Artikel ",
    "et": "§ ",
    "cs": "§ ",
}


def named(clauses: Sequence[Clause], query: str, language: str) -> int | None:
    """The position of the clause that a query names in a law; None when it names none of it.

    Citations are read by the grammar of the law's language first, then by those of the others; a number alone is an
    article's. Failing that, a label written out as it stands in the law is one.
    """
    text = query.strip()
    if not could_name(text):
        return None
    if any(character.isdigit() for character in text):
        own = grammar_of(clauses, language)
        grammars = sorted(GRAMMARS.values(), key=lambda grammar: grammar is not own)
        for grammar in grammars:
            found = _cited(clauses, text, grammar)
            if found is not None:
                return found
    return _called(clauses, text)


def could_name(query: str) -> bool:
    """Whether a query is short enough to name a clause, and is no sign alone."""
    return len(query.strip()) <= LONGEST and any(character.isalnum() for character in query)


def _cited(clauses: Sequence[Clause], text: str, grammar: Grammar) -> int | None:
    """Where the first citation leads that is all of the text."""
    units: Units | None = None
    for written in _readings(text, grammar.language):
        for citation in cite(written, grammar):
            units = units or Units(clauses, grammar)
            for item in citation.items:
                for cited in read(units, 0, citation.start, item):
                    if cited.target is not None and _is_all(written, cited.item.start, cited.item.end):
                        return cited.target
    return None


def _readings(text: str, language: str) -> Iterator[str]:
    """The text as typed; with the point that an abbreviation lacks; with the word that a number lacks."""
    yield text
    yield _SHORT_WORD.sub(r"\1. ", text)
    if language in _ARTICLE and _BARE.match(text):
        yield _BARE.sub(_ARTICLE[language], text)


def _is_all(written: str, start: int, end: int) -> bool:
    rest = written[:start] + written[end:]
    return not any(character.isalnum() for character in rest)


def _called(clauses: Sequence[Clause], text: str) -> int | None:
    wanted = _plain(text)
    word = wanted.partition(" ")[0]  # looked for first: most labels do not hold it
    labels = ((at, clause.label) for at, clause in enumerate(clauses) if clause.label)
    return next((at for at, label in labels if word in label.casefold() and _plain(label) == wanted), None)


def _plain(label: str) -> str:
    return " ".join(label.casefold().strip(" .:()").split())
