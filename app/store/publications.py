"""Publications of a draft, numbered 1, 2, 3…"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.drafts import Draft, Publication

__all__ = ["Draft", "Publication", "add", "by_number", "latest_number", "of_version"]


def of_version(session: Session, version_id: int, language: str) -> Publication | None:
    return session.scalars(
        select(Publication).where(Publication.version_id == version_id, Publication.language == language)
    ).first()


def by_number(session: Session, draft_id: int, number: int) -> Publication | None:
    return session.scalars(
        select(Publication).where(Publication.draft_id == draft_id, Publication.number == number)
    ).first()


def latest_number(session: Session, draft_id: int) -> int:
    return session.scalar(select(func.max(Publication.number)).where(Publication.draft_id == draft_id)) or 0


def add(session: Session, draft: Draft, version_id: int, sha256: str, user_id: int, now: datetime) -> int:
    """Its number."""
    number = latest_number(session, draft.id) + 1
    session.add(
        Publication(
            draft_id=draft.id, version_id=version_id, number=number, language=draft.language, sha256=sha256,
            published_by=user_id, published_at=now,
        )
    )  # fmt: skip
    session.flush()
    return number
