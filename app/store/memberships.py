"""Whether somebody may enter a draft: the draft with their membership, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Role
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.events import Event
from app.store.institutions import Institution
from app.store.sittings import SittingRow
from app.store.users import Membership, User


class NoSuchDraft(NotFound):
    """There is no such draft, or none that this person may see: the answer is the same."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no draft “{slug}” that you may see.")
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Entry:
    """A person inside a draft: their role and the institution they speak for."""

    draft: Draft
    role: Role
    user_id: int
    institution_id: int | None
    part: str = "head"  # in the delegation: head, authorised, member
    recorded: int = 0  # the number of the draft's last event
    sitting: int | None = None  # the number of the session that is being held


def enter(session: Session, slug: str, user_id: int | None) -> Entry:
    """Raises NoSuchDraft for strangers as for unknown slugs."""
    recorded = select(func.max(Event.number)).where(Event.draft_id == Draft.id).scalar_subquery()
    is_held = SittingRow.opened_at.is_not(None) & SittingRow.closed_at.is_(None)
    sitting = select(func.max(SittingRow.number)).where(SittingRow.draft_id == Draft.id, is_held).scalar_subquery()
    found = session.execute(
        select(Draft, Membership, recorded, sitting)
        .join(Membership, and_(Membership.draft_id == Draft.id, Membership.user_id == user_id))
        .where(Draft.slug == slug)
    ).first()
    if found is None or user_id is None:
        raise NoSuchDraft(slug)
    draft, membership, last, held = found
    return Entry(draft, Role(membership.role), user_id, membership.institution_id, membership.part, last or 0, held)


def enter_to_write(session: Session, slug: str, user_id: int | None) -> Entry:
    """The same in a transaction that writes and holds the draft's row, so that writers to one draft queue."""
    begin_writing(session)
    entry = enter(session, slug, user_id)
    session.execute(select(Draft.id).where(Draft.id == entry.draft.id).with_for_update())
    return entry


def find_draft(session: Session, slug: str) -> Draft:
    """A draft by its slug, for the command line and public pages. Raises NoSuchDraft."""
    draft = session.scalars(select(Draft).where(Draft.slug == slug)).first()
    if draft is None:
        raise NoSuchDraft(slug)
    return draft


def draft_to_write(session: Session, slug: str) -> Draft:
    """The same, its row held, for the command line in a transaction that writes. Raises NoSuchDraft."""
    draft = session.scalars(select(Draft).where(Draft.slug == slug).with_for_update()).first()
    if draft is None:
        raise NoSuchDraft(slug)
    return draft


def entries(session: Session, user_id: int) -> list[Entry]:
    """Every draft a person may enter, by title."""
    rows = session.execute(
        select(Draft, Membership)
        .join(Membership, Membership.draft_id == Draft.id)
        .where(Membership.user_id == user_id)
        .order_by(Draft.title)
    )
    return [Entry(draft, Role(member.role), user_id, member.institution_id, member.part) for draft, member in rows]


def add_member(
    session: Session, draft: Draft, *, name: str, role: Role, institution_code: str | None, now: datetime,
    part: str = "head",
) -> None:  # fmt: skip
    """Give somebody a role in a draft, or another one than before. Raises Invalid for unknown people or bodies."""
    user = session.scalars(select(User).where(User.name == name)).first()
    if user is None:
        raise Invalid(f"There is no account “{name}”.")
    institution = session.scalars(select(Institution).where(Institution.code == institution_code)).first()
    if institution_code is not None and institution is None:
        raise Invalid(f"There is no institution “{institution_code}”.")
    if role is Role.REPRESENTATIVE and institution is None:
        raise Invalid("A representative speaks for an institution: name it.")
    membership = session.scalars(
        select(Membership).where(Membership.draft_id == draft.id, Membership.user_id == user.id)
    ).first() or Membership(draft_id=draft.id, user_id=user.id, created_at=now)
    membership.role = role.value
    membership.institution_id = institution.id if institution else None
    membership.part = part
    session.add(membership)
    session.flush()


def all_drafts(session: Session) -> list[Draft]:
    """Every draft, by slug."""
    return list(session.scalars(select(Draft).order_by(Draft.slug)))
