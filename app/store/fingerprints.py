"""The fingerprints that the clauses of a draft's versions make now, to be held against those that were recorded."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.drafts import ClauseText, Version, VersionText


def fingerprints(session: Session, draft_id: int) -> dict[tuple[int, str], str]:
    """The SHA-256 of every version's source as the clauses make it now, by number and language."""
    columns = ClauseText.language, ClauseText.first_version, ClauseText.last_version
    texts = session.execute(
        select(*columns, ClauseText.lead + ClauseText.body + ClauseText.tail)
        .where(ClauseText.draft_id == draft_id)
        .order_by(ClauseText.position)
    ).all()
    made = select(Version.number, VersionText.language).join(VersionText, VersionText.version_id == Version.id)
    return {
        (number, language): hashlib.sha256(
            "".join(
                source
                for of, first, last, source in texts
                if of == language and first <= number and (last is None or last >= number)
            ).encode("utf-8")
        ).hexdigest()
        for number, language in session.execute(made.where(Version.draft_id == draft_id))
    }
