"""A session of the workshop as its deeds make it: where the agenda stands, who has the floor, what the room looks at.

A session is nothing but its deeds in the order of the record, without those that were undone. Nothing of it is stored
a second time, so nothing can disagree with the record, and whatever was undone is as if it had not been done.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

UNDO_FOR = timedelta(minutes=1)


class DeedKind(StrEnum):
    """What is done in a session, as the record calls it."""

    OPENED = "session_opened"
    CALLED = "call_opened"
    TAKEN_UP = "session_item_taken_up"
    SHOWN = "session_screen_changed"
    TIME_ADDED = "session_time_added"
    DECIDED = "session_item_decided"
    PARKED = "session_matter_parked"
    ASKED_FLOOR = "session_floor_asked"
    GIVEN_FLOOR = "session_floor_given"
    ENDED_FLOOR = "session_floor_ended"
    WAIVED_FLOOR = "session_floor_waived"
    ARRIVED = "session_institution_arrived"
    LEFT = "session_institution_left"
    PAUSED = "session_paused"
    RESUMED = "session_resumed"
    CLOSED = "session_closed"
    UNDONE = "session_deed_undone"


BY_OTHERS = frozenset({DeedKind.ASKED_FLOOR, DeedKind.WAIVED_FLOOR, DeedKind.ARRIVED, DeedKind.LEFT})
"""What others than the facilitator do meanwhile too: it does not stand in the way of undoing, and has its opposite."""
UNDOABLE = frozenset(DeedKind) - BY_OTHERS - {DeedKind.OPENED, DeedKind.CALLED, DeedKind.UNDONE}


class Status(StrEnum):
    """How an item of the agenda stands. A skipped one is returned to by taking it up."""

    WAITING = "waiting"
    CURRENT = "current"
    DONE = "done"
    SKIPPED = "skipped"


class Outcome(StrEnum):
    """What a group decides about an item."""

    AGREED = "agreed"
    AS_IT_STANDS = "as_it_stands"
    IN_BRACKETS = "in_brackets"
    TO_GROUP = "to_group"
    POSTPONED = "postponed"
    NOTED = "noted"


class Show(StrEnum):
    """What of the current item the big screen shows."""

    TEXT = "text"
    BRACKETS = "brackets"
    REDLINE = "redline"
    POSITIONS = "positions"
    AGENDA = "agenda"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Deed:
    """One event of a session: `number` in the record of the draft, `facts` as it was recorded with."""

    number: int
    kind: DeedKind
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about an item, and by which rule: that of a call, or `no_objection` where the room was asked.

    `version` and `words` (fingerprints of the item's clauses) are the text it was decided on.
    """

    number: int
    item: int
    outcome: Outcome
    words: str
    rule: str
    call: int | None
    result: str
    version: int
    fingerprints: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an item is. `spent` are the stretches that are over, `since` begins the one that runs."""

    status: Status = Status.WAITING
    spent: timedelta = timedelta()
    since: datetime | None = None
    added: timedelta = timedelta()
    decision: Decision | None = None

    def spent_at(self, now: datetime) -> timedelta:
        return self.spent + (now - self.since if self.since else timedelta())


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody on the list of speakers: an institution, or a guest by name. `number` names the turn."""

    number: int
    institution: int | None
    name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Floor:
    turn: Turn
    since: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session at one moment. `items` by their numbers on the agenda; `present`: institutions, since when; `part`:
    which part of a long item is on the screen, from 0; `calls` by items; `last`: the last deed, if it can be undone."""

    opened_at: datetime | None = None
    closed_at: datetime | None = None
    paused_at: datetime | None = None
    current: int | None = None
    items: Mapping[int, Progress] = field(default_factory=dict)
    show: Show = Show.BRACKETS
    part: int = 0
    speakers: tuple[Turn, ...] = ()
    floor: Floor | None = None
    present: Mapping[int, datetime] = field(default_factory=dict)
    attended: frozenset[int] = frozenset()
    parked: tuple[int, ...] = ()
    decisions: tuple[Decision, ...] = ()
    calls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    last: Deed | None = None

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def progress(self, item: int) -> Progress:
        return self.items.get(item, Progress())

    def undoable(self, now: datetime) -> Deed | None:
        """The last deed, as long as it can be undone."""
        return self.last if self.last and now - self.last.at <= UNDO_FOR else None


def sitting_after(deeds: Iterable[Deed]) -> Sitting:
    """What a session's deeds make of it, in the order of the record."""
    standing: list[Deed] = []
    for deed in deeds:
        if deed.kind is DeedKind.UNDONE:
            standing = [one for one in standing if one.number != deed.facts["of"]]
        else:
            standing.append(deed)
    sitting = Sitting()
    for deed in standing:
        sitting = DOING[deed.kind](sitting, deed)
    last = next((one for one in reversed(standing) if one.kind not in BY_OTHERS), None)
    return replace(sitting, last=last if last and last.kind in UNDOABLE else None)


def _opened(sitting: Sitting, deed: Deed) -> Sitting:
    return replace(sitting, opened_at=deed.at)


def _called(sitting: Sitting, deed: Deed) -> Sitting:
    item = deed.facts["item"]
    calls = (*sitting.calls.get(item, ()), deed.facts["call"])
    return replace(sitting, calls={**sitting.calls, item: calls})


def _taken_up(sitting: Sitting, deed: Deed) -> Sitting:
    """The former item is done, or skipped, where it has not been left before; nothing is current after the last."""
    item = deed.facts["item"]
    items = dict(sitting.items)
    if sitting.current is not None and sitting.current != item:
        left = _stopped(items[sitting.current], deed.at)
        items[sitting.current] = replace(left, status=Status.SKIPPED if deed.facts.get("skipped") else Status.DONE)
    if item is not None:
        runs = deed.at if sitting.paused_at is None else None
        before = sitting.progress(item)
        items[item] = replace(before, status=Status.CURRENT, since=before.since or runs)
    show = Show.BRACKETS if sitting.show in (Show.POSITIONS, Show.AGENDA, Show.BLANK) else sitting.show
    return replace(sitting, current=item, items=items, show=show, part=0)


def _stopped(progress: Progress, at: datetime) -> Progress:
    return replace(progress, spent=progress.spent_at(at), since=None)


def _shown(sitting: Sitting, deed: Deed) -> Sitting:
    return replace(sitting, show=Show(deed.facts["show"]), part=deed.facts.get("part", 0))


def _time_added(sitting: Sitting, deed: Deed) -> Sitting:
    item = deed.facts["item"]
    before = sitting.progress(item)
    added = before.added + timedelta(minutes=deed.facts["minutes"])
    return replace(sitting, items={**sitting.items, item: replace(before, added=added)})


def _decided(sitting: Sitting, deed: Deed) -> Sitting:
    """A second decision about an item replaces the first in its place; both stay in the record."""
    said = deed.facts
    decision = Decision(
        deed.number, said["item"], Outcome(said["outcome"]), said["words"], said["rule"], said["call"], said["result"],
        said["version"], tuple(said["fingerprints"]), deed.at,
    )  # fmt: skip
    items = {**sitting.items, decision.item: replace(sitting.progress(decision.item), decision=decision)}
    return replace(sitting, items=items, decisions=(*sitting.decisions, decision))


def _parked(sitting: Sitting, deed: Deed) -> Sitting:
    return replace(sitting, parked=(*sitting.parked, deed.facts["matter"]))


def _asked_floor(sitting: Sitting, deed: Deed) -> Sitting:
    turn = Turn(deed.number, deed.facts["institution"], deed.facts.get("name", ""), deed.at)
    return replace(sitting, speakers=(*sitting.speakers, turn))


def _given_floor(sitting: Sitting, deed: Deed) -> Sitting:
    given = next((one for one in sitting.speakers if one.number == deed.facts["turn"]), None)
    if given is None:
        return sitting
    rest = tuple(one for one in sitting.speakers if one is not given)
    return replace(sitting, speakers=rest, floor=Floor(given, deed.at))


def _ended_floor(sitting: Sitting, deed: Deed) -> Sitting:
    return replace(sitting, floor=None)


def _waived_floor(sitting: Sitting, deed: Deed) -> Sitting:
    return replace(sitting, speakers=tuple(one for one in sitting.speakers if one.number != deed.facts["turn"]))


def _arrived(sitting: Sitting, deed: Deed) -> Sitting:
    who = deed.facts["institution"]
    return replace(sitting, present={**sitting.present, who: deed.at}, attended=sitting.attended | {who})


def _left(sitting: Sitting, deed: Deed) -> Sitting:
    gone = deed.facts["institution"]
    return replace(sitting, present={who: since for who, since in sitting.present.items() if who != gone})


def _paused(sitting: Sitting, deed: Deed) -> Sitting:
    items = dict(sitting.items)
    if sitting.current is not None:
        items[sitting.current] = _stopped(items[sitting.current], deed.at)
    return replace(sitting, paused_at=deed.at, items=items)


def _resumed(sitting: Sitting, deed: Deed) -> Sitting:
    items = dict(sitting.items)
    if sitting.current is not None:
        items[sitting.current] = replace(items[sitting.current], since=deed.at)
    return replace(sitting, paused_at=None, items=items)


def _closed(sitting: Sitting, deed: Deed) -> Sitting:
    """Whatever ran stops; what was current is done."""
    items = dict(sitting.items)
    if sitting.current is not None:
        items[sitting.current] = replace(_stopped(items[sitting.current], deed.at), status=Status.DONE)
    return replace(sitting, closed_at=deed.at, current=None, items=items, floor=None, speakers=(), present={})


DOING: Mapping[DeedKind, Callable[[Sitting, Deed], Sitting]] = {
    DeedKind.OPENED: _opened,
    DeedKind.CALLED: _called,
    DeedKind.TAKEN_UP: _taken_up,
    DeedKind.SHOWN: _shown,
    DeedKind.TIME_ADDED: _time_added,
    DeedKind.DECIDED: _decided,
    DeedKind.PARKED: _parked,
    DeedKind.ASKED_FLOOR: _asked_floor,
    DeedKind.GIVEN_FLOOR: _given_floor,
    DeedKind.ENDED_FLOOR: _ended_floor,
    DeedKind.WAIVED_FLOOR: _waived_floor,
    DeedKind.ARRIVED: _arrived,
    DeedKind.LEFT: _left,
    DeedKind.PAUSED: _paused,
    DeedKind.RESUMED: _resumed,
    DeedKind.CLOSED: _closed,
}
