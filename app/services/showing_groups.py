"""Small groups as pages: a fixed number of statements, however many groups, amendments and comments there are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Action, can, check_can
from app.domain.seats import speaker
from app.services import amending, seating, showing, tabling, texts, viewing
from app.services.convening import is_fixed
from app.services.draft_wide import said_by_clause
from app.services.forming_groups import chosen, may_report
from app.services.group_ranges import covered, heads, overlaps, proposed_by, speaking, touches
from app.services.marks import Marks
from app.services.pages import ClauseLine
from app.services.pages_calls import Offered
from app.services.pages_groups import FormingPage, GroupLine, GroupPage, GroupsPage
from app.services.preparing_calls import contents_offered, short
from app.services.showing_session import session_head
from app.services.sittings import is_presiding
from app.services.tabling import Tabled
from app.services.texts import IssuedText
from app.store import amendments, institutions, relations, sittings, small_groups
from app.store.sittings import SittingRow
from app.store.small_groups import SmallGroup


def index(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> GroupsPage:
    """The small groups of a draft. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    text = texts.issued(session, entry.draft, head.latest)
    numbers = {row.id: row.number for row in sittings.of_draft(session, entry.draft.id)}
    rows = small_groups.of_draft(session, entry.draft.id)
    lines = [_line(row, text, marks, numbers, now) for row in rows]
    return GroupsPage(
        head,
        tuple(line for line in lines if line.dissolved_at is None),
        tuple(line for line in reversed(lines) if line.dissolved_at is not None),
        is_presiding(entry),
    )


def group_page(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> GroupPage:
    """One group with its range as text, the brackets in it, and what its institutions propose to it.

    Raises NoSuchDraft, NoSuchGroup.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    row = small_groups.find(session, entry.draft.id, number)
    table = amending.table(session, entry, marks, head)
    text, bodies = table.issued, institutions.bodies(session)
    on_table = tabling.tabled(session, entry.draft.id, head.latest.number, text, marks)
    said = {id: count for id, (count, _) in said_by_clause(session, entry.draft).items()}
    ours = proposed_by(
        speaking(row.members, bodies, now.date()), amendments.all_of(session, entry.draft.id),
        relations.accepted(session, entry.draft.id),
    )  # fmt: skip
    numbers = {one.number for one in ours if touches(text, row.clauses, table.edits.get(one.number, ()))}
    if marks.hides:  # whose an amendment is, is told by no list
        numbers = set()
    others = [
        one for one in small_groups.of_draft(session, entry.draft.id) if one.dissolved_at is None and one.id != row.id
    ]
    held_in = sittings.of_draft(session, entry.draft.id)
    clauses = _clauses(text, row, on_table, said)
    heir = speaker(bodies, row.rapporteur_id, now.date()) if row.rapporteur_id else None
    return GroupPage(
        head,
        _line(row, text, marks, {one.id: one.number for one in held_in}, now),
        clauses,
        viewing.in_brackets(text, on_table, clauses),
        tuple(line for line in table.lines if line.number in numbers),
        tuple(line for line in table.lines if line.number in row.amendments),
        overlaps(text, row.clauses, others) if row.dissolved_at is None else (),
        tuple(session_head(one) for one in held_in if not is_fixed(one)),
        may_report(entry, heir),
        can(entry.role, Action.PROPOSE),
        is_presiding(entry),
    )


def forming(
    session: Session, *, slug: str, parts: tuple[str, ...], numbers: str, user_id: int | None, language: str,
    now: datetime,
) -> FormingPage:  # fmt: skip
    """The form that forms a group, with what is chosen for its range. Raises NoSuchDraft, RoleMayNot, NamesNoClause,
    RangeTooLong."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    text = texts.issued(session, entry.draft, head.latest)
    groups = [row for row in small_groups.of_draft(session, entry.draft.id) if row.dissolved_at is None]
    clauses, held_in = chosen(entry, text, parts, numbers), sittings.of_draft(session, entry.draft.id)
    return FormingPage(
        head,
        tuple(_offered(text, id) for id in clauses),
        overlaps(text, clauses, groups),
        contents_offered(text),
        {text.lines[at].id: row.number for row in reversed(groups) for at in covered(text, row.clauses)},
        tuple(marks.seats[place.institution] for place in seating.at_table(session, entry.draft.id, now.date())),
        tuple(session_head(one) for one in held_in if not is_fixed(one)),
        next((one.number for one in held_in if _is_held(one)), None),
    )


def _offered(text: IssuedText, clause_id: str) -> Offered:
    line = text.lines[text.places[clause_id]]
    return Offered(line.human, short(line.body) if line.body != line.human else "", clause_id, ticked=True)


def _is_held(row: SittingRow) -> bool:
    return row.opened_at is not None and row.closed_at is None


def _line(row: SmallGroup, text: IssuedText, marks: Marks, sessions: Mapping[int, int], now: datetime) -> GroupLine:
    gone = tuple((id, "") for id in row.clauses if id not in text.places)
    return GroupLine(
        row.number, row.name, row.task, (*((id, text.human(id)) for id in heads(text, row.clauses)), *gone),
        tuple(marks.seats[id] for id in row.members if id in marks.seats), marks.seats.get(row.rapporteur_id or 0),
        sessions.get(row.sitting_id or 0), row.formed_at, row.due_at,
        row.due_at is not None and row.reported_at is None and row.due_at < now, row.report, tuple(row.amendments),
        row.reported_at, row.dissolved_at,
    )  # fmt: skip


def _clauses(text: IssuedText, row: SmallGroup, table: Tabled, said: Mapping[str, int]) -> tuple[ClauseLine, ...]:
    """The range as text, with how much is said and proposed about each clause."""
    return tuple(
        replace(
            line, comments=said.get(line.id, 0), amendments=table.touching.get(line.id, 0),
            contested=line.id in table.contested,
        )
        for line in (text.lines[at] for at in covered(text, row.clauses))
    )  # fmt: skip
