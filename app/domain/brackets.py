"""The law with what is contested or proposed in brackets: `[24 hours] [A1 CSO: 12 hours] [A2 MVD: 48 hours]`.

Brackets are derived from the open amendments and never typed. Taking the first bracket of every group, the words of
the base, gives the base; the sides of one amendment alone give what that amendment says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from app.domain.collisions import Claim
from app.domain.edits import (
    Amendment,
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
from app.domain.indexed import Index
from app.domain.merge_words import word_edit
from app.domain.tree import Tree
from app.domain.words import Side, WordEdit, stretches

NoteKind = Literal["insert", "delete", "move", "arrive", "relabel"]


@dataclass(frozen=True, slots=True)
class Bracket:
    """A stretch of a clause and everything proposed for it. `base` is empty where words are only to be added; one side
    means that nobody contests it, and may name several amendments that propose the same."""

    base: str
    sides: tuple[Side, ...]


Run = str | Bracket


@dataclass(frozen=True, slots=True)
class Note:
    """What is proposed for a clause as a whole. `text` is the source to insert or the new lead; `place` the clause that
    it is moved behind, or (arrive) the clause that is to come here. A deletion takes everything below along."""

    kind: NoteKind
    text: str
    place: ClauseId | None
    amendments: tuple[str, ...]


@dataclass(frozen=True)
class Bracketed:
    """The clauses that have brackets: their words as runs, notes at them, and notes that stand behind them (None:
    before the first clause)."""

    runs: Mapping[ClauseId, tuple[Run, ...]]
    at: Mapping[ClauseId, tuple[Note, ...]]
    behind: Mapping[ClauseId | None, tuple[Note, ...]]

    def count(self, clause_id: ClauseId | None) -> int:
        """How many groups of brackets stand in or right behind a clause. A move counts where the clause now stands."""
        groups = sum(isinstance(run, Bracket) for run in self.runs.get(clause_id or "", ()))
        behind = sum(note.kind != "arrive" for note in self.behind.get(clause_id, ()))
        return groups + len(self.at.get(clause_id or "", ())) + behind

    @cached_property
    def total(self) -> int:
        return sum(self.count(clause_id) for clause_id in {*self.runs, *self.at, *self.behind})


def bracketed(law: Law, amendments: Iterable[Amendment], index: Index | None = None) -> Bracketed:
    """Put what open amendments propose into brackets. Independent of their order; each edit must fit the law. `index`
    of this very law, where it is kept."""
    claims = [Claim(a.key, edit) for a in sorted(amendments, key=lambda a: a.key) for edit in a.edits]
    words: dict[ClauseId, list[WordEdit]] = {}
    for claim in claims:
        if isinstance(claim.edit, ReplaceWords | RestateClause):
            words.setdefault(claim.edit.clause_id, []).append(word_edit(claim))
    runs = {clause_id: in_brackets(law[clause_id].body, edits) for clause_id, edits in words.items()}
    return Bracketed(runs, *_notes(index or Index(law), claims))


def in_brackets(body: str, edits: Iterable[WordEdit]) -> tuple[Run, ...]:
    """A body as words and brackets, in order; the words and the bases of the brackets joined are the body."""
    runs: list[Run] = []
    at = 0
    for stretch in stretches(body, edits):
        runs += [body[at : stretch.start], Bracket(body[stretch.start : stretch.end], stretch.sides)]
        at = stretch.end
    return tuple(run for run in (*runs, body[at:]) if run)


def base_of(runs: Iterable[Run]) -> str:
    """The first bracket of every group, and the words between: the base."""
    return "".join(run if isinstance(run, str) else run.base for run in runs)


def side_of(runs: Iterable[Run], amendment: str) -> str:
    """What one amendment makes of the words; the base where it proposes nothing."""
    return "".join(run if isinstance(run, str) else _said_by(run, amendment) for run in runs)


def _said_by(bracket: Bracket, amendment: str) -> str:
    return next((side.text for side in bracket.sides if amendment in side.amendments), bracket.base)


def written(runs: Iterable[Run], names: Mapping[str, str]) -> str:
    """Runs as plain text: `within [24 hours] [A1 CSO: 12 hours] of`; `names` says who an amendment is by."""
    return "".join(run if isinstance(run, str) else _written(run, names) for run in runs)


def _written(bracket: Bracket, names: Mapping[str, str]) -> str:
    base = bracket.base.strip()
    before, after = spaces_around(bracket)
    groups = [f"[{base}]"] if base else []
    for side in bracket.sides:
        groups.append(f"[{', '.join(names[key] for key in side.amendments)}: {side.text.strip() or '–'}]")
    return before + " ".join(groups) + after


def spaces_around(bracket: Bracket) -> tuple[str, str]:
    """White space before and behind a group, as its base has it, or where it has no words, as its sides have."""
    text = bracket.base if bracket.base.strip() else next((s.text for s in bracket.sides if s.text.strip()), "")
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


Place = tuple[ClauseId | None, bool]  # a clause, and whether the note stands behind it


def _notes(
    index: Index, claims: Sequence[Claim]
) -> tuple[dict[ClauseId, tuple[Note, ...]], dict[ClauseId | None, tuple[Note, ...]]]:
    credited: dict[tuple[Place, NoteKind, str, ClauseId | None], list[str]] = {}
    for claim in claims:
        if isinstance(claim.edit, InsertClauses | DeleteClause | MoveClause | Relabel):
            for fact in _facts(index.tree, claim.edit):
                credited.setdefault(fact, []).append(claim.key)
    at: dict[ClauseId, tuple[Note, ...]] = {}
    behind: dict[ClauseId | None, tuple[Note, ...]] = {}
    for ((clause_id, is_behind), kind, text, place), keys in credited.items():
        note = Note(kind, text, place, tuple(dict.fromkeys(keys)))
        if is_behind:
            behind[clause_id] = (*behind.get(clause_id, ()), note)
        elif clause_id is not None:
            at[clause_id] = (*at.get(clause_id, ()), note)
    return at, behind


def _facts(tree: Tree, edit: Edit) -> list[tuple[Place, NoteKind, str, ClauseId | None]]:
    """Where notes of an edit stand, and what they say."""
    if isinstance(edit, InsertClauses):
        return [(_behind(tree, edit.after, edit.place), "insert", edit.source.strip(), None)]
    if isinstance(edit, MoveClause):
        arrives = (_behind(tree, edit.after, edit.place), "arrive", "", edit.clause_id)
        return [((edit.clause_id, False), "move", "", edit.after), arrives]  # type: ignore[list-item]
    if isinstance(edit, DeleteClause):
        return [((edit.clause_id, False), "delete", "", None)]
    if isinstance(edit, Relabel):
        return [((edit.clause_id, False), "relabel", edit.new.strip().lstrip("#").strip(), None)]
    return []


def _behind(tree: Tree, after: ClauseId | None, place: str) -> Place:
    """Behind everything below a clause, or right behind it when the place is inside it."""
    if after is None or place == "inside":
        return after, True
    return tree.last_below(after), True
