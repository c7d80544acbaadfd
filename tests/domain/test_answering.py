"""What answers an objection, how people name a change, and who speaks for a seat that inherited a position."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.agreement import Given, speaking
from app.domain.answering import NamedChange, is_answer, named_change
from app.domain.lifecycle import State
from app.domain.scale import DEFAULT
from app.domain.seats import Place, SeatKind

NAMED = (
    ("A12", NamedChange(amendment=12)),
    (" a 7 ", NamedChange(amendment=7)),
    ("А12", NamedChange(amendment=12)),
    ("v3", NamedChange(version=3)),
    ("Version 3", NamedChange(version=3)),
    ("версия 3", NamedChange(version=3)),
    ("12", None),
    ("A", None),
    ("A12, A13", None),
    ("A9999999999", None),
    ("", None),
)


@pytest.mark.parametrize(("typed", "change"), NAMED)
def test_a_change_is_named_by_its_amendment_or_its_version(typed: str, change: NamedChange | None) -> None:
    assert named_change(typed) == change


def test_a_promise_to_change_the_text_answers_nothing() -> None:
    answering = {None: True} | {state.value: state in (State.ADOPTED, State.ADOPTED_IN_PART) for state in State}
    assert {amendment: is_answer(amendment) for amendment in answering} == answering


MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
OWN, FORMER, OTHER = 1, 2, 3
SPEAKS = (
    # what was said, in its order: institution, step (None: taken back)     who speaks for the seat, with which step
    ((), None),
    (((OWN, 1),), (OWN, 1)),
    (((FORMER, 2),), (FORMER, 2)),
    (((FORMER, 2), (OWN, 1)), (OWN, 1)),
    (((FORMER, 2), (OWN, None)), None),
    (((OWN, None), (FORMER, 2)), (FORMER, 2)),
    (((FORMER, 2), (FORMER, None)), None),
    (((FORMER, 1), (OTHER, 2)), (OTHER, 2)),
    (((FORMER, 1), (OTHER, 6)), None),
    (((FORMER, 6), (OWN, None), (OTHER, 1)), (OTHER, 1)),
)


@pytest.mark.parametrize(("said", "speaks"), SPEAKS)
def test_who_speaks_for_a_seat_into_which_others_were_merged(
    said: tuple[tuple[int, int | None], ...], speaks: tuple[int, int] | None
) -> None:
    last = {
        institution: Given(institution, step, "", MORNING + timedelta(hours=hour))
        for hour, (institution, step) in enumerate(said)
    }
    found = speaking(Place(OWN, SeatKind.FULL, (FORMER, OTHER)), last, DEFAULT)
    assert (found and (found.institution, found.step)) == speaks
