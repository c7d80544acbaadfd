"""Who speaks for whom, when time is over, what state a clause is in: tests/cases/agreement, row by row."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreement import (
    Around,
    Asked,
    Given,
    State,
    fingerprint_of_edits,
    overall,
    state,
    together,
    voices,
)
from app.domain.deadlines import UnusablePeriod, after_days, after_hours, check_silence
from app.domain.edits import ReplaceWords
from app.domain.rules import Decision, Result, Rule, decide
from app.domain.scale import DEFAULT, Meaning, UnusableScale, UnusableStance, scale_of, step
from app.domain.seats import Body, SeatHeld, SeatKind, places

FOLDER = Path(__file__).parents[1] / "cases/agreement"
TEXT, OTHER = "a" * 64, "b" * 64
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
STEPS = {"support": 1, "can live with": 2, "reservation": 3, "abstain": 4, "needs discussion": 5, "cannot accept": 6}


def rows(name: str) -> list[list[str]]:
    lines = [line for line in (FOLDER / name).read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def life(fact: str) -> tuple[str, date | None, date | None, str]:
    """`NPM, until 2026-10-02, then AKY`"""
    name, *facts = fact.split(", ")
    said = {one.split()[0]: one.split()[1] for one in facts}
    return name, day(said.get("from", "")), day(said.get("until", "")), said.get("then", "")


@pytest.mark.parametrize("row", rows("seats.md"), ids=" ".join)
def test_seats_speak_as_the_table_says(row: list[str]) -> None:
    institutions, seats, on, positions, outcome, waiting, _why = row
    lives = [life(one) for one in institutions.split("; ")]
    ids = {name: number for number, (name, *_) in enumerate(lives, start=1)}
    bodies = {ids[name]: Body(ids[name], since, until, ids.get(then)) for name, since, until, then in lives}
    held = []
    for seat in seats.split("; "):
        who, since, until, _ = life(seat)
        name, kind = who.split()
        held.append(SeatHeld(ids[name], SeatKind(kind), since, until))
    said = [
        Given(ids[name], STEPS[stance], TEXT, NOON)
        for name, stance in (one.split(" ", 1) for one in positions.split("; "))
    ]
    today = date.fromisoformat(on)
    spoken = voices(places(bodies, held, today), said, DEFAULT, Asked(TEXT, NOON))
    decision = decide(Rule(), spoken, closed=True)
    names = {number: name for name, number in ids.items()}
    assert decision.result.value.replace("_", " ") == outcome
    assert " ".join(names[number] for number in decision.waiting) == waiting


@pytest.mark.parametrize("row", rows("deadlines.md"), ids=" ".join)
def test_time_is_over_as_the_table_says(row: list[str]) -> None:
    place, opened, period, off, over, _why = row
    zone = ZoneInfo(place)
    start, end = (datetime.fromisoformat(words).replace(tzinfo=zone) for words in (opened, over))
    count, unit = period.split(" ", 1)
    days_off = {date.fromisoformat(one) for one in off.split("; ") if one}
    if unit == "hours":
        found = after_hours(start, int(count))
    else:
        found = after_days(start, int(count), zone, working="working" in unit, days_off=days_off)
    assert found == end.astimezone(UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("row", rows("states.md"), ids=" ".join)
def test_a_clause_is_in_the_state_the_table_says(row: list[str]) -> None:
    asked, around, expected, _why = row
    decision = Decision(Result(asked.replace(" ", "_"))) if asked else None
    facts = dict.fromkeys((one for one in around.split(", ") if one), True)
    assert state(decision, Around(**facts)).value == expected


def test_the_tables_have_two_hundred_rows_together() -> None:
    rules = [
        line for line in (FOLDER / "rules.md").read_text().splitlines() if line.startswith(("| over", "| running"))
    ]
    assert len(rules) + sum(len(rows(name)) for name in ("seats.md", "deadlines.md", "states.md")) >= 200


def one_seat(position: Given, asked: Asked) -> Result:
    table = places({1: Body(1)}, [SeatHeld(1, SeatKind.FULL)], date(2026, 9, 1))
    return decide(Rule(), voices(table, [position], DEFAULT, asked), closed=True).result


def test_a_position_counts_only_for_the_text_it_was_given_on() -> None:
    assert one_seat(Given(1, 1, TEXT, NOON), Asked(TEXT, NOON)) is Result.AGREED
    assert one_seat(Given(1, 1, OTHER, NOON), Asked(TEXT, NOON)) is Result.NOT_YET


def test_what_was_said_before_a_reopening_must_be_said_again() -> None:
    hour = timedelta(hours=1)
    assert one_seat(Given(1, 1, TEXT, NOON), Asked(TEXT, NOON + hour, reopened_at=NOON + hour)) is Result.NOT_YET
    assert one_seat(Given(1, 1, TEXT, NOON + hour), Asked(TEXT, NOON + hour, reopened_at=NOON + hour)) is Result.AGREED


def test_agreement_ad_referendum_ends_when_it_is_not_confirmed_in_time() -> None:
    until = NOON + timedelta(days=10)
    given_so = Given(1, 1, TEXT, NOON, confirm_until=until)
    assert one_seat(given_so, Asked(TEXT, NOON)) is Result.AD_REFERENDUM
    assert one_seat(given_so, Asked(TEXT, until)) is Result.NOT_YET
    assert one_seat(Given(1, 1, TEXT, NOON, until, confirmed=True), Asked(TEXT, until)) is Result.AGREED


@given(st.sampled_from(DEFAULT), st.text("ab", min_size=1, max_size=3), st.text("ab", min_size=1, max_size=3))
def test_no_position_on_other_words_ever_counts(stance: object, given_on: str, standing: str) -> None:
    table = places({1: Body(1)}, [SeatHeld(1, SeatKind.FULL)], date(2026, 9, 1))
    (voice,) = voices(table, [Given(1, stance.number, given_on, NOON)], DEFAULT, Asked(standing, NOON))  # type: ignore[attr-defined]
    assert (voice.says is None) == (given_on != standing)


def test_nothing_is_agreed_until_everything_linked_is_agreed() -> None:
    states = {"a": State.AGREED, "b": State.AGREED, "c": State.CONTESTED, "d": State.AGREED, "e": State.OPEN}
    assert together(states, []) == states
    assert together(states, [("a", "b")]) == states
    assert together(states, [("a", "c")]) == {**states, "a": State.AD_REFERENDUM}
    assert together(states, [("a", "b"), ("b", "c")]) == {**states, "a": State.AD_REFERENDUM, "b": State.AD_REFERENDUM}
    assert together(states, [("b", "c"), ("a", "b"), ("d", "gone")]) == {
        **states, "a": State.AD_REFERENDUM, "b": State.AD_REFERENDUM,
    }  # fmt: skip


def test_a_silence_lasts_three_days_at_least() -> None:
    check_silence(NOON, NOON + timedelta(hours=72))
    with pytest.raises(UnusablePeriod, match="at least 72 hours"):
        check_silence(NOON, NOON + timedelta(hours=71, minutes=59))


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_period_that_nobody_can_keep_is_refused(days: int) -> None:
    with pytest.raises(UnusablePeriod, match=f"not {days}"):
        after_days(NOON, days, ZoneInfo("Asia/Bishkek"))
    with pytest.raises(UnusablePeriod):
        after_hours(NOON, days * 24)


def test_a_draft_may_have_its_own_scale() -> None:
    made = scale_of([("yes", "in_favour"), ("hm", "abstains"), ("no", "objects")])
    assert [(one.number, one.name, one.needs_reason) for one in made] == [
        (1, "yes", False), (2, "hm", False), (3, "no", True),
    ]  # fmt: skip
    assert step(made, 3).meaning is Meaning.OBJECTS
    with pytest.raises(UnusableStance, match="steps 1 to 3; there is no step 4"):
        step(made, 4)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "two to 9 steps; this one has 0"),
        ([("yes", "in_favour")], "this one has 1"),
        ([("yes", "in_favour")] * 10, "this one has 10"),
        ([("yes", "in_favour"), (" ", "objects")], "Step 2 of the scale has no name"),
        ([("yes", "in_favour"), ("yes", "objects")], "called “yes”"),
        ([("yes", "in_favour"), ("no", "nay")], "“nay” is not what a step can mean"),
        ([("yes", "in_favour"), ("well", "abstains")], "in favour and one that objects"),
        ([("no", "objects"), ("yes", "in_favour")], "from the most in favour"),
    ],
)
def test_a_scale_that_cannot_decide_is_refused_in_a_sentence(steps: list[tuple[str, str]], sentence: str) -> None:
    with pytest.raises(UnusableScale, match=sentence):
        scale_of(steps)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ("", "open"),
        ("open open", "open"),
        ("agreed agreed", "agreed"),
        ("agreed ad_referendum", "ad_referendum"),
        ("agreed open", "discussed"),
        ("agreed discussed", "discussed"),
        ("open discussed", "discussed"),
        ("agreed agreed contested", "contested"),
        ("agreed reopened", "reopened"),
        ("reopened contested", "contested"),
        ("ad_referendum open", "discussed"),
    ],
)
def test_a_part_is_agreed_only_when_all_of_it_is(states: str, whole: str) -> None:
    assert overall([State(one) for one in states.split()]).value == whole


def test_a_position_on_an_amendment_survives_its_being_carried_but_not_its_being_reworded() -> None:
    bound = fingerprint_of_edits([ReplaceWords("c", 10, "24 hours", "12 hours")])
    assert fingerprint_of_edits([ReplaceWords("c", 17, "24 hours", "12 hours")]) == bound
    assert fingerprint_of_edits([ReplaceWords("c", 10, "24 hours", "36 hours")]) != bound
    assert fingerprint_of_edits([ReplaceWords("d", 10, "24 hours", "12 hours")]) != bound
