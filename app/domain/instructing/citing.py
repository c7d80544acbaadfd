"""Where a clause stands in a law, as an amending instruction cites it: the steps from its article down to itself.

Articles are numbered through the whole law, so a citation begins with the article; a chapter is cited with the section
above it only where its number occurs more than once. What has no number is counted among its like: the second table,
the third unnumbered paragraph. A number that two neighbours bear is cited with its turn, so that every clause of every
law has exactly one citation.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from app.domain.clauses import Clause, Kind

STRUCTURE = (Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER)
HEADED = (*STRUCTURE, Kind.ARTICLE, Kind.TITLE)
ITEMS = (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT)
OPAQUE = (Kind.TABLE, Kind.CODE, Kind.QUOTE, Kind.FRONT_MATTER)
_NUMBER = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\*?\.?\s?\*?)?\d+(?:[-–.]\d+)*[A-Za-z]{0,2}(?:\^\d+\^|[⁰¹²³⁴-⁹]+)*"
    r"|(?<!\w)[IVXLCDM]+(?:-\d+)?(?!\w)"
)
"""12, 12-1, 12A, 26^12^, 12¹, L. 121-3, IV."""
_LABEL = re.compile(
    rf"(?:\d+(?:[-–.]\d+)*|[IVXLCDM]+)[-–]?\s?(?:берене|статья|глава|бөлүм|бөлүк|параграф)\w*\.?"
    rf"|(?:[^\W\d]+\.?\s*|§+\s*)?(?:{_NUMBER.pattern})[.:)]?"
)
_UNIT_WORDS = re.compile(
    r"(?:берене|статья|глава|бөлүм|бөлүк|раздел|часть|chapter|part|section|title|article)", re.IGNORECASE
)


class Part(StrEnum):
    """How much of a unit is meant."""

    WHOLE = "whole"  # with everything below it
    HEADING = "heading"  # the words of a heading, without its number
    OPENING = "opening"  # the words of a unit before what stands below it
    CAPTION = "caption"  # number and heading, without what stands below


class Role(StrEnum):
    """What a citation does in its sentence, which languages with cases show by its ending."""

    SUBJECT = "subject"  # часть 1 статьи 7 …; 7-берененин 1-бөлүгү …
    POSSESSOR = "possessor"  # … части 1 статьи 7; 7-берененин 1-бөлүгүнүн …
    OBJECT = "object"  # дополнить статью 7
    PLACE = "place"  # в части 1 статьи 7; 7-берененин 1-бөлүгүндө
    MEANS = "means"  # дополнить статьей 12-1
    ORIGIN = "origin"  # 7-берененин 1-бөлүгүнөн кийин


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of a citation. `number` as written without its punctuation, empty for what is counted: then `ordinal`
    counts from 1 among its like and `alone` says that there is only one. `turn` is 0 for a number that is borne once,
    else which of its bearers is meant. `clash`: a neighbour of another kind bears the number too."""

    kind: Kind
    number: str = ""
    ordinal: int = 0
    alone: bool = True
    turn: int = 0
    clash: bool = False
    below_item: bool = False  # a numbered unit opens with its own first abzats, so counting goes on from the second
    preamble: bool = False  # stands before the first article and outside every chapter

    @property
    def count(self) -> int:
        """Which abzats it is: the first one is the one that begins the unit (domain notes, section 1.1)."""
        return self.ordinal + (1 if self.below_item else 0)


@dataclass(frozen=True, slots=True)
class Target:
    """What an instruction is about: a unit, outermost step first, or a part of it.

    `inside` leaves out the article, which the group of instructions has already named. `introduces`: what stands below
    is numbered, so that its own words introduce a list.
    """

    steps: tuple[Step, ...]
    part: Part = Part.WHOLE
    inside: bool = False
    introduces: bool = True

    def without_article(self) -> "Target":
        return replace(self, steps=self.steps[1:], inside=True)


def runs_on(numbers: Sequence[str]) -> bool:
    """Whether three or more numbers follow one another, so that a citation may say `5 to 8`."""
    plain = len(numbers) > 2 and all(number.isascii() and number.isdigit() for number in numbers)
    return plain and int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1


@lru_cache(maxsize=50_000)
def number_of(label: str) -> str:
    """The number of a label as written, without word, brackets and full stop: `Статья 12-1.` → `12-1`, `а)` → `а`."""
    found = number_span(label)
    return re.sub(r"\s", "", label[slice(*found)]) if found else ""


def number_span(label: str) -> tuple[int, int] | None:
    """Where the number stands in a label; None without one."""
    found = _NUMBER.search(label)
    if found:
        return found.span()
    words = [word for word in re.finditer(r"\w+", label) if not _UNIT_WORDS.fullmatch(word[0])]
    return words[-1].span() if words else (0, len(label)) if label else None


def renumbered(label: str, number: str) -> str:
    """The label with another number, written the same way: (`Article 14.`, `15`) → `Article 15.`"""
    start, end = number_span(label) or (0, 0)
    return label[:start] + number + label[end:]


def written(clause: Clause) -> str:
    """A unit with its number as an instruction quotes it: `5. The fee`. A heading whose label would not be known from
    its title has it on a line of its own."""
    text = f"{clause.label} {clause.body}".strip()
    if clause.label and clause.kind in HEADED and separated(clause.kind, text) != (clause.label, clause.body):
        return f"{clause.label}\n{clause.body}"
    return text


def separated(kind: Kind, text: str) -> tuple[str, str]:
    """The label and the words of a unit with a number: `5. The fee` → (`5.`, `The fee`)."""
    if kind not in HEADED:
        label = re.split(r"\s", text, maxsplit=1)[0]
    elif "\n" in text:
        label = text.partition("\n")[0]
    else:
        found = _LABEL.match(text)
        label = found[0] if found else ""
    return label.strip(), text[len(label) :].lstrip()


class Units:
    """The clauses of a law with what stands below what; the title counts as beside the law, not above it."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.parent: list[int | None] = []
        self.children: dict[int | None, list[int]] = {None: []}
        self.ends = list(range(1, len(clauses) + 1))
        self._read_tree()
        self.numbers = [number_of(clause.label) for clause in clauses]
        self._bearers: dict[tuple[Kind, str], list[int]] = {}  # positions by kind and number
        for at, number in enumerate(self.numbers):
            if number:
                self._bearers.setdefault((clauses[at].kind, number), []).append(at)
        self.articles = [at for at, clause in enumerate(clauses) if clause.kind is Kind.ARTICLE]
        self.has_articles = bool(self.articles)

    def _read_tree(self) -> None:
        path: list[int] = []
        for at, clause in enumerate(self.clauses):
            while path and self.clauses[path[-1]].depth >= clause.depth:
                self._end(path.pop(), at)
            above = path[-1] if path and self.clauses[path[-1]].kind is not Kind.TITLE else None
            self.parent.append(above)
            self.children[above].append(at)
            self.children[at] = []
            path.append(at)
        for holder in path:
            self._end(holder, len(self.clauses))

    def _end(self, holder: int, at: int) -> None:
        """Nothing stands below the title."""
        if self.clauses[holder].kind is not Kind.TITLE:
            self.ends[holder] = at

    def stands_alone(self, at: int) -> bool:
        """Whether a clause is a heading line and nothing more: the title, a subheading without a number."""
        clause = self.clauses[at]
        return clause.kind is Kind.TITLE or (clause.kind in HEADED and not clause.label)

    def holder(self, at: int) -> int | None:
        """The nearest article or numbered unit above a clause."""
        above = self.parent[at]
        while above is not None and self.clauses[above].kind in STRUCTURE:
            above = self.parent[above]
        return above

    def are_alike(self, one: int, other: int) -> bool:
        """Whether two units are numbered in one series: articles of a law, other units of the one they stand in."""
        kind = self.clauses[one].kind
        same_series = kind is Kind.ARTICLE or self.parent[one] == self.parent[other]
        return self.clauses[other].kind is kind and same_series

    def path(self, at: int) -> list[int]:
        """The positions a citation names, outermost first."""
        found = [at]
        while not self._suffices(found[0]):
            above = self.parent[found[0]]
            if above is None:
                break
            found.insert(0, above)
        return found

    def _suffices(self, at: int) -> bool:
        clause = self.clauses[at]
        if clause.kind in STRUCTURE:
            return len(self._bearers.get((clause.kind, self.numbers[at]), ())) == 1
        return clause.kind in HEADED

    def above(self, at: int) -> list[Clause]:
        """The clause and everything above it, outermost first, as `parse_fragment` wants it."""
        found: list[Clause] = []
        depth = self.clauses[at].depth + 1
        for place in range(at, -1, -1):
            if self.clauses[place].depth < depth:
                found.insert(0, self.clauses[place])
                depth = self.clauses[place].depth
            if depth == 0:
                break
        return found

    def context(self, place: int) -> list[Clause]:
        """Behind what a quotation is read that comes to stand at a place: what is above the clause before it.

        Where that is in no article though the law has articles, it is the nearest article, so that articles are known.
        """
        path = self.above(place - 1) if place else []
        if not self.articles or any(clause.kind is Kind.ARTICLE for clause in path):
            return path
        return self.above(self.articles[max(bisect_left(self.articles, place) - 1, 0)])

    def steps(self, at: int) -> tuple[Step, ...]:
        """The citation of a clause, outermost step first."""
        path = self.path(at)
        return tuple(self._step(place, outermost=place == path[0]) for place in path)

    def target(self, at: int, part: Part = Part.WHOLE) -> Target:
        introduces = any(self.clauses[child].label for child in self.children[at])
        return Target(self.steps(at), part, introduces=introduces)

    def own_words(self, at: int) -> Target:
        """What to call the words of the clause itself, without what stands below it."""
        if self.stands_alone(at):
            return self.target(at)
        if self.clauses[at].kind in HEADED:
            return self.target(at, Part.HEADING)
        return self.target(at, Part.OPENING if self.ends[at] > at + 1 else Part.WHOLE)

    def _step(self, at: int, outermost: bool) -> Step:
        clause, above = self.clauses[at], self.parent[at]
        row = self.children[above]
        preamble = outermost and above is None and self.has_articles and clause.kind not in HEADED
        below_item = above is not None and self.clauses[above].kind in ITEMS
        if not self.numbers[at]:
            like = [c for c in row if self.clauses[c].kind is clause.kind and not self.numbers[c]]
            ordinal = like.index(at) + 1
            return Step(clause.kind, "", ordinal, len(like) == 1, below_item=below_item, preamble=preamble)
        number = self.numbers[at]
        same = [place for place in row if self.clauses[place].kind is clause.kind and self.numbers[place] == number]
        bearers = self._bearers[clause.kind, number] if clause.kind is Kind.ARTICLE else same
        turn = bearers.index(at) + 1 if len(bearers) > 1 else 0
        clash = any(c != at and self.numbers[c] == number and self.clauses[c].kind is not clause.kind for c in row)
        return Step(clause.kind, number, turn=turn, clash=clash, below_item=below_item, preamble=preamble)
