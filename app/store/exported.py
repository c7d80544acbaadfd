"""What exporting asks of the database beside what pages ask."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.drafts import Version, VersionText


def languages_of(session: Session, draft_id: int, number: int) -> dict[str, str]:
    """The languages a version is written in, each with the SHA-256 of its Markdown."""
    rows = session.execute(
        select(VersionText.language, VersionText.sha256)
        .join(Version, Version.id == VersionText.version_id)
        .where(Version.draft_id == draft_id, Version.number == number)
    )
    return {row.language: row.sha256 for row in rows}
