"""Resolving a thread: what it asked is settled. It is folded, not closed, and can be reopened."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.permissions import Action, check_can
from app.services.discussing import facts_about
from app.services.threads import is_own, may_settle
from app.store import comments, events, threads
from app.store.comments import Comment, Resolution
from app.store.memberships import Entry, enter_to_write


class MayNotSettle(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only a facilitator, or the institution that began a thread, may resolve or reopen it.")


class NotAThread(Invalid):
    def __init__(self) -> None:
        super().__init__("A reply is not resolved by itself: resolve the thread it stands in.")


class ResolvedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This thread is resolved already.")


class OpenAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This thread is open already.")


def resolve_thread(session: Session, *, slug: str, comment_id: int, user_id: int | None, now: datetime) -> None:
    """Raises MayNotSettle, NotAThread, ResolvedAlready."""
    entry, comment = _thread(session, slug, comment_id, user_id)
    if threads.resolution(session, comment.id) is not None:
        raise ResolvedAlready
    session.add(
        Resolution(
            comment_id=comment.id, user_id=entry.author_id, institution_id=entry.author_institution_id,
            resolved_at=entry.told_at(now), last_comment=comments.last_id(session, entry.draft.id),
        )
    )  # fmt: skip
    _record(session, entry, comment, "thread_resolved", now)
    session.commit()


def reopen_thread(session: Session, *, slug: str, comment_id: int, user_id: int | None, now: datetime) -> None:
    """Raises MayNotSettle, NotAThread, OpenAlready."""
    entry, comment = _thread(session, slug, comment_id, user_id)
    resolution = threads.resolution(session, comment.id)
    if resolution is None:
        raise OpenAlready
    session.delete(resolution)
    _record(session, entry, comment, "thread_reopened", now)
    session.commit()


def _thread(session: Session, slug: str, comment_id: int, user_id: int | None) -> tuple[Entry, Comment]:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    comment = comments.find(session, entry.draft.id, comment_id)
    if comment.reply_to is not None:
        raise NotAThread
    if not may_settle(entry, comment):
        raise MayNotSettle
    return entry.hiding(comment.author_id, comment.institution_id) if is_own(entry, comment) else entry, comment


def _record(session: Session, entry: Entry, comment: Comment, kind: str, now: datetime) -> None:
    events.record(
        session, entry.draft, kind, entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id,
        comment=comment.id, **facts_about(session, comment),
    )  # fmt: skip
