"""People, and what they may do in which draft and for which institution."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime


class User(Base):
    """A person's account. A guest's is that of a link: everybody who opens the link is the same guest.

    `email_key` is the address as it is compared (see `mail_addresses.key_of`), so that nobody has two accounts by it.
    `handle` is what passkeys know the account by: random, so that it tells nothing.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)  # what one signs in with
    full_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10), default="person")
    is_administrator: Mapped[bool] = mapped_column(default=False)  # of the installation, not of any draft
    language: Mapped[str | None] = mapped_column(String(8))  # of letters; None: that of the installation
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_hash: Mapped[str] = mapped_column(Text, default="")  # empty: signs in otherwise
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handle: Mapped[str | None] = mapped_column(String(86))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("kind IN ('person', 'guest')", name="kind_known"),
        CheckConstraint("(email IS NULL) = (email_key IS NULL)", name="email_with_key"),
        CheckConstraint("totp_confirmed_at IS NULL OR totp_secret IS NOT NULL", name="totp_with_secret"),
        Index("ix_users_email_key", "email_key", unique=True),
        Index("ix_users_handle", "handle", unique=True),
    )


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
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a guest's right runs out

    __table_args__ = (
        UniqueConstraint("draft_id", "user_id"),
        CheckConstraint("part IN ('head', 'authorised', 'member')", name="part_known"),
        CheckConstraint(
            "role IN ('observer', 'commenter', 'representative', 'facilitator', 'administrator')", name="role_known"
        ),
        CheckConstraint("role <> 'representative' OR institution_id IS NOT NULL", name="representative_of"),
    )


def by_name(session: Session, name: str) -> User | None:
    """The account with this sign-in name."""
    return session.scalars(select(User).where(User.name == name)).first()


def to_sign_in(session: Session, name: str, email_key: str | None) -> User | None:
    """The account with this sign-in name, or else the one with this confirmed address: one statement."""
    is_address = (User.email_key == email_key) & User.email_confirmed_at.is_not(None)
    asked = select(User).where((User.name == name) | is_address).order_by(User.name != name)
    return session.scalars(asked.limit(1)).first()


def by_address(session: Session, email_key: str) -> User | None:
    """The account with this e-mail address, confirmed or not."""
    return session.scalars(select(User).where(User.email_key == email_key)).first()


def of_id(session: Session, user_id: int) -> User:
    return session.get_one(User, user_id)


def set_password(session: Session, user_id: int, password_hash: str) -> None:
    session.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))


def full_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Full names by id."""
    if not ids:
        return {}
    rows = session.execute(select(User.id, User.full_name).where(User.id.in_(ids)))
    return {row.id: row.full_name for row in rows}
