"""People, and what they may do in which draft and for which institution."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)  # what one signs in with
    full_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Membership(Base):
    """A person's role in a draft, and the institution they speak for."""

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(20))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    part: Mapped[str] = mapped_column(String(12), default="head")  # in the delegation: who speaks for the institution
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("draft_id", "user_id"),
        CheckConstraint("part IN ('head', 'authorised', 'member')", name="part_known"),
        CheckConstraint("role IN ('observer', 'representative', 'facilitator', 'administrator')", name="role_known"),
        CheckConstraint("role <> 'representative' OR institution_id IS NOT NULL", name="representative_of"),
    )


def by_name(session: Session, name: str) -> User | None:
    """The account with this sign-in name."""
    return session.scalars(select(User).where(User.name == name)).first()


def full_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Full names by id."""
    if not ids:
        return {}
    rows = session.execute(select(User.id, User.full_name).where(User.id.in_(ids)))
    return {row.id: row.full_name for row in rows}
