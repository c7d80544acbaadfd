"""Counter-texts: the proposer of each amendment that one would bridge accepts it or declines, and may think again."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Action, check_can
from app.services.owning import find_mine, find_open, word_of
from app.services.sponsoring import ANSWERS, AnsweredAlready, NoAnswer
from app.store import events, relations
from app.store.memberships import enter_to_write


def answer_counter_text(
    session: Session, *, slug: str, number: int, counter: int, answer: str, reason: str, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Accept a counter-text that was offered to an amendment of one's own, or decline it with a reason.

    Raises NoSuchAmendment, NotTheProposer, NotOnTheTable, NoSuchLink, NoAnswer, NoWordOfReason, AnsweredAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    row = find_mine(session, entry, number)
    entry = entry.hiding(row.author_id, row.institution_id)
    offered = find_open(session, entry, counter)
    link = relations.standing_link(session, offered.id, row.id, "bridges")
    if link is None:
        raise relations.NoSuchLink
    if answer not in ANSWERS:
        raise NoAnswer
    word = word_of(reason, needed=answer == "declined")
    if link.answer == answer:
        raise AnsweredAlready
    link.answer, link.answer_reason = answer, word
    link.answered_by, link.answered_at = entry.author_id, entry.told_at(now)
    events.record(
        session, entry.draft, f"counter_text_{answer}", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, amendment=counter,
        offered_to=number, revision=offered.revision, reason=word,
    )  # fmt: skip
    session.commit()
