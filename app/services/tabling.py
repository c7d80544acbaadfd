"""What is on the table about a text: its open amendments, the clauses they touch, and where they collide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.domain.agreement import Around
from app.domain.edits import Amendment
from app.services.colliding import colliding_of, fitting
from app.services.draft_wide import accepted
from app.services.marks import Marks
from app.services.pages import InstitutionMark
from app.services.pages_reading import By
from app.services.proposed import proposed
from app.services.texts import IssuedText
from app.store import amendments, relations
from app.store.amendments import AmendmentRow, number_of
from app.store.drafts import Draft


@dataclass(frozen=True)
class Tabled:
    """`mergeable` are the open amendments that fit the latest text; `touching` counts all open ones by clause."""

    mergeable: tuple[Amendment, ...]
    touching: Mapping[str, int]
    contested: frozenset[str]
    submitted: Sequence[AmendmentRow]
    together: Mapping[int, Sequence[int]]  # who accepted to propose an amendment too, by row id
    institutions: Marks

    @cached_property
    def by(self) -> Mapping[int, By]:
        """Every amendment of the draft that was submitted, by number."""
        return _by_number(self.submitted, self.together, self.institutions)

    def named(self, keys: tuple[str, ...]) -> tuple[By, ...]:
        """The amendments that merging calls by these keys, in the order of their numbers."""
        return tuple(self.by[number] for number in sorted(map(number_of, keys)) if number in self.by)


def tabled(session: Session, draft_id: int, latest: int, text: IssuedText, institutions: Marks) -> Tabled:
    """`text` is that of version `latest`. Three statements, however many amendments there are."""
    draft = session.get_one(Draft, draft_id)
    every = proposed(session, draft)
    return Tabled(
        tuple(fitting(every, latest).values()), every.touching, colliding_of(text, every).contested,
        every.submitted, accepted(session, draft), institutions,
    )  # fmt: skip


def around(table: Tabled, said: Mapping[str, tuple[int, bool]]) -> dict[str, Around]:
    """What else is open about the clauses about which anything is; `said`: how many comments each has, and whether a
    thread about it is open."""
    discussed = {clause_id for clause_id, (_, is_open) in said.items() if is_open}
    return {
        clause_id: Around(clause_id in table.contested, clause_id in table.touching, clause_id in discussed)
        for clause_id in {*table.contested, *table.touching, *discussed}
    }


def bringers(session: Session, draft_id: int, institutions: Marks) -> dict[int, By]:
    """Whose each amendment of a draft is, by number. Two statements."""
    return _by_number(amendments.read_of(session, draft_id), relations.accepted(session, draft_id), institutions)


def _by_number(
    rows: Iterable[AmendmentRow], together: Mapping[int, Sequence[int]], institutions: Marks
) -> dict[int, By]:
    return {row.number: _by(row, together.get(row.id, ()), institutions) for row in rows}


def _by(row: AmendmentRow, together: Sequence[int], institutions: Marks) -> By:
    sponsors = tuple(institutions[id] for id in together if id in institutions)
    return By(row.number, _mark(row, institutions), institutions.words(row.title), sponsors)


def _mark(row: AmendmentRow, institutions: Marks) -> InstitutionMark | None:
    return institutions.get(row.institution_id) if row.institution_id else None
