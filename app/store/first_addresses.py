"""Where every clause of a draft stood first."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.store.drafts import ClauseText


class FirstAddress(NamedTuple):
    clause_id: str
    language: str
    version: int
    address: str


def first_addresses(session: Session, draft_id: int, languages: Collection[str], number: int) -> list[FirstAddress]:
    """Of the clauses that stood in a version up to this one, in each language they stand in. One statement."""
    earliest = (
        select(ClauseText.clause_id, ClauseText.language, func.min(ClauseText.first_version).label("version"))
        .where(ClauseText.draft_id == draft_id, ClauseText.language.in_(languages), ClauseText.first_version <= number)
        .group_by(ClauseText.clause_id, ClauseText.language)
        .subquery()
    )
    found = session.execute(
        select(ClauseText.clause_id, ClauseText.language, ClauseText.first_version, ClauseText.address)
        .join(
            earliest,
            and_(
                ClauseText.clause_id == earliest.c.clause_id,
                ClauseText.language == earliest.c.language,
                ClauseText.first_version == earliest.c.version,
            ),
        )
        .order_by(ClauseText.position)
    )
    return [FirstAddress(*row) for row in found]
