"""What the page of the parking lot shows."""

from dataclasses import dataclass

from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_session import MatterLine


@dataclass(frozen=True, slots=True)
class MatterShown:
    """A matter; `overdue`: by how many days; `may_settle`: whoever looks."""

    matter: MatterLine
    overdue: int
    may_settle: bool


@dataclass(frozen=True, slots=True)
class ParkingPage:
    """Open matters, the overdue ones first, then those with the nearest day; settled ones, the last first. `owners`:
    the institutions at the table."""

    draft: DraftHead
    open: tuple[MatterShown, ...]
    settled: tuple[MatterShown, ...]
    owners: tuple[InstitutionMark, ...]
    presiding: bool

    @property
    def overdue(self) -> int:
        return sum(one.overdue > 0 for one in self.open)
