"""Who has a draft open just now. Not in the record, and soon forgotten: who looked when is nobody's business later."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.permissions import Role
from app.store.db import Base, UTCDateTime, today
from app.store.institutions import Institution
from app.store.sign_ins import SignIn
from app.store.succession import speaker_for
from app.store.users import Membership, User

HERE_FOR = timedelta(seconds=90)
"""How long somebody counts as here after they were last seen."""


class Presence(Base):
    """Somebody has a draft open, and had it at `seen_at`."""

    __tablename__ = "presences"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)


def see(session: Session, here: Iterable[tuple[int, int]], now: datetime) -> None:
    """These have their drafts open (draft, person). One statement, however many."""
    rows = [{"draft_id": draft_id, "user_id": user_id, "seen_at": now} for draft_id, user_id in sorted(set(here))]
    if not rows:
        return
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(Presence).values(rows)
    session.execute(
        insert.on_conflict_do_update(index_elements=["draft_id", "user_id"], set_={"seen_at": insert.excluded.seen_at})
    )


def leave(session: Session, left: Collection[tuple[int, int]], seen_before: datetime) -> None:
    """These have closed their drafts, unless another process has seen them since."""
    if left:
        gone = tuple_(Presence.draft_id, Presence.user_id).in_(sorted(left))
        session.execute(delete(Presence).where(gone, Presence.seen_at <= seen_before))


def forget(session: Session, now: datetime) -> None:
    """Whoever was not seen for long is forgotten."""
    session.execute(delete(Presence).where(Presence.seen_at < now - HERE_FOR))


def present(session: Session, draft_id: int, now: datetime) -> dict[str | None, int]:
    """How many people are here, by the code of the institution they speak for in the draft today; None: for none."""
    rows = session.execute(
        select(Institution.code, func.count())
        .select_from(Presence)
        .join(Membership, (Membership.user_id == Presence.user_id) & (Membership.draft_id == Presence.draft_id))
        .outerjoin(Institution, Institution.id == speaker_for(Membership.institution_id))
        .where(Presence.draft_id == draft_id, Presence.seen_at > now - HERE_FOR)
        .group_by(Institution.code),
        {"day": today(session)},
    )
    return {row[0]: row[1] for row in rows}


def roles(
    session: Session, hearers: Collection[tuple[int, int, int]], now: datetime
) -> dict[tuple[int, int, int], Role]:
    """In which role these people (draft, person, sign-in) may enter the drafts; those who may not any more are left
    out."""
    if not hearers:
        return {}
    drafts, _, signed_in = (sorted(set(of)) for of in zip(*hearers, strict=True))
    lasts = or_(Membership.ends_at.is_(None), Membership.ends_at > now)
    rows = session.execute(
        select(Membership.draft_id, Membership.user_id, SignIn.id, Membership.role)
        .join(User, User.id == Membership.user_id)
        .join(SignIn, SignIn.user_id == User.id)
        .where(Membership.draft_id.in_(drafts), SignIn.id.in_(signed_in), User.closed_at.is_(None), lasts)
        .where(SignIn.ended_at.is_(None), SignIn.ends_at > now)
    )
    return {(draft_id, user_id, sign_in): Role(role) for draft_id, user_id, sign_in, role in rows}
