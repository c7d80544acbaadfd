"""The words by which laws name their units, in many languages, and the labels they make: `named`."""

import re
from functools import lru_cache
from typing import NamedTuple

from app.domain.clauses import Kind
from app.domain.labels import DIGITS, NUMBER
from app.domain.ordinals import ordinal, ordinal_beginnings

ARTICLE, SIGN, SECTION, RULE, BARE, ANNEX, DIVISION = "article", "sign", "section", "rule", "bare", "annex", "division"
"""Families of words. Whether a § or a Section is the article of a law depends on the other words in it: `Profile`."""

_FIRST = {
    (Kind.ARTICLE, ARTICLE): "статья статьи стаття статті article articles artikel artículo artículos artigo artigos"
    " articolo articoli articol articolul artikkel artikla artykuł članak člen článek článok čl. čl art. art arts."
    " член чл. члан артыкул άρθρο madde maddə modda модда моддаи neni pants",
    (Kind.ARTICLE, SIGN): "§ §§ paragraf paragrahv",
    (Kind.SUBCHAPTER, SECTION): "section sec. sec sections",
    (Kind.ARTICLE, RULE): "regulation regulations rule rules clause clauses",
    (
        Kind.PART,
        ANNEX,
    ): "annex annexe annexes schedule appendix приложение приложения прыкладанне додаток тиркеме anlage"
    " anhang příloha príloha lisa allegato anexo anexă załącznik bilag bilaga liite pielikums priedas prilog прилог"
    " bijlage ek melléklet παράρτημα қосымша ilova илова",
    (
        Kind.CHAPTER,
        DIVISION,
    ): "глава chapter chapitre kapitel capítulo capitolo capitolul capitol kapitola rozdział hoofdstuk"
    " κεφάλαιο peatükk poglavlje bölüm бап tarau тарау",
    (
        Kind.SECTION,
        DIVISION,
    ): "раздел розділ title titre sous-titre subtitle titel untertitel hlava título titolo titlul dział τίτλος бөлүм",
    (
        Kind.SUBCHAPTER,
        DIVISION,
    ): "sous-section subsection paragraphe abschnitt unterabschnitt díl oddíl pododdíl oddiel подраздел"
    " підрозділ параграф sección seção sezione secțiunea secţiunea oddział subchapter subchapitre"
    " division subdivision afdeling paragraaf jagu jaotis unterkapitel sous-paragraphe",
    (
        Kind.PART,
        DIVISION,
    ): "часть частина part parte partea livre partie book buch teil část časť libro livro cartea część"
    " księga deel boek μέρος бөлүк subpart",
}
_SECOND = {
    (Kind.ARTICLE, ARTICLE): "берене статья бап modda модда straipsnis pants članak člen",
    (Kind.ARTICLE, SIGN): "§",
    (Kind.PART, ANNEX): "тиркеме қосымша ilova илова pielikums priedas приложение lisa",
    (Kind.CHAPTER, DIVISION): "глава peatükk тарау bob боб luku kap. kapitlet nodaļa skyrius",
    (Kind.SECTION, DIVISION): "бөлүм бөлім hlava",
    (Kind.SUBCHAPTER, DIVISION): "jagu jaotis alljaotis abschnitt titel",
    (Kind.PART, DIVISION): "бөлүк osa часть teil buch část",
}
_ROMAN_LETTERS = "IVXLCDMІХСМ"
_HYPHENED = ("статья", "приложение")  # `5-статья` in Kyrgyz; `5 статья` is a phrase
_PLURAL = ("§§", "статьи", "статті", "articles", "artículos", "artigos", "articoli", "arts.", "sections", "rules")
_NEVER_PLAIN = (
    "paragraf",
    "art",
    "sec",
    "rule",
    "rules",
    "clause",
    "ek",
    "lisa",
    "division",
    "title",
    "book",
    "pants",
    "§§",
)

_AFTER = r"(?=[\s.:;,)\]*_\\(<|–—-]|$)(?:\\?[.:])?"
_OPENING = re.compile(r"(?:[*_\[]{1,4}|<[^<>\n]{1,200}>|\([^()\n]{1,20}\)\s|\\|[ \t\u00a0]){0,9}")
_WORD = re.compile(r"§{1,2}|[^\W\d_]{1,20}(?:-[^\W\d_]{1,20})?\.?")
_CODE = r"(?:[A-Z]{1,2}(?:\.[A-Z])?\.?\s?(?:\\?\*)?\.?\s?(?=\d))?"  # French codes: Art. L. 121-3, R*. 12
_RANGE = (
    r"(?:(?:\s+(?:bis|to|à|до|по|al|až|a|i|и|and|und|et|та|or|y|e|жана)\s+|\s?[–—-]\s|\s[–—-]\s?|[–—]|,\s)"
    rf"§{{0,2}}\s?(?:{DIGITS}))"
)
_DESIGNATION = re.compile(rf"\s{{0,3}}(?:№|[Nn][ro°º]?\.?|č\.)?\s{{0,2}}{_CODE}{NUMBER}{_AFTER}")
_MANY = re.compile(rf"\s{{0,3}}{_CODE}{NUMBER}{_RANGE}{{0,9}}{_AFTER}")
_RANGED = re.compile(rf"\s{{0,3}}{_CODE}{DIGITS}(?:\s+(?:bis|to|до|по|až)\s+|\s[–—-]\s)§{{0,2}}\s?{DIGITS}{_AFTER}")
_CAPITAL = re.compile(rf"\s{{1,3}}[A-ZА-Я]{_AFTER}")
_IN_WORDS = re.compile(rf"\s{{1,3}}([^\W\d_]{{2,20}}){_AFTER}")
_NUMBER_FIRST = re.compile(
    rf"(?P<number>{NUMBER})(?P<between>[.)]?[-–‑]?\s{{0,2}})(?P<word>§|[^\W\d_]{{2,20}}\.?){_AFTER}"
)
_NUMBER_IN_WORDS = re.compile(rf"([^\W\d_]{{3,20}})\s{{1,3}}([^\W\d_]{{2,20}}){_AFTER}")
_BARE = re.compile(r"(?:\d{1,4}(?:[-–.]\d{1,4}){0,4}[A-Z]{0,3}|[IVXLC]{1,8}(?=[.)]))(?=[\s.):]|$)[.):]?")
_AFTER_ANNEX = re.compile(r"\s*(?:$|\n|[.:(*]|(?:к|to|zu|до|k|à)\s)")


def _by_word(words: dict[tuple[Kind, str], str]) -> dict[str, tuple[Kind, str]]:
    return {word: unit for unit, series in words.items() for word in series.split()}


_BY_FIRST_WORD = _by_word(_FIRST)
_BY_SECOND_WORD = _by_word(_SECOND)
_BEGINNINGS = {f"{word} "[:3] for word in _BY_FIRST_WORD} | ordinal_beginnings()
"""How the first words of headings begin: a quick answer for most lines."""


class Named(NamedTuple):
    """What a heading names: `Статья 5. Цель` → an article, the label from `start` to `end`."""

    kind: Kind
    family: str
    start: int
    end: int
    word: str


def named(heading: str, at: int = 0) -> Named | None:
    """The unit a heading names, reading from the place `at`; None when its words name none."""
    if heading[at : at + 1] in "*_[<(\\ \t\u00a0":
        opening = _OPENING.match(heading, at)
        at = opening.end() if opening else at
    found = _WORD.match(heading, at)
    if found is not None:
        word = found[0].lower()
        unit = _BY_FIRST_WORD.get(word)
        if unit is None and word[-1] == ".":
            word = word[:-1]
            unit = _BY_FIRST_WORD.get(word)
        if unit is not None:
            end = _designated(heading, found.start() + len(word), word, unit[1])
            if end:
                return Named(*unit, at, end, word)
        if heading[at] not in _ROMAN_LETTERS:
            return _number_in_words(heading, at) if ordinal(word) else None
    return _number_first(heading, at)


def _designated(heading: str, at: int, word: str, family: str) -> int:
    """Where the number behind a word ends; 0 when there is none."""
    match = _DESIGNATION.match(heading, at)
    ends = match is not None and heading[match.end() : match.end() + 1] in ("", "\n", "\r")
    if family not in (DIVISION, ANNEX) and not ends:
        match = (_MANY if word in _PLURAL else _RANGED).match(heading, at) or match
    if match:
        return match.end()
    in_words = _IN_WORDS.match(heading, at)
    if in_words and ordinal(in_words[1]):
        return in_words.end()
    if family in (DIVISION, ANNEX):
        letter = _CAPITAL.match(heading, at)
        if letter:
            return letter.end()
    return at if family == ANNEX and _AFTER_ANNEX.match(heading, at) else 0


def _number_first(heading: str, at: int) -> Named | None:
    match = _NUMBER_FIRST.match(heading, at)
    if match is None:
        return None
    word = match["word"].lower()
    unit = _BY_SECOND_WORD.get(word) or _BY_SECOND_WORD.get(word.rstrip("."))
    joined = any(dash in match["between"] for dash in "-–‑")
    if unit is None or (word in _HYPHENED and not joined) or (word == "глава" and "." in match["between"]):
        return None
    return Named(*unit, at, match.end(), word)


def _number_in_words(heading: str, at: int) -> Named | None:
    words = _NUMBER_IN_WORDS.match(heading, at)
    unit = _BY_SECOND_WORD.get(words[2].lower()) if words else None
    return Named(*unit, at, words.end(), words[2].lower()) if words and unit else None


def bare(heading: str, at: int) -> Named | None:
    """A heading that shows only a number before its title: `5 Short title`, `12A. Aim`, `II. General`."""
    opening = _OPENING.match(heading, at)
    at = opening.end() if opening else at
    match = _BARE.match(heading, at)
    return Named(Kind.SUBCHAPTER, BARE, at, match.end(), "") if match else None


_UNKNOWN = re.compile(r"(?:article|artículo|artigo|articolo|artikel|статья|стаття)\s+\w{1,30}", re.IGNORECASE)


def unknown_article(heading: str, at: int) -> Named | None:
    """`Article liminaire`, `Article annexe`: the word of an article with something else than a number behind it."""
    match = _UNKNOWN.match(heading, at)
    return Named(Kind.ARTICLE, ARTICLE, at, match.end(), "") if match else None


def plain_heading(line: str, at: int, cut: int | None = None) -> Named | None:
    """The unit that a line without Markdown marks names, when the line looks like a heading and not like a sentence.

    After a number with a full stop anything may follow (`Статья 1. Внести … изменения:`); without one, a title only.
    """
    if not may_name(line[at : at + 3]):
        return None
    found = named(line, at)
    if found is None or found.word in _NEVER_PLAIN:
        return None
    rest = line[found.end : cut].strip(" \t\u00a0*_]")
    first = rest.lstrip('«“„"(—–- \t')[:1]
    if found.family == ANNEX:
        return found if found.end - found.start > len(found.word) and _is_title(rest, first) else None
    if line[found.end - 1] in ".:":
        return found if not first or not first.islower() else None
    return found if _is_title(rest, first) else None


def may_name(head: str) -> bool:
    """Whether a line with this beginning (three letters) may name a unit: a quick answer for most lines."""
    return not head[:1].isalpha() or head.lower() in _BEGINNINGS or _begins_roman(head)


def _begins_roman(head: str) -> bool:
    """Whether a line may begin with a Roman numeral: `IV` and `V-`, not `La`."""
    return head[0] in _ROMAN_LETTERS and (head[1:2] in _ROMAN_LETTERS or not head[1:2].isalpha())


def _is_title(rest: str, first: str) -> bool:
    return not rest or (len(rest) < 150 and not first.islower() and "\n" not in rest and rest[-1] not in ".,;:")


@lru_cache(maxsize=16384)
def is_annex(label: str) -> bool:
    """Whether a label is one of a schedule or an annex, whose articles are numbered on their own."""
    found = named(label)
    return found is not None and found.family == ANNEX


@lru_cache(maxsize=16384)
def names_article(label: str) -> bool:
    """Whether the word of a label is one for articles: `Artikel 1`, which in an act of several laws holds laws."""
    found = named(label)
    return found is not None and found.kind is Kind.ARTICLE
