"""What a person follows, and up to where they have seen what happened. No event records it: it is nobody's business."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, and_, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.drafts import ClauseIdentity, Draft
from app.store.users import Membership


class Follow(Base):
    """A clause that a person follows with all below it; without a clause the whole draft."""

    __tablename__ = "follows"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("user_id", "draft_id", "clause_id"),)


class Visit(Base):
    """The last event of a draft that a person has seen; what came later is new for them."""

    __tablename__ = "visits"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    event_number: Mapped[int]
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("event_number >= 0", name="event_number_not_negative"),)


def followed(session: Session, user_id: int, draft_ids: Iterable[int]) -> dict[int, set[str | None]]:
    """What a person follows in drafts, by draft; None stands for the whole draft."""
    rows = session.execute(
        select(Follow.draft_id, Follow.clause_id).where(Follow.user_id == user_id, Follow.draft_id.in_(draft_ids))
    )
    found: dict[int, set[str | None]] = {}
    for draft_id, clause_id in rows:
        found.setdefault(draft_id, set()).add(clause_id)
    return found


def followed_in(session: Session, slug: str, user_id: int | None) -> set[str | None] | None:
    """What a person follows in a draft by its name, in one statement; None where they are no member of it."""
    rows = session.execute(
        select(Follow.id, Follow.clause_id)
        .select_from(Membership)
        .join(Draft, Draft.id == Membership.draft_id)
        .outerjoin(Follow, and_(Follow.draft_id == Draft.id, Follow.user_id == Membership.user_id))
        .where(Draft.slug == slug, Membership.user_id == user_id)
    ).all()
    return {clause_id for follow, clause_id in rows if follow is not None} if rows else None


def start(
    session: Session, *, user_id: int | None, draft_id: int, clause_ids: Iterable[str | None], now: datetime
) -> None:
    """Follow clauses (None: the whole draft) where one does not yet. The draft's row is held by the transaction."""
    wanted = dict.fromkeys(clause_ids)
    if user_id is None or not wanted:
        return
    known = followed(session, user_id, [draft_id]).get(draft_id, set())
    session.add_all(
        Follow(user_id=user_id, draft_id=draft_id, clause_id=clause_id, created_at=now)
        for clause_id in wanted
        if clause_id not in known
    )
    session.flush()


def stop(session: Session, *, user_id: int, draft_id: int, clause_id: str | None) -> None:
    session.execute(
        delete(Follow).where(
            Follow.user_id == user_id, Follow.draft_id == draft_id, Follow.clause_id.is_not_distinct_from(clause_id)
        )
    )


def set_visits(session: Session, user_id: int, seen: Mapping[int, int], now: datetime) -> None:
    """Of each draft everything up to an event was seen; never goes back. The person's memberships are held meanwhile,
    so that a button pressed twice does no harm."""
    session.execute(select(Membership.id).where(Membership.user_id == user_id).with_for_update())
    for draft_id, number in seen.items():
        visit = session.get(Visit, (user_id, draft_id), populate_existing=True)
        if visit is None:
            session.add(Visit(user_id=user_id, draft_id=draft_id, event_number=number, seen_at=now))
        else:
            visit.event_number, visit.seen_at = max(visit.event_number, number), now
    session.flush()


def knows(session: Session, draft_id: int, clause_id: str) -> bool:
    """Whether a clause is or was one of the draft's."""
    found = select(ClauseIdentity.id).where(ClauseIdentity.id == clause_id, ClauseIdentity.draft_id == draft_id)
    return session.scalar(found) is not None
