"""How much one person may ask of the installation in a minute, so that none takes it from all others.

Far above what anybody does by hand: forty people behind the one address of a meeting room, and a facilitator who works
fast, never meet these limits. What is guessed by trying (passwords, codes, links) has limits of its own, in the
database (services.attempting).
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import TooOften
from app.store.traffic import WINDOW, Counts


class Kind(StrEnum):
    SEARCHING = "searching"
    WRITING = "writing"
    TYPING = "typing"  # what a script keeps, or cleans, while somebody types


@dataclass(frozen=True, slots=True)
class Most:
    """Times in a minute: of one person, and of all those together of whom only the address is known."""

    person: int
    address: int


MOST = {
    Kind.SEARCHING: Most(person=60, address=600),
    Kind.WRITING: Most(person=120, address=600),
    Kind.TYPING: Most(person=240, address=600),
}


class TooMuchAtOnce(TooOften):
    """More of it in a minute than one person does by hand."""

    def __init__(self, kind: Kind, most: int, seconds: int) -> None:
        said = "searches" if kind is Kind.SEARCHING else "forms"
        super().__init__(f"These were more than {most} {said} in a minute. Wait {seconds} seconds.", seconds)
        self.kind = kind


def count(counts: Counts, *, kind: Kind, person: int | None, address: str, secret: str, moment: float) -> None:
    """Count one more of a kind by a person, or by whoever asks from an address; of nobody known by either nothing is
    counted. `moment`: seconds since 1970. Raises TooMuchAtOnce, and store.traffic.Uncounted where it cannot be
    counted."""
    if person is None and not address:
        return
    most = MOST[kind].address if person is None else MOST[kind].person
    who = ("at", address) if person is None else ("by", str(person))
    if counts.add((kind.value, *who), secret, moment) > most:
        raise TooMuchAtOnce(kind, most, max(1, math.ceil(WINDOW - moment % WINDOW)))
