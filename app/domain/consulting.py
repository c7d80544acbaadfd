"""A public consultation on a published text: its days, whether it is open, what becomes of a contribution.

What readers say stands apart from the table: it makes no news, and counts for no agreement.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=731)
"""From the first day to the last. Nobody means a longer one; a slip of the pen does."""


class Standing(StrEnum):
    """How far a consultation is; all but OPEN take no contributions."""

    COMING = "coming"
    OPEN = "open"
    OVER = "over"  # its last day has passed
    CLOSED = "closed"  # earlier, by whoever may publish
    SUPERSEDED = "superseded"  # a newer text is published, and it was to end with that
    WITHDRAWN = "withdrawn"  # the publication is
    HIDDEN = "hidden"  # only members may read the publication now


class State(StrEnum):
    """Of a contribution. `unconfirmed`: its e-mail address is not known to be that of whoever wrote it."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


REASONS = ("off_topic", "insult", "personal_data", "advertising", "twice")
"""Why a contribution is refused. What it says is no reason."""


@dataclass(frozen=True, slots=True)
class Published:
    """What of the publication decides whether something may be said on it."""

    visibility: str = "public"
    is_withdrawn: bool = False
    is_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it. `is_closed`: by hand; `ends_when_superseded`: it was opened so."""

    first_day: date
    last_day: date
    is_closed: bool = False
    ends_when_superseded: bool = False


def standing(period: Period, published: Published, today: date) -> Standing:
    """How far it is on a day at the place of the group. What closes it for good is said first."""
    if published.is_withdrawn:
        return Standing.WITHDRAWN
    if published.visibility == "members":
        return Standing.HIDDEN
    if period.is_closed:
        return Standing.CLOSED
    if today > period.last_day:
        return Standing.OVER
    if period.ends_when_superseded and published.is_superseded:
        return Standing.SUPERSEDED
    return Standing.COMING if today < period.first_day else Standing.OPEN


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last: public discussion of draft laws takes no less than a month in the
    Kyrgyz Republic (Law on Normative Legal Acts)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
