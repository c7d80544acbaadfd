"""Forms: whole numbers and days as people type them, and doing what a form says."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.web.context import database
from app.web.errors import status_of
from app.web.refusals import sentence

LONGEST_NUMBER = 9


def whole_number(typed: str, largest: int) -> int | None:
    """None where nothing was typed; 0 where that is no number; never more than `largest`."""
    typed = typed.strip()
    if not typed:
        return None
    return min(int(typed), largest) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


class UnusableDay(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed[:40]}” is no day: write it like 2026-12-31.")


def day_typed(typed: str) -> date | None:
    """A day as a field for dates sends it; None where nothing was typed. Raises UnusableDay."""
    typed = typed.replace("\0", "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise UnusableDay(typed) from error


def done_or_again(
    deed: Callable[[], str], again: Callable[[str], str], address: Callable[[], str]
) -> ResponseReturnValue:
    """Do it, say what was done and go to the address; where it is refused, the page again with the refusal's sentence
    and all that was typed."""
    try:
        flash(deed())
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return again(sentence(refusal)), status_of(refusal)
    return redirect(address(), 303)
