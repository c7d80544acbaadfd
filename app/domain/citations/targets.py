"""Which clause of a law a citation names: its units by number, and what `paragraph 2` alone means where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.citations.words import (
    ALINEA,
    ARTICLE,
    PARAGRAPH,
    POINT,
    SENTENCE,
    SIGN,
    SUBCHAPTER,
    SUBPOINT,
    Grammar,
    Step,
    Unit,
    roman,
    same_word,
)
from app.domain.clauses import Clause, Kind
from app.domain.labels import canonical

OPAQUE = {Kind.FRONT_MATTER, Kind.TABLE, Kind.CODE, Kind.QUOTE}
STRUCTURE = {Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER}
FIRST = re.compile(r"\b(?:1er|premier|première|Ier|1re)\b", re.IGNORECASE)


class Unclear(Exception):
    """Whose unit a citation names cannot be told from the law it stands in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a citation and the position of the clause it names; None: the law has no such unit."""

    step: Step
    clause: int | None


class Units:
    """The units of one law, found by number."""

    def __init__(self, clauses: Sequence[Clause], grammar: Grammar) -> None:
        self.clauses = clauses
        self.grammar = grammar
        self.parents: list[int | None] = []
        self.children: dict[int | None, list[int]] = {None: []}
        self.articles: dict[str, int] = {}
        self._parts: dict[tuple[int | None, Kind, str], int] = {}  # by parent, kind and number; "": the first of all
        self._lines: dict[int, list[int]] = {}
        self.structure: list[int] = []
        self._called: dict[str, list[int]] = {}
        self.numbers = [number_of(clause) for clause in clauses]
        self._read()
        self._coded = any(number[:1].isalpha() for number in self.articles)  # French codes: L. 121-3
        self.named = {
            unit for clause in clauses if clause.kind is Kind.ARTICLE for unit in articles_called(clause.label)
        }

    def _read(self) -> None:
        path: list[int] = []
        for at, clause in enumerate(self.clauses):
            while path and self.clauses[path[-1]].depth >= clause.depth:
                path.pop()
            parent = path[-1] if path else None
            self.parents.append(parent)
            self.children[parent].append(at)
            self.children[at] = []
            path.append(at)
            self._parts.setdefault((parent, clause.kind, ""), at)
            self._parts.setdefault((parent, clause.kind, self.numbers[at]), at)
            if clause.kind is Kind.ARTICLE and self.numbers[at]:
                self.articles.setdefault(self.numbers[at], at)
            elif clause.kind in STRUCTURE:
                self.structure.append(at)

    def places(self, steps: Sequence[Step], at: int) -> tuple[Place, ...]:
        """Where each step of a citation that stands in the clause at `at` leads; nothing behind a missing unit.

        Raises: Unclear.
        """
        found: list[Place] = []
        here: int | None = None
        for step in steps:
            if step.unit is SENTENCE:
                continue
            here = self._step(step, at, here, bool(found))
            found.append(Place(step, here))
            if here is None:
                break
        if not found:
            raise Unclear
        return tuple(found)

    def _step(self, step: Step, at: int, here: int | None, below: bool) -> int | None:
        if step.number is None:
            return self._this(step, at)
        if step.unit.level < ARTICLE.level and step.unit not in self.named:
            return self._structural(step, step.number.value, at, here)
        if step.unit.level <= ARTICLE.level:
            return self._article(step.unit, step.number.value)
        if not below or here is None:
            return self.child(self._scope(step.unit, at), step.unit, step.number.value)
        return self.child(here, step.unit, step.number.value)

    def _this(self, step: Step, at: int) -> int:
        """The unit of that name around the clause itself."""
        for above in self.upward(at):
            clause = self.clauses[above]
            if clause.kind in step.unit.kinds and (clause.kind not in STRUCTURE or same_word(step.word, clause.label)):
                return above
        raise Unclear

    def _article(self, unit: Unit, number: str) -> int | None:
        if unit not in self.named or (number[:1].isalpha() and not self._coded):
            raise Unclear
        return self.articles.get(number)

    def _structural(self, step: Step, number: str, at: int, here: int | None) -> int | None:
        """A chapter, title or part by its number and its word; where numbers begin anew in every title, only the one
        around the clause itself is taken."""
        alike = self._alike(step.word)
        if not alike:
            raise Unclear
        numbered = [one for one in alike if self.numbers[one] == number]
        if here is not None:
            numbered = [one for one in numbered if here in self.upward(one)]
        if len(numbered) == 1 and len({self.numbers[one] for one in alike}) == len(alike):
            return numbered[0]
        around = set(self.upward(at))
        near = [one for one in numbered if self.parents[one] in around]
        if len(near) == 1:
            return near[0]
        if numbered or len({self.numbers[one] for one in alike}) < len(alike):
            raise Unclear
        return None

    def _alike(self, word: str) -> list[int]:
        """The headings that are called by a word."""
        if word not in self._called:
            self._called[word] = [one for one in self.structure if same_word(word, self.clauses[one].label)]
        return self._called[word]

    def _scope(self, unit: Unit, at: int) -> int:
        """The unit that a smaller one alone (`paragraph 2`) is a part of: the nearest that has any."""
        article = self.article_around(at)
        if article is None:
            raise Unclear
        if unit.level <= PARAGRAPH.level or (unit is ALINEA and self.grammar.counts_lines):
            around = [article]
        else:
            around = [one for one in self.upward(at) if self.clauses[one].kind is not unit.kinds[0]]
            around = around[: around.index(article) + 1]
        for one in around:
            if self._has(one, unit):
                return one
        raise Unclear

    def _has(self, one: int, unit: Unit) -> bool:
        if unit is ALINEA:
            return len(self.lines(one)) > 1
        return (one, unit.kinds[0], "") in self._parts

    def article_around(self, at: int) -> int | None:
        """The article a clause stands in; in a law without articles the nearest heading (a UK section)."""
        for above in self.upward(at):
            if self.clauses[above].kind is Kind.ARTICLE or (
                not self.articles and self.clauses[above].kind in STRUCTURE
            ):
                return above
        return None

    def upward(self, at: int) -> list[int]:
        """The clause and those it stands in, innermost first."""
        found: list[int] = []
        above: int | None = at
        while above is not None:
            found.append(above)
            above = self.parents[above]
        return found

    def child(self, above: int, unit: Unit, number: str) -> int | None:
        """The part of a clause that a unit and a number name."""
        if unit is ALINEA:
            return self._line(above, number)
        for kind in unit.kinds:
            if (above, kind, number) in self._parts:
                return self._parts[above, kind, number]
        if unit is PARAGRAPH and (above, Kind.PARAGRAPH, "") not in self._parts:
            return self._unnumbered(above, number)
        if unit in (POINT, SUBPOINT):
            return self._only_below(above, unit, number)
        return None

    def _unnumbered(self, above: int, number: str) -> int | None:
        """Parts without numbers are counted (Ukrainian `частина перша`)."""
        parts = self.unnumbered(above)
        return parts[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(parts) else None

    def unnumbered(self, above: int) -> list[int]:
        """The unnumbered lines right below a clause."""
        return [child for child in self.children[above] if self.clauses[child].kind is Kind.INDENT]

    def _only_below(self, above: int, unit: Unit, number: str) -> int | None:
        """The point of that number further down, where there is only one (`point 3 of Article 5`, its part unnamed)."""
        found = [
            below
            for below in self.below(above)
            if self.clauses[below].kind is unit.kinds[0] and self.numbers[below] == number
        ]
        return found[0] if len(found) == 1 else None

    def below(self, above: int) -> list[int]:
        """Everything below a clause, in reading order."""
        depth = self.clauses[above].depth
        end = above + 1
        while end < len(self.clauses) and self.clauses[end].depth > depth:
            end += 1
        return list(range(above + 1, end))

    def _line(self, above: int, number: str) -> int | None:
        lines = self.lines(above)
        return lines[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(lines) else None

    def lines(self, above: int) -> list[int]:
        """What first, second… абзац or alinéa count: the unnumbered lines, of a numbered unit its own line first;
        in French law every line."""
        if above not in self._lines:
            self._lines[above] = self._count_lines(above)
        return self._lines[above]

    def _count_lines(self, above: int) -> list[int]:
        own = [] if self.clauses[above].kind in STRUCTURE | {Kind.ARTICLE} else [above]
        if self.grammar.counts_lines:
            return own + [one for one in self.below(above) if self.clauses[one].kind not in OPAQUE]
        return own + self.unnumbered(above)


def articles_called(label: str) -> tuple[Unit, ...]:
    """By which unit words citations may name an article with this label: `§ 5` by the sign, `Section 5` of a UK Act as
    section, a bare number by any."""
    if "§" in label:
        return (SIGN,)
    if not re.search(r"[^\W\d_]{2}", label):
        return (ARTICLE, SIGN, SUBCHAPTER)
    return (SUBCHAPTER,) if label.lower().startswith("sec") else (ARTICLE,)


def number_of(clause: Clause) -> str:
    """The number of a clause as citations give it: Arabic for Roman headings, 1 for `premier`, `""` without a label."""
    if not clause.label:
        return ""
    number = canonical(clause.label)
    if FIRST.search(clause.label):
        return "1"
    if clause.kind in STRUCTURE and number and not number.strip("IVXLC"):
        return str(roman(number))
    return number
