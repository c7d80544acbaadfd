"""How a law stands in Akoma Ntoso before any of it is written: the tree of its clauses, what element each is, its ids.

| clause | element |
|---|---|
| title | `preface/longTitle` |
| part, section, chapter, subchapter, article | `part`, `title`, `chapter`, `subchapter`, `article` |
| paragraph, point, subpoint | `paragraph`, `point`, `point` in it; the words in `content`, above others in `intro` |
| unnumbered text | `alinea`; before the numbered units of an article `intro`, words that close them `wrapUp` |
| unnumbered text before everything | `preamble` |
| annex, table, preformatted text, quotation | `hcontainer` with a name, see `akn_report` |
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.clauses import Clause, Kind
from app.domain.headings import is_annex
from app.exports.akn_ids import INTRO, PREAMBLE, WRAP_UP, First, Taken, first_addresses, identifier
from app.exports.akn_report import Difference, Reason
from app.exports.akn_xml import spoiled
from app.exports.document import Line
from app.exports.inline import words

ELEMENTS = {
    Kind.PART: "part", Kind.SECTION: "title", Kind.CHAPTER: "chapter", Kind.SUBCHAPTER: "subchapter",
    Kind.ARTICLE: "article", Kind.PARAGRAPH: "paragraph", Kind.POINT: "point", Kind.SUBPOINT: "point",
    Kind.INDENT: "alinea",
}  # fmt: skip
GENERIC = {
    Kind.TABLE: ("table", Reason.TABLE), Kind.CODE: ("code", Reason.CODE), Kind.QUOTE: ("quote", Reason.QUOTE),
    Kind.TITLE: ("title", Reason.TITLE),
}  # fmt: skip
HEADED = frozenset({Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER})
ITEMS = frozenset({Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT})
TEXTS = frozenset({Kind.INDENT, Kind.TABLE, Kind.CODE, Kind.QUOTE})
_SENTENCE_ENDS = (".", ";", ":")


@dataclass(slots=True)
class Unit:
    """A clause with those below it. `generic` is the name of an `hcontainer`; `place` where text stands that is no
    alinea of its own; `is_headed`: its words are a heading."""

    line: Line
    element: str
    is_headed: bool
    generic: str = ""
    place: str = ""
    eid: str = ""
    wid: str = ""
    below: list["Unit"] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        """Whether it has words that are no heading."""
        return not self.is_headed and bool(self.line.new_body)

    @property
    def is_text(self) -> bool:
        """Whether it is text without a number, and nothing stands below it."""
        return self.line.kind in TEXTS and not self.below and not self.line.label


@dataclass(frozen=True, slots=True)
class Plan:
    """A law as `bill` has it: its title, what stands before the units, and these."""

    title: Unit | None
    preamble: tuple[Unit, ...]
    body: tuple[Unit, ...]
    differences: tuple[Difference, ...]
    eids: Mapping[str, str]  # by clause id

    def units(self) -> Iterator[Unit]:
        """All of them in the order of the text."""
        yield from _all((*((self.title,) if self.title else ()), *self.preamble, *self.body))


def plan(lines: Iterable[Line], clauses: Mapping[str, Clause], firsts: Mapping[str, First]) -> Plan:
    """`clauses` are those of the lines as they were read, by id; `firsts` where each of them stood first."""
    tops = _tree(lines, clauses)
    title = tops[0] if tops and tops[0].line.kind is Kind.TITLE else None
    if title is not None:
        tops[:1], title.below = title.below, []
    before = _run(tops)
    before = before if len(before) < len(tops) else []
    for unit in before:
        unit.place = PREAMBLE
    _place(tops)
    made = Plan(title, tuple(before), tuple(tops[len(before) :]), (), {})
    _identify(made, first_addresses(firsts))
    differences = (*_differences(made), *(() if made.body else (_EMPTY,)))
    return Plan(title, made.preamble, made.body, differences, {unit.line.clause_id: unit.eid for unit in made.units()})


_EMPTY = Difference("body", "", "no text", "hcontainer “empty”", Reason.EMPTY)


def _all(units: Iterable[Unit]) -> Iterator[Unit]:
    for unit in units:
        yield unit
        yield from _all(unit.below)


def _tree(lines: Iterable[Line], clauses: Mapping[str, Clause]) -> list[Unit]:
    tops: list[Unit] = []
    path: list[Unit] = []
    for line in lines:
        unit = _unit(line, clauses.get(line.clause_id), is_first=not tops)
        while path and path[-1].line.depth >= line.depth:
            path.pop()
        (path[-1].below if path else tops).append(unit)
        path.append(unit)
    return tops


def _unit(line: Line, clause: Clause | None, *, is_first: bool) -> Unit:
    headed = line.kind in HEADED or (line.kind is Kind.ARTICLE and not _says(line, clause))
    if line.kind is Kind.PART and is_annex(line.label):
        return Unit(line, "hcontainer", headed, "annex")
    if line.kind in GENERIC and not (line.kind is Kind.TITLE and is_first):
        return Unit(line, "hcontainer", headed, GENERIC[line.kind][0])
    return Unit(line, ELEMENTS.get(line.kind, "longTitle"), headed)


def _says(line: Line, clause: Clause | None) -> bool:
    """Whether what follows an article's number is its text: it is set as text, and ends as a sentence does."""
    as_heading = clause is None or clause.lead.lstrip().startswith("#")
    return not as_heading and line.new_body.rstrip().endswith(_SENTENCE_ENDS)


def _run(units: Sequence[Unit]) -> list[Unit]:
    """The unnumbered texts that the units begin with."""
    end = next((at for at, unit in enumerate(units) if not unit.is_text), len(units))
    return list(units[:end])


def _place(units: Iterable[Unit]) -> None:
    """Say of the texts below these units which are opening or closing words."""
    for unit in units:
        below = unit.below
        opening = _run(below)
        if not unit.has_words and len(opening) < len(below) and all(one.line.kind is Kind.INDENT for one in opening):
            for one in opening:
                one.place = INTRO
        if len(below) > 1 and below[-1].is_text and _closes(below[-1].line) and below[-2].line.kind in ITEMS:
            below[-1].place = WRAP_UP
        _place(below)


def _closes(line: Line) -> bool:
    """Whether the text ends the sentence that the items before it belong to."""
    return line.kind is Kind.INDENT and words(line.new_body)[:1].islower()


def _identify(made: Plan, firsts: Mapping[str, str]) -> None:
    taken = Taken()
    if made.title:
        made.title.eid = taken.once("preface__longTitle")
    for unit in (*made.preamble, *_all(made.body)):
        place = unit.place if unit.line.kind is Kind.INDENT else ""
        unit.eid = taken.once(identifier(unit.line.address, place))
        first = firsts.get(unit.line.clause_id, unit.line.address)
        if first != unit.line.address:
            unit.wid = identifier(first, place if "al_" in first.rpartition("__")[2] else "")


def _differences(made: Plan) -> Iterator[Difference]:
    tops = {id(unit) for unit in made.body}
    for unit in made.units():
        line = unit.line
        set_as = f"hcontainer “{unit.generic}”" if unit.generic else f"{unit.element} {unit.eid}"
        for reason in _reasons(unit, is_top=id(unit) in tops):
            yield Difference(line.address, line.human, line.kind.value.replace("_", " "), set_as, reason)


def _reasons(unit: Unit, *, is_top: bool) -> Iterator[Reason]:
    if unit.generic == "annex":
        yield Reason.ANNEX
    elif unit.generic and unit.place != PREAMBLE:
        yield GENERIC[unit.line.kind][1]
    if not unit.generic and is_top and unit.line.kind is Kind.INDENT:
        yield Reason.OUTSIDE
    if is_top and unit.line.kind in ITEMS:
        yield Reason.UNNUMBERED
    if "." in unit.line.address.rpartition("__")[2] and unit.line.label:
        yield Reason.TWICE
    if spoiled(unit.line.label + unit.line.new_body):
        yield Reason.CHARACTERS
