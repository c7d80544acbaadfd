"""The parts that somebody would have to compose for given edits: the way back from `parts.edits_of`, for rewording."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clauses import Clause, Kind
from app.domain.edits import (
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.parts import HEADINGS, Part, PartPlace
from app.domain.words import WordEdit, reads


@dataclass(frozen=True, slots=True)
class Parted:
    """`lost` are edits that no part of the newer text can say: their clause is gone. Layout is left out of both."""

    parts: tuple[Part, ...]
    lost: tuple[Edit, ...] = ()


def parted(edits: Sequence[Edit], old: Law, new: Law) -> Parted:
    """The parts of an amendment to the newer text. `old` is the text its edits start from; where the words of a clause
    changed since, its part begins with the words as they stand."""
    words: dict[ClauseId, list[ReplaceWords]] = {}
    for edit in edits:
        if isinstance(edit, ReplaceWords):
            words.setdefault(edit.clause_id, []).append(edit)
    parts: list[Part] = []
    lost: list[Edit] = []
    for edit in edits:
        if isinstance(edit, ReplaceWords) and edit is not words[edit.clause_id][0]:
            continue
        if not _stands(edit, new):
            lost.append(edit)
        elif part := _part(edit, words, old, new):
            parts.append(part)
    return Parted(tuple(parts), tuple(lost))


def _stands(edit: Edit, new: Law) -> bool:
    """Whether the newer text has the clauses an edit speaks of."""
    if isinstance(edit, InsertClauses):
        return _target(edit.after, new) in new
    return edit.clause_id in new and (
        not isinstance(edit, MoveClause) or _target(edit.after, new, edit.clause_id) in new
    )


def _at_beginning(after: ClauseId | None, law: Law) -> bool:
    """Whether a place is before all clauses that anybody composes: the YAML head of a law is none."""
    return after is None or (after in law and law[after].kind is Kind.FRONT_MATTER)


def _target(after: ClauseId | None, law: Law, moved: ClauseId | None = None) -> ClauseId | None:
    """The clause that a place is told by: of the beginning the first one, `moved` apart."""
    if after is not None and not _at_beginning(after, law):
        return after
    return next((id for id, clause in law.items() if id != moved and clause.kind is not Kind.FRONT_MATTER), None)


def _part(edit: Edit, words: dict[ClauseId, list[ReplaceWords]], old: Law, new: Law) -> Part | None:
    """The part that says an edit; of an edit to words, all of those to the same clause."""
    match edit:
        case InsertClauses():
            place: PartPlace = "before" if _at_beginning(edit.after, new) else edit.place
            part = Part(_target(edit.after, new) or "", "insert", edit.source.strip("\r\n"), place=place)
        case DeleteClause():
            part = Part(edit.clause_id, "delete")
        case MoveClause():
            place = "before" if _at_beginning(edit.after, new) else edit.place
            part = Part(edit.clause_id, "move", target=_target(edit.after, new, edit.clause_id), place=place)
        case Relabel() if label := _label(edit, old[edit.clause_id]):
            part = Part(edit.clause_id, "number", label)
        case RestateClause():
            part = Part(edit.clause_id, "restate", _words(edit.clause_id, edit.new, old, new))
        case ReplaceWords():
            operation = "heading" if new[edit.clause_id].kind in HEADINGS else "words"
            after = _after(old[edit.clause_id].body, words[edit.clause_id])
            part = Part(edit.clause_id, operation, _words(edit.clause_id, after, old, new))
        case _:
            return None
    return part


def _words(clause_id: ClauseId, wanted: str, old: Law, new: Law) -> str:
    standing = new[clause_id].body
    return wanted if old[clause_id].body == standing else standing


def _after(body: str, edits: Sequence[ReplaceWords]) -> str:
    taken = [WordEdit(edit.start, edit.start + len(edit.old), edit.new, ()) for edit in edits]
    return reads(body, 0, len(body), sorted(taken, key=lambda edit: edit.start))


def _label(edit: Relabel, clause: Clause) -> str:
    """The number that a lead gets; empty where only the space behind it changes."""
    before, _, behind = edit.old.partition(clause.label)
    label = edit.new.removeprefix(before).removesuffix(behind).strip()
    return "" if label == clause.label else label
