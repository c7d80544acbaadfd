"""What addresses are counted by: the clauses that would have the same one, in the order of the text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.addresses import SEGMENTS, owns_numbering, parts_of, readdress
from app.domain.clauses import Clause, Kind
from app.domain.edits import ClauseId, Law
from app.domain.tree import Tree

TEXTS = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)
HEAD = ("", "title", "front_matter")
Group = tuple[str, ...]  # one string: that address; two: the clauses without a number below one, of one segment
Named = tuple[str, str]  # an address, and what the addresses of articles below it begin with
NAMELESS = ("", "")


@dataclass(slots=True)
class Numbered:
    """`above` is the clause that a clause's address begins with; texts without a label are above nothing."""

    above: dict[ClauseId, ClauseId | None] = field(default_factory=dict)
    named: dict[ClauseId, Named] = field(default_factory=dict)
    groups: dict[ClauseId, tuple[Group, ...]] = field(default_factory=dict)
    members: dict[Group, list[ClauseId]] = field(default_factory=dict)

    @classmethod
    def of(cls, law: Law, tree: Tree) -> "Numbered | None":
        """None for a law whose addresses or depths are not those of its clauses: nothing follows from them."""
        regular = all(
            clause.depth == (0 if (above := tree.parent[id]) is None else law[above].depth + 1)
            for id, clause in law.items()
        )
        clauses = tuple(law.values())
        if not regular or readdress(clauses) != clauses:
            return None
        numbered = cls()
        for clause_id, clause in law.items():
            numbered._take(law, tree, clause_id, clause)
        return numbered

    def _take(self, law: Law, tree: Tree, clause_id: ClauseId, clause: Clause) -> None:
        above = tree.parent[clause_id]
        while above is not None and is_text(law[above]):
            above = tree.parent[above]
        self.above[clause_id] = above
        name, groups = name_of(clause, self.named[above] if above is not None else NAMELESS, self._count)
        for group in groups:
            self.members.setdefault(group, []).append(clause_id)
        self.groups[clause_id], self.named[clause_id] = groups, name

    def _count(self, group: Group) -> int:
        return len(self.members.get(group, ()))


def name_of(clause: Clause, above: Named, count: Callable[[Group], int]) -> tuple[Named, tuple[Group, ...]]:
    """What a clause is named below another, and by what it is counted; `count` tells how many of a group come before
    it. The same rules as reading gives addresses by."""
    address, owner = above
    if is_text(clause):
        parent = ("preamble" if clause.kind is Kind.INDENT else "") if address in HEAD else address
        counted = (parent, clause.kind.value)
        return (_joined(parent, f"{SEGMENTS[clause.kind]}_{count(counted) + 1}"), owner), (counted,)
    groups: tuple[Group, ...] = ()
    if clause.kind in (Kind.TITLE, Kind.FRONT_MATTER):
        plain = clause.kind.value
    else:
        parent, segment, number = parts_of(clause.kind, clause.label, address, owner)
        groups = () if number else ((parent, segment),)
        plain = _joined(parent, f"{segment}_{number or count((parent, segment)) + 1}")
    twins = count((plain,))
    named = f"{plain}.{twins + 1}" if twins else plain
    return (named, named if owns_numbering(clause) else owner), (*groups, (plain,))


def _joined(parent: str, segment: str) -> str:
    return f"{parent}__{segment}" if parent else segment


def is_text(clause: Clause) -> bool:
    return not clause.label and clause.kind in TEXTS
