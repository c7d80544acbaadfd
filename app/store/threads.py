"""What hangs on comments: former wordings, settled threads, who is named in them; and who can be named in a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.store.comments import About, Comment, CommentWording, Mention, Resolution
from app.store.drafts import ClauseText
from app.store.institutions import Institution, Seat
from app.store.users import Membership, User


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an institution: what `@` is written before, and the row. `title` is a person's full name."""

    name: str
    title: str
    user_id: int | None
    institution_id: int | None


def wordings(session: Session, about: About) -> dict[int, list[CommentWording]]:
    """Former wordings of comments, oldest first."""
    found: dict[int, list[CommentWording]] = {}
    rows = session.scalars(
        select(CommentWording)
        .join(Comment, Comment.id == CommentWording.comment_id)
        .where(about)
        .order_by(CommentWording.comment_id, CommentWording.number)
    )
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


def resolutions(session: Session, about: About) -> dict[int, tuple[Resolution, str]]:
    """Settled threads by their first comment, and the full name of who settled them."""
    rows = session.execute(
        select(Resolution, User.full_name)
        .join(Comment, Comment.id == Resolution.comment_id)
        .outerjoin(User, User.id == Resolution.user_id)
        .where(about)
    )
    return {row.comment_id: (row, name or "") for row, name in rows}


def mentions(session: Session, about: About) -> dict[int, list[Named]]:
    """Who is named in which comment."""
    found: dict[int, list[Named]] = {}
    rows = session.execute(
        select(Mention, User.name, User.full_name, Institution.code)
        .join(Comment, Comment.id == Mention.comment_id)
        .outerjoin(User, User.id == Mention.user_id)
        .outerjoin(Institution, Institution.id == Mention.institution_id)
        .where(about)
        .order_by(Mention.id)
    )
    for row, name, full_name, code in rows:
        named = Named(name or code, full_name or "", row.user_id, row.institution_id)
        found.setdefault(row.comment_id, []).append(named)
    return found


def addressees(session: Session, draft_id: int, *, people: bool = True) -> list[Named]:
    """Who can be named in a draft: its members (unless no `people`), the institutions they speak for and those that
    have a seat."""
    asked = (
        select(User.id, User.name, User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.draft_id == draft_id, User.closed_at.is_(None), User.kind == "person")
        .order_by(User.name)
    )
    members = session.execute(asked).all() if people else []
    seated = select(Seat.institution_id).where(Seat.draft_id == draft_id)
    speaking = select(Membership.institution_id).where(Membership.draft_id == draft_id)
    institutions = session.execute(
        select(Institution.id, Institution.code)
        .where(or_(Institution.id.in_(seated), Institution.id.in_(speaking)))
        .order_by(Institution.code)
    )
    return [Named(name, full_name, id, None) for id, name, full_name in members] + [
        Named(code, "", None, id) for id, code in institutions
    ]


def set_mentions(session: Session, comment_id: int, named: Iterable[Named]) -> None:
    """Who a comment names, in place of whom it named before."""
    session.execute(delete(Mention).where(Mention.comment_id == comment_id))
    session.add_all(
        Mention(comment_id=comment_id, user_id=one.user_id, institution_id=one.institution_id) for one in named
    )
    session.flush()


def named_in(session: Session, comment_id: int) -> set[str]:
    """Whom a comment names, for the record: `user 5`, `institution 3`."""
    rows = session.execute(select(Mention.user_id, Mention.institution_id).where(Mention.comment_id == comment_id))
    return {f"user {user}" if user is not None else f"institution {institution}" for user, institution in rows}


def keep_wording(session: Session, comment: Comment, now: datetime) -> int:
    """Put a comment's present wording among the former ones, before it is changed. Its number."""
    last = session.execute(
        select(func.max(CommentWording.number)).where(CommentWording.comment_id == comment.id)
    ).scalar_one()
    number = (last or 0) + 1
    session.add(
        CommentWording(
            comment_id=comment.id, number=number, kind=comment.kind, quote=comment.quote, body=comment.body,
            written_at=now,
        )
    )  # fmt: skip
    session.flush()
    return number


def resolution(session: Session, comment_id: int) -> Resolution | None:
    return session.get(Resolution, comment_id)


def texts_of_commented(session: Session, draft_id: int, language: str) -> dict[str, list[ClauseText]]:
    """Every text of every clause that has comments, oldest first."""
    commented = select(Comment.clause_id).where(Comment.draft_id == draft_id, Comment.clause_id.is_not(None))
    rows = session.scalars(
        select(ClauseText)
        .where(ClauseText.clause_id.in_(commented), ClauseText.language == language)
        .order_by(ClauseText.clause_id, ClauseText.first_version)
    )
    found: dict[str, list[ClauseText]] = {}
    for row in rows:
        found.setdefault(row.clause_id, []).append(row)
    return found
