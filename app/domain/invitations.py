"""Invitations and ways back as they stand at a moment: what can still be used, and how long it is good for."""

from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=10)
"""Clocks differ: what runs out at noon is taken until ten past."""
USUAL_DAYS, LONGEST_DAYS = 14, 90
BY_LETTER, BY_HAND = timedelta(hours=1), timedelta(days=3)
"""How long a way back is good for: asked for by e-mail, or given by somebody to whom the person came."""


class State(StrEnum):
    WAITING = "waiting"
    USED = "used"
    RUN_OUT = "run_out"
    REVOKED = "revoked"


def state_of(
    *, used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> State:  # fmt: skip
    """What was used stays used, what was revoked stays revoked; the rest waits until it has run out."""
    if used_at is not None:
        return State.USED
    if revoked_at is not None:
        return State.REVOKED
    return State.WAITING if now <= expires_at + TOLERANCE else State.RUN_OUT
