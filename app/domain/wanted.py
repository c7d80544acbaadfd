"""What somebody searches for, read from what they typed: words, "exact phrases", -words to leave out.

Reading never fails; whatever is neither a letter nor a digit only separates words, so that no sign of SQL or of a
search engine's language gets through. Where a database has no stemmer for a language, words are looked for as
beginnings: a Russian, Kyrgyz or Ukrainian word loses its ending first (`расследования` → `расследован…`).
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 500
"""Characters of a query that are read."""
MOST_TERMS = 20
SHORTEST_STEM = 4
SHORTEST_PREFIX = 3

_TERM = re.compile(
    r"""(?P<minus>(?<![^\s"«“„])[-−–])?(?:"(?P<a>[^"]*)"|«(?P<b>[^»]*)»|[“„](?P<c>[^”“]*)[”“]|(?P<word>[^\s"«“„]+))"""
)
_WORD = re.compile(r"[^\W_]+")
_RUSSIAN = (
    "иями иях иям ами ями ого его ому ему ыми ими ием ией ах ях ов ев ей ой ый ий ая яя ое ее ые ие их ых им ым ую юю "
    "ом ем ам ям ою ею ия ию ии а я о е у ю ы и ь й"
)
_UKRAINIAN = "ями ами ього ого ому ими іми іях ією ої ії ій их ів ам ям ах ях ою ею им ім ия ію а я о е є у ю и і ї ь й"
_KYRGYZ = (
    "лардын лердин лордун лөрдүн дардын дердин тардын тердин лары лери дары дери тары тери лар лер лор лөр дар "
    "дер дор дөр тар тер тор төр нын нин нун нүн дын дин дун дүн тын тин тун түн дан ден дон дөн тан тен тон төн "
    "сынын синин ына ине уна үнө нда нде ны ни ну нү ды ди ду дү ты ти ту тү "
    "га ге го гө ка ке ко кө да де до дө та те то тө "
    "сы си су сү ын ин ун үн ы и у ү"
)
_ENDINGS = {
    language: tuple(sorted(endings.split(), key=len, reverse=True))
    for language, endings in (("ru", _RUSSIAN), ("uk", _UKRAINIAN), ("ky", _KYRGYZ))
}
_ROUNDS = {"ky": 3}  # Kyrgyz endings follow one another: бөлүк-төр-үн-дө


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; one word where nobody wrote quotation marks."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False


def wanted(query: str) -> tuple[Term, ...]:
    """The terms of a query, in small letters; none when it holds no word to look for."""
    text = unicodedata.normalize("NFC", query[:LONGEST_QUERY]).lower()
    terms: list[Term] = []
    for match in _TERM.finditer(text):
        quoted = next((match[name] for name in ("a", "b", "c") if match[name] is not None), None)
        words = tuple(_WORD.findall(match["word"] if quoted is None else quoted))
        if words:
            terms.append(Term(words, quoted is not None or len(words) > 1, match["minus"] is not None))
    found = tuple(terms[:MOST_TERMS])
    return found if any(not term.excluded for term in found) else ()


def beginning(word: str, language: str) -> str | None:
    """What a word of a language without a stemmer must begin with; None: only the word itself, as of numbers."""
    if not word.isalpha() or len(word) < SHORTEST_PREFIX:
        return None
    for _ in range(_ROUNDS.get(language, 1)):
        ending = next((e for e in _ENDINGS.get(language, ()) if word.endswith(e)), "")
        if not ending or len(word) - len(ending) < SHORTEST_STEM:
            break
        word = word.removesuffix(ending)
    return word


def match_fts5(terms: tuple[Term, ...], language: str, *, stemmed: bool) -> str:
    """The terms in the query language of SQLite's FTS5. Words are quoted, so that none is an operator."""
    included = [_fts5(term, language, stemmed) for term in terms if not term.excluded]
    excluded = [_fts5(term, language, stemmed) for term in terms if term.excluded]
    positive = " AND ".join(included)
    return f"({positive}) NOT ({' OR '.join(excluded)})" if excluded else positive


def _fts5(term: Term, language: str, stemmed: bool) -> str:
    start = None if stemmed or term.phrase else beginning(term.words[0], language)
    return f'"{" ".join(term.words)}"' if start is None else f'"{start}"*'


def match_tsquery(term: Term) -> str:
    """A term in the query language of PostgreSQL's `to_tsquery`."""
    return " <-> ".join(f"'{word}'" for word in term.words)
