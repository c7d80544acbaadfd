"""What counts as an article in a law: a § below `Artikel 1` but not below `Art. 5` of a Polish code, a Section of an
English Act but not of a French code, a bare `5` where nothing else is numbered. Read from all headings of a text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.blocks import Block
from app.domain.clauses import Kind
from app.domain.enumerators import enumerator
from app.domain.headings import ANNEX, ARTICLE, BARE, DIVISION, RULE, SECTION, SIGN, Named

Found = Named | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The families of words that name articles in a law, those that hold articles, and the levels articles stand at."""

    articles: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()
    levels: frozenset[int] = frozenset()
    chapters_bare: bool = False

    def kind_of(self, found: Named, level: int) -> Kind:
        """What the unit a heading names is in this law."""
        if found.family in (ANNEX, DIVISION):
            return found.kind
        if found.family in self.holders:
            return Kind.PART
        if found.family == BARE:
            return self._kind_of_bare(found, level)
        if found.family in self.articles:
            return Kind.ARTICLE
        return Kind.SUBCHAPTER

    def _kind_of_bare(self, found: Named, level: int) -> Kind:
        if BARE in self.articles and level in self.levels:
            return Kind.ARTICLE
        return Kind.CHAPTER if self.chapters_bare else Kind.SUBCHAPTER


def profile_of(blocks: Sequence[Block], found: Sequence[Found]) -> Profile:
    """The profile of a law from its blocks and what each block's heading names."""
    headings = [(block.level, one) for block, one in zip(blocks, found, strict=True) if one is not None]
    counts = Counter(one.family for _, one in headings)
    if not (counts.keys() & {ARTICLE, SIGN, SECTION, RULE}):
        return _of_bare(blocks, found) if counts[BARE] else Profile()
    articles, holders = _families(headings, counts)
    levels = Counter(level for level, one in headings if one.family in articles and level)
    return Profile(frozenset(articles), frozenset(holders), frozenset(levels))


def _families(headings: Sequence[tuple[int, Named]], counts: Counter[str]) -> tuple[set[str], set[str]]:
    if not counts[ARTICLE]:
        if counts[SIGN]:
            return {SIGN}, set()
        return {RULE if counts[RULE] >= counts[SECTION] else SECTION}, set()
    if counts[SIGN] and _are_paragraphs(headings):
        return {ARTICLE}, set()
    for family in (SIGN, SECTION):
        nested = _nested(headings, family)
        if nested > counts[ARTICLE]:
            return {family}, {ARTICLE}
        if family == SIGN and counts[SIGN] and nested * 2 < counts[SIGN]:
            return {ARTICLE, SIGN}, set()
    return {ARTICLE}, set()


def _are_paragraphs(headings: Sequence[tuple[int, Named]]) -> bool:
    """Whether § in plain lines are paragraphs of articles that are headings or called `Art.`, as in Polish codes."""
    plain = all(not level for level, one in headings if one.family == SIGN)
    return plain and all(level or one.word in ("art", "art.") for level, one in headings if one.family == ARTICLE)


def _nested(headings: Sequence[tuple[int, Named]], family: str) -> int:
    """How many units of a family stand below a unit called article."""
    count, above = 0, 0  # the level of the last article heading, 0 for none
    plain = False  # whether that article is a plain line
    for level, one in headings:
        if one.family == ARTICLE:
            above, plain = (level or 7), one.word not in ("art", "art.") and not level
        elif one.family == family and above and ((level or 7) > above or (plain and not level)):
            count += 1
        elif level and level < above:
            above = 0
    return count


def _of_bare(blocks: Sequence[Block], found: Sequence[Found]) -> Profile:
    """Headings that show a number only: the articles of a British Act, or chapters of a by-law with points below."""
    levels = Counter(
        block.level
        for block, one in zip(blocks, found, strict=True)
        if one is not None and one.family == BARE and block.text[one.start].isdigit()
    )
    if not levels or _holds_points(blocks, found):
        return Profile(chapters_bare=True)
    return Profile(frozenset({BARE}), frozenset(), frozenset({max(levels, key=lambda level: (levels[level], level))}))


def _holds_points(blocks: Sequence[Block], found: Sequence[Found]) -> bool:
    """Whether points run on through bare headings (1, 2; 3, 4) or repeat their number (1.1., 1.2.; 2.1.)."""
    number, last, signs, headings = 0, 0, 0, 0
    fresh = False
    for block, one in zip(blocks, found, strict=True):
        if one is not None and one.family == BARE:
            digits = "".join(c for c in block.text[one.start : one.end] if c.isdecimal())
            number, fresh, headings = int(digits[:9] or 0), True, headings + 1
            continue
        mark = enumerator(block.text, block.start) if not block.level else None
        if mark is None or mark.style != "1.":
            continue
        dotted = mark.components[:1] == (number,)
        signs += fresh and (dotted or (last > 0 and mark.readings[0][1] == last + 1))
        last, fresh = mark.readings[0][1], False
    return signs * 2 >= max(1, headings - 1) and signs > 0
