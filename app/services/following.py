"""Following a clause with all below it, or a whole draft: what happens there is news. Nobody else sees who follows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Action, check_can
from app.services import showing
from app.store import concerning, follows
from app.store.memberships import Entry, NoSuchDraft, enter_to_write


@dataclass(frozen=True, slots=True)
class Following:
    """`own`: this clause (or draft) itself is followed; `above`: one it stands below, or the whole draft."""

    own: bool
    above: bool = False


def follow(session: Session, *, slug: str, clause_id: str | None, user_id: int | None, now: datetime) -> None:
    """Follow a clause, or the whole draft where none is given. Raises NoSuchDraft, NoSuchClause."""
    entry = _entered(session, slug, clause_id, user_id)
    follows.start(session, user_id=entry.user_id, draft_id=entry.draft.id, clause_ids=[clause_id], now=now)
    session.commit()


def unfollow(session: Session, *, slug: str, clause_id: str | None, user_id: int | None) -> None:
    """Stop following it. Raises NoSuchDraft, NoSuchClause."""
    entry = _entered(session, slug, clause_id, user_id)
    follows.stop(session, user_id=entry.user_id, draft_id=entry.draft.id, clause_id=clause_id)
    session.commit()


def follows_it(session: Session, *, slug: str, clause_id: str | None, user_id: int | None) -> Following:
    """Whether somebody follows a clause or the whole draft. Raises NoSuchDraft."""
    known = follows.followed_in(session, slug, user_id)
    if known is None or user_id is None:
        raise NoSuchDraft(slug)
    own = clause_id in known
    return Following(own, clause_id is not None and not own and concerning.follows_above(session, user_id, clause_id))


def _entered(session: Session, slug: str, clause_id: str | None, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.READ)
    if clause_id is not None and not follows.knows(session, entry.draft.id, clause_id):
        raise showing.NoSuchClause
    return entry
