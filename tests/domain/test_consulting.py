"""When a consultation is open, and how long one takes."""

from datetime import date

import pytest

from app.domain.consulting import Period, Published, Standing, a_month_after, standing

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
TABLE = (
    # today               closed superseded? it ends then  publication             standing
    (date(2026, 11, 30), False, False, Published(), Standing.COMING),
    (date(2026, 12, 1), False, False, Published(), Standing.OPEN),
    (date(2026, 12, 31), False, False, Published(), Standing.OPEN),
    (date(2027, 1, 1), False, False, Published(), Standing.OVER),
    (date(2026, 12, 15), False, False, Published("link"), Standing.OPEN),
    (date(2026, 12, 15), False, False, Published("members"), Standing.HIDDEN),
    (date(2026, 12, 15), False, False, Published(is_withdrawn=True), Standing.WITHDRAWN),
    (date(2026, 12, 15), False, False, Published(is_superseded=True), Standing.OPEN),
    (date(2026, 12, 15), False, True, Published(is_superseded=True), Standing.SUPERSEDED),
    (date(2026, 12, 15), False, True, Published(), Standing.OPEN),
    (date(2026, 12, 15), True, False, Published(), Standing.CLOSED),
    (date(2027, 1, 1), True, False, Published(), Standing.CLOSED),
    (date(2026, 12, 15), True, True, Published("members", is_withdrawn=True), Standing.WITHDRAWN),
)


@pytest.mark.parametrize(("today", "closed", "ends_then", "published", "expected"), TABLE)
def test_it_is_open_from_its_first_day_to_its_last_as_long_as_the_publication_may_be_read(
    today: date, closed: bool, ends_then: bool, published: Published, expected: Standing
) -> None:
    period = Period(FIRST, LAST, is_closed=closed, ends_when_superseded=ends_then)
    assert standing(period, published, today) is expected


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 28), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(day: date, later: date) -> None:
    assert a_month_after(day) == later
