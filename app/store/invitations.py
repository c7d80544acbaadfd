"""Invitations to an account and a role in a draft, and ways back into an account: links and codes that work once.

Only hashes of links and codes are kept. A row that was used, revoked or has run out lets nobody in.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.domain.mail_addresses import key_of
from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft
from app.store.institutions import Institution, InstitutionName
from app.store.settings import Setting
from app.store.users import Membership, User


class Invitation(Base):
    """Somebody who may make an account, or whose account gets a role in a draft. Without a draft: an account only."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    full_name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8))
    role: Mapped[str] = mapped_column(String(20))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    part: Mapped[str] = mapped_column(String(12), default="head")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("part IN ('head', 'authorised', 'member')", name="part_known"),
        CheckConstraint(
            "role IN ('observer', 'commenter', 'representative', 'facilitator', 'administrator')", name="role_known"
        ),
        CheckConstraint("role <> 'representative' OR institution_id IS NOT NULL", name="representative_of"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used_by_somebody"),
    )


class WayBack(Base):
    """Somebody who may choose a new password: asked for by e-mail, or made by a facilitator (`made_by`)."""

    __tablename__ = "ways_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


def by_hash(session: Session, hashed_as: str) -> Invitation | None:
    """The invitation whose link or code has this hash."""
    return session.scalars(
        select(Invitation).where(or_(Invitation.token_hash == hashed_as, Invitation.code_hash == hashed_as))
    ).first()


def to_write(session: Session, invitation_id: int) -> Invitation:
    """The same, its row held: of two that use it at once the second one finds it used."""
    return session.scalars(
        select(Invitation).where(Invitation.id == invitation_id).with_for_update()
        .execution_options(populate_existing=True)
    ).one()  # fmt: skip


def in_draft(session: Session, draft_id: int, invitation_id: int) -> Invitation | None:
    """An invitation to this draft, and to no other one."""
    found = select(Invitation).where(Invitation.id == invitation_id, Invitation.draft_id == draft_id)
    return session.scalars(found).first()


def of_draft(session: Session, draft_id: int) -> list[Invitation]:
    """Every invitation to a draft, newest first."""
    found = select(Invitation).where(Invitation.draft_id == draft_id).order_by(Invitation.id.desc())
    return list(session.scalars(found))


@dataclass(frozen=True, slots=True)
class Listed:
    """An invitation in a list, with who made and who used it."""

    invitation: Invitation
    made_by: str
    used_by: str


def listed(session: Session, draft_id: int) -> list[Listed]:
    """The same with the names of who made and who used them, in one statement."""
    maker, user = aliased(User), aliased(User)
    rows = session.execute(
        select(Invitation, maker.full_name, user.full_name)
        .outerjoin(maker, maker.id == Invitation.made_by)
        .outerjoin(user, user.id == Invitation.used_by)
        .where(Invitation.draft_id == draft_id)
        .order_by(Invitation.id.desc())
    )
    return [Listed(invitation, made or "", used or "") for invitation, made, used in rows]


def add(session: Session, row: Invitation) -> Invitation:
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Known:
    """A member of a draft as far as an invitation could name them."""

    full_name: str
    email_key: str | None
    institution_id: int | None


def members(session: Session, draft_id: int) -> list[Known]:
    """Who is in a draft already."""
    rows = session.execute(
        select(User.full_name, User.email_key, Membership.institution_id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.draft_id == draft_id)
    )
    return [Known(*row) for row in rows]


def names_like(session: Session, beginning: str) -> set[str]:
    """Sign-in names that begin so."""
    return set(session.scalars(select(User.name).where(User.name.startswith(beginning, autoescape=True))))


def is_member(session: Session, draft_id: int, user_id: int) -> bool:
    found = select(Membership.id).where(Membership.draft_id == draft_id, Membership.user_id == user_id)
    return session.scalar(found) is not None


def draft_named(session: Session, draft_id: int | None) -> Draft | None:
    return session.get(Draft, draft_id) if draft_id is not None else None


def institutions_called(session: Session) -> list[tuple[str, int]]:
    """Institutions by every name they have, then by their codes."""
    names = session.execute(select(InstitutionName.name, InstitutionName.institution_id)).all()
    codes = session.execute(select(Institution.code, Institution.id)).all()
    return [(called, id) for called, id in (*names, *codes)]


def free_key(session: Session, email: str) -> str | None:
    """The address as it is compared, where no account has it."""
    key = key_of(email) if email else None
    is_taken = key is not None and session.scalar(select(User.id).where(User.email_key == key)) is not None
    return None if is_taken else key


def add_person(session: Session, user: User) -> bool:
    """Store an account unless its name was taken a moment ago."""
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        return False
    return True


def usual_days(session: Session) -> int | None:
    """For how many days invitations are good here, where that was set."""
    row = session.get(Setting, "invitation_days")
    return int(row.value) if row is not None else None
