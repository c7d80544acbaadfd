"""The consolidation bench: what a facilitator has chosen and settled so far. One is open per draft, with one owner."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.permissions import ALLOWED, Action
from app.store.db import Base, UTCDateTime
from app.store.users import Membership, User

STANDS_OPEN = text("closed_at IS NULL")


class Bench(Base):
    """`chosen` are numbers of amendments; `settlements` by collision key as {choice, own_words}; `revision` rises with
    every saving, so that an older page does not overwrite a newer choice."""

    __tablename__ = "benches"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    base_version: Mapped[int]
    chosen: Mapped[list[int]] = mapped_column(JSON)
    settlements: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)
    message: Mapped[str] = mapped_column(Text, default="")
    renumber: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False)  # shown read-only to every member, for the big screen
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    issued_version: Mapped[int | None]  # the version it became; None where it was put away

    __table_args__ = (
        Index("ix_benches_open", "draft_id", unique=True, sqlite_where=STANDS_OPEN, postgresql_where=STANDS_OPEN),
        CheckConstraint("revision >= 1", name="revision_from_one"),
    )


def open_one(session: Session, draft_id: int) -> Bench | None:
    """The bench that stands open in a draft."""
    return session.scalars(select(Bench).where(Bench.draft_id == draft_id, Bench.closed_at.is_(None))).first()


def last_revision(session: Session, draft_id: int) -> int:
    """The highest revision any bench of a draft had; 0 before the first."""
    return session.scalar(select(func.max(Bench.revision)).where(Bench.draft_id == draft_id)) or 0


def facilitators(session: Session, draft_id: int) -> dict[int, str]:
    """Whoever may own a bench in a draft: full names by id, in their order."""
    roles = [role.value for role, actions in ALLOWED.items() if Action.CONSOLIDATE in actions]
    asked = (
        select(User.id, User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.draft_id == draft_id, Membership.role.in_(roles), User.closed_at.is_(None))
        .order_by(User.full_name, User.id)
    )
    return {row.id: row.full_name for row in session.execute(asked)}
