"""What the list of drafts shows of each: its latest version and how much is going on."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain.lifecycle import OPEN
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.drafts import Draft, Version, VersionText
from app.store.users import User
from app.store.versions import Head, published_as


@dataclass(frozen=True, slots=True)
class Counts:
    latest: Head
    open_amendments: int
    comments: int


def counts(session: Session, draft_ids: Collection[int]) -> dict[int, Counts]:
    """Latest version, open amendments and comments of these drafts, in three statements."""
    newest = (
        select(Version.draft_id, func.max(Version.number).label("number")).group_by(Version.draft_id).subquery("newest")
    )
    heads = session.execute(
        select(Version, VersionText, User.full_name, published_as())
        .join(newest, and_(newest.c.draft_id == Version.draft_id, newest.c.number == Version.number))
        .join(Draft, Draft.id == Version.draft_id)
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == Draft.language))
        .outerjoin(User, User.id == Version.author_id)
        .where(Version.draft_id.in_(draft_ids))
    ).all()
    states = [state.value for state in OPEN]
    amended = session.execute(
        select(AmendmentRow.draft_id, func.count())
        .where(AmendmentRow.draft_id.in_(draft_ids), AmendmentRow.state.in_(states))
        .group_by(AmendmentRow.draft_id)
    )
    commented = session.execute(
        select(Comment.draft_id, func.count())
        .where(Comment.draft_id.in_(draft_ids), Comment.withdrawn_at.is_(None))
        .group_by(Comment.draft_id)
    )
    open_amendments = {row[0]: row[1] for row in amended}
    comments = {row[0]: row[1] for row in commented}
    return {
        version.draft_id: Counts(
            Head(version, text, author or "", publication),
            open_amendments.get(version.draft_id, 0),
            comments.get(version.draft_id, 0),
        )
        for version, text, author, publication in heads
    }
