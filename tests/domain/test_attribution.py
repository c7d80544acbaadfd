"""Who is told and stored as the author, as tables."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.attribution import (
    CONTRIBUTIONS,
    DECLARED,
    TIMED,
    Mode,
    keeps_institution,
    keeps_person,
    strictest,
    told_at,
)

NAMED, INSTITUTION, NOBODY = Mode.NAMED, Mode.INSTITUTION_ONLY, Mode.UNATTRIBUTED
BISHKEK = ZoneInfo("Asia/Bishkek")


@pytest.mark.parametrize(
    ("draft", "sitting", "holds", "person", "institution"),
    [
        ("named", None, NAMED, True, True),
        ("named", "named", NAMED, True, True),
        ("named", "institution_only", INSTITUTION, False, True),
        ("named", "unattributed", NOBODY, False, False),
        ("institution_only", None, INSTITUTION, True, True),
        ("institution_only", "named", INSTITUTION, True, True),
        ("institution_only", "institution_only", INSTITUTION, True, True),
        ("institution_only", "unattributed", NOBODY, False, False),
        ("unattributed", None, NOBODY, False, False),
        ("unattributed", "named", NOBODY, False, False),
        ("unattributed", "institution_only", NOBODY, False, False),
        ("unattributed", "unattributed", NOBODY, False, False),
    ],
)
def test_the_stricter_of_draft_and_session_holds(
    draft: str, sitting: str | None, holds: Mode, person: bool, institution: bool
) -> None:
    assert strictest(draft, sitting) is holds
    assert keeps_person(draft, sitting) is person
    assert keeps_institution(draft, sitting) is institution


NIGHT = datetime(2026, 11, 28, 20, 30, 15, 99, tzinfo=UTC).astimezone(BISHKEK)  # half past two on the 29th there


@pytest.mark.parametrize(
    ("mode", "last", "told"),
    [
        (NAMED, None, NIGHT),
        (NAMED, datetime(2026, 11, 28, 20, 29, tzinfo=UTC), NIGHT),
        (INSTITUTION, None, NIGHT),
        (NOBODY, None, datetime(2026, 11, 29, tzinfo=BISHKEK)),
        (NOBODY, datetime(2026, 11, 27, 9, 0, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=BISHKEK)),
        (NOBODY, datetime(2026, 11, 28, 19, 0, tzinfo=UTC), datetime(2026, 11, 28, 19, 0, tzinfo=UTC)),
    ],
)
def test_in_the_strict_mode_the_day_is_told_and_never_before_what_was_recorded_last(
    mode: Mode, last: datetime | None, told: datetime
) -> None:
    assert told_at(mode, NIGHT, last) == told


def test_no_kind_of_event_stands_in_two_tables() -> None:
    assert not CONTRIBUTIONS & DECLARED
    assert not (CONTRIBUTIONS | DECLARED) & TIMED
