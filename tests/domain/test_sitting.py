"""A session is what its deeds make of it, without those that were undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.sitting import BY_OTHERS, Deed, DeedKind, Outcome, Show, Sitting, Status, sitting_after

NINE = datetime(2026, 9, 14, 3, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def held(*deeds: tuple[float, DeedKind, dict[str, Any]]) -> Sitting:
    """A session after deeds: at which minute, of what kind, with which facts. Numbers run from 1."""
    return sitting_after(
        Deed(number, kind, at(minutes), facts) for number, (minutes, kind, facts) in enumerate(deeds, start=1)
    )


def up(minutes: float, item: int | None, *, skipped: bool = False) -> tuple[float, DeedKind, dict[str, Any]]:
    return minutes, DeedKind.TAKEN_UP, {"item": item, "skipped": skipped}


def decided(minutes: float, item: int, outcome: str = "agreed") -> tuple[float, DeedKind, dict[str, Any]]:
    facts = {"item": item, "outcome": outcome, "words": "", "rule": "no_objection", "call": None, "result": "",
             "version": 1, "fingerprints": ["a"]}  # fmt: skip
    return minutes, DeedKind.DECIDED, facts


OPENED = (0, DeedKind.OPENED, {})


def test_a_session_without_deeds_waits() -> None:
    sitting = sitting_after([])
    assert not sitting.is_open
    assert (sitting.current, sitting.progress(1).status, sitting.last) == (None, Status.WAITING, None)


def test_time_runs_for_the_item_taken_up_and_stops_when_the_next_is() -> None:
    sitting = held(OPENED, up(1, 1), up(11, 2))
    assert [sitting.progress(item).status for item in (1, 2, 3)] == [Status.DONE, Status.CURRENT, Status.WAITING]
    assert sitting.progress(1).spent_at(at(60)) == timedelta(minutes=10)
    assert sitting.progress(2).spent_at(at(14)) == timedelta(minutes=3)


def test_what_was_skipped_is_returned_to_and_its_time_goes_on() -> None:
    sitting = held(OPENED, up(0, 1), up(5, 2, skipped=True))
    assert sitting.progress(1).status is Status.SKIPPED
    sitting = held(OPENED, up(0, 1), up(5, 2, skipped=True), up(9, 1))
    assert (sitting.progress(1).status, sitting.progress(2).status) == (Status.CURRENT, Status.DONE)
    assert sitting.progress(1).spent_at(at(10)) == timedelta(minutes=6)


def test_no_time_runs_in_a_break() -> None:
    paused = held(OPENED, up(0, 1), (10, DeedKind.PAUSED, {}))
    assert (paused.paused_at, paused.progress(1).spent_at(at(40))) == (at(10), timedelta(minutes=10))
    resumed = held(OPENED, up(0, 1), (10, DeedKind.PAUSED, {}), (40, DeedKind.RESUMED, {}))
    assert (resumed.paused_at, resumed.progress(1).spent_at(at(41))) == (None, timedelta(minutes=11))


def test_an_item_taken_up_in_a_break_gets_its_time_from_the_end_of_the_break() -> None:
    sitting = held(OPENED, (0, DeedKind.PAUSED, {}), up(5, 1), (20, DeedKind.RESUMED, {}))
    assert sitting.progress(1).spent_at(at(23)) == timedelta(minutes=3)


def test_the_screen_begins_each_item_at_its_first_part() -> None:
    shown = (2, DeedKind.SHOWN, {"show": "redline", "part": 3})
    assert (held(OPENED, up(1, 1), shown).show, held(OPENED, up(1, 1), shown).part) == (Show.REDLINE, 3)
    after = held(OPENED, up(1, 1), shown, up(3, 2))
    assert (after.show, after.part) == (Show.REDLINE, 0)


def test_a_new_item_is_read_before_positions_are_looked_at() -> None:
    for show in ("positions", "agenda", "blank"):
        assert held(OPENED, up(1, 1), (2, DeedKind.SHOWN, {"show": show}), up(3, 2)).show is Show.BRACKETS


def test_speakers_wait_in_the_order_in_which_they_asked() -> None:
    asked = [(1, DeedKind.ASKED_FLOOR, {"institution": who, "name": ""}) for who in (7, 8, 9)]
    sitting = held(OPENED, *asked, (2, DeedKind.GIVEN_FLOOR, {"turn": 3}), (3, DeedKind.WAIVED_FLOOR, {"turn": 2}))
    assert sitting.floor is not None
    assert (sitting.floor.turn.institution, sitting.floor.since) == (8, at(2))
    assert [turn.institution for turn in sitting.speakers] == [9]
    assert held(OPENED, *asked, (2, DeedKind.GIVEN_FLOOR, {"turn": 3}), (3, DeedKind.ENDED_FLOOR, {})).floor is None


def test_whoever_left_has_attended() -> None:
    sitting = held(
        OPENED, (1, DeedKind.ARRIVED, {"institution": 7}), (2, DeedKind.ARRIVED, {"institution": 8}),
        (9, DeedKind.LEFT, {"institution": 7}),
    )  # fmt: skip
    assert (dict(sitting.present), sitting.attended) == ({8: at(2)}, {7, 8})


def test_a_second_decision_stands_in_the_place_of_the_first() -> None:
    sitting = held(OPENED, up(0, 1), decided(3, 1, "in_brackets"), decided(9, 1, "agreed"))
    decision = sitting.progress(1).decision
    assert decision is not None
    assert (decision.outcome, decision.at) == (Outcome.AGREED, at(9))
    assert [one.outcome for one in sitting.decisions] == [Outcome.IN_BRACKETS, Outcome.AGREED]


def test_time_is_added_to_an_items_own_box() -> None:
    sitting = held(OPENED, up(0, 1), (3, DeedKind.TIME_ADDED, {"item": 1, "minutes": 5}))
    assert (sitting.progress(1).added, sitting.progress(2).added) == (timedelta(minutes=5), timedelta())


def test_the_end_stops_everything() -> None:
    asked = (2, DeedKind.ASKED_FLOOR, {"institution": 7, "name": ""})
    sitting = held(OPENED, up(1, 1), (1, DeedKind.ARRIVED, {"institution": 7}), asked, (5, DeedKind.CLOSED, {}))
    assert (sitting.is_open, sitting.closed_at, sitting.current, sitting.speakers) == (False, at(5), None, ())
    assert (sitting.progress(1).status, sitting.progress(1).spent_at(at(99))) == (Status.DONE, timedelta(minutes=4))
    assert (dict(sitting.present), sitting.attended) == ({}, {7})


def test_a_call_belongs_to_the_item_in_which_it_was_opened() -> None:
    sitting = held(
        OPENED, up(0, 1), (1, DeedKind.CALLED, {"item": 1, "call": 4}), (2, DeedKind.CALLED, {"item": 1, "call": 5})
    )
    assert sitting.calls == {1: (4, 5)}


def test_only_the_last_deed_is_undone_and_only_for_a_minute() -> None:
    sitting = held(OPENED, up(0, 1), up(5, 2))
    assert sitting.last is not None
    assert (sitting.last.number, sitting.undoable(at(6)), sitting.undoable(at(6.02))) == (3, sitting.last, None)


def test_what_others_do_meanwhile_is_not_in_the_way_of_undoing() -> None:
    asked = (5.5, DeedKind.ASKED_FLOOR, {"institution": 7, "name": ""})
    sitting = held(OPENED, up(5, 1), asked)
    assert sitting.last is not None
    assert sitting.last.number == 2
    undone = held(OPENED, up(5, 1), asked, (5.9, DeedKind.UNDONE, {"of": 2}))
    assert (undone.current, [turn.institution for turn in undone.speakers]) == (None, [7])


def test_what_cannot_be_taken_back_ends_undoing() -> None:
    assert held(OPENED, up(0, 1), (1, DeedKind.CALLED, {"item": 1, "call": 4})).last is None
    assert held(OPENED).last is None


def test_what_was_done_before_can_be_undone_after_the_last_was() -> None:
    sitting = held(OPENED, up(0, 1), up(0.1, 2), (0.2, DeedKind.UNDONE, {"of": 3}))
    assert sitting.last is not None
    assert (sitting.last.number, sitting.current) == (2, 1)


def facts_of(kind: DeedKind, choice: int) -> dict[str, Any]:
    """Facts that fit a kind; turns are named by the numbers of deeds, which may be anything here."""
    every = {
        "item": choice % 4 or None, "skipped": choice % 2 == 0, "show": list(Show)[choice % 6].value, "part": choice % 3,
        "minutes": choice + 1, "institution": choice % 3 + 1, "name": "", "turn": choice, "matter": choice, "call": choice,
        "outcome": list(Outcome)[choice % 6].value, "words": "", "rule": "consensus", "result": "", "version": 1,
        "fingerprints": [],
    }  # fmt: skip
    if kind in (DeedKind.TIME_ADDED, DeedKind.DECIDED, DeedKind.CALLED):
        every["item"] = choice % 4
    return every


ACTING = sorted(set(DeedKind) - {DeedKind.OPENED, DeedKind.UNDONE, DeedKind.CLOSED})
PLAYED = st.lists(st.tuples(st.sampled_from(ACTING), st.integers(0, 30)), max_size=25)


def record(played: list[tuple[DeedKind, int]]) -> list[Deed]:
    deeds = [Deed(1, DeedKind.OPENED, at(0), {})]
    return deeds + [Deed(at_ + 2, kind, at(at_ + 1), facts_of(kind, of)) for at_, (kind, of) in enumerate(played)]


@given(PLAYED)
def test_what_was_undone_is_as_if_it_had_not_been_done(played: list[tuple[DeedKind, int]]) -> None:
    deeds = record(played)
    before = sitting_after(deeds)
    if before.last is None:
        return
    undone = sitting_after([*deeds, Deed(len(deeds) + 1, DeedKind.UNDONE, at(99), {"of": before.last.number})])
    assert undone == sitting_after([one for one in deeds if one.number != before.last.number])


@given(PLAYED)
def test_at_most_one_item_is_current_and_no_time_is_counted_twice(played: list[tuple[DeedKind, int]]) -> None:
    deeds = record(played)
    sitting = sitting_after(deeds)
    current = [item for item, progress in sitting.items.items() if progress.status is Status.CURRENT]
    assert current == ([sitting.current] if sitting.current is not None else [])
    end = deeds[-1].at
    assert sum((progress.spent_at(end) for progress in sitting.items.values()), timedelta()) <= end - at(0)


@given(PLAYED)
def test_nobody_speaks_and_waits_with_the_same_turn(played: list[tuple[DeedKind, int]]) -> None:
    sitting = sitting_after(record(played))
    turns = [turn.number for turn in sitting.speakers]
    assert len(turns) == len(set(turns))
    assert sitting.floor is None or sitting.floor.turn.number not in turns
    assert {one for one in BY_OTHERS if sitting.last and sitting.last.kind is one} == set()
