"""Who sits at the table on a day: institutions come and go, and a successor takes the seat of the one abolished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

InstitutionId = int


class SeatKind(StrEnum):
    FULL = "full"
    ADVISORY = "advisory"  # heard, not counted
    FACILITATING = "facilitating"  # neither heard nor counted: it serves the group


@dataclass(frozen=True, slots=True)
class Body:
    """An institution's life. `until` is its last day; `successor` takes over from the day after."""

    id: InstitutionId
    since: date | None = None
    until: date | None = None
    successor: InstitutionId | None = None


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """An institution's seat, from its first to its last day (None: open)."""

    institution: InstitutionId
    kind: SeatKind
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on one day: who speaks there, and for whom they speak too, because those were merged into them."""

    institution: InstitutionId
    kind: SeatKind
    formerly: tuple[InstitutionId, ...] = ()


def places(bodies: Mapping[InstitutionId, Body], seats: Iterable[SeatHeld], day: date) -> tuple[Place, ...]:
    """The seats of a day in the order given. The seat of an abolished institution is its successor's; where that has a
    seat already, both are one, the weightier (one voice, never two). Without a successor the seat is empty and is no
    longer one."""
    kinds: dict[InstitutionId, SeatKind] = {}
    formerly: dict[InstitutionId, list[InstitutionId]] = {}
    for seat in seats:
        if not _holds(seat.since, seat.until, day):
            continue
        speaking = speaker(bodies, seat.institution, day)
        if speaking is None:
            continue
        kinds[speaking] = _weightier(kinds.get(speaking), seat.kind)
        if speaking != seat.institution:
            formerly.setdefault(speaking, []).append(seat.institution)
    return tuple(Place(institution, kind, tuple(formerly.get(institution, ()))) for institution, kind in kinds.items())


def speaker(bodies: Mapping[InstitutionId, Body], institution: InstitutionId, day: date) -> InstitutionId | None:
    """Who speaks for an institution on a day: itself, or the successor of its successor and so on; None where it is
    not there yet, or went without one."""
    seen: set[InstitutionId] = set()
    at: InstitutionId | None = institution
    while at is not None and at not in seen:
        seen.add(at)
        body = bodies.get(at, Body(at))
        if body.until is None or day <= body.until:
            return at if at != institution or body.since is None or body.since <= day else None
        at = body.successor
    return None


def in_place_of(
    bodies: Mapping[InstitutionId, Body], institution: InstitutionId, day: date
) -> frozenset[InstitutionId]:
    """Those for whom an institution speaks on a day beside itself: they were merged into it."""
    gone = (body.id for body in bodies.values() if body.successor is not None and body.id != institution)
    return frozenset(one for one in gone if speaker(bodies, one, day) == institution)


def _holds(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _weightier(one: SeatKind | None, other: SeatKind) -> SeatKind:
    order = list(SeatKind)
    return other if one is None else min(one, other, key=order.index)
