"""What every page of the board starts from: where each clause of the latest text stands, the same for whoever looks.

A person's own hidden position is left out too: the board shows what everybody sees, and nothing else moves it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import State, overall
from app.domain.seats import Place
from app.services import showing, tabling, texts
from app.services.agreeing import Agreement, agreement
from app.services.board_cells import NOTHING, Cells, cells_of, silence, speaking_places
from app.services.draft_wide import said_by_clause
from app.services.marks import Marks
from app.services.pages import ClauseLine, DraftHead, InstitutionMark
from app.services.pages_board import BoardColumn
from app.services.tabling import Tabled
from app.services.texts import IssuedText
from app.store.memberships import Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """`states` and `cells` are by clause id, of those that are not simply open and of which somebody spoke."""

    entry: Entry
    institutions: Marks
    draft: DraftHead
    text: IssuedText
    table: Tabled
    found: Agreement
    states: Mapping[str, State]
    cells: Mapping[str, Cells]
    seats: tuple[Place, ...]

    @property
    def silent(self) -> Cells:
        """A row in which nobody spoke."""
        return (NOTHING,) * len(self.seats)

    def state(self, clause_id: str) -> State:
        return self.states.get(clause_id, State.OPEN)

    def row(self, line: ClauseLine) -> Cells:
        return self.cells.get(line.id, self.silent)

    def counts(self, line: ClauseLine) -> bool:
        """Whether a clause waits for anybody: a heading about which nothing is said does not."""
        return not line.level or line.id in self.states

    def counted(self) -> tuple[ClauseLine, ...]:
        return tuple(line for line in self.text.lines if self.counts(line))

    def marks(self, ids: Sequence[int]) -> tuple[InstitutionMark, ...]:
        return self.institutions.those(ids)

    @property
    def told(self) -> tuple[int, ...]:
        """The seats (by their place among all) that may be named: where institutions are not told, one's own alone."""
        if not self.institutions.hides:
            return tuple(range(len(self.seats)))
        return tuple(at for at, one in enumerate(self.seats) if one.institution == self.entry.institution_id)

    def silences(self) -> list[int]:
        """Of how many clauses each seat has said nothing that counts."""
        return silence(map(self.row, self.counted()), len(self.seats))

    def columns(self) -> tuple[BoardColumn, ...]:
        """Of the seats that may be named."""
        missing, named = self.silences(), self.institutions.seats
        return tuple(
            BoardColumn(
                named[self.seats[at].institution], self.seats[at].kind.value,
                tuple(named[id] for id in self.seats[at].formerly if id in named), missing[at],
            )
            for at in self.told
        )  # fmt: skip


def standing(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> Standing:
    """A fixed number of statements. Raises NoSuchDraft, RoleMayNot."""
    return standing_of(session, showing.enter_to_read(session, slug, user_id), language=language, now=now)


def standing_of(session: Session, entry: Entry, *, language: str, now: datetime) -> Standing:
    """The same for somebody who has entered the draft."""
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    text = texts.issued(session, entry.draft, head.latest)
    table = tabling.tabled(session, entry.draft.id, head.latest.number, text, institutions)
    around = tabling.around(table, said_by_clause(session, entry.draft))
    found = agreement(session, entry.draft, text, now, now.date())
    return Standing(
        entry, institutions, head, text, table, found, found.states(around), cells_of(found), speaking_places(found)
    )


def together(states: Mapping[State, int]) -> State:
    """The state of many clauses from how many are in which."""
    return overall([state for state, count in states.items() if count])
