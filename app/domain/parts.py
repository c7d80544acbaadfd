"""An amendment over several clauses as somebody composes it: parts, each about one clause, and the edits they mean.

What is wrong with a part is said of that part; two parts that contradict each other are refused, never put in order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.clauses import Clause, Kind, write
from app.domain.contradicting import Contradiction, check_agreement
from app.domain.edits import (
    ChangesNothing,
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    RestateClause,
    check,
    edits_between,
)
from app.domain.errors import Invalid, NotFound, Unstorable
from app.domain.labels import canonical
from app.domain.largest import check_count
from app.domain.reader import TEXTS
from app.domain.reading import parse_fragment
from app.domain.tree import Place, Tree

LONGEST_TEXT = 1_000_000
HEADINGS = (Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE)
OPAQUE = (Kind.TABLE, Kind.CODE, Kind.QUOTE, Kind.FRONT_MATTER)
_ORDER = list(Kind)
PartPlace = Literal["after", "inside", "before"]


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody wants done with one clause. `operation` is words, restate, insert, delete, move, heading or number;
    `text` the new words, of an insertion the new clauses' source, of a number the new label. An insertion stands
    `place` (after, inside or before) the clause; a moved clause `place` the clause `target`."""

    clause_id: ClauseId
    operation: str
    text: str = ""
    target: ClauseId | None = None
    place: PartPlace = "after"


@dataclass(frozen=True, slots=True)
class ReadAs:
    """One clause that an insertion would be read as: what it is, its number and its words."""

    kind: Kind
    depth: int
    label: str
    body: str


class SeveralClauses(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "The words of one clause cannot hold a blank line: that would begin another clause. "
            "Use “Insert after” for a new clause."
        )


class UnknownClause(NotFound):
    def __init__(self) -> None:
        super().__init__("This clause does not exist in the draft.")


class UnusablePart(Invalid):
    """A part of an amendment over several clauses that cannot be used; `number` counts from 1, `clause` is its label
    (its address where it has none), `reason` a sentence."""

    def __init__(self, number: int, clause: str, reason: str) -> None:
        super().__init__(f"Part {number} ({clause}): {reason}")
        self.number, self.clause, self.reason = number, clause, reason


def edits_of(law: Law, parts: Sequence[Part], tree: Tree | None = None) -> tuple[Edit, ...]:
    """The edits that the parts mean, checked against the law; the same words changed alike by two parts count once.
    `tree`: that of the law, where it was made already.

    Raises ChangesNothing without parts. Raises what is wrong with the only part as it is (SeveralClauses,
    ChangesNothing, Unstorable, GrowsTooLong, UnknownClause, UnusableEdit, Invalid), and with one of several as
    UnusablePart.
    """
    if not parts:
        raise ChangesNothing
    tree = tree or Tree(law)
    found = [(part, _of_part(law, tree, number, part, len(parts))) for number, part in enumerate(parts, 1)]
    try:
        check_agreement(law, tree, [edits for _, edits in found])
    except Contradiction as refusal:
        clause = law[parts[refusal.part].clause_id]
        raise UnusablePart(refusal.part + 1, name_of(clause), str(refusal)) from refusal
    edits = tuple(dict.fromkeys(edit for _, edits in found for edit in edits))
    check(law, edits)
    return edits


def read_as(law: Law, part: Part) -> tuple[ReadAs, ...]:
    """What the text of an insertion would be read as where it is to stand. Raises UnknownClause."""
    if part.clause_id not in law:
        raise UnknownClause
    tree = Tree(law)
    after, _ = _anchor(tree, part.clause_id, part.place)
    clauses = _read(law, tree, after, _source(law[part.clause_id], part.text))
    return tuple(ReadAs(clause.kind, clause.depth, clause.label, clause.body) for clause in clauses)


def subtree_of(law: Law, clause_id: ClauseId) -> str:
    """The source of a clause and everything below it. Raises UnknownClause."""
    if clause_id not in law:
        raise UnknownClause
    below: list[Clause] = []
    for one, clause in law.items():
        if below and clause.depth <= below[0].depth:
            break
        if below or one == clause_id:
            below.append(clause)
    return write(below)


def name_of(clause: Clause) -> str:
    """How a refusal names a clause: by its label, else by its address."""
    return clause.label or clause.address


def _of_part(law: Law, tree: Tree, number: int, part: Part, count: int) -> tuple[Edit, ...]:
    """The edits of one part; where there are several parts, refusals name it."""
    try:
        edits = _edits(law, tree, part)
        check(law, edits)
    except (Invalid, NotFound) as refusal:
        if count == 1:
            raise
        clause = name_of(law[part.clause_id]) if part.clause_id in law else "?"
        raise UnusablePart(number, clause, str(refusal)) from refusal
    return edits


def _edits(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    if part.clause_id not in law:
        raise UnknownClause
    if len(part.text) > LONGEST_TEXT or "\0" in part.text:
        raise Unstorable(LONGEST_TEXT)
    if part.operation not in OPERATIONS:
        raise Invalid(f"“{part.operation}” is no way to amend a clause.")
    return OPERATIONS[part.operation](law, tree, part)


def _words(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    clause = law[part.clause_id]
    return edits_between(part.clause_id, clause.body, _one_clause(clause, part.text))


def _restate(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    clause = law[part.clause_id]
    return (RestateClause(part.clause_id, clause.body, _one_clause(clause, part.text)),)


def _insert(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    if not part.text.strip():
        raise Invalid("Nothing is to be inserted: the text of the new clause is empty.")
    anchor = law[part.clause_id]
    if part.place == "inside" and (anchor.kind in TEXTS or anchor.kind is Kind.FRONT_MATTER):
        raise Invalid("Nothing can stand inside this clause: it has no number and no heading.")
    source = _source(anchor, part.text)
    after, place = _anchor(tree, part.clause_id, part.place)
    clauses = _read(law, tree, after, source)
    check_count(len(law) + len(clauses))
    _check_catches_nothing(law, tree, part, clauses)
    return (InsertClauses(after, source, place),)


def _anchor(tree: Tree, clause_id: ClauseId, place: PartPlace) -> tuple[ClauseId | None, Place]:
    """The place as edits say it: in front of a clause is behind the one before it, or else first inside the one above,
    or else the very beginning."""
    if place != "before":
        return clause_id, place
    above = tree.parent[clause_id]
    row = tree.children[above]
    at = row.index(clause_id)
    if at:
        return row[at - 1], "after"
    return above, "after" if above is None else "inside"


def _check_catches_nothing(law: Law, tree: Tree, part: Part, clauses: Iterable[Clause]) -> None:
    """What stands behind an insertion must stay below the clauses it stands below now: an article put between two
    paragraphs of another would take the second."""
    outermost = min((clause.depth for clause in clauses), default=0)
    ids = list(law)
    last = part.clause_id if part.place == "inside" else list(tree.below(part.clause_id))[-1]
    at = ids.index(part.clause_id) if part.place == "before" else ids.index(last) + 1
    following = ids[at : at + 1]
    if following and law[following[0]].depth > outermost:
        caught = name_of(law[following[0]])
        raise Invalid(f"This cannot be inserted here: “{caught}” behind it would become a part of it.")


def _delete(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    return (DeleteClause(part.clause_id, write(law[below] for below in tree.below(part.clause_id))),)


def _move(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    """A clause to another place. The place must be another one, not inside the clause, and of a fitting kind."""
    moved = law[part.clause_id]
    if part.target is None:
        raise Invalid("Say where the clause is to stand.")
    if part.target not in law:
        raise Invalid("The clause behind which this one is to stand is not in this version any more.")
    if part.clause_id in tree.path(part.target):
        raise Invalid("A clause cannot be moved into itself.")
    above = part.target if part.place == "inside" else tree.parent[part.target]
    if above is not None and not _holds(law[above].kind, moved.kind):
        raise Invalid(f"“{name_of(moved)}” cannot stand inside “{name_of(law[above])}”.")
    after, place = _anchor(tree, part.target, part.place)
    if _stands(tree, part.clause_id, after, place):
        raise ChangesNothing
    return (MoveClause(part.clause_id, after, place),)


def _stands(tree: Tree, clause_id: ClauseId, after: ClauseId | None, place: Place) -> bool:
    """Whether a clause stands at a place already."""
    if after is None or place == "inside":
        return tree.children[after][:1] == [clause_id]
    row = tree.children[tree.parent[after]]
    return clause_id in (after, *row[row.index(after) + 1 :][:1])


def _holds(above: Kind, below: Kind) -> bool:
    """Whether a clause of one kind may stand inside one of another; headings nest as a law likes."""
    if above in TEXTS or above is Kind.FRONT_MATTER or below is Kind.FRONT_MATTER:
        return False
    if _ORDER.index(above) < _ORDER.index(Kind.ARTICLE):
        return True
    return _ORDER.index(above) < _ORDER.index(below) or above is below is Kind.SUBPOINT


def _heading(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    """Another title. One that had none gets a space between its number and its words."""
    clause = law[part.clause_id]
    if clause.kind not in HEADINGS:
        raise Invalid("Only a heading can be renamed.")
    title = " ".join(part.text.split())
    if not title:
        raise Invalid("No words are left. To take the clause out, choose “Delete”.")
    edits: tuple[Edit, ...] = edits_between(part.clause_id, clause.body, title)
    if edits and not clause.body and not clause.lead[-1:].isspace():
        edits = (Relabel(part.clause_id, clause.lead, clause.lead + " "), *edits)
    return edits


def _number(law: Law, tree: Tree, part: Part) -> tuple[Edit, ...]:
    """Another number: a whole label (`Article 14.`), or the number alone, written as the label writes it."""
    clause = law[part.clause_id]
    wanted = " ".join(part.text.split())
    if not clause.label:
        raise Invalid("This clause has no number, so it cannot get another one.")
    if wanted == clause.label:
        raise ChangesNothing
    path = [law[above] for above in tree.path(part.clause_id)]
    for label in (wanted, _renumbered(clause.label, wanted)):
        lead = clause.lead.replace(clause.label, label, 1)
        read = parse_fragment(lead + clause.body + clause.tail, path)[:1] if label else ()
        if read and (read[0].kind, read[0].label, read[0].body) == (clause.kind, label, clause.body):
            if label == clause.label:
                raise ChangesNothing
            return (Relabel(part.clause_id, clause.lead, lead),)
    raise Invalid(f"“{part.text.strip()}” cannot be the number of this clause.")


def _renumbered(label: str, number: str) -> str:
    """The label with another number: `Article 13.` and `14` → `Article 14.`; empty where it is not clear how."""
    standing = canonical(label)
    if standing in ("", number) or label.count(standing) != 1:
        return label if standing and standing == number else ""
    return label.replace(standing, number)


OPERATIONS: Mapping[str, Callable[[Law, Tree, Part], tuple[Edit, ...]]] = {
    "words": _words,
    "restate": _restate,
    "insert": _insert,
    "delete": _delete,
    "move": _move,
    "heading": _heading,
    "number": _number,
}
"""What may be done with a clause."""


def _one_clause(clause: Clause, text: str) -> str:
    """The body somebody typed, with the line ends of the clause; one clause only."""
    body = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not body.strip():
        raise Invalid("No words are left. To take the clause out, choose “Delete”.")
    if "\n\n" in body and clause.kind not in OPAQUE:
        raise SeveralClauses
    return body.replace("\n", "\r\n") if "\r\n" in clause.body else body


def _source(anchor: Clause, text: str) -> str:
    """The source of new clauses, with the line ends of the clause they stand beside."""
    source = text.replace("\r\n", "\n").strip("\n") + "\n\n"
    return source.replace("\n", "\r\n") if "\r\n" in anchor.source else source


def _read(law: Law, tree: Tree, clause_id: ClauseId | None, source: str) -> tuple[Clause, ...]:
    return parse_fragment(source, [law[above] for above in tree.path(clause_id)])


__all__ = [
    "OPERATIONS",
    "Part",
    "PartPlace",
    "Place",
    "ReadAs",
    "SeveralClauses",
    "UnknownClause",
    "UnusablePart",
    "edits_of",
    "name_of",
    "read_as",
    "subtree_of",
]
