"""The rows of an agenda: new ones, other ones, their order, and how the record says them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services.choosing_items import Picked
from app.services.presiding import MOST_MINUTES, UnusableMinutes
from app.services.sittings import NoSuchItem
from app.store import amendments, sittings
from app.store.memberships import Entry
from app.store.sittings import AgendaItem, SittingRow

MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What an item is to be: its reading, its time box, and where it is to stand (None: where it does)."""

    item: int
    reading: int
    minutes: int | None
    place: int | None = None


class UnusablePlace(Invalid):
    def __init__(self) -> None:
        super().__init__("The place of an item on the agenda is a number: 1 is the first.")


class UnknownReading(Invalid):
    def __init__(self) -> None:
        super().__init__("An item is taken in its first or in its second reading.")


class TooManyItems(Invalid):
    def __init__(self, count: int) -> None:
        super().__init__(f"An agenda has {MOST_ITEMS} items at most; with these it would have {count}.")
        self.count = count


def check(reading: int, minutes: int | None) -> None:
    """Raises UnusableMinutes, UnknownReading."""
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise UnusableMinutes
    if reading not in (1, 2):
        raise UnknownReading


def added(
    session: Session, row: SittingRow, agenda: Mapping[int, AgendaItem], wanted: Sequence[Picked]
) -> list[AgendaItem]:
    """New items behind those that are there. Raises TooManyItems."""
    if len(agenda) + len(wanted) > MOST_ITEMS:
        raise TooManyItems(len(agenda) + len(wanted))
    number, last = sittings.next_item_number(session, row.id), len(agenda)
    items = [
        AgendaItem(
            sitting_id=row.id, number=number + at, place=last + 1 + at, kind=one.kind, clause_id=one.clause_id,
            amendment_id=one.amendment.id if one.amendment else None, title=one.title, reading=one.reading,
            minutes=one.minutes,
        )
        for at, one in enumerate(wanted)
    ]  # fmt: skip
    session.add_all(items)
    session.flush()
    return items


def place(agenda: Mapping[int, AgendaItem], new: Sequence[AgendaItem], behind: int | None) -> None:
    """Put new items behind one of those that were there; 0: first, None: last."""
    order = list(agenda)
    at = len(order) if behind is None else order.index(behind) + 1 if behind else 0
    every = {**agenda, **{item.number: item for item in new}}
    reorder(every, (*order[:at], *(item.number for item in new), *order[at:]))


def change(agenda: Mapping[int, AgendaItem], wanted: ItemChange) -> None:
    """Another reading and time box of an item. Raises NoSuchItem, UnusableMinutes, UnknownReading, UnusablePlace."""
    if wanted.item not in agenda:
        raise NoSuchItem
    check(wanted.reading, wanted.minutes)
    if wanted.place is not None and wanted.place < 1:
        raise UnusablePlace
    agenda[wanted.item].reading, agenda[wanted.item].minutes = wanted.reading, wanted.minutes


def reorder(agenda: Mapping[int, AgendaItem], order: Iterable[int]) -> None:
    """Let the items stand in an order of their numbers."""
    for place, item in enumerate(order, 1):
        if agenda[item].place != place:
            agenda[item].place = place


def as_facts(session: Session, entry: Entry, items: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """Items as the record says them: a clause by its id, an amendment by its number."""
    numbers: Mapping[int, int] = {}
    if any(item.amendment_id for item in items):
        numbers = {row.id: row.number for row in amendments.all_of(session, entry.draft.id)}
    return [
        {
            "item": item.number, "kind": item.kind, "clause": item.clause_id,
            "amendment": numbers.get(item.amendment_id or 0), "title": item.title, "reading": item.reading,
            "minutes": item.minutes,
        }
        for item in items
    ]  # fmt: skip
