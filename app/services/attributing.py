"""Who may be named in what leaves the house. A draft's attribution is fixed before the first contribution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.mentions import parts
from app.exports.document import Backing, Party
from app.services.pages import AmendmentLine, InstitutionMark

NAMED, UNATTRIBUTED = "named", "unattributed"
SOMEBODY = "@…"


@dataclass(frozen=True, slots=True)
class Attribution:
    """`mode` is that of the draft: named, institution_only (no person), unattributed (nobody, and no time). `people`
    and `institutions` are what `@` is written before to name them."""

    mode: str
    people: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()

    def person(self, full_name: str) -> str:
        return full_name if self.mode == NAMED else ""

    def party(self, mark: InstitutionMark | None) -> Party | None:
        return None if mark is None or self.mode == UNATTRIBUTED else Party(mark.code, mark.name)

    def parties(self, marks: Iterable[InstitutionMark | None]) -> tuple[Party, ...]:
        found = (self.party(mark) for mark in marks)
        return tuple(dict.fromkeys(party for party in found if party is not None))

    def time(self, at: datetime) -> datetime | None:
        return None if self.mode == UNATTRIBUTED else at

    def backing(self, line: AmendmentLine) -> Backing:
        """Who stands behind what an amendment changed."""
        return Backing((line.number,), self.parties((line.institution, *line.sponsors)), self.time(line.created_at))

    def words(self, body: str) -> str:
        """What somebody wrote, without the names that `@` is written before where these may not be told. (Names that
        were written otherwise are the writer's own words.)"""
        if self.mode == NAMED:
            return body
        hidden = (*self.people, *(self.institutions if self.mode == UNATTRIBUTED else ()))
        return "".join(SOMEBODY if part.name else part.text for part in parts(body, hidden))
