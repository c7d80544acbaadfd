"""The page of invitations to a draft: a fixed number of statements, however many there are."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.invitations import LONGEST_DAYS, USUAL_DAYS
from app.services import showing
from app.services.inviting import InvitationLine, Inviter, draft_to_look_at, listed
from app.services.marks import Marks
from app.services.pages import DraftHead, InstitutionMark
from app.store import institutions, invitations
from app.store.memberships import NoSuchDraft, enter


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """`draft` is none for an administrator of the installation who is no member: they see no more than its title.
    `offered` are the institutions that are there today; `days` is how long an invitation is usually good for."""

    slug: str
    title: str
    language: str
    draft: DraftHead | None
    lines: tuple[InvitationLine, ...]
    offered: tuple[InstitutionMark, ...]
    days: int


def invitations_page(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime
) -> InvitationsPage:  # fmt: skip
    """Raises NoSuchDraft, RoleMayNot."""
    by = Inviter(user_id)
    draft = draft_to_look_at(session, slug, by)
    marks = showing.institution_marks(session, language)
    return InvitationsPage(
        slug, draft.title, draft.language, _head(session, slug, user_id, marks),
        tuple(listed(session, slug=slug, by=by, now=now)), _offered(session, marks, now.date()),
        min(invitations.usual_days(session) or USUAL_DAYS, LONGEST_DAYS),
    )  # fmt: skip


def _head(session: Session, slug: str, user_id: int | None, marks: Marks) -> DraftHead | None:
    try:
        return showing.draft_head(session, enter(session, slug, user_id), marks)
    except NoSuchDraft:
        return None


def _offered(session: Session, marks: Marks, today: date) -> tuple[InstitutionMark, ...]:
    here = [one for one in institutions.every(session) if one.exists_until is None or one.exists_until >= today]
    return tuple(marks[one.id] for one in here)
