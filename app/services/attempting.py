"""Counting tries, so that nobody guesses passwords, codes and addresses by trying all of them.

Counts are shared by all processes and kept under keyed hashes (HMAC, RFC 2104): the table tells no name or address.
"""

import hmac
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import TooOften
from app.store import attempts
from app.store.db import begin_writing

LONGEST = timedelta(days=1)
"""No count is kept for longer, and none needs to be."""
AT_ONCE = 50
"""So many old ones are forgotten with a new one; the rest within the hour."""


class TooManyAttempts(TooOften):
    """Too many tries in a stretch of time."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, math.ceil(seconds / 60))
        super().__init__(f"This was tried too often. Try again in {minutes} minute(s).", seconds)


def count(
    session: Session, *, key_parts: Sequence[str], secret: str, most: int, within: timedelta, now: datetime
) -> None:
    """Count one more try in a transaction of its own: it counts whatever becomes of it. `key_parts`: what is tried and
    by whom or on whom, the kind first. Raises TooManyAttempts once it is more than `most` within the time."""
    begin_writing(session)
    attempts.forget(session, now - LONGEST, AT_ONCE)
    found, since = attempts.add(
        session, _key(key_parts, secret), fresh_since=now - within, most=most, now=now
    )  # fmt: skip
    session.commit()
    if found > most:
        raise TooManyAttempts(max(1, math.ceil((since + within - now).total_seconds())))


def take_back(session: Session, *, key_parts: Sequence[str], secret: str) -> None:
    """A try that succeeded is none, in the caller's transaction."""
    attempts.take_back(session, _key(key_parts, secret))


def clear(session: Session, *, key_parts: Sequence[str], secret: str) -> None:
    """Begin counting anew, in the caller's transaction."""
    attempts.clear(session, _key(key_parts, secret))


def forget(session: Session, *, now: datetime) -> None:
    """Delete every count that is too old, in a transaction of its own."""
    begin_writing(session)
    attempts.forget(session, now - LONGEST)
    session.commit()


def _key(parts: Sequence[str], secret: str) -> str:
    said = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(f"attempts {secret}".encode(), said, "sha256").hexdigest()
