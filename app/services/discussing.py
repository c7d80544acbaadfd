"""Discussing: comments and replies on clauses and amendments."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Action, check_can
from app.services.showing import NoSuchClause
from app.store import amendments, comments, events, versions
from app.store.comments import Comment
from app.store.memberships import Entry, enter_to_write

KINDS = (
    "comment", "question", "position", "drafting", "experience", "proposal", "advice", "support", "reservation",
    "concern", "parking_lot",
)  # fmt: skip
LONGEST = 20_000
LARGEST_ID = 2**31 - 1  # what a database's integer holds


class EmptyComment(Invalid):
    def __init__(self) -> None:
        super().__init__("Write your comment first: it is empty.")


class TooLong(Invalid):
    def __init__(self, length: int) -> None:
        super().__init__(f"The comment has {length} characters; the longest possible has {LONGEST}.")


class QuoteNotFound(Invalid):
    def __init__(self, quote: str) -> None:
        super().__init__(
            f"The words “{quote}” do not stand in this clause. Copy them exactly, or leave the field empty."
        )
        self.quote = quote


def comment_on_clause(
    session: Session, *, slug: str, clause_id: str, user_id: int | None, kind: str, body: str, quote: str,
    reply_to: int | None, now: datetime,
) -> int:  # fmt: skip
    """Add a comment to a clause, on words in it where `quote` is given. Its id. Raises the refusals of this module."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    _check(kind, body)
    history = versions.history_of(session, clause_id, entry.draft.language)
    if not history or history[-1].draft_id != entry.draft.id:
        raise NoSuchClause
    text = history[-1]
    quote = quote.strip()
    if quote and quote not in text.body:
        raise QuoteNotFound(quote)
    number = text.last_version or versions.latest_number(session, entry.draft.id)
    comment = _new(entry, number, kind, body, now)
    comment.clause_id, comment.quote = clause_id, quote
    comment.quote_start = text.body.index(quote) if quote else None
    if reply_to is not None:
        comment.reply_to = _checked_reply(session, reply_to, clause_id=clause_id)
    return _store(session, entry, comment, now, clause=clause_id)


def comment_on_amendment(
    session: Session, *, slug: str, number: int, user_id: int | None, kind: str, body: str, reply_to: int | None,
    now: datetime,
) -> int:  # fmt: skip
    """Add a comment to an amendment. Its id. Raises the refusals of this module and NoSuchAmendment."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    _check(kind, body)
    amendment = amendments.find(session, entry.draft.id, number)
    comment = _new(entry, amendment.base_version, kind, body, now)
    comment.amendment_id = amendment.id
    if reply_to is not None:
        comment.reply_to = _checked_reply(session, reply_to, amendment_id=amendment.id)
    return _store(session, entry, comment, now, amendment=number)


def _check(kind: str, body: str) -> None:
    if kind not in KINDS:
        raise Invalid(f"“{kind}” is no kind of comment.")
    if not body.strip():
        raise EmptyComment
    if len(body) > LONGEST:
        raise TooLong(len(body))
    if "\0" in body:
        raise Invalid("The comment has a null character in it, which no text needs.")


def _checked_reply(
    session: Session, comment_id: int, *, clause_id: str | None = None, amendment_id: int | None = None
) -> int:
    """A reply answers a comment on the same thing."""
    answered = session.get(Comment, comment_id) if 0 < comment_id <= LARGEST_ID else None
    if answered is None or (answered.clause_id, answered.amendment_id) != (clause_id, amendment_id):
        raise NotFound("The comment you reply to is not there.")
    return comment_id


def _new(entry: Entry, number: int, kind: str, body: str, now: datetime) -> Comment:
    return Comment(
        draft_id=entry.draft.id, version=number, language=entry.draft.language, kind=kind, body=body.strip(), quote="",
        institution_id=entry.institution_id, author_id=entry.user_id, created_at=now,
    )  # fmt: skip


def _store(session: Session, entry: Entry, comment: Comment, now: datetime, **about: str | int) -> int:
    comments.add(session, comment)
    events.record(
        session, entry.draft, "comment_made", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        comment=comment.id, comment_kind=comment.kind, body=comment.body, quote=comment.quote,
        reply_to=comment.reply_to, **about,
    )  # fmt: skip
    made = comment.id
    session.commit()
    return made
