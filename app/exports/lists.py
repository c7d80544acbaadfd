"""The lists that leave with a version: amendments, comments and positions, each as a table; formats only write them.

An amendment has a row for each clause it changes, a thread one for each comment, a position one for itself. Where
nobody may be named, positions are counted: a row for each clause, a column for each step of the scale. Columns of what
may not be told are left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from app.domain.diff import Op
from app.domain.scale import Step
from app.exports import inline
from app.exports.document import Document, Proposed, ProposedChange, Reached, Remark, Reply, Stated
from app.exports.lists_words import ListWords, list_words
from app.exports.words import words_for

NOT_TOLD: Mapping[str, frozenset[str]] = {
    "named": frozenset(),
    "institution_only": frozenset({"person"}),
    "unattributed": frozenset({"person", "institution", "sponsors", "date"}),
}
"""Columns that are left out, by attribution."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of an amendment: shown as A1, put in order as 1."""

    number: int

    def __str__(self) -> str:
        return f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Redline:
    """Words that stay, come and go."""

    parts: tuple[tuple[Op, str], ...]

    def __str__(self) -> str:
        """As `wdiff` writes it: `[-gone-]{+new+}`."""
        return "".join(
            f"[-{text}-]" if op == "-" else f"{{+{text}+}}" if op == "+" else text for op, text in self.parts
        )


Cell: TypeAlias = str | int | datetime | Numbered | Redline | None
Row = Mapping[str, Cell]
"""Cells by column; a column without one is empty."""


@dataclass(frozen=True, slots=True)
class List:
    """`columns` are their names with their heads, in order."""

    title: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


def _list(document: Document, title: str, columns: Iterable[str], rows: Iterable[Row]) -> List:
    heads, hidden = list_words(document.language).heads, NOT_TOLD[document.attribution]
    return List(title, {name: heads[name] for name in columns if name not in hidden}, tuple(rows))


def amendments(document: Document) -> List:
    """By number, and of each the clauses in the order it changes them."""
    words = list_words(document.language)
    rows = (
        {**_changed(change, words), **_proposed(one, document)}
        for one in document.amendments
        for change in one.changes or (None,)
    )
    columns = (
        "number", "unit", "does", "change", "before", "after", "institution", "sponsors", "person", "decision",
        "reason", "made_on", "stands_on", "settled", "collides", "title", "date", "clause_id",
    )  # fmt: skip
    return _list(document, words.amendments, columns, rows)


def _proposed(one: Proposed, document: Document) -> Row:
    return {
        "number": Numbered(one.number),
        "institution": str(one.party) if one.party else None,
        "sponsors": ", ".join(party.code for party in one.sponsors),
        "person": one.author,
        "decision": words_for(document.language).decisions.get(one.state, one.state),
        "reason": one.rationale,
        "made_on": one.made_on,
        "stands_on": one.base_version,
        "settled": one.settled_version,
        "collides": ", ".join(f"A{number}" for number in one.collides_with),
        "title": one.title,
        "date": one.at,
    }


def _changed(change: ProposedChange | None, words: ListWords) -> Row:
    if change is None:
        return {}
    unit = change.human
    if change.kind == "insert":
        unit = words.after.format(unit=unit) if unit else words.at_beginning
    return {
        "unit": unit,
        "does": words.edits.get(change.kind, change.kind),
        "change": Redline(tuple((span.op, text) for span in change.spans if (text := _plain(span.text)))),
        "before": _plain(change.before),
        "after": _plain(change.after),
        "clause_id": change.clause_id,
    }


def _plain(text: str) -> str:
    """Words without marks of emphasis, line by line: an amendment may hold several clauses."""
    return "\n".join(inline.words(line) for line in text.split("\n"))


def comments(document: Document) -> List:
    """In the order of the text, then those on amendments; replies below what they answer."""
    words = list_words(document.language)
    units = {line.clause_id: (at, line.human) for at, line in enumerate(document.text())}

    def place(remark: Remark) -> tuple[int, int, int]:
        at, _ = units.get(remark.clause_id or "", (len(units), ""))
        return at, remark.amendment or 0, remark.id

    def rows(remark: Remark, answered: int | None) -> Iterator[Row]:
        _, unit = units.get(remark.clause_id or "", (0, ""))
        yield _said(remark, answered, _about(remark.amendment, unit, words), words)
        for reply in remark.replies:
            yield from rows(reply, remark.id)

    columns = (
        "number", "unit", "reply_to", "kind", "quote", "comment", "institution", "person", "state", "version", "date",
        "clause_id",
    )  # fmt: skip
    found = (row for remark in sorted(document.remarks, key=place) for row in rows(remark, None))
    return _list(document, words.comments, columns, found)


def _about(amendment: int | None, unit: str, words: ListWords) -> str:
    return unit if amendment is None else words.amendment.format(number=amendment)


def _said(remark: Remark, answered: int | None, unit: str, words: ListWords) -> Row:
    state = "withdrawn" if remark.is_withdrawn else "resolved" if remark.is_resolved else "open"
    return {
        "number": remark.id,
        "unit": unit,
        "reply_to": answered,
        "kind": words.kinds.get(remark.kind, remark.kind),
        "quote": remark.quote,
        "comment": remark.body,
        "institution": str(remark.party) if remark.party else None,
        "person": remark.author,
        "state": words.states[state] if answered is None or state == "withdrawn" else None,
        "version": remark.version,
        "date": remark.at,
        "clause_id": remark.clause_id,
    }


def positions(document: Document) -> List:
    """Each position that was given; how many took which step where nobody may be named."""
    if document.attribution == "unattributed":
        return _counted(document)
    words = list_words(document.language)
    reached = {(one.clause_id, one.amendment): words.states.get(one.state, one.state) for one in document.reached}
    rows = (
        {**_stated(one, words), "reached": reached.get((one.clause_id, one.amendment))} for one in document.positions
    )
    columns = (
        "unit", "institution", "position", "reason", "standing", "reached", "seat", "version", "call", "answer",
        "confirm_until", "confirmed", "entered", "person", "date", "address", "clause_id",
    )  # fmt: skip
    return _list(document, words.positions, columns, rows)


def _stated(one: Stated, words: ListWords) -> Row:
    return {
        "unit": _subject(one, words),
        "institution": str(one.party) if one.party else None,
        "position": step_name(one.step, words),
        "reason": one.reason,
        "standing": words.standings[one.standing],
        "seat": words.seats.get(one.seat),
        "version": one.version,
        "call": one.call,
        "answer": "\n".join(_answer(reply) for reply in one.replies),
        "confirm_until": one.confirm_until,
        "confirmed": one.confirmed_at,
        "entered": words.yes if one.entered_for else None,
        "person": one.author,
        "date": one.at,
        "address": one.address,
        "clause_id": one.clause_id,
    }


def _subject(one: Stated, words: ListWords) -> str:
    if one.about == "version":
        return words.whole
    if one.about == "below" and one.human:
        return words.all_of.format(unit=one.human)
    return _about(one.amendment, one.human, words)


def _answer(reply: Reply) -> str:
    named = "" if reply.amendment is None else f"A{reply.amendment}: "
    return named + reply.text


def step_name(step: Step | None, words: ListWords) -> str:
    """A step of the scale as it is called; a draft's own scale has names of its own."""
    name = step.name if step else ""
    return words.steps.get(name, name)


def _counted(document: Document) -> List:
    words = list_words(document.language)
    steps = {f"step {step.number}": step_name(step, words) for step in document.scale}
    heads = words.heads
    columns = {
        "unit": heads["unit"], "reached": heads["reached"], **steps, "address": heads["address"],
        "clause_id": heads["clause_id"],
    }  # fmt: skip
    return List(words.positions, columns, tuple(_reached(one, words) for one in document.reached))


def _reached(one: Reached, words: ListWords) -> Row:
    return {
        "unit": _about(one.amendment, one.human, words),
        "reached": words.states.get(one.state, one.state),
        **{f"step {number}": count for number, count in one.counts},
        "address": one.address,
        "clause_id": one.clause_id,
    }
