"""Codes that people type from paper: only so many wrong ones from one place."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from app.services import attempting
from app.services.tokens import hash_of_code
from app.store.db import begin_writing

MOST, WITHIN = 30, timedelta(minutes=15)
"""From one address, behind which a whole workshop may sit. Of the 60 bits of a code so few guesses find nothing."""
Opened = TypeVar("Opened")


def open_by_code(
    session: Session, *, typed: str, asked_from: str, secret: str, now: datetime, opening: Callable[[str], Opened]
) -> Opened:  # fmt: skip
    """What `opening` gives for the hash of a code. `asked_from` is empty where that says nothing.

    Raises TooManyAttempts, and what `opening` raises.
    """
    parts = ("codes from", asked_from)
    if asked_from:
        attempting.count(session, key_parts=parts, secret=secret, most=MOST, within=WITHIN, now=now)
    opened = opening(hash_of_code(typed))
    if asked_from:
        begin_writing(session)
        attempting.take_back(session, key_parts=parts, secret=secret)
        session.commit()
    return opened
