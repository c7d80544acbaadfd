"""Who is in a draft: its members, those of one delegation, and who of them manages it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain.permissions import ALLOWED, Action, Role
from app.store.users import Membership, User

MANAGING = tuple(role.value for role in Role if Action.MANAGE_MEMBERS in ALLOWED[role])


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a draft. Guests, who come by a link, are none."""

    user_id: int
    name: str
    full_name: str
    role: Role
    institution_id: int | None
    part: str
    since: datetime
    is_closed: bool


def of_draft(session: Session, draft_id: int) -> list[Member]:
    """The members by their full names, in one statement."""
    rows = session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.draft_id == draft_id, User.kind == "person")
        .order_by(User.full_name, User.id)
    )
    return [
        Member(
            user.id, user.name, user.full_name, Role(member.role), member.institution_id, member.part,
            member.created_at, user.closed_at is not None,
        )
        for member, user in rows
    ]  # fmt: skip


def find(session: Session, draft_id: int, user_id: int) -> Membership | None:
    """Somebody's membership in a draft, no guest's."""
    return session.scalars(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(Membership.draft_id == draft_id, Membership.user_id == user_id, User.kind == "person")
    ).first()


def is_managed_without(session: Session, draft_id: int, user_id: int) -> bool:
    """Whether somebody else with an open account manages the members of a draft."""
    others = exists().where(
        Membership.draft_id == draft_id, Membership.user_id != user_id, Membership.role.in_(MANAGING),
        User.id == Membership.user_id, User.closed_at.is_(None),
    )  # fmt: skip
    return bool(session.scalar(select(others)))


def heads(session: Session, draft_id: int, institution_ids: Sequence[int]) -> list[Membership]:
    """The heads of the delegation of an institution and of those merged into it: one, unless members were given their
    parts before anybody saw to it."""
    return list(
        session.scalars(
            select(Membership).where(
                Membership.draft_id == draft_id, Membership.institution_id.in_(institution_ids),
                Membership.role == Role.REPRESENTATIVE.value, Membership.part == "head",
            ).order_by(Membership.id)
        )
    )  # fmt: skip
