"""When somebody is told, outside of the pages, of what happened: by letter or in a feed.

What is said to have happened on a day, without a moment, must not get one by the letter that tells of it. So it is told
to all alike, its author among them, from a fixed hour of the next day on; and what follows it in the record waits too,
so that everything is told once and in its order.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

DAILY_AT = time(8)
"""When the daily letter goes out, in the time of the installation's place."""
PAUSE = timedelta(minutes=5)
"""How long after one letter the next one goes out at the earliest: what happens meanwhile stands in one."""


class Frequency(StrEnum):
    INSTANT = "instant"
    DAILY = "daily"
    NEVER = "never"


def withheld_since(here: datetime) -> datetime:
    """From this moment on what has a day alone is not told yet. `here` is now, in the time of the place."""
    day = here.date() if here.timetz().replace(tzinfo=None) >= DAILY_AT else here.date() - timedelta(days=1)
    return datetime.combine(day, time(0), here.tzinfo)


def next_letter(frequency: Frequency, here: datetime) -> datetime | None:
    """When to look next for what is new: after some minutes, or at the next hour of the daily letter."""
    if frequency is Frequency.INSTANT:
        return here + PAUSE
    if frequency is Frequency.NEVER:
        return None
    today = datetime.combine(here.date(), DAILY_AT, here.tzinfo)
    return today if here < today else datetime.combine(here.date() + timedelta(days=1), DAILY_AT, here.tzinfo)
