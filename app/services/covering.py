"""Taking into the record what was stored before events kept digests of the rows that they wrote."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.verifying import vouched
from app.store import digests, events
from app.store.memberships import draft_to_write


def cover(session: Session, *, slug: str, now: datetime) -> int:
    """One event that vouches for every row that no event ever named; how many there are. Raises NoSuchDraft."""
    draft = draft_to_write(session, slug)
    known = vouched(events.chain(session, draft))
    count = digests.include(session, draft.id, known)
    if count:
        events.record(session, draft, "record_covered", now=now, user_id=None, rows=count)
    session.commit()
    return count
