"""The overview: all amendments of a draft in the order of the text."""

from sqlalchemy.orm import Session

from app.domain.lifecycle import OPEN, State
from app.services import showing
from app.services.amending import table
from app.services.pages import AmendmentsPage


def list_amendments(session: Session, *, slug: str, user_id: int | None, language: str) -> AmendmentsPage:
    """All amendments in the order of the text."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    lines = table(session, entry, institutions).lines
    open_lines = tuple(line for line in lines if State(line.state) in OPEN)
    closed = tuple(line for line in lines if State(line.state) not in OPEN)
    return AmendmentsPage(showing.draft_head(session, entry, institutions), open_lines, closed)
