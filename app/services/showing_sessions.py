"""From sessions to the list of a draft: what is being held, what is planned, what was."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.services import showing
from app.services.pages_convening import SessionLine, SessionsPage
from app.services.showing_session import session_head
from app.services.sittings import is_presiding
from app.store import records, sittings
from app.store.sittings import AgendaItem, SittingRow

LAST = datetime.max.replace(tzinfo=UTC)


def index(session: Session, *, slug: str, user_id: int | None, language: str) -> SessionsPage:
    """The sessions of a draft, in a fixed number of statements. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    rows = sittings.of_draft(session, entry.draft.id)
    agendas = sittings.agendas_of(session, [row.id for row in rows])
    since = min((row.first_event for row in rows if row.first_event), default=head.recorded + 1)
    decisions = sittings.decisions_by_session(session, entry.draft.id, since)
    issued = {row.sitting_id: row.number for row in records.of_draft(session, entry.draft.id) if row.issued_at}
    lines = [_line(row, agendas.get(row.id, []), decisions, issued.get(row.id)) for row in rows]
    planned = [line for line in lines if line.session.state == "planned"]
    return SessionsPage(
        head,
        tuple(line for line in lines if line.session.state == "open"),
        tuple(sorted(planned, key=lambda line: (line.session.planned_for or LAST, line.session.number))),
        tuple(line for line in reversed(lines) if line.session.state in ("closed", "called_off")),
        is_presiding(entry),
    )


def _line(row: SittingRow, agenda: list[AgendaItem], decisions: Mapping[int, int], record: int | None) -> SessionLine:
    minutes = sum(item.minutes or 0 for item in agenda)
    return SessionLine(session_head(row), len(agenda), minutes, decisions.get(row.number, 0), record)
