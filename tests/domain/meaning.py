"""What an amendment means, judged on two versions of a law without the code that carries it.

Clauses, words and rows of siblings are compared by hand; only the text that comes out is a merge's.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from app.domain.clauses import write
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.indexed import Index
from app.domain.labels import canonical, order_of
from app.domain.merge import Fate, Merged, merge

Row = Sequence[str]
WORDS = re.compile(r"\w+|[^\w\s]")


class Judge:
    """Knows two versions whose clauses have the same ids where they are the same."""

    def __init__(self, old: Index, new: Index) -> None:
        self.old, self.new = old, new

    def check_carried(self, was: Amendment, carried: Amendment) -> None:
        """Asserts that the new version with the carried amendment says just what the amendment meant: each edit does
        the same to the same clause, or what it wanted stands there already; and nothing else is changed."""
        merged = merge(self.new.law, [carried], index=self.new)
        assert not merged.collisions
        assert merged.fates[carried.key] is Fate.ADOPTED
        left = list(carried.edits)
        for edit in was.edits:
            if left and same_proposal(edit, left[0]):
                self._check_same(edit, left.pop(0), merged)
            else:
                assert self.stands(edit), edit
        assert not left
        self._check_words(carried.edits, merged)
        self._check_rest(carried.edits, merged)

    def stands(self, edit: Edit) -> bool:
        """Whether the new version says what an edit wants."""
        old, new = self.old.law, self.new.law
        if isinstance(edit, DeleteClause):
            return not any(id in new for id in self.old.tree.below(edit.clause_id))
        if isinstance(edit, InsertClauses):
            above = self._place(edit)[0]
            outer = self.old.tree.parent[above] if above is not None else None  # an article behind a paragraph's last
            rows = [one for one in (above, outer) if one in self.new.tree.children]
            return any(holds(lines_below(self.new, one), lines_of(edit.source)) for one in rows)
        if isinstance(edit, MoveClause):
            above, before, behind = self._place(edit)
            row = self.new.tree.children.get(above, [])
            return edit.clause_id in row and between(row, before, edit.clause_id, behind)
        if isinstance(edit, ReplaceWords):
            body, was = new[edit.clause_id].body, old[edit.clause_id].body
            more = bool(edit.new.strip()) and body.count(edit.new.strip()) > was.count(edit.new.strip())
            return more or (not edit.new.strip() and body.count(edit.old.strip()) < was.count(edit.old.strip()))
        if isinstance(edit, RestateClause):
            return new[edit.clause_id].body == edit.new
        return isinstance(edit, Relabel) and new[edit.clause_id].lead == edit.new

    def quiet(self, edit: Edit) -> bool:
        """Whether everything that an edit is about reads and stands in the new version as it did."""
        ids = [id for id in (about(edit), getattr(edit, "after", None)) if id is not None]
        same = all(id in self.new.law and text_below(self.old, id) == text_below(self.new, id) for id in ids)
        rows = isinstance(edit, InsertClauses | MoveClause)
        return same and all(not rows or self._same_row(id) for id in ids)

    def _same_row(self, clause_id: str) -> bool:
        old, new = self.old.tree, self.new.tree
        above = old.parent[clause_id]
        return above == new.parent[clause_id] and list(old.children[above]) == list(new.children[above])

    def _check_same(self, was: Edit, now: Edit, merged: Merged) -> None:
        old, new, after = self.old.law, self.new.law, merged.amended
        if isinstance(was, ReplaceWords) and isinstance(now, ReplaceWords):
            check_spot(old[was.clause_id].body, was, new[was.clause_id].body, now)
        elif isinstance(was, RestateClause):
            assert (new[was.clause_id].body, after[was.clause_id].body) == (was.old, was.new)
        elif isinstance(was, Relabel):
            assert (new[was.clause_id].lead, after[was.clause_id].lead) == (was.old, was.new)
        elif isinstance(was, DeleteClause):
            below = list(self.old.tree.below(was.clause_id))
            assert [(id, new[id].body) for id in self.new.tree.below(was.clause_id)] == [
                (id, old[id].body) for id in below
            ]
            assert not any(id in after for id in below)
        elif isinstance(was, MoveClause) and merged.tree is not None:
            assert list(merged.tree.below(was.clause_id)) == list(self.new.tree.below(was.clause_id))
            above = self.old.tree.parent[was.clause_id]
            assert above == self.new.tree.parent[was.clause_id]
            self._check_place(was, merged.tree.parent[was.clause_id], [was.clause_id], merged)
        elif isinstance(was, InsertClauses):
            self._check_place(was, *self._brought(was, merged), merged)

    def _check_words(self, edits: Iterable[Edit], merged: Merged) -> None:
        """The word edits made by hand, the last one first."""
        words = [edit for edit in edits if isinstance(edit, ReplaceWords)]
        bodies = {edit.clause_id: self.new.law[edit.clause_id].body for edit in words}
        for edit in sorted(words, key=lambda one: one.start, reverse=True):
            body, end = bodies[edit.clause_id], edit.start + len(edit.old)
            assert body[edit.start : end] == edit.old
            bodies[edit.clause_id] = body[: edit.start] + edit.new + body[end:]
        assert {id: merged.amended[id].body for id in bodies} == bodies

    def _check_rest(self, edits: Iterable[Edit], merged: Merged) -> None:
        """Nobody else's words are changed, nothing else is taken out."""
        asked = {about(edit) for edit in edits}
        gone = {
            below for edit in edits if isinstance(edit, DeleteClause) for below in self.new.tree.below(edit.clause_id)
        }
        assert merged.removed.keys() == gone
        for clause_id, one in merged.touched.items():
            if clause_id in self.new.law and clause_id not in asked:
                assert (one.clause.lead, one.clause.body) == self.new.law[clause_id][4:6]

    def _brought(self, edit: InsertClauses, merged: Merged) -> tuple[str | None, list[str]]:
        """What an inserted text stands in, and the clauses that it became there."""
        assert merged.tree is not None
        for above in dict.fromkeys(merged.tree.parent[id] for id in merged.touched if id not in self.new.law):
            run: list[str] = []
            for clause_id in merged.tree.children[above]:
                run = [*run, clause_id] if clause_id not in self.new.law else []
                for start in range(len(run)):
                    if lines_of(write(merged.clause(id).clause for id in run[start:])) == lines_of(edit.source):
                        return above, run[start:]
        raise AssertionError(edit)

    def _place(self, edit: InsertClauses | MoveClause) -> tuple[str | None, Row, Row]:
        """What an edit puts something into in the old version, and the siblings before and behind that place."""
        tree = self.old.tree
        inside = edit.after is None or edit.place == "inside"
        above = edit.after if edit.after is None or inside else tree.parent[edit.after]
        row = tree.children[above]
        at = 0 if inside else row.index(str(edit.after)) + 1
        moved = about(edit) if isinstance(edit, MoveClause) else None
        return above, [id for id in row[:at] if id != moved], [id for id in row[at:] if id != moved]

    def _check_place(self, edit: InsertClauses | MoveClause, above: str | None, own: Row, merged: Merged) -> None:
        """Behind the same sibling as meant and before the same one. Where these stand in another order now, the one
        that the edit names may be the one that moved; what is put behind it stays."""
        assert merged.tree is not None
        meant, before, behind = self._place(edit)
        assert above == meant
        moved = self.reordered(meant) and edit.place == "after"
        ways = [before, before[:-1]] if moved else [before]
        assert any(self._stands_between(one, behind, own, above, merged) for one in ways)

    def _stands_between(self, before: Row, behind: Row, own: Row, above: str | None, merged: Merged) -> bool:
        """Whether clauses stand between the nearest of these siblings, in the order of numbers with what else came."""
        assert merged.tree is not None
        there = [id for id in self.new.tree.children[above] if id not in own]
        low = next((there.index(id) + 1 for id in reversed(before) if id in there), 0)
        high = next((there.index(id) for id in behind if id in there[low:]), len(there))
        row = list(merged.tree.children[above])
        at = row.index(own[0])
        came = [id for id in row if id == own[0] or id in there[low:high]]
        numbers = [order_of(canonical(merged.clause(id).clause.label)) for id in came]
        in_order = len(came) == 1 or (all(numbers) and numbers == sorted(numbers))
        return in_order and not set(there[:low]) & set(row[at:]) and not set(there[high:]) & set(row[:at])

    def reordered(self, above: str | None) -> bool:
        """Whether the clauses that stand in one in both versions have another order in the new one."""
        row = self.old.tree.children[above]
        both = [id for id in self.new.tree.children[above] if id in row]
        return both != sorted(both, key=row.index)


def same_proposal(one: Edit, other: Edit) -> bool:
    """Whether two edits propose the same, wherever the words or the place are now."""

    def said(edit: Edit) -> tuple[object, ...]:
        return tuple(getattr(edit, name, None) for name in ("clause_id", "old", "new", "source"))

    same_clause = isinstance(one, DeleteClause) and about(one) == about(other)
    return type(one) is type(other) and (same_clause or said(one) == said(other))


def about(edit: Edit) -> str | None:
    return edit.after if isinstance(edit, InsertClauses) else edit.clause_id


def check_spot(old: str, was: ReplaceWords, new: str, now: ReplaceWords) -> None:
    """The carried words are those of their like that have most of the same text around them; a point between words has
    the same word on both sides."""
    if not was.old:
        assert WORDS.findall(old[: was.start])[-1:] == WORDS.findall(new[: now.start])[-1:]
        assert WORDS.findall(old[was.start :])[:1] == WORDS.findall(new[now.start :])[:1]
        return
    around = {at: shared_around(old, was.start, new, at, len(was.old)) for at in places(new, was.old)}
    assert around[now.start] == max(around.values())


def places(text: str, words: str) -> list[int]:
    found = [text.find(words)]
    while found[-1] >= 0:
        found.append(text.find(words, found[-1] + 1))
    return found[:-1]


def shared_around(old: str, start: int, new: str, at: int, length: int) -> int:
    """How many characters before and behind the words are the same."""
    before = zip(reversed(old[:start]), reversed(new[:at]), strict=False)
    behind = zip(old[start + length :], new[at + length :], strict=False)
    return sum(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], side)) for side in (before, behind))


def between(row: Row, before: Row, clause_id: str, behind: Row) -> bool:
    """Whether a clause stands behind the nearest of those before it and before the nearest of those behind it."""
    at = row.index(clause_id)
    low = next((row.index(id) for id in reversed(before) if id in row), -1)
    high = next((row.index(id) for id in behind if id in row), len(row))
    return low < at < high


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def holds(lines: list[str], wanted: list[str]) -> bool:
    return any(lines[at : at + len(wanted)] == wanted for at in range(len(lines) - len(wanted) + 1))


def text_below(index: Index, clause_id: str) -> list[tuple[str, str, str]]:
    return [(id, index.law[id].lead, index.law[id].body) for id in index.tree.below(clause_id)]


def lines_below(index: Index, above: str | None) -> list[str]:
    return lines_of(write(index.law[id] for id in index.tree.below(above)))
