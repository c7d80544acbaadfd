"""Institutions as those who contributed to a draft, the one place from which pages take who said what.

Where a draft's attribution hides them nothing is in here, so that no page can tell more: `.get` gives None, `[…]` and
`those` an institution that says only that there is one. What is no contribution (a seat at the table, who is here,
whom a reader speaks for) is asked of `seats`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.domain.mentions import NAME, parts
from app.services.attributing import NAMED, SOMEBODY, UNATTRIBUTED
from app.services.pages import UNTOLD, InstitutionMark


class Day(datetime):
    """The day of a moment, where a page may say no more: written out, it has no time."""

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return self.date().isoformat()

    def __str__(self) -> str:
        return self.isoformat()


def day_of(at: datetime) -> Day:
    return Day(at.year, at.month, at.day, at.hour, at.minute, tzinfo=at.tzinfo)


class Marks(dict[int, InstitutionMark]):
    """By id; `mode` is the draft's attribution."""

    __slots__ = ("mode", "seats")

    def __init__(self, seats: Mapping[int, InstitutionMark] | None = None, mode: str = NAMED) -> None:
        super().__init__({} if mode == UNATTRIBUTED else seats or {})
        self.seats, self.mode = seats or {}, mode

    def __missing__(self, key: int) -> InstitutionMark:
        if self.mode == UNATTRIBUTED and key in self.seats:
            return UNTOLD
        raise KeyError(key)

    @property
    def hides(self) -> bool:
        """Whether neither institutions nor moments are told."""
        return self.mode == UNATTRIBUTED

    def those(self, ids: Iterable[int]) -> tuple[InstitutionMark, ...]:
        """As many as there are of these, named where they may be."""
        return tuple(self[id] for id in ids if id in self.seats)

    def person(self, full_name: str) -> str:
        return full_name if self.mode == NAMED else ""

    def when(self, at: datetime, *, told: bool = True) -> datetime:
        """A moment, or its day where no more may be told: in any mode of what has no author stored (not `told`)."""
        return at if told and not self.hides else day_of(at)

    def words(self, body: str) -> str:
        """What somebody wrote, without the names that `@` is written before where these may not be told: all but codes
        of institutions in *institution only*, all in *unattributed*. A name that was written otherwise is the
        writer's own word."""
        if self.mode == NAMED or "@" not in body:
            return body
        kept = {mark.code.casefold() for mark in self.values()}
        written = parts(body, NAME.findall(body))
        return "".join(SOMEBODY if one.name and one.name.casefold() not in kept else one.text for one in written)
