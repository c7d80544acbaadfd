"""What a thread that works beside the pages says to the log when it cannot, and how long it waits.

Said once when it begins, again after a while if it lasts, and once when it is over: a database that is away for a night
leaves a handful of lines, not thousands.
"""

import logging
import time

from app.live.ears import LOST
from app.store import failing

LOG = logging.getLogger(__name__)
REMIND_SECONDS = 600.0
LONGEST_WAIT = 60.0


class Outage:
    """`what` cannot be done, as a sentence without its full stop."""

    def __init__(self, what: str, longest: float = LONGEST_WAIT, remind: float = REMIND_SECONDS) -> None:
        self._what, self._longest, self._remind = what, longest, remind
        self._count, self._began, self._said = 0, 0.0, 0.0

    def failed(self, error: Exception, usual: float) -> float:
        """How many seconds to wait: twice as long every time, from the usual pause on."""
        now = time.monotonic()
        if not self._count:
            self._began = now
        if not self._count or now - self._said >= self._remind:
            self._said = now
            is_ours = failing.trouble(error) is None and not isinstance(error, (OSError, *LOST))
            LOG.warning("%s; trying again: %s", self._what, failing.why(error), exc_info=error if is_ours else None)
        self._count += 1
        return min(max(self._longest, usual), usual * 2.0 ** min(self._count - 1, 20))

    def is_over(self) -> None:
        """It was done."""
        if self._count:
            LOG.warning("Goes on after %.0f seconds and %d attempts: %s", _since(self._began), self._count, self._what)
        self._count = 0


def _since(began: float) -> float:
    return time.monotonic() - began
