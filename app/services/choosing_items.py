"""What is to go on an agenda: clauses and amendments as they were ticked, typed or asked for all at once, or a matter
in words. A clause stands for everything below it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agenda import covering
from app.domain.agreement import State
from app.domain.errors import Invalid, Outdated
from app.domain.lifecycle import OPEN
from app.domain.lifecycle import State as Life
from app.domain.sitting import Outcome, Status
from app.services import tabling
from app.services.agreeing import agreement
from app.services.asking_about import AMENDMENT, BETWEEN, LONGEST_TYPED, NothingNamedSo
from app.services.colliding import touched
from app.services.marks import Marks
from app.services.meaning import NamesNoClause, clause_called
from app.services.owning import NotOnTheTable
from app.services.sittings import Held, held, typed
from app.services.texts import IssuedText, below
from app.store import amendments, sittings
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry
from app.store.sittings import AgendaItem, SittingRow

LONGEST_TITLE = 500
LEFT_OPEN = frozenset({Outcome.POSTPONED, Outcome.IN_BRACKETS, Outcome.TO_GROUP})


@dataclass(frozen=True, slots=True)
class Choice:
    """What to put on an agenda. `typed` names clauses and amendments (`13(2); Chapter 3; A4`), `parts` are clause ids,
    `matter` is put there in its own words; `articles_of` a heading, each article below it by itself; `contested` every
    clause that is; `amendments` every open one; `left_open` what the session before did not finish, for its second
    reading. `reading` and `minutes` are those of each; `behind`: the item it goes behind, 0: first, None: last."""

    typed: str = ""
    parts: tuple[str, ...] = ()
    matter: str = ""
    articles_of: str = ""
    contested: bool = False
    amendments: bool = False
    left_open: bool = False
    reading: int = 1
    minutes: int | None = None
    behind: int | None = None


class NothingToAdd(Invalid):
    def __init__(self) -> None:
        super().__init__("There is nothing to add: name a clause, an amendment or a matter that is not on the agenda.")


class OnAgendaAlready(Outdated):
    def __init__(self, what: str) -> None:
        super().__init__(f"“{what}” is on the agenda already, for the same reading.")
        self.what = what


@dataclass(frozen=True, slots=True)
class Picked:
    """One thing for an agenda. `named`: by itself, not among all of a kind; `human` is what people call it."""

    kind: str
    clause_id: str | None
    amendment: AmendmentRow | None
    title: str
    reading: int
    minutes: int | None
    named: bool
    human: str

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about, and in which reading: nothing stands twice on an agenda."""
        return (self.kind, self.clause_id, self.amendment.id if self.amendment else None, self.title, self.reading)


def picked(
    session: Session, entry: Entry, text: IssuedText, row: SittingRow | None, choice: Choice, now: datetime
) -> tuple[Picked, ...]:
    """What is chosen, that which was named first, each once. `row` is the session whose agenda it goes on.

    Raises NothingNamedSo, NotOnTheTable, Unstorable.
    """
    rows = {one.number: one for one in amendments.all_of(session, entry.draft.id)}
    finder = _Finder(session, entry, text, rows, choice)
    found = [*finder.typed(), *finder.ticked()]
    if choice.contested:
        found += finder.contested(now)
    if choice.articles_of:
        found += finder.articles(choice.articles_of)
    if choice.amendments:
        found += finder.open_amendments()
    if choice.left_open:
        found += finder.left_open(row)
    found += finder.matter()
    first: dict[tuple[object, ...], Picked] = {}
    for one in found:
        first.setdefault(one.subject, one)
    return tuple(first.values())


def new_on(agenda: Iterable[AgendaItem], picked: Iterable[Picked]) -> tuple[Picked, ...]:
    """Those that are not on an agenda. Raises OnAgendaAlready for what was named, NothingToAdd."""
    there = {(item.kind, item.clause_id, item.amendment_id, item.title, item.reading) for item in agenda}
    found = []
    for one in picked:
        if one.subject not in there:
            found.append(one)
        elif one.named:
            raise OnAgendaAlready(one.human)
    if not found:
        raise NothingToAdd
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Finder:
    session: Session
    entry: Entry
    text: IssuedText
    rows: Mapping[int, AmendmentRow]
    choice: Choice

    def typed(self) -> Iterator[Picked]:
        names = typed(self.choice.typed, LONGEST_TYPED)
        for name in filter(None, map(str.strip, BETWEEN.split(names))):
            if numbered := AMENDMENT.fullmatch(name):
                yield self._amendment(int(numbered[1]))
            else:
                yield self._clause(self._called(name), named=True)

    def ticked(self) -> Iterator[Picked]:
        places = self.text.places
        for clause_id in sorted((one for one in self.choice.parts if one in places), key=places.__getitem__):
            yield self._clause(clause_id, named=True)

    def contested(self, now: datetime) -> Iterator[Picked]:
        """What is contested as agreement stands, an article as one where all of it is."""
        table = tabling.tabled(self.session, self.entry.draft.id, self.text.number, self.text, Marks())
        found = agreement(self.session, self.entry.draft, self.text, now, now.date())
        states = found.states(tabling.around(table, {}))
        lines = self.text.lines
        chosen = {at for at, line in enumerate(lines) if states.get(line.id) is State.CONTESTED}
        articles = {at for at, line in enumerate(lines) if line.kind == "article"}
        for at in covering([line.depth for line in lines], articles, chosen):
            yield self._clause(lines[at].id)

    def articles(self, heading: str) -> Iterator[Picked]:
        if heading in self.text.places:
            start, end = below(self.text, heading)
            for line in self.text.lines[start:end]:
                if line.kind == "article":
                    yield self._clause(line.id)

    def open_amendments(self) -> Iterator[Picked]:
        """In the order of the text, so that those to the same clause follow each other."""
        edits = amendments.edits_of(self.session, self.entry.draft.id)
        last = len(self.text.lines)
        first = {
            row.number: min((self.text.places.get(id, last) for id in touched(edits.get(row.id, ()))), default=last)
            for row in self.rows.values()
            if Life(row.state) in OPEN
        }
        for number in sorted(first, key=lambda number: (first[number], number)):
            yield self._picked("amendment", amendment=self.rows[number], human=f"A{number}")

    def left_open(self, row: SittingRow | None) -> Iterator[Picked]:
        """Skipped, postponed, kept in brackets or given to a group, for its second reading; not reached: as before."""
        before = session_before(self.session, self.entry, row)
        if before is None:
            return
        numbers = {one.id: one.number for one in self.rows.values()}
        for item in before.agenda.values():
            progress = before.sitting.progress(item.number)
            outcome = progress.decision.outcome if progress.decision else None
            again = outcome in LEFT_OPEN or (outcome is None and progress.status is Status.SKIPPED)
            unreached = outcome is None and progress.status is Status.WAITING
            if (again or unreached) and self._stands(item, numbers):
                one = self._as(item, numbers)
                minutes = item.minutes if one.minutes is None else one.minutes
                yield replace(one, reading=2 if again else item.reading, minutes=minutes)

    def matter(self) -> Iterator[Picked]:
        words = " ".join(typed(self.choice.matter, LONGEST_TITLE).split())
        if words:
            yield self._picked("matter", title=words, human=words, named=True)

    def _called(self, name: str) -> str:
        try:
            return clause_called(self.text.law, self.entry.draft, name)
        except NamesNoClause as refusal:
            raise NothingNamedSo(name) from refusal

    def _amendment(self, number: int) -> Picked:
        row = self.rows.get(number)
        if row is None or Life(row.state) is Life.DRAFT:
            raise NothingNamedSo(f"A{number}")
        if Life(row.state) not in OPEN:
            raise NotOnTheTable(number, Life(row.state))
        return self._picked("amendment", amendment=row, human=f"A{number}", named=True)

    def _clause(self, clause_id: str, *, named: bool = False) -> Picked:
        return self._picked("clause", clause_id, human=self.text.human(clause_id), named=named)

    def _stands(self, item: AgendaItem, numbers: Mapping[int, int]) -> bool:
        """Whether an item is about something that is still there."""
        if item.amendment_id is not None:
            return Life(self.rows[numbers[item.amendment_id]].state) in OPEN
        return item.clause_id is None or item.clause_id in self.text.places

    def _as(self, item: AgendaItem, numbers: Mapping[int, int]) -> Picked:
        row = self.rows[numbers[item.amendment_id]] if item.amendment_id else None
        return self._picked(item.kind, item.clause_id, amendment=row, title=item.title)

    def _picked(
        self, kind: str, clause_id: str | None = None, *, amendment: AmendmentRow | None = None, title: str = "",
        human: str = "", named: bool = False,
    ) -> Picked:  # fmt: skip
        return Picked(kind, clause_id, amendment, title, self.choice.reading, self.choice.minutes, named, human)


def session_before(session: Session, entry: Entry, row: SittingRow | None) -> Held | None:
    """The last session that was held, other than `row`, with what was done in it."""
    begun = [
        one
        for one in sittings.of_draft(session, entry.draft.id)
        if one.opened_at is not None and (row is None or one.id != row.id)
    ]
    last = max(begun, key=lambda one: (one.opened_at, one.number), default=None)
    return held(session, entry, last.number) if last else None
