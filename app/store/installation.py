"""What an installation holds, counted: drafts without their content, people, institutions."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.drafts import Draft, Version
from app.store.institutions import Institution
from app.store.users import Membership, User


def every_draft(session: Session) -> list[tuple[Draft, int, int]]:
    """Every draft by address, with the number of its latest version and of its members, guests left out."""
    latest = select(func.max(Version.number)).where(Version.draft_id == Draft.id).scalar_subquery()
    members = (
        select(func.count(Membership.id))
        .join(User, User.id == Membership.user_id)
        .where(Membership.draft_id == Draft.id, User.kind == "person")
        .scalar_subquery()
    )
    rows = session.execute(select(Draft, latest, members).order_by(Draft.slug))
    return [(draft, number or 0, count) for draft, number, count in rows]


def totals(session: Session) -> tuple[int, int, int]:
    """How many people with an open account, institutions and drafts there are."""
    people = select(func.count(User.id)).where(User.kind == "person", User.closed_at.is_(None)).scalar_subquery()
    bodies = select(func.count(Institution.id)).scalar_subquery()
    drafts = select(func.count(Draft.id)).scalar_subquery()
    row = session.execute(select(people, bodies, drafts)).one()
    return row[0], row[1], row[2]
