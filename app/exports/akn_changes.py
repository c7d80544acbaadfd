"""What changed in a law since the version before, as the modifications that Akoma Ntoso tells of a changed text.

Akoma Ntoso knows no move: a clause that moved is renumbered, from the identifier it had to the one it has.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.clauses import Clause, Kind
from app.exports.akn_bill import Names
from app.exports.akn_plan import plan
from app.exports.akn_xml import Element, add
from app.exports.document import Backing, Document, Line, Run

TYPES = {
    "inserted": ("insertion",), "deleted": ("repeal",), "edited": ("substitution",), "renumbered": ("renumbering",),
    "edited_and_renumbered": ("renumbering", "substitution"), "moved": ("renumbering",),
    "moved_and_edited": ("renumbering", "substitution"),
}  # fmt: skip
WHOLE = frozenset({"inserted", "deleted"})


@dataclass(frozen=True, slots=True)
class Modification:
    """`old` and `new` are the identifiers of a clause in the base and in the document, empty where it does not stand;
    `amendments` the numbers of those behind it."""

    type: str
    old: str
    new: str
    amendments: tuple[int, ...]


def modifications(document: Document, eids: Mapping[str, str]) -> Iterator[Modification]:
    """In the order of the text. `eids` are those of the document's clauses, by clause id; of clauses that came or went
    with the one they stand in only that one is told."""
    if document.base is None:
        return
    before = plan(_as_lines(document.base_clauses), document.base_clauses, {}).eids
    whole: Line | None = None
    for line in document.lines:
        if whole is not None and line.change == whole.change and line.depth > whole.depth:
            continue
        whole = line if line.change in WHOLE else None
        old = "" if line.change == "inserted" else before.get(line.clause_id, "")
        new = "" if line.change == "deleted" else eids.get(line.clause_id, "")
        for kind in TYPES.get(line.change, ()):
            yield Modification(kind, old, new, _behind(line, kind))


def _as_lines(clauses: Mapping[str, Clause]) -> Iterator[Line]:
    for clause_id, one in clauses.items():
        if one.kind is not Kind.FRONT_MATTER:
            run = (Run("=", one.body),) if one.body else ()
            yield Line(clause_id, one.kind, one.depth, 0, 0, one.label, one.address, "", run)


def _behind(line: Line, kind: str) -> tuple[int, ...]:
    backings = [run.backing for run in line.runs if run.op != "="] if kind == "substitution" else [line.backing]
    return tuple(sorted({number for one in backings for number in one.amendments}))


def behind(document: Document) -> Iterator[Backing]:
    """Who stands behind the changes."""
    for line in document.changed():
        yield line.backing
        yield from (run.backing for run in line.runs if run.op != "=")


def analysis(meta: Element, found: Iterable[Modification], names: Names, number: int, base: int) -> None:
    """`number` is the version that was changed from `base`. What nobody proposed comes from the version itself."""
    modified = list(found)
    if not modified:
        return
    made = add(add(meta, "analysis", source="#kelishim"), "passiveModifications")
    for at, one in enumerate(modified, 1):
        change = add(made, "textualMod", eId=f"pmod_{at}", type=one.type)
        for source in [f"#am_{amendment}" for amendment in one.amendments] or [f"#ver_{number}"]:
            add(change, "source", href=source)
        old, new = names.unit(base, one.old) if one.old else "", f"#{one.new}" if one.new else ""
        add(change, "destination", href=new or old)
        if old:
            add(change, "old", href=old)
        if new:
            add(change, "new", href=new)
