"""What people contributed to a draft, whatever it is: whether there is any, and what a receipt is of."""

from sqlalchemy import exists, literal, or_, select
from sqlalchemy.orm import Session

from app.domain.attribution import CONTRIBUTIONS, DECLARED
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.events import Event
from app.store.explanations import Explanation
from app.store.positions import Position

RECORDED = sorted(CONTRIBUTIONS | DECLARED)


def any_in(session: Session, draft_id: int) -> bool:
    """Whether anything was ever contributed to a draft."""
    of_draft = [exists().where(table.draft_id == draft_id) for table in (Comment, AmendmentRow, Position, Explanation)]
    recorded = exists().where(Event.draft_id == draft_id, Event.kind.in_(RECORDED))
    return bool(session.scalar(select(literal(1)).where(or_(*of_draft, recorded))))


def of_receipt(session: Session, draft_id: int, receipt_hash: str) -> Comment | AmendmentRow | None:
    """The comment or the amendment whose author holds this receipt."""
    comment = select(Comment).where(Comment.draft_id == draft_id, Comment.receipt_hash == receipt_hash)
    amendment = select(AmendmentRow).where(AmendmentRow.draft_id == draft_id, AmendmentRow.receipt_hash == receipt_hash)
    return session.scalars(comment).first() or session.scalars(amendment).first()
