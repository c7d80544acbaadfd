"""Editing one's own comment, with its former wordings kept, and withdrawing it, with its place kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.permissions import Action, check_can
from app.services.discussing import check_comment, facts_about, name_those_mentioned
from app.services.threads import is_own, may_take_out
from app.store import comments, events, threads
from app.store.comments import Comment
from app.store.memberships import Entry, enter_to_write


class NotYourComment(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only who wrote a comment may edit or withdraw it.")


class WithdrawnAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This comment was withdrawn by its author and stays as it is.")


class NothingEdited(Invalid):
    def __init__(self) -> None:
        super().__init__("Nothing was changed: the comment reads as before.")


def edit_comment(
    session: Session, *, slug: str, comment_id: int, user_id: int | None, kind: str, body: str, now: datetime
) -> None:
    """Give one's own comment another wording. What it is about stays: for other words, make another comment.

    Raises NotYourComment, WithdrawnAlready, NothingEdited, and what `check_comment` raises.
    """
    entry, comment = _own(session, slug, comment_id, user_id)
    check_comment(kind, body)
    if (kind, body.strip()) == (comment.kind, comment.body):
        raise NothingEdited
    former = threads.keep_wording(session, comment, entry.told_at(now))
    named_before = threads.named_in(session, comment.id)
    comment.kind, comment.body = kind, body.strip()
    named = name_those_mentioned(session, entry, comment)
    named_anew = sorted(threads.named_in(session, comment.id) - named_before)
    events.record(
        session, entry.draft, "comment_edited", entry.attribution, now=now, user_id=entry.author_id,
        institution_id=entry.author_institution_id,
        comment=comment.id, comment_kind=kind, body=comment.body, former=former, mentions=named,
        named_anew=named_anew, **facts_about(session, comment),
    )  # fmt: skip
    session.commit()


def withdraw_comment(session: Session, *, slug: str, comment_id: int, user_id: int | None, now: datetime) -> None:
    """Take back one's own comment: its words are hidden, the replies and the record stay. One whose author nobody knows
    a facilitator may take out for the sake of order; the record names them then.

    Raises NotYourComment, WithdrawnAlready.
    """
    entry, comment = _own(session, slug, comment_id, user_id, or_in_office=True)
    comment.withdrawn_at = entry.told_at(now)
    events.record(
        session, entry.draft, "comment_withdrawn", entry.attribution if is_own(entry, comment) else None, now=now,
        user_id=entry.user_id, institution_id=entry.institution_id, comment=comment.id, **facts_about(session, comment),
    )  # fmt: skip
    session.commit()


def _own(
    session: Session, slug: str, comment_id: int, user_id: int | None, *, or_in_office: bool = False
) -> tuple[Entry, Comment]:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    comment = comments.find(session, entry.draft.id, comment_id)
    if not (is_own(entry, comment) or (or_in_office and may_take_out(entry, comment))):
        raise NotYourComment
    if comment.withdrawn_at is not None:
        raise WithdrawnAlready
    own = entry.hiding(comment.author_id, comment.institution_id) if is_own(entry, comment) else entry
    return own, comment
