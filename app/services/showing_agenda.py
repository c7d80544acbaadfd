"""From an agenda to the page on which it is made: when each item is due, when all of it ends, what may change."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.agenda import due
from app.domain.permissions import Action, check_can
from app.domain.sitting import Status
from app.services import showing, texts
from app.services.choosing_items import session_before
from app.services.convening import is_fixed, is_removable
from app.services.pages import DraftHead
from app.services.pages_convening import AgendaPage, PlanPage
from app.services.pages_session import AgendaLine
from app.services.preparing_calls import contents_offered
from app.services.showing_session import agenda_lines, session_head
from app.services.sittings import Held, held
from app.store.memberships import Entry

MINUTE = timedelta(minutes=1)


def plan_page(session: Session, *, slug: str, user_id: int | None, language: str) -> PlanPage:
    """The form that plans a session. Raises NoSuchDraft, RoleMayNot."""
    entry, head = _entered(session, slug, user_id, language)
    before = session_before(session, entry, None)
    return PlanPage(head, before.row.number if before else None)


def agenda_page(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> AgendaPage:
    """Raises NoSuchDraft, RoleMayNot, NoSuchSession."""
    entry, head = _entered(session, slug, user_id, language)
    found = held(session, entry, number)
    text = texts.issued(session, entry.draft, head.latest)
    lines = agenda_lines(session, found, text, now)
    before = session_before(session, entry, found.row)
    removable = frozenset(line.number for line in lines if is_removable(found.sitting, line.number))
    return AgendaPage(
        head, session_head(found.row, found.sitting), lines, _due(found, lines),
        sum(line.minutes or 0 for line in lines), sum(line.minutes is None for line in lines),
        _ends_at(found, lines, now), not is_fixed(found.row), removable, contents_offered(text),
        before.row.number if before else None,
    )  # fmt: skip


def _entered(session: Session, slug: str, user_id: int | None, language: str) -> tuple[Entry, DraftHead]:
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    return entry, showing.draft_head(session, entry, showing.contributors(session, entry, language))


def _due(found: Held, lines: Sequence[AgendaLine]) -> dict[int, datetime]:
    """Before a session is opened, by its plan."""
    if found.row.opened_at is not None:
        return {}
    return due(found.row.planned_for, ((line.number, line.minutes) for line in lines))


def _ends_at(found: Held, lines: Sequence[AgendaLine], now: datetime) -> datetime | None:
    """By the plan, or while a session is held by what is left of it."""
    if not found.sitting.is_open:
        at = found.row.planned_for
        return at + MINUTE * sum(line.minutes or 0 for line in lines) if at else None
    return now + sum((_left(line) for line in lines), timedelta())


def _left(line: AgendaLine) -> timedelta:
    """Of the time box of an item; nothing of one that is done."""
    if line.status == Status.DONE or line.minutes is None:
        return timedelta()
    return max(MINUTE * (line.minutes + line.added) - line.spent, timedelta())
