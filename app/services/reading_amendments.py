"""One amendment and everything that was said and decided about it."""

from sqlalchemy.orm import Session

from app.domain.edits import Amendment
from app.domain.lifecycle import OPEN, State
from app.services import showing, threads
from app.services.amending import table
from app.services.owning import is_mine
from app.services.pages import AmendmentPage
from app.services.saying import said_of_amendment, style_for
from app.store import amendments


def read_amendment(session: Session, *, slug: str, number: int, user_id: int | None, language: str) -> AmendmentPage:
    """One amendment and what was said about it. Raises NoSuchAmendment."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    row = amendments.find(session, entry.draft.id, number)
    on_table = table(session, entry, institutions)
    line = on_table.line(number)
    may_withdraw = State(row.state) in OPEN and is_mine(entry, row)
    draft = showing.draft_head(session, entry, institutions)
    said = threads.on_amendment(session, entry, institutions, row.id)
    amendment = Amendment(amendments.key_of(number), on_table.edits.get(number, ()))
    base, style = on_table.texts[row.base_version].law, style_for(draft.language, language)
    return AmendmentPage(
        draft, line, said, may_withdraw, threads.addressees(session, entry, institutions),
        said_of_amendment(base, amendment, draft.title, style),
    )  # fmt: skip
