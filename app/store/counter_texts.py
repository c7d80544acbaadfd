"""What the proposers answered to the counter-texts of a draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.store.amendments import AmendmentRow
from app.store.relations import AmendmentLink


@dataclass(frozen=True, slots=True)
class Answer:
    """Of the proposer of the amendment `number`; `answer` is None while there is none."""

    number: int
    answer: str | None
    reason: str
    at: datetime | None


def answers(session: Session, draft_id: int) -> dict[int, list[Answer]]:
    """By the counter-text's number, in the order of the amendments it is offered to."""
    counter, offered = aliased(AmendmentRow), aliased(AmendmentRow)
    asked = (
        select(counter.number, offered.number, AmendmentLink)
        .join(counter, counter.id == AmendmentLink.from_id)
        .join(offered, offered.id == AmendmentLink.to_id)
        .where(AmendmentLink.draft_id == draft_id, AmendmentLink.kind == "bridges", AmendmentLink.removed_at.is_(None))
        .order_by(counter.number, offered.number)
    )
    found: dict[int, list[Answer]] = {}
    for number, other, link in session.execute(asked):
        found.setdefault(number, []).append(Answer(other, link.answer, link.answer_reason, link.answered_at))
    return found
