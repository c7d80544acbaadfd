"""Taking up again what was agreed, with a reason: whatever was said before must be said again, and is kept."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, Outdated
from app.domain.permissions import Action, can, check_can
from app.domain.rules import Decision, Result
from app.domain.scale import Meaning
from app.domain.seats import Place, SeatKind
from app.services import seating
from app.services.agreeing import Agreement, agreement
from app.services.owning import word_of
from app.services.positioning import latest_text
from app.services.showing import NoSuchClause
from app.store import events
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Reopening

AGREED = (Result.AGREED, Result.AD_REFERENDUM)


class MayNotReopen(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only the head of a delegation with a full seat, or a facilitator, reopens what was agreed.")


class NotAgreed(Outdated):
    def __init__(self) -> None:
        super().__init__("This clause is not agreed as it stands, so there is nothing to reopen.")


def reopen(
    session: Session, *, slug: str, clause_id: str, reason: str, user_id: int | None, now: datetime, today: date
) -> None:
    """Reopen a clause that is agreed, or agreed ad referendum.

    Raises RoleMayNot, MayNotReopen, NoSuchClause, NotAgreed, NoWordOfReason, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    if not may_reopen(entry, seating.at_table(session, entry.draft.id, today)):
        raise MayNotReopen
    text = latest_text(session, entry)
    if clause_id not in text.places:
        raise NoSuchClause
    found = agreement(session, entry.draft, text, now, today)
    if not is_agreed(found.decisions.get(clause_id)):
        raise NotAgreed
    word = word_of(reason, needed=True)
    session.add(
        Reopening(
            draft_id=entry.draft.id, clause_id=clause_id, reason=word, author_id=entry.user_id,
            institution_id=entry.institution_id, created_at=now,
        )
    )  # fmt: skip
    told = seating.told(*seating.voices_of(session, today, *_agreeing(found, clause_id)))
    events.record(
        session, entry.draft, "clause_reopened", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        clause=clause_id, version=text.number, reason=word, told=told,
    )  # fmt: skip
    session.commit()


def may_reopen(entry: Entry, seats: Iterable[Place]) -> bool:
    """Whether somebody may reopen what was agreed."""
    if can(entry.role, Action.CALL):
        return True
    counted = {place.institution for place in seats if place.kind is SeatKind.FULL}
    return can(entry.role, Action.POSITION) and entry.part == "head" and entry.institution_id in counted


def is_agreed(decision: Decision | None) -> bool:
    """Whether the rule is met by what was said, whatever else stands around it."""
    return decision is not None and decision.result in AGREED


def _agreeing(found: Agreement, clause_id: str) -> Iterable[int]:
    """Who had agreed."""
    favoured = (Meaning.IN_FAVOUR, Meaning.RESERVED)
    return (voice.institution for voice in found.voices[clause_id] if voice.says in favoured)
