"""A session on paper: the agenda, sheets with room to write, ballots; a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agenda import due
from app.domain.permissions import Action, check_can
from app.services import amending, ballot_subjects, seating, showing, tabling, viewing
from app.services.agreeing import scale_for
from app.services.amending import Table
from app.services.ballot_subjects import Asked
from app.services.marks import Marks
from app.services.pages import AmendmentLine, ClauseLine, DraftHead, InstitutionMark
from app.services.pages_paper import (
    AGENDA,
    BALLOTS,
    CLAUSES,
    AskedOnPaper,
    Ballot,
    BallotsPage,
    ItemSheet,
    PaperAsked,
    PaperPage,
)
from app.services.pages_session import AgendaLine
from app.services.showing_calls import head_of
from app.services.showing_session import agenda_lines, session_head
from app.services.sittings import Held, held, is_presiding
from app.services.texts import IssuedText, below
from app.store.memberships import Entry


@dataclass(frozen=True, slots=True)
class _Read:
    """What both pages are made from, read once."""

    entry: Entry
    marks: Marks
    head: DraftHead
    found: Held
    table: Table
    agenda: tuple[AgendaLine, ...]
    asked: tuple[AskedOnPaper, ...]
    institutions: tuple[InstitutionMark, ...]

    @property
    def text(self) -> IssuedText:
        return self.table.issued


def paper(
    session: Session, *, slug: str, number: int, wanted: PaperAsked, user_id: int | None, language: str, now: datetime
) -> PaperPage:
    """What is to be printed of a session. Raises NoSuchDraft, NoSuchSession."""
    read = _read(session, slug, number, user_id, language, now)
    on_table = tabling.tabled(session, read.entry.draft.id, read.head.latest.number, read.text, read.marks)
    chosen = [line for line in read.agenda if wanted.item in (None, line.number)]
    sheets = tuple(_sheet(read, line) for line in chosen if line.kind != "matter" and not line.gone)
    shown = sheets if CLAUSES in wanted.parts else ()
    row = read.found.row
    return PaperPage(
        read.head,
        session_head(row, read.found.sitting),
        wanted,
        read.agenda if AGENDA in wanted.parts else (),
        due(row.opened_at or row.planned_for, ((line.number, line.minutes) for line in read.agenda)),
        shown,
        viewing.in_brackets(read.text, on_table, [clause for sheet in shown for clause in sheet.clauses]),
        _ballots(read, wanted) if BALLOTS in wanted.parts else (),
        len(_ballots(read, PaperAsked())),
        read.institutions,
        scale_for(read.entry.draft),
        is_presiding(read.entry),
    )


def ballots(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> BallotsPage:
    """The form by which a facilitator enters what stands on ballots. Raises NoSuchDraft, RoleMayNot, NoSuchSession."""
    read = _read(session, slug, number, user_id, language, now, needed=Action.HOLD_SESSIONS)
    hidden = {one.call.number for one in read.asked if one.call is not None and one.call.sealed}
    return BallotsPage(
        read.head, session_head(read.found.row, read.found.sitting), read.asked, read.institutions,
        scale_for(read.entry.draft), tuple(sorted(hidden)),
    )  # fmt: skip


def _read(
    session: Session, slug: str, number: int, user_id: int | None, language: str, now: datetime,
    needed: Action = Action.READ,
) -> _Read:  # fmt: skip
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, needed)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    found = held(session, entry, number)
    table = amending.table(session, entry, marks, head)
    facts = ballot_subjects.known(session, entry.draft.id, table.issued)
    agenda = agenda_lines(session, found, table.issued, now)
    by_number, lines = {line.number: line for line in agenda}, {line.number: line for line in table.lines}
    asked = tuple(
        _asked(one, by_number[one.item], table, lines, now) for one in ballot_subjects.all_asked(found, facts, now)
    )
    seats = seating.at_table(session, entry.draft.id, now.date())
    return _Read(entry, marks, head, found, table, agenda, asked, tuple(marks.seats[one.institution] for one in seats))


def _asked(
    one: Asked, item: AgendaLine, table: Table, lines: Mapping[int, AmendmentLine], now: datetime
) -> AskedOnPaper:
    code, text = one.code(""), table.issued
    human = f"A{one.amendment}" if one.amendment else text.human(one.subject.which)
    clauses = text.lines[one.clauses[0] : one.clauses[1]] if one.clauses else ()
    amendment = lines.get(one.amendment or 0)
    heading = amendment.title if amendment else item.heading if human == item.human else ""
    return AskedOnPaper(
        code.place, code.check, one.item, human, heading, clauses, amendment,
        head_of(one.call, [], {}, now) if one.call else None, not clauses and amendment is None,
    )  # fmt: skip


def _sheet(read: _Read, line: AgendaLine) -> ItemSheet:
    if line.amendment is not None:
        return ItemSheet(line, (), read.table.line(line.amendment))
    return ItemSheet(line, _clauses(read.text, line.clause_id or ""), None)


def _clauses(text: IssuedText, clause_id: str) -> tuple[ClauseLine, ...]:
    start, end = below(text, clause_id)
    return text.lines[start:end]


def _ballots(read: _Read, wanted: PaperAsked) -> tuple[Ballot, ...]:
    """Of each institution all that it is asked, one after the other, so that its pile is handed out as it comes."""
    return tuple(
        Ballot(asked, institution)
        for institution in read.institutions
        if wanted.institution in ("", institution.code)
        for asked in read.asked
        if wanted.item in (None, asked.item) and not asked.gone
    )
