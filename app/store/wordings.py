"""How every clause of a draft read through all its versions, with as little of it as tells when its words changed; and
when it was taken up again."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.drafts import ClauseText
from app.store.positions import Reopening

Wording = tuple[str, int, int | None, str, str, int, str]
"""Clause id, first and last version, its place in the text, what it is, its depth, its body."""


def wordings(session: Session, draft_id: int, language: str) -> Iterator[Wording]:
    """In the order of the text, those of a clause that stays where it is one after the other. One statement."""
    columns = select(
        ClauseText.clause_id, ClauseText.first_version, ClauseText.last_version, ClauseText.position, ClauseText.kind,
        ClauseText.depth, ClauseText.body,
    )  # fmt: skip
    asked = columns.where(ClauseText.draft_id == draft_id, ClauseText.language == language)
    for row in session.execute(asked.order_by(ClauseText.position, ClauseText.first_version)):
        clause_id, first, last, position, kind, depth, body = row
        yield clause_id, first, last, position, kind, depth, body


def reopened(session: Session, draft_id: int) -> dict[str, tuple[datetime, ...]]:
    """When each clause was reopened, every time."""
    found: dict[str, tuple[datetime, ...]] = {}
    asked = select(Reopening.clause_id, Reopening.created_at).where(Reopening.draft_id == draft_id)
    for clause_id, at in session.execute(asked.order_by(Reopening.id)):
        found[clause_id] = (*found.get(clause_id, ()), at)
    return found
