"""Comments and their replies, on a clause or on an amendment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.domain.errors import NotFound
from app.store import follows
from app.store.db import Base, UTCDateTime
from app.store.users import User


class Comment(Base):
    """`version` is the one it was made on; `quote` the words it is about, at `quote_start` of the body then."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text, default="")
    quote_start: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    receipt_hash: Mapped[str | None] = mapped_column(String(64))  # of an author who is not stored: proves it was theirs
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("(clause_id IS NULL) <> (amendment_id IS NULL)", name="about_one_thing"),
        CheckConstraint(
            "kind IN ('comment', 'question', 'position', 'drafting', 'experience', 'proposal', 'advice', 'support',"
            " 'reservation', 'concern', 'parking_lot')",
            name="kind_known",
        ),
        CheckConstraint("length(body) > 0", name="body_not_empty"),
        Index("ix_comments_draft", "draft_id", "created_at"),
    )


class CommentWording(Base):
    """A former wording of a comment that was edited, 1 the first. The comment itself holds the present one.

    `written_at` is when the next wording was written in its place: what was read before, was this one.
    """

    __tablename__ = "comment_wordings"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("number >= 1", name="number_from_one"),)


class Resolution(Base):
    """A thread that is settled, by its first comment: who said so and when. Reopening takes the row away; the record
    keeps both."""

    __tablename__ = "resolutions"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    resolved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_comment: Mapped[int | None]  # the draft's newest then: what was said since has a higher id


class Mention(Base):
    """Somebody, or an institution, named in a comment with `@`."""

    __tablename__ = "mentions"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)

    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (institution_id IS NULL)", name="names_one"),
        UniqueConstraint("comment_id", "user_id", "institution_id"),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A comment and the full name of who made it (empty where it is not stored)."""

    comment: Comment
    author: str


class NoSuchComment(NotFound):
    def __init__(self) -> None:
        super().__init__("This comment is not in the draft.")


About = ColumnElement[bool]
"""Which comments are meant: those on a clause, on an amendment, or all of a draft."""


def on_clause(clause_id: str) -> About:
    return Comment.clause_id == clause_id


def on_amendment(amendment_id: int) -> About:
    return Comment.amendment_id == amendment_id


def in_draft(draft_id: int) -> About:
    return Comment.draft_id == draft_id


def find(session: Session, draft_id: int, comment_id: int) -> Comment:
    """Raises NoSuchComment."""
    found = session.scalars(select(Comment).where(Comment.draft_id == draft_id, Comment.id == comment_id)).first()
    if found is None:
        raise NoSuchComment
    return found


def told(session: Session, about: About) -> list[Told]:
    """Comments with their authors, in the order they were made."""
    rows = session.execute(
        select(Comment, User.full_name).outerjoin(User, User.id == Comment.author_id).where(about).order_by(Comment.id)
    )
    return [Told(comment, name or "") for comment, name in rows]


def said_by_clause(session: Session, draft_id: int) -> dict[str, tuple[int, bool]]:
    """How many comments each clause of a draft has, withdrawn ones left out, and whether a thread about it is open: not
    resolved, and not withdrawn without an answer."""
    answer = aliased(Comment)
    answered = select(answer.id).where(answer.reply_to == Comment.id, answer.withdrawn_at.is_(None)).exists()
    is_open = and_(
        Comment.reply_to.is_(None), Resolution.comment_id.is_(None), or_(Comment.withdrawn_at.is_(None), answered)
    )
    rows = session.execute(
        select(
            Comment.clause_id,
            func.sum(case((Comment.withdrawn_at.is_(None), 1), else_=0)),
            func.max(case((is_open, 1), else_=0)),
        )
        .outerjoin(Resolution, Resolution.comment_id == Comment.id)
        .where(Comment.draft_id == draft_id, Comment.clause_id.is_not(None))
        .group_by(Comment.clause_id)
    )
    return {clause_id: (int(count), bool(is_open)) for clause_id, count, is_open in rows if clause_id is not None}


def add(session: Session, comment: Comment) -> None:
    """Store a new comment; its author follows the clause from then on."""
    session.add(comment)
    session.flush()
    about = [comment.clause_id] if comment.clause_id else []
    follows.start(
        session, user_id=comment.author_id, draft_id=comment.draft_id, clause_ids=about, now=comment.created_at
    )


def last_id(session: Session, draft_id: int) -> int:
    """The newest comment of a draft; 0 where there is none."""
    return session.scalar(select(func.max(Comment.id)).where(Comment.draft_id == draft_id)) or 0
