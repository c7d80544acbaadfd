"""The words of a clause in Akoma Ntoso: emphasis, raised numbers, references to other clauses, tables, quotations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.clauses import Clause, Kind
from app.domain.references import Reference, find
from app.exports.akn_xml import Element, add, say_lines, say_looking
from app.exports.document import Line
from app.exports.grid import rows_of
from app.exports.inline import AS_WRITTEN, PLAIN, Piece, pieces, shown


@dataclass(frozen=True, slots=True)
class Citing:
    """References of the law to its own clauses: `by_clause` those in each, `eids` where their addresses lead."""

    by_clause: Mapping[str, Sequence[Reference]]
    eids: Mapping[str, str]


def citing(clauses: Mapping[str, Clause], language: str, eids: Mapping[str, str]) -> Citing:
    """`eids` are those of the clauses, by clause id."""
    ids = list(clauses)
    by_clause: dict[str, list[Reference]] = {}
    for one in find(list(clauses.values()), language):
        by_clause.setdefault(ids[one.clause], []).append(one)
    by_address = {clause.address: eids[clause_id] for clause_id, clause in clauses.items() if clause_id in eids}
    return Citing(by_clause, by_address)


def say_number(above: Element, line: Line) -> None:
    """As written, with its raised digits."""
    for text, look in shown(line.label) if "^" in line.label else ((line.label, PLAIN),):
        say_looking(above, text, look)


def say_words(above: Element, line: Line, eid: str, cited: Citing) -> None:
    """The words of a clause, in which references lead to the clauses they name."""
    found = [one for one in cited.by_clause.get(line.clause_id, ()) if one.target in cited.eids]
    cuts = sorted({at for one in found for at in (one.start, one.end)})
    leads = iter(enumerate(found, 1))
    at, here = next(leads, (0, None))
    link: Element | None = None
    for piece in pieces(line, cuts):
        while here is not None and piece.start >= here.end:
            (at, here), link = next(leads, (0, None)), None
        if here is not None and here.start <= piece.start < here.end:
            if link is None:
                target = cited.eids[here.target or ""]
                link = add(above, "ref", href=f"#{target}", eId=f"{eid}__ref_{at}")
            _say(link, piece)
        else:
            _say(above, piece)


def _say(above: Element, piece: Piece) -> None:
    say_looking(above, piece.text, piece.look)


def say_blocks(above: Element, line: Line, eid: str, cited: Citing) -> None:
    """The words as blocks: a paragraph, a table, the lines of a quotation or of preformatted text."""
    rows = rows_of(line.new_body) if line.kind is Kind.TABLE else ()
    if rows:
        table(above, rows, f"{eid}__table_1")
    elif line.kind is Kind.QUOTE:
        quoted(add(above, "p"), line.new_body, f"{eid}__embeddedStructure_1")
    elif line.kind in AS_WRITTEN:
        say_lines(add(above, "p"), line.new_body.splitlines())
    else:
        say_words(add(above, "p"), line, eid, cited)


def table(above: Element, rows: Iterable[Sequence[str]], eid: str, **more: str) -> Element:
    made = add(above, "table", eId=eid, **more)
    for at, cells in enumerate(rows):
        row = add(made, "tr")
        for cell in cells:
            words = add(add(row, "th" if at == 0 else "td"), "p")
            for text, look in shown(cell):
                say_looking(words, text, look)
    return made


def quoted(above: Element, body: str, eid: str, **more: str) -> Element:
    made = add(above, "embeddedStructure", eId=eid, **more)
    for line in body.splitlines() or [""]:
        add(made, "p", line)
    return made
