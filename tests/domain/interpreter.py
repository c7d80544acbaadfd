"""A reader of amending instructions that knows nothing of how they are made.

It is given the old law and plain sentences, and makes the new law: (kind, label, body) in order. All citations and all
quoted words are to the old law. Every sentence is read with regular expressions of its own language; a citation that
does not name exactly one clause, or quoted words that do not occur exactly once, are errors.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.clauses import Clause, Kind
from app.domain.labels import canonical, order_of
from app.domain.reading import parse_fragment

Fact = tuple[Kind, str, str]
HEADINGS = (Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER)
ITEMS = (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT)
NUMBERED = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\*?\.?\s?\*?)?\d+(?:[-–.]\d+)*[A-Za-z]{0,2}(?:\^\d+\^|[⁰¹²³⁴-⁹]+)*"
    r"|(?<!\w)[IVXLCDM]+(?:-\d+)?(?!\w)"
)
UNIT_WORD = r"(?:берене|статья|глава|бөлүм|бөлүк|параграф)\w*\.?"
LABEL = re.compile(
    rf"(?:\d+(?:[-–.]\d+)*|[IVXLCDM]+)[-–]?\s?{UNIT_WORD}"
    rf"|(?:[^\W\d]+\.?\s*|§+\s*)?(?:{NUMBERED.pattern})[.:)]?"
)
NOUN = re.compile(r"(?:берене|статья|глава|бөлүм|бөлүк|раздел|часть|chapter|part|section|title|article)", re.IGNORECASE)
BLANK = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]")


class NotUnderstood(AssertionError):
    """A sentence that cannot be read, or does not fit the law."""


@dataclass
class Cited:
    """A clause and how much of it: whole, heading, opening or caption."""

    at: int
    part: str = "whole"


@dataclass
class Spot:
    """Where something is put: the position in the old law."""

    at: int


@dataclass
class Law:
    """The old law as a tree of positions."""

    clauses: Sequence[Clause]
    parent: list[int | None] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        path: list[int] = []
        for at, clause in enumerate(self.clauses):
            while path and self.clauses[path[-1]].depth >= clause.depth:
                path.pop()
            self.parent.append(path[-1] if path and self.clauses[path[-1]].kind is not Kind.TITLE else None)
            path.append(at)
        for at in range(len(self.clauses)):
            end = at + 1
            while end < len(self.clauses) and self.clauses[end].depth > self.clauses[at].depth:
                end += 1
            self.end.append(at + 1 if self.is_line(at) else end)

    def is_line(self, at: int) -> bool:
        """A heading that ends with itself: the title and subheadings without a number."""
        clause = self.clauses[at]
        return clause.kind is Kind.TITLE or (clause.kind is Kind.SUBCHAPTER and not clause.label)

    def below(self, at: int | None) -> list[int]:
        return [p for p, above in enumerate(self.parent) if above == at]

    def number(self, at: int) -> str:
        return number_in(self.clauses[at].label)

    def one(self, found: Sequence[int], turn: int, what: str) -> int:
        if turn:
            return found[turn - 1]
        if len(found) != 1:
            raise NotUnderstood(f"{what}: {len(found)} such units")
        return found[0]

    def numbered(
        self, kinds: Sequence[Kind], number: str, within: int | None, turn: int = 0, bare: bool = False
    ) -> int:
        """The unit with this number below another; a bare article or chapter is looked for in the whole law."""
        places = range(len(self.clauses)) if bare and kinds[0] not in ITEMS else self.below(within)
        found = [p for p in places if self.clauses[p].kind in kinds and self.number(p) == number]
        if bare and len(found) > 1 and kinds[0] in HEADINGS:
            found = [p for p in found if self.parent[p] is None]
        return self.one(found, turn, f"{kinds} {number}")

    def counted(self, kind: Kind, ordinal: int, within: int | None) -> int:
        """The unit without a number that stands at this place among its like; 0: the only one."""
        found = [p for p in self.below(within) if self.clauses[p].kind is kind and not self.clauses[p].label]
        return self.one(found, ordinal, f"{kind} {ordinal}")

    def abzats(self, ordinal: int, within: int | None) -> Cited:
        """A numbered unit begins with its first abzats, so what stands unnumbered below it begins with the second."""
        if within is not None and self.clauses[within].kind in ITEMS:
            return Cited(within, "opening") if ordinal == 1 else Cited(self.counted(Kind.INDENT, ordinal - 1, within))
        return Cited(self.counted(Kind.INDENT, ordinal, within))

    def by_number(self, kind: Kind, number: str, within: int | None) -> int:
        """Behind the last unit with a number that is not greater; else before them all; else at the end."""
        places = self.below(within) if kind in ITEMS or within is not None else range(len(self.clauses))
        rivals = [p for p in places if self.clauses[p].kind is kind and self.clauses[p].label]
        lower = [p for p in rivals if order_of(canonical(self.number(p))) <= order_of(canonical(number))]
        if lower:
            return self.end[lower[-1]]
        return rivals[0] if rivals else self.end[within] if within is not None else len(self.clauses)


def standing(text: str, words: str) -> list[int]:
    """Where the words stand in a text as whole words."""
    before, behind = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return [m.start() for m in re.finditer(f"(?={before}{re.escape(words)}{behind})", text)] if words else []


def number_in(label: str) -> str:
    """`Article 12-1.` → `12-1`; `(a)` → `a`."""
    found = number_place(label)
    return re.sub(r"\s", "", label[slice(*found)]) if found else ""


def number_place(label: str) -> tuple[int, int] | None:
    found = NUMBERED.search(label)
    if found:
        return found.span()
    words = [word for word in re.finditer(r"\w+", label) if not NOUN.fullmatch(word[0])]
    return words[-1].span() if words else None


def split_label(kind: Kind, text: str) -> tuple[str, str]:
    """The number in front of a unit, and its words."""
    if kind in ITEMS:
        label = re.split(r"\s", text, maxsplit=1)[0]
    elif "\n" in text:
        label = text.partition("\n")[0]
    else:
        found = LABEL.match(text)
        label = found[0] if found else ""
    return label.strip(), text[len(label) :].lstrip()


@dataclass
class Reading:
    """Instructions collected, to take effect together."""

    law: Law
    hunks: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    replaced: dict[int, list[Fact]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    coming: dict[int, list[list[Fact] | tuple[int, int]]] = field(default_factory=dict)

    # words

    def hunk(self, at: int, start: int, end: int, new: str) -> None:
        self.hunks.setdefault(at, []).append((start, end, new))

    def unique(self, at: int, words: str) -> int:
        body = self.law.clauses[at].body
        found = standing(body, words)
        if len(found) != 1:
            raise NotUnderstood(f"{words!r} occurs {len(found)} times in {body!r}")
        return found[0]

    def words_of(self, cited: Cited) -> int:
        """Words of an article are those of its only paragraph; its heading is cited as heading."""
        if cited.part == "whole" and self.law.clauses[cited.at].kind is Kind.ARTICLE:
            (only,) = self.law.below(cited.at)
            return only
        return cited.at

    def replace(self, at: int, words: str, new: str) -> None:
        start = self.unique(at, words)
        self.hunk(at, start, start + len(words), new)

    def delete(self, at: int, words: str) -> None:
        start = self.unique(at, words)
        end, body = start + len(words), self.law.clauses[at].body
        if start and body[start - 1] == " ":
            start -= 1
        elif not start and body[end : end + 1] == " ":
            end += 1
        self.hunk(at, start, end, "")

    def insert(self, at: int, words: str, new: str, before: bool) -> None:
        start = self.unique(at, words)
        gap = lambda text: "" if text[:1] in set(",.;:!?)]}»”…") else " "  # noqa: E731
        if before:
            self.hunk(at, start, start, new + gap(words))
        else:
            self.hunk(at, start + len(words), start + len(words), gap(new) + new)

    def append(self, at: int, new: str) -> None:
        end = len(self.law.clauses[at].body)
        self.hunk(at, end, end, f" {new}" if end else new)

    # units

    def restate(self, cited: Cited, text: str, with_label: bool) -> None:
        """A whole unit with its number, or its own words; an opening brings its number where the language says so."""
        clause = self.law.clauses[cited.at]
        if cited.part == "whole" and not self.law.is_line(cited.at) and clause.label:
            self.replaced[cited.at] = self.read(text, clause.kind, self.context(cited.at + 1))
        elif cited.part == "opening" and with_label:
            self.labels[cited.at], self.bodies[cited.at] = split_label(clause.kind, text)
        else:
            self.bodies[cited.at] = text

    def above(self, at: int) -> list[Clause]:
        """The clause and all above it, the title too."""
        found = [self.law.clauses[at]]
        for clause in reversed(self.law.clauses[:at]):
            if clause.depth < found[0].depth:
                found.insert(0, clause)
        return found

    def context(self, place: int) -> list[Clause]:
        """What a quotation is read behind: the clause before the place; if that is in no article, the nearest one."""
        path = self.above(place - 1) if place else []
        articles = [at for at, clause in enumerate(self.law.clauses) if clause.kind is Kind.ARTICLE]
        if not articles or Kind.ARTICLE in [clause.kind for clause in path]:
            return path
        return self.above(max([at for at in articles if at < place], default=articles[0]))

    def read(self, text: str, kind: Kind | None, path: list[Clause], bare: bool = False) -> list[Fact]:
        """A quotation without a blank line is one unit of the kind it is called; else it is read where it stands."""
        if kind is None or BLANK.search(text):
            return [(c.kind, c.label, c.body) for c in parse_fragment(text, path)]
        if kind in (Kind.INDENT, Kind.TABLE, Kind.CODE, Kind.QUOTE, Kind.FRONT_MATTER, Kind.TITLE) or bare:
            return [(kind, "", text)]
        return [(kind, *split_label(kind, text))]

    def repeal(self, cited: Cited) -> None:
        if cited.part == "heading":
            self.bodies[cited.at] = ""
        elif cited.part == "caption":
            self.gone.add(cited.at)
        else:
            self.gone.update(range(cited.at, self.law.end[cited.at]))

    def add(self, at: int, text: str, kind: Kind | None, bare: bool = False) -> None:
        """`bare`: a heading without a number."""
        self.coming.setdefault(at, []).append(self.read(text, kind, self.context(at), bare))

    def move(self, cited: Cited, at: int) -> None:
        end = self.law.end[cited.at]
        self.moved.update(dict.fromkeys(range(cited.at, end), at))
        self.coming.setdefault(at, []).append((cited.at, end))

    def renumber(self, first: int, number: str, last: str = "") -> None:
        """One unit, or a row of neighbours up to the one numbered `last`, counting on."""
        kind, above = self.law.clauses[first].kind, self.law.parent[first]
        rivals = [
            p for p in range(first, len(self.law.clauses))
            if self.law.clauses[p].kind is kind and (kind is Kind.ARTICLE or self.law.parent[p] == above)
        ]  # fmt: skip
        for at in rivals:
            label = self.law.clauses[at].label
            start, end = number_place(label) or (0, 0)
            self.labels[at] = label[:start] + number + label[end:]
            if not last or self.law.number(at) == last:
                return
            number = str(int(number) + 1)
        raise NotUnderstood(f"no unit numbered {last}")

    # result

    def result(self) -> list[Fact]:
        made: list[Fact] = []
        for at in range(len(self.law.clauses) + 1):
            for piece in self.coming.get(at, []):
                if isinstance(piece, tuple):
                    made += [self.fact(p) for p in range(*piece)]
                else:
                    made += piece
            if at == len(self.law.clauses) or at in self.moved:
                continue
            if any(at in range(root + 1, self.law.end[root]) for root in self.replaced):
                continue
            if at in self.replaced:
                made += self.replaced[at]
            elif at not in self.gone:
                made.append(self.fact(at))
        return made

    def fact(self, at: int) -> Fact:
        clause = self.law.clauses[at]
        if at in self.replaced:
            return self.replaced[at][0]
        body = self.bodies.get(at, clause.body)
        for start, end, new in sorted(self.hunks.get(at, []), reverse=True):
            body = body[:start] + new + body[end:]
        return clause.kind, self.labels.get(at, clause.label), body


def apply(old: Sequence[Clause], sentences: Sequence[str], style: str) -> list[Fact]:
    """The new law that these sentences make of the old one."""
    from tests.domain import interpreter_en, interpreter_ky, interpreter_ru

    readers = {
        "en-uk": interpreter_en.read_uk,
        "en-eu": interpreter_en.read_eu,
        "ru": interpreter_ru.read,
        "ky": interpreter_ky.read,
    }
    reading = Reading(Law(old))
    for sentence in sentences:
        readers[style](reading, sentence)
    return reading.result()
