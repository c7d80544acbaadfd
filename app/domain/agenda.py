"""The agenda of a session as it is made: another order, when each item is due, what of a text goes on it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta


def rearranged(order: Sequence[int], places: Mapping[int, int]) -> tuple[int, ...]:
    """The items in another order: those in `places` stand where they are wanted (1 is first; behind the end is last),
    the others follow each other as before. Of two that are wanted at one place the former first stays first."""
    found = [item for item in order if item not in places]
    moved = sorted((item for item in order if item in places), key=lambda item: (places[item], order.index(item)))
    for item in moved:
        found.insert(max(places[item], 1) - 1, item)
    return tuple(found)


def due(begins: datetime | None, boxes: Iterable[tuple[int, int | None]]) -> dict[int, datetime]:
    """When each item is due, by the time boxes (minutes) of those before it: known up to the first without one."""
    found: dict[int, datetime] = {}
    at = begins
    for item, minutes in boxes:
        if at is None:
            break
        found[item] = at
        at = at + timedelta(minutes=minutes) if minutes is not None else None
    return found


def covering(depths: Sequence[int], wholes: Collection[int], chosen: Collection[int]) -> tuple[int, ...]:
    """The fewest places of a text that stand for the chosen ones, each with everything below it.

    `depths` of all its clauses, in order; one of `wholes` (articles) stands for what is below it where all of that is
    chosen.
    """
    found, at = [], 0
    while at < len(depths):
        end = next((later for later in range(at + 1, len(depths)) if depths[later] <= depths[at]), len(depths))
        below = range(at + 1, end)
        if at in chosen or (at in wholes and below and all(one in chosen for one in below)):
            found.append(at)
            at = end
        else:
            at += 1
    return tuple(found)
