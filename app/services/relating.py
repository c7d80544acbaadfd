"""Who proposes amendments together, and how amendments are linked, by their numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.services.marks import Marks
from app.services.pages import InstitutionMark
from app.store.relations import Relations


@dataclass(frozen=True, slots=True)
class Relating:
    """The relations of a draft's amendments; those that lead to one that somebody may not know of are not said."""

    found: Relations
    numbers: Mapping[int, int]  # of every amendment they may know of, by row id
    institutions: Marks

    def sponsors(self, row_id: int) -> tuple[InstitutionMark, ...]:
        """The institutions that accepted to propose it too."""
        if row_id not in self.found.sponsors:
            return ()
        accepted = [one.institution_id for one in self.found.sponsors[row_id] if one.answer == "accepted"]
        return tuple(self.institutions[id] for id in accepted if id in self.institutions)

    def to(self, row_id: int, kind: str) -> tuple[int, ...]:
        """The amendments that its links of a kind lead to."""
        links = self.found.links_from.get(row_id)
        return self._numbered(link.to_id for link in links if link.kind == kind) if links else ()

    def of(self, row_id: int, kind: str) -> tuple[int, ...]:
        """The amendments whose links of a kind lead to it."""
        links = self.found.links_to.get(row_id)
        return self._numbered(link.from_id for link in links if link.kind == kind) if links else ()

    def _numbered(self, row_ids: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(self.numbers[row_id] for row_id in row_ids if row_id in self.numbers))
