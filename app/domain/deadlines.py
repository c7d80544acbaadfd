"""When the time to speak is over, in the time of the place where the group decides.

A period of days ends with its last day, at midnight there; the day on which it was opened does not count; a last day
that is a day off is followed by the next working day. A period of hours is exact and takes no account of days off.
(The usual rule of procedural codes, also of the Kyrgyz ones; have it confirmed by a lawyer for other uses.)
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Invalid

WEEKEND = frozenset({5, 6})
LEAST_SILENCE_HOURS = 72
"""The shortest silence: United Nations General Assembly decision 74/544."""
LONGEST_DAYS = 366


class UnusablePeriod(Invalid):
    """A period that nobody can keep."""


def after_hours(opened: datetime, hours: int) -> datetime:
    """That many hours later, to the second, whatever clocks do meanwhile. Raises UnusablePeriod."""
    if not 1 <= hours <= LONGEST_DAYS * 24:
        raise UnusablePeriod(f"A period has 1 to {LONGEST_DAYS * 24} hours, not {hours}.")
    return opened.astimezone(UTC) + timedelta(hours=hours)


def after_days(
    opened: datetime, days: int, zone: ZoneInfo, *, working: bool = False, days_off: Collection[date] = ()
) -> datetime:
    """The moment in UTC at which a period of days is over: the midnight that ends its last day in `zone`.

    `working`: only working days are counted. Raises UnusablePeriod.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise UnusablePeriod(f"A period has 1 to {LONGEST_DAYS} days, not {days}.")
    last = opened.astimezone(zone).date()
    left = days
    while left:
        last += timedelta(days=1)
        left -= not (working and is_day_off(last, days_off))
    while is_day_off(last, days_off):
        last += timedelta(days=1)
    return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)


def is_day_off(day: date, days_off: Collection[date]) -> bool:
    """Saturdays, Sundays, and the holidays given."""
    return day.weekday() in WEEKEND or day in days_off


def check_silence(opened: datetime, deadline: datetime) -> None:
    """Raises UnusablePeriod for a silence shorter than 72 hours."""
    if deadline - opened < timedelta(hours=LEAST_SILENCE_HOURS):
        raise UnusablePeriod(f"A silence lasts at least {LEAST_SILENCE_HOURS} hours.")
