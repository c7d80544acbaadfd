"""Links by which guests read a draft, or read and comment, until a day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, and_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft
from app.store.users import Membership, User


class GuestLink(Base):
    """`user_id` is the account of all who come by this link; what they may do, and until when, its membership says."""

    __tablename__ = "guest_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a list: its account, what it may do (None once it was taken away) and who made it."""

    row: GuestLink
    guest: User
    membership: Membership | None
    made_by: str


def of_draft(session: Session, draft_id: int) -> list[Link]:
    """The links of a draft, newest first, in one statement."""
    guest, maker = aliased(User), aliased(User)
    rows = session.execute(
        select(GuestLink, guest, Membership, maker.full_name)
        .join(guest, guest.id == GuestLink.user_id)
        .outerjoin(Membership, and_(Membership.user_id == guest.id, Membership.draft_id == draft_id))
        .outerjoin(maker, maker.id == GuestLink.made_by)
        .where(GuestLink.draft_id == draft_id)
        .order_by(GuestLink.id.desc())
    )
    return [Link(row, user, member, made or "") for row, user, member, made in rows]


def find(session: Session, draft_id: int, link_id: int) -> GuestLink | None:
    """A link that was not revoked."""
    return session.scalars(
        select(GuestLink).where(GuestLink.draft_id == draft_id, GuestLink.id == link_id, GuestLink.revoked_at.is_(None))
    ).first()


def opened(session: Session, token_hash: str, now: datetime) -> tuple[Draft, User, Membership] | None:
    """What a link that still works lets a guest into."""
    found = session.execute(
        select(Draft, User, Membership)
        .join(GuestLink, GuestLink.draft_id == Draft.id)
        .join(User, User.id == GuestLink.user_id)
        .join(Membership, and_(Membership.user_id == User.id, Membership.draft_id == Draft.id))
        .where(
            GuestLink.token_hash == token_hash, GuestLink.revoked_at.is_(None), User.closed_at.is_(None),
            Membership.ends_at > now,
        )
    ).first()  # fmt: skip
    return (found[0], found[1], found[2]) if found else None


def membership(session: Session, link: GuestLink) -> Membership | None:
    asked = select(Membership).where(Membership.user_id == link.user_id, Membership.draft_id == link.draft_id)
    return session.scalars(asked).first()
