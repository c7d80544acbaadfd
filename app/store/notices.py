"""How a person wants to be told what is new, up to where they were told, and the private addresses of feeds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class NoticeWish(Base):
    """How often letters come: `instant`, `daily` or `never`. Without a row: never. `stop_hash` is of the token in each
    letter that ends them."""

    __tablename__ = "notice_wishes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    frequency: Mapped[str] = mapped_column(String(10))
    stop_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("frequency IN ('instant', 'daily', 'never')", name="frequency_known"),)


class Notified(Base):
    """The last event of a draft that a person was told of by letter."""

    __tablename__ = "notified"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    event_number: Mapped[int]


class Feed(Base):
    """The private address of a draft's feed for one person; making another one ends the former."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("user_id", "draft_id"),)
