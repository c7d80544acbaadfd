"""What `flask law … --json` prints. The form is documented in docs/law-json.md; a change that breaks a reader of it
gets a new number in `schema`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.clauses import Clause, Outline, Problem
from app.domain.compare import Change, ChangeKind, Comparison
from app.domain.edits import Law
from app.domain.instructions import Instruction
from app.domain.merge import Merged

Json = dict[str, Any]
VERSION = 1


def outline(read: Outline) -> Json:
    """Every clause with its place in the file in bytes, and what a drafter should look at."""
    return {
        "schema": f"kelishim.law.outline/{VERSION}",
        "clauses": [_clause(clause, start, end) for clause, start, end in _placed(read.clauses)],
        "problems": [_problem(problem) for problem in read.problems],
    }


def _placed(clauses: Iterable[Clause]) -> Iterable[tuple[Clause, int, int]]:
    at = 0
    for clause in clauses:
        end = at + len(clause.source.encode("utf-8", "surrogatepass"))
        yield clause, at, end
        at = end


def _clause(clause: Clause, start: int, end: int) -> Json:
    return {
        "address": clause.address,
        "label": clause.label,
        "kind": clause.kind.value,
        "depth": clause.depth,
        "start": start,
        "end": end,
    }


def _problem(problem: Problem) -> Json:
    return {"code": problem.code, "address": problem.address, "sentence": problem.sentence}


def check(problems: Iterable[Problem]) -> Json:
    """Problems of numbering, structure and references."""
    return {"schema": f"kelishim.law.check/{VERSION}", "problems": [_problem(problem) for problem in problems]}


def instructions(old: Sequence[Clause], new: Sequence[Clause], made: Iterable[Instruction]) -> Json:
    """The sentences of an amending act, each with the clauses it is about."""
    return {
        "schema": f"kelishim.law.instructions/{VERSION}",
        "instructions": [
            {
                "operation": one.operation.value,
                "old": old[one.old].address if one.old is not None else None,
                "new": new[one.new].address if one.new is not None else None,
                "sentence": one.sentence,
            }
            for one in made
        ],
    }


def diff(old: Sequence[Clause], new: Sequence[Clause], comparison: Comparison, *, everything: bool) -> Json:
    """How one text became the other, clause by clause; kept clauses only with `everything`."""
    counts = Counter(change.kind.value for change in comparison.changes)
    return {
        "schema": f"kelishim.law.diff/{VERSION}",
        "changes": [
            change(old, new, one) for one in comparison.changes if everything or one.kind is not ChangeKind.KEPT
        ],
        "summary": {kind.value: counts[kind.value] for kind in ChangeKind},
    }


def change(old: Sequence[Clause], new: Sequence[Clause], change: Change) -> Json:
    before = old[change.old] if change.old is not None else None
    after = new[change.new] if change.new is not None else None
    clause = after or before
    assert clause is not None  # noqa: S101  (a change has a clause on one side at least)
    parts = old if change.kind is ChangeKind.JOINED else new
    return {
        "kind": change.kind.value,
        "clause_kind": clause.kind.value,
        "old": before.address if before else None,
        "new": after.address if after else None,
        "old_label": before.label if before else None,
        "new_label": after.label if after else None,
        "spans": _spans(before, after, change),
        "certainty": round(change.certainty, 3),
        "possible": [old[at].address for at in change.possible],
        "parts": [parts[at].address for at in change.parts],
    }


def _spans(before: Clause | None, after: Clause | None, change: Change) -> list[list[str]]:
    if change.spans:
        return [[span.op, span.text] for span in change.spans]
    body, op = (after.body, "+") if before is None and after else (before.body if before else "", "-")
    op = op if before is None or after is None else "="
    return [[op, body]] if body else []


def merge(law: Law, merged: Merged, unchanged: Iterable[str]) -> Json:
    """The merged text, what collides in it, and what became of each variant."""
    fates: Mapping[str, str] = {**{name: fate.value for name, fate in merged.fates.items()},
                                **dict.fromkeys(unchanged, "unchanged")}  # fmt: skip
    return {
        "schema": f"kelishim.law.merge/{VERSION}",
        "text": merged.text,
        "collisions": [
            {
                "address": law[collision.clause_id].address if collision.clause_id in law else "",
                "base": collision.base,
                "sides": [{"variant": name, "text": side.text} for side in collision.sides for name in side.amendments],
                "reason": collision.reason,
            }
            for collision in merged.collisions
        ],
        "fates": [{"variant": name, "fate": fate} for name, fate in fates.items()],
    }
