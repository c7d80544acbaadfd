"""A planned law as the elements of a `bill`: preface, preamble, body."""

from collections.abc import Iterable, Sequence

from app.domain.clauses import Kind
from app.exports.akn_ids import INTRO, WRAP_UP
from app.exports.akn_plan import Plan, Unit
from app.exports.akn_words import Citing, quoted, say_blocks, say_number, say_words, table
from app.exports.akn_xml import Element, add, say, say_lines
from app.exports.grid import rows_of


def add_law(bill: Element, planned: Plan, cited: Citing) -> None:
    """What follows the metadata."""
    writing = _Writing(cited)
    if planned.title:
        writing.title(add(bill, "preface"), planned.title)
    if planned.preamble:
        preamble = add(bill, "preamble")
        for unit in planned.preamble:
            writing.text(preamble, unit)
    body = add(bill, "body")
    for unit in planned.body:
        writing.unit(body, unit)
    if not planned.body:
        add(body, "hcontainer", name="empty", eId="empty_1")


class _Writing:
    def __init__(self, cited: Citing) -> None:
        self._cited = cited

    def title(self, preface: Element, unit: Unit) -> None:
        words = add(add(preface, "longTitle", **_ids(unit)), "p")
        if unit.line.label:
            say_number(words, unit.line)
            say(words, " ")
        say_words(add(words, "docTitle"), unit.line, unit.eid, self._cited)

    def unit(self, above: Element, unit: Unit) -> None:
        """A unit of the law with all below it: either its words alone, or opening words, units, closing words."""
        made = add(above, unit.element, name=unit.generic, **_ids(unit))
        line = unit.line
        if line.label:
            say_number(add(made, "num"), line)
        if unit.is_headed and line.new_body:
            say_words(add(made, "heading", eId=f"{unit.eid}__heading"), line, unit.eid, self._cited)
        if unit.below:
            self._units(made, unit)
        elif unit.has_words:
            say_blocks(add(made, "content", eId=f"{unit.eid}__content"), line, unit.eid, self._cited)

    def _units(self, made: Element, unit: Unit) -> None:
        opening, closing = (_placed(unit.below, place) for place in (INTRO, WRAP_UP))
        if unit.has_words or opening:
            intro = add(made, "intro", eId=f"{unit.eid}__intro")
            if unit.has_words:
                say_blocks(intro, unit.line, unit.eid, self._cited)
            self._texts(intro, opening)
        for one in unit.below:
            if not one.place:
                self.unit(made, one)
        if closing:
            self._texts(add(made, "wrapUp", eId=f"{unit.eid}__wrapup"), closing)

    def _texts(self, above: Element, units: Iterable[Unit]) -> None:
        for unit in units:
            self.text(above, unit)

    def text(self, above: Element, unit: Unit) -> None:
        """Text that is a block of what it stands in and no unit."""
        line, ids = unit.line, _ids(unit)
        rows = rows_of(line.new_body) if line.kind is Kind.TABLE else ()
        if rows:
            table(above, rows, ids.pop("eId"), **ids)
        elif line.kind is Kind.QUOTE:
            quoted(add(above, "p"), line.new_body, ids.pop("eId"), **ids)
        elif line.kind is Kind.INDENT:
            say_words(add(above, "p", **ids), line, unit.eid, self._cited)
        else:
            say_lines(add(above, "p", **ids), line.new_body.splitlines())


def _ids(unit: Unit) -> dict[str, str]:
    return {"eId": unit.eid, "wId": unit.wid, "GUID": unit.line.clause_id}


def _placed(units: Sequence[Unit], place: str) -> list[Unit]:
    return [unit for unit in units if unit.place == place]
