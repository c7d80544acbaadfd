"""The two tables that ministries ask for, as rows: what was in force beside what is proposed (comparison), and what
institutions propose otherwise (disagreements). Formats only set them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.diff import Op, Span
from app.exports.document import NOBODY, Document, Line, Proposed, ProposedChange
from app.exports.inline import Look, Piece, pieces, shown
from app.exports.numbers import label_pieces
from app.exports.words import Words, words_for

Told = tuple[tuple[str, Look], ...]
"""A paragraph of a cell: words with their looks."""
Cell = tuple[Told, ...]
MOVED = frozenset({"moved", "moved_and_edited"})
TOGETHER = frozenset({"inserted", "deleted", "moved"})
"""Changes of which all that stands below a clause goes into its row."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells behind the number, in the order of the table's heads."""

    number: int
    cells: tuple[Cell, ...]


def comparison(document: Document) -> tuple[Row, ...]:
    """Unit, text in force, proposed text, justification: a row for each change since the document's base. New words are
    bold, removed ones struck."""
    words = words_for(document.language)
    changed = [line for line in document.changed() if line.change != "moved_away"]
    proposed = {one.number: one for one in document.amendments}
    found = []
    for number, those in enumerate(units(changed), 1):
        first = those[0]
        old, new = _both(those, words)
        if first.change in MOVED:
            new = (*_noted(_arrived(first, document, words)), *new)
        found.append(Row(number, (_plain(first.human), old, new, _reasons(those, proposed))))
    return tuple(found)


def units(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Clauses that came, went or moved together with what they stand in are one unit."""
    unit: list[Line] = []
    for line in lines:
        if unit and line.change in TOGETHER and line.change == unit[0].change and line.depth > unit[0].depth:
            unit.append(line)
            continue
        if unit:
            yield unit
        unit = [line]
    if unit:
        yield unit


def _both(lines: Sequence[Line], words: Words) -> tuple[Cell, Cell]:
    change = lines[0].change
    old, new = (tuple(_side(line, op) for line in lines) for op in ("-", "+"))
    if change == "inserted":
        return _plain("—"), new
    if change == "deleted":
        return old, _noted(words.taken_out)
    return old, new


def _arrived(line: Line, document: Document, words: Words) -> str:
    """Behind which clause beside it a moved one stands now."""
    behind = ""
    for other in document.text():
        if other.clause_id == line.clause_id:
            break
        if other.depth <= line.depth:
            behind = other.human if other.depth == line.depth else ""
    return words.moved_behind.format(unit=behind) if behind else words.moved_here


def _side(line: Line, op: Op) -> Told:
    """A clause as it was (`-`) or is (`+`): the words that differ struck or bold."""
    if line.change in MOVED:
        line = replace(line, change="edited")  # both places in one row
    found = (piece for piece in (*label_pieces(line), *pieces(line)) if piece.op in ("=", op))
    return tuple(_told(piece) for piece in found)


def _told(piece: Piece) -> tuple[str, Look]:
    look = piece.look
    if piece.op != "=":
        look = replace(look, struck=True) if piece.op == "-" else replace(look, bold=True)
    return piece.text.replace("\t", " "), look


def _reasons(lines: Iterable[Line], proposed: dict[int, Proposed]) -> Cell:
    return tuple(paragraph for one in behind(lines, proposed) for paragraph in _reason(one))


def behind(lines: Iterable[Line], proposed: Mapping[int, Proposed]) -> list[Proposed]:
    """The amendments that changed these lines, by number."""
    numbers = {
        number
        for line in lines
        for backing in (line.backing, *(run.backing for run in line.runs if run.op != "="))
        for number in backing.amendments
    }
    return [proposed[number] for number in sorted(numbers & set(proposed))]


def _reason(one: Proposed) -> Cell:
    who = ", ".join(party.code for party in one.parties)
    named = f"A{one.number} ({who}): " if who else f"A{one.number}: "
    return (((named, Look(italic=True)), *shown(one.rationale)),)


def disagreements(document: Document) -> tuple[Row, ...]:
    """Unit, text, proposal, institution, reason, decision: a row for each clause that an amendment on the version would
    have otherwise, in the order of the text; what earlier versions decided and what was withdrawn is left out."""
    words = words_for(document.language)
    places = {line.clause_id: at for at, line in enumerate(document.lines)}
    found: list[tuple[int, int, tuple[Cell, ...]]] = []
    for one in document.amendments:
        if one.state == "withdrawn" or (one.settled_version or document.version.number) < document.version.number:
            continue
        for change in one.changes:
            place = places.get(change.clause_id or "", -1 if change.clause_id is None else len(places))
            found.append((place, one.number, _disagreement(one, change, words)))
    found.sort(key=lambda row: row[:2])
    return tuple(Row(number, cells) for number, (_, _, cells) in enumerate(found, 1))


def _disagreement(one: Proposed, change: ProposedChange, words: Words) -> tuple[Cell, ...]:
    who = tuple(((str(party), Look()),) for party in one.parties)
    old, new = _spans(change.spans, "-"), _spans(change.spans, "+")
    unit = change.human
    if change.kind == "insert":
        old, unit = _plain("—"), words.after.format(unit=unit) if unit else unit
    elif change.kind == "delete":
        new = _noted(words.taken_out)
    elif change.kind == "move":
        new = _noted(words.moved_to)
    named = (((f"A{one.number}", Look(bold=True)),), *who)
    return (
        _plain(unit), old, new, named, _plain(one.rationale),
        _plain(words.decisions.get(one.state, one.state)),
    )  # fmt: skip


def _spans(spans: Iterable[Span], op: Op) -> Cell:
    told = [_told(Piece(span.op, part, look, NOBODY)) for span in spans if span.op in ("=", op)
            for part, look in shown(span.text)]  # fmt: skip
    return (tuple(told),)


def _plain(text: str) -> Cell:
    return (shown(text),)


def _noted(text: str) -> Cell:
    return (((text, Look(italic=True)),),)
