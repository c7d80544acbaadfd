"""Ways back into an account as they are found, made and ended."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.domain.permissions import ALLOWED, Action
from app.store import letters
from app.store.invitations import WayBack
from app.store.letters import Letter
from app.store.users import Membership, User

MANAGING = [role.value for role, actions in ALLOWED.items() if Action.MANAGE_MEMBERS in actions]


def by_hash(session: Session, hashed_as: str) -> WayBack | None:
    """The way back whose link or code has this hash."""
    return session.scalars(
        select(WayBack).where(or_(WayBack.token_hash == hashed_as, WayBack.code_hash == hashed_as))
    ).first()


def to_write(session: Session, way_id: int) -> WayBack:
    """The same, its row held: of two that use it at once the second one finds it used."""
    asked = select(WayBack).where(WayBack.id == way_id).with_for_update()
    return session.scalars(asked.execution_options(populate_existing=True)).one()


def revoke_others(session: Session, user_id: int, now: datetime, *, by_hand_only: bool = False) -> None:
    """End the ways back into an account that wait: all, or those that somebody made."""
    asked = update(WayBack).where(WayBack.user_id == user_id, WayBack.used_at.is_(None), WayBack.revoked_at.is_(None))
    if by_hand_only:
        asked = asked.where(WayBack.made_by.is_not(None))
    session.execute(asked.values(revoked_at=now))


def add(session: Session, row: WayBack) -> None:
    session.add(row)
    session.flush()


def reachable_at(session: Session, email_key: str) -> User | None:
    """Whose confirmed address this is, if that account can be signed in to."""
    return session.scalars(
        select(User).where(
            User.email_key == email_key, User.email_confirmed_at.is_not(None), User.closed_at.is_(None),
            User.kind == "person",
        )
    ).first()  # fmt: skip


def put(session: Session, row: WayBack, letter: Letter, now: datetime, *, is_kept: bool) -> None:
    """Store a way back with its letter; or do all of it and take it back, so that it takes as long."""
    if row.user_id is None:
        row.user_id = session.scalar(select(func.min(User.id)))
    if row.user_id is None:
        return  # nobody has an account
    savepoint = session.begin_nested()
    session.add(row)
    session.flush()
    letters.put(session, letter, now)
    if is_kept:
        savepoint.commit()
    else:
        savepoint.rollback()


def manages_elsewhere(session: Session, person_id: int, manager_id: int) -> bool:
    """Whether somebody manages the members of a draft in which the other does not."""
    own = aliased(Membership)
    managed = select(own.draft_id).where(own.user_id == manager_id, own.role.in_(MANAGING))
    elsewhere = select(Membership.id).where(
        Membership.user_id == person_id, Membership.role.in_(MANAGING), Membership.draft_id.not_in(managed)
    )
    return session.scalar(elsewhere.limit(1)) is not None


def member(session: Session, draft_id: int, person_id: int) -> User | None:
    """A person, no guest, who is a member of a draft."""
    return session.scalars(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == person_id, User.kind == "person", Membership.draft_id == draft_id)
    ).first()


def person(session: Session, person_id: int) -> User | None:
    """Anybody with an account of their own."""
    return session.scalars(select(User).where(User.id == person_id, User.kind == "person")).first()
