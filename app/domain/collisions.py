"""Collisions between whole-clause edits: which claims give way to which, and what is left to be merged.

A deletion claims the clause and everything below it; two places or two numbers for one clause exclude each other; so do
two insertions at one point, unless their numbers say which comes first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from app.domain.clauses import write
from app.domain.edits import (
    ClauseId,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
)
from app.domain.errors import Invalid
from app.domain.indexed import Index
from app.domain.tree import Tree
from app.domain.words import Side, key_of


@dataclass(frozen=True, slots=True)
class Collision:
    """Edits that overlap and differ. `key` is stable: it depends on the law and the edits, not on their order.

    For words: `base == body[start:end]` of the clause. For whole clauses (a deletion against an edit, two places for
    one clause, two insertions at one point): `base` is the source of what is contested and start/end span the body.
    `reason` is words, insertion, deletion, move or label.
    """

    key: str
    clause_id: ClauseId
    start: int
    end: int
    base: str
    sides: tuple[Side, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a person settled a collision: by one side's amendment (and others that go with it: `also`), by own words, or
    (all empty) by the base. With `bracket` the base stands for now and every side stays on the table."""

    amendment: str | None = None
    words: str | None = None
    also: tuple[str, ...] = ()
    bracket: bool = False


class UnusableSettlement(Invalid):
    """A settlement that does not fit its collision."""

    def __init__(self, collision: Collision, reason: str) -> None:
        super().__init__(reason)
        self.collision = collision


@dataclass(frozen=True, slots=True)
class Claim:
    """One edit of one amendment; `number` is its place among the amendment's edits."""

    key: str
    edit: Edit
    number: int = 0


@dataclass(slots=True)
class Settling:
    """What is known so far: collisions found, how people settled them, and what became of each claim."""

    settlements: Mapping[str, Settlement]
    collisions: list[Collision] = field(default_factory=list)
    outcomes: dict[str, list[str]] = field(default_factory=dict)  # by amendment: stands, part, lost, kept, open

    def note(self, keys: Iterable[str], outcome: str) -> None:
        for key in keys:
            self.outcomes.setdefault(key, []).append(outcome)

    def meet(self, collision: Collision) -> Settlement | None:
        """Note a collision; its settlement, or None while it is open."""
        self.collisions.append(collision)
        settlement = self.settlements.get(collision.key)
        keys = {key for side in collision.sides for key in side.amendments}
        if settlement and settlement.amendment is not None and not {settlement.amendment, *settlement.also} <= keys:
            raise UnusableSettlement(collision, f"{settlement.amendment} is no side of this collision.")
        return settlement

    def winners(self, collision: Collision) -> frozenset[str]:
        """The amendments whose side of a whole-clause collision was chosen; none while open or settled by the base."""
        settlement = self.meet(collision)
        if settlement is not None and settlement.words is not None:
            raise UnusableSettlement(collision, "This collision is about whole clauses: choose one of the sides.")
        chosen: frozenset[str] = frozenset()
        for side in collision.sides:
            won = settlement is not None and settlement.amendment in side.amendments
            chosen |= frozenset(side.amendments if won else ())
            if not won:
                self.note(side.amendments, unchosen(settlement))
        return chosen


def unchosen(settlement: Settlement | None) -> str:
    """What becomes of a side that a person did not choose."""
    if settlement is None:
        return "open"
    return "kept" if settlement.bracket else "lost"


def collision(law: Law, clause_id: ClauseId, base: str, sides: Iterable[Side], reason: str) -> Collision:
    """A collision about a whole clause."""
    ordered = tuple(sorted(sides, key=lambda side: side.amendments))
    end = len(law[clause_id].body) if clause_id in law else 0
    return Collision(key_of(clause_id, 0, end, ordered), clause_id, 0, end, base, ordered, reason)


Alone = Callable[[Law, str, Sequence[Edit]], str]
"""What a part of the law reads with one amendment's edits alone."""


def settle_deletions(index: Index, tree: Tree, claims: list[Claim], settling: Settling, alone: Alone) -> list[Claim]:
    """Find deletions that meet other edits inside what they delete, or that put different clauses in its place; keep
    the claims that may go on."""
    deletions = _Deletions(index, tree, claims)
    dropped: set[int] = set()  # places in `claims`
    for top in deletions.tops():
        dropped |= _settle_deletion(deletions, top, dropped, settling, alone)
    return [claim for at, claim in enumerate(claims) if at not in dropped]


class _Deletions:
    """The claims of a merge by the clauses they reach, and who deletes what."""

    def __init__(self, index: Index, tree: Tree, claims: Sequence[Claim]) -> None:
        self.index, self.law, self.tree, self.claims = index, index.law, tree, claims
        self.deleters: dict[ClauseId, set[str]] = {}
        self.reaching: dict[ClauseId | None, list[int]] = {}
        self.inserting: dict[tuple[ClauseId | None, str], list[int]] = {}
        for at, claim in enumerate(claims):
            self._note(at, claim)

    def _note(self, at: int, claim: Claim) -> None:
        edit = claim.edit
        if isinstance(edit, DeleteClause):
            self.deleters.setdefault(edit.clause_id, set()).add(claim.key)
        if not isinstance(edit, InsertClauses):
            self.reaching.setdefault(edit.clause_id, []).append(at)
        if isinstance(edit, InsertClauses | MoveClause):
            self.reaching.setdefault(edit.after, []).append(at)
        if isinstance(edit, InsertClauses):
            self.inserting.setdefault((edit.after, edit.place), []).append(at)

    def tops(self) -> list[ClauseId]:
        """Deleted clauses in the order of the law, without those below another deleted one."""
        deleted = sorted(self.deleters, key=self.index.places.__getitem__) if self.deleters else []
        return [clause_id for clause_id in deleted if self.deleters.keys().isdisjoint(self.tree.path(clause_id)[:-1])]

    def touching(self, top: ClauseId, inside: Law) -> dict[int, Claim]:
        places = sorted({at for clause_id in inside for at in self.reaching.get(clause_id, ())})
        return {at: self.claims[at] for at in places if _touches(self.claims[at].edit, top, inside)}

    def instead(self, top: ClauseId, key: str) -> dict[int, str]:
        """The new clauses that an amendment puts where it deletes: they stand or fall with the deletion."""
        row = self.tree.children[self.tree.parent[top]]
        place = row.index(top)
        while place and key in self.deleters.get(row[place - 1], ()):
            place -= 1
        before = (row[place - 1], "after") if place else (self.tree.parent[top], "inside")
        points = {before, (top, "after"), *((sibling, "after") for sibling in row[place : row.index(top)])}
        found = {at for point in points for at in self.inserting.get(point, ()) if self.claims[at].key == key}
        edits = ((at, self.claims[at].edit) for at in sorted(found))
        return {at: edit.source for at, edit in edits if isinstance(edit, InsertClauses)}


def _settle_deletion(
    deletions: _Deletions, top: ClauseId, dropped: Set[int], settling: Settling, alone: Alone
) -> set[int]:
    """The places of the claims that give way."""
    law, deleters = deletions.law, deletions.deleters[top]
    inside = {clause_id: law[clause_id] for clause_id in deletions.tree.below(top)}
    touching = {at: claim for at, claim in deletions.touching(top, inside).items() if at not in dropped}
    intruders: dict[str, list[Edit]] = {}
    for claim in touching.values():
        if claim.key not in deleters and not isinstance(claim.edit, DeleteClause):
            intruders.setdefault(claim.key, []).append(claim.edit)
    if not intruders and len(deleters) == 1:
        return set()
    instead = {key: deletions.instead(top, key) for key in deleters}
    texts: dict[str, list[str]] = {}
    for key in sorted(deleters):
        texts.setdefault("".join(instead[key].values()), []).append(key)
    if not intruders and len(texts) == 1:
        return set()
    for key, edits in sorted(intruders.items()):
        texts.setdefault(alone(inside, key, edits), []).append(key)
    sides = [Side(text, tuple(keys)) for text, keys in texts.items()]
    chosen = settling.winners(collision(law, top, write(inside.values()), sides, "deletion"))
    involved = deleters | set(intruders)
    losing = {at for at, claim in touching.items() if claim.key not in chosen and claim.key in involved}
    return losing | {at for key in deleters - chosen for at in instead[key]}


def _touches(edit: Edit, top: ClauseId, inside: Law) -> bool:
    if isinstance(edit, InsertClauses):
        return edit.after in inside and (edit.after != top or edit.place == "inside")
    if isinstance(edit, MoveClause) and edit.after in inside and (edit.after != top or edit.place == "inside"):
        return True
    return edit.clause_id in inside


def settle_relabels(law: Law, claims: Iterable[Claim], settling: Settling) -> dict[ClauseId, list[Claim]]:
    """One number for every clause: the claims that stand, by clause."""
    leads: dict[ClauseId, dict[str, list[Claim]]] = {}
    for claim in claims:
        if isinstance(claim.edit, Relabel):
            leads.setdefault(claim.edit.clause_id, {}).setdefault(claim.edit.new, []).append(claim)
    settled = {id: choose(law, id, law[id].lead, named, settling, "label") for id, named in leads.items()}
    for chosen in settled.values():
        settling.note(keys_of(chosen), "stands")
    return {clause_id: chosen for clause_id, chosen in settled.items() if chosen}


def choose(
    law: Law, clause_id: ClauseId, base: str, proposals: Mapping[str, list[Claim]], settling: Settling, reason: str
) -> list[Claim]:
    """The claims of the one proposal that stands: the only one, or the one a person chose; empty when none does."""
    if len(proposals) > 1:
        sides = [Side(text, keys_of(claims)) for text, claims in proposals.items()]
        winners = settling.winners(collision(law, clause_id, base, sides, reason))
        proposals = {text: claims for text, claims in proposals.items() if winners & set(keys_of(claims))}
    return next(iter(proposals.values()), [])


def keys_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.key for claim in claims}))
