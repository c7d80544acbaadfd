"""What comes to a place in the tree: new clauses, and clauses moved there.

A place is behind a clause (and everything below it) or inside it, as the law stood before: a clause that itself moves
or is deleted does not take along what is to stand behind it. Several arrivals at one place stand in the order of the
amendment that brings them all, else in the order of their numbers; where neither says, they collide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.clauses import Clause, write
from app.domain.collisions import Claim, Collision, Settlement, Settling, choose, collision, keys_of, unchosen
from app.domain.edits import ClauseId, InsertClauses, Law, MoveClause
from app.domain.indexed import Index
from app.domain.labels import canonical, order_of
from app.domain.reading import parse_fragment
from app.domain.tree import Place, Tree
from app.domain.words import Side


@dataclass(slots=True)
class Arrival:
    """New clauses (`moved` None) or a clause moved, with the amendments (keys, sorted) that say so."""

    source: str
    moved: ClauseId | None
    claims: list[Claim] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        return keys_of(self.claims)


@dataclass(frozen=True, slots=True)
class Point:
    """A place, and what comes there in order."""

    after: ClauseId | None
    place: Place
    arrivals: tuple[Arrival, ...]


def settle_arrivals(index: Index, tree: Tree, claims: Sequence[Claim], settling: Settling) -> list[Point]:
    """Every place with what shall stand there; what collides and is not settled stays away."""
    law = index.law
    moves = _settle_moves(index, tree, claims, settling)
    points: dict[tuple[ClauseId | None, Place], dict[tuple[str, str | None], Arrival]] = {}
    for claim in claims:
        edit = claim.edit
        if isinstance(edit, InsertClauses):
            arrival = Arrival(edit.source, None)
            name: tuple[str, str | None] = (edit.source.rstrip(), None)
        elif isinstance(edit, MoveClause) and any(claim is chosen for chosen in moves.get(edit.clause_id, ())):
            arrival = Arrival(write(law[below] for below in tree.below(edit.clause_id)), edit.clause_id)
            name = ("", edit.clause_id)
        else:
            continue
        point = points.setdefault((edit.after, edit.place), {})
        point.setdefault(name, arrival).claims.append(claim)
    return [
        Point(after, place, tuple(_settle_point(law, tree, after, list(found.values()), settling)))
        for (after, place), found in points.items()
    ]


def _settle_moves(index: Index, tree: Tree, claims: Iterable[Claim], settling: Settling) -> dict[ClauseId, list[Claim]]:
    """One place for every moved clause; two places for one collide, and so do moves that would go round in a circle."""
    law = index.law
    places: dict[ClauseId, dict[str, list[Claim]]] = {}
    for claim in claims:
        if isinstance(claim.edit, MoveClause):
            places.setdefault(claim.edit.clause_id, {}).setdefault(_destination(law, claim.edit), []).append(claim)
    circle = _in_a_circle(tree, {id: claims[0].edit for id, named in places.items() for claims in named.values()})  # type: ignore[misc]
    if circle:
        _settle_circle(law, places, sorted(circle, key=index.places.__getitem__), settling)
    return {id: choose(law, id, law[id].source, named, settling, "move") for id, named in places.items()}


def _destination(law: Law, edit: MoveClause) -> str:
    return f"{edit.place} {law[edit.after].address}" if edit.after is not None else "first"


def _in_a_circle(tree: Tree, moves: dict[ClauseId, MoveClause]) -> Iterable[ClauseId]:
    """The moved clauses each of which waits for another one of them to come to rest."""
    waits = {
        clause_id: {above for above in tree.path(edit.after) if above in moves and above != clause_id}
        for clause_id, edit in moves.items()
    }
    while free := [clause_id for clause_id, others in waits.items() if not others & waits.keys()]:
        for clause_id in free:
            del waits[clause_id]
    return waits


def _settle_circle(
    law: Law, places: dict[ClauseId, dict[str, list[Claim]]], circle: Sequence[ClauseId], settling: Settling
) -> None:
    """Moves in a circle exclude each other: at most one amendment's stand."""
    texts: dict[str, set[str]] = {}
    for clause_id in circle:
        for name, claims in places[clause_id].items():
            for key in keys_of(claims):
                texts.setdefault(key, set()).add(f"{law[clause_id].address}: {name}")
    sides: dict[str, list[str]] = {}
    for key, lines in texts.items():
        sides.setdefault("\n".join(sorted(lines)), []).append(key)
    contested = [Side(text, tuple(sorted(keys))) for text, keys in sides.items()]
    base = "\n".join(law[clause_id].source.strip() for clause_id in circle)
    winners = settling.winners(collision(law, circle[0], base, contested, "move"))
    for clause_id in circle:
        kept = {name: [c for c in claims if c.key in winners] for name, claims in places.pop(clause_id).items()}
        if any(kept.values()):
            places[clause_id] = {name: claims for name, claims in kept.items() if claims}


def _settle_point(
    law: Law, tree: Tree, after: ClauseId | None, arrivals: list[Arrival], settling: Settling
) -> list[Arrival]:
    ordered = _ordered(law, tree, after, arrivals)
    if ordered is not None:
        for arrival in ordered:
            settling.note(arrival.keys, "stands")
        return ordered
    keys = {key for arrival in arrivals for key in arrival.keys}
    texts: dict[str, list[str]] = {}
    for key in sorted(keys):
        texts.setdefault("".join(a.source for a in arrivals if key in a.keys), []).append(key)
    sides = [Side(text, tuple(named)) for text, named in texts.items()]
    met = collision(law, after or "", "", sides, "insertion")
    return _settled(met, settling.meet(met), arrivals, settling)


def _settled(
    met: Collision, settlement: Settlement | None, arrivals: list[Arrival], settling: Settling
) -> list[Arrival]:
    """What a person let come to a contested place."""
    if settlement is not None and settlement.words is not None:
        claims = [claim for arrival in arrivals for claim in arrival.claims]
        for side in met.sides:
            settling.note(side.amendments, "stands" if side.text.strip() == settlement.words.strip() else "part")
        return [Arrival(settlement.words, None, claims)] if settlement.words.strip() else []
    chosen = [settlement.amendment, *settlement.also] if settlement and settlement.amendment is not None else []
    for side in met.sides:
        won = bool(set(chosen) & set(side.amendments))
        settling.note(side.amendments, "stands" if won else unchosen(settlement))
    found = [arrival for key in chosen for arrival in arrivals if key in arrival.keys]
    return [arrival for at, arrival in enumerate(found) if arrival not in found[:at]]


def _ordered(law: Law, tree: Tree, after: ClauseId | None, arrivals: list[Arrival]) -> list[Arrival] | None:
    """Arrivals in their order; None when nothing says which comes first."""
    if len(arrivals) == 1:
        return arrivals
    for key in arrivals[0].keys:
        if all(key in arrival.keys for arrival in arrivals):
            return _as_proposed(key, arrivals)
    path = [law[above] for above in tree.path(after)]
    read = [
        [law[arrival.moved]] if arrival.moved is not None else list(parse_fragment(arrival.source, path))
        for arrival in arrivals
    ]
    return _by_number(arrivals, read)


def _as_proposed(key: str, arrivals: list[Arrival]) -> list[Arrival]:
    """In the order in which one amendment brings them all."""
    return sorted(arrivals, key=lambda arrival: next(c.number for c in arrival.claims if c.key == key))


def _by_number(arrivals: Sequence[Arrival], read: Sequence[Sequence[Clause]]) -> list[Arrival] | None:
    if not all(read):
        return None
    kind = read[0][0].kind
    if any(clauses[0].kind is not kind or not canonical(clauses[0].label) for clauses in read):
        return None
    taken = [canonical(clause.label) for clauses in read for clause in clauses if clause.kind is kind]
    if len(set(taken)) < len(taken):
        return None
    firsts = [order_of(canonical(clauses[0].label)) for clauses in read]
    return [arrivals[at] for at in sorted(range(len(arrivals)), key=firsts.__getitem__)]
