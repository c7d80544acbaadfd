"""Whether somebody may enter a draft: the draft with their membership, or nothing."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.permissions import Role
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.users import Membership


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


def enter(session: Session, slug: str, user_id: int | None) -> Entry:
    """Raises NoSuchDraft for strangers as for unknown slugs."""
    found = session.execute(
        select(Draft, Membership)
        .join(Membership, and_(Membership.draft_id == Draft.id, Membership.user_id == user_id))
        .where(Draft.slug == slug)
    ).first()
    if found is None or user_id is None:
        raise NoSuchDraft(slug)
    draft, membership = found
    return Entry(draft, Role(membership.role), user_id, membership.institution_id)


def enter_to_write(session: Session, slug: str, user_id: int | None) -> Entry:
    """The same in a transaction that writes and holds the draft's row, so that writers to one draft queue."""
    begin_writing(session)
    entry = enter(session, slug, user_id)
    session.execute(select(Draft.id).where(Draft.id == entry.draft.id).with_for_update())
    return entry
