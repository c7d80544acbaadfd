"""Calls for positions: what a group is asked about, by which rule, until when, and whether answers are hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.domain.rules import Rule, RuleKind
from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft
from app.store.events import Event
from app.store.institutions import Seat
from app.store.positions import Position
from app.store.succession import is_ours
from app.store.users import Membership

CHANGED = "changed"
"""The result where the text was changed before the time to speak was over."""
CALLED_OFF = "called_off"
"""The result of a call that was called off: it decided nothing."""


class Call(Base):
    """The rule is fixed with the call: its kind and, of a majority, the exact share. Hidden: nobody learns what others
    chose until `revealed_at`."""

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # 1, 2, … within the draft
    version: Mapped[int]
    question: Mapped[str] = mapped_column(Text, default="")
    rule: Mapped[str] = mapped_column(String(20))
    share_numerator: Mapped[int] = mapped_column(default=2)
    share_denominator: Mapped[int] = mapped_column(default=3)
    share_exceeded: Mapped[bool] = mapped_column(default=False)  # more than the share is needed
    of_seats: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirm_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # what is given ad referendum
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint("rule IN ('consensus', 'minus_one', 'silence', 'majority')", name="rule_known"),
        CheckConstraint("share_denominator > 0 AND share_numerator > 0", name="share_positive"),
        CheckConstraint("rule <> 'silence' OR deadline IS NOT NULL", name="silence_until"),
    )


class CallItem(Base):
    """One thing a call asks about, and the text it asks about. `result` is what the rule gave when it was closed, or
    CHANGED, or CALLED_OFF."""

    __tablename__ = "call_items"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    text_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (CheckConstraint("(clause_id IS NULL) <> (amendment_id IS NULL)", name="about_one_thing"),)


class Receipt(Base):
    """An institution's confirmation that a call reached it: silence means something only with it."""

    __tablename__ = "receipts"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class NoSuchCall(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no call {number} in this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> Call:
    """Raises NoSuchCall."""
    row = session.scalars(select(Call).where(Call.draft_id == draft_id, Call.number == number)).first()
    if row is None:
        raise NoSuchCall(number)
    return row


def of_draft(session: Session, draft_id: int) -> list[Call]:
    """Every call of a draft by its number."""
    return list(session.scalars(select(Call).where(Call.draft_id == draft_id).order_by(Call.number)))


def items_of(session: Session, draft_id: int) -> dict[int, list[CallItem]]:
    """What every call of a draft asks about, by call id."""
    found: dict[int, list[CallItem]] = {}
    rows = session.scalars(
        select(CallItem)
        .join(Call, Call.id == CallItem.call_id)
        .where(Call.draft_id == draft_id)
        .order_by(CallItem.call_id, CallItem.ordinal)
    )
    for item in rows:
        found.setdefault(item.call_id, []).append(item)
    return found


def receipts_of(session: Session, draft_id: int) -> dict[int, frozenset[int]]:
    """The institutions that confirmed receipt, by call id."""
    found: dict[int, frozenset[int]] = {}
    rows = session.execute(
        select(Receipt.call_id, Receipt.institution_id)
        .join(Call, Call.id == Receipt.call_id)
        .where(Call.draft_id == draft_id)
    )
    for call_id, institution_id in rows:
        found[call_id] = found.get(call_id, frozenset()) | {institution_id}
    return found


def receipts_at(session: Session, call_id: int) -> dict[int, datetime]:
    """When each institution confirmed that a call reached it."""
    rows = session.execute(select(Receipt.institution_id, Receipt.confirmed_at).where(Receipt.call_id == call_id))
    return {row[0]: row[1] for row in rows}


def receive(session: Session, call: Call, institution_id: int, user_id: int | None, now: datetime) -> bool:
    """Store that a call reached an institution; False where that was known."""
    if session.get(Receipt, (call.id, institution_id)) is not None:
        return False
    session.add(Receipt(call_id=call.id, institution_id=institution_id, user_id=user_id, confirmed_at=now))
    session.flush()
    return True


def add(session: Session, call: Call, items: Iterable[CallItem]) -> None:
    """Store a new call with what it asks about, in this order."""
    session.add(call)
    session.flush()
    for ordinal, item in enumerate(items, start=1):
        item.call_id, item.ordinal = call.id, ordinal
        session.add(item)
    session.flush()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open call that somebody's institution has not confirmed to have received, or not answered in all."""

    slug: str
    title: str
    language: str
    number: int
    question: str
    deadline: datetime | None
    received: bool
    answered: bool


def waiting_for(session: Session, user_id: int, now: datetime, draft_id: int | None = None) -> list[Waiting]:
    """The open calls that wait for the institution of a person, the most urgent first. One statement."""
    ours = and_(Receipt.call_id == Call.id, is_ours(Receipt.institution_id))
    received = exists().where(ours).correlate(Call, Membership)
    about = or_(Position.clause_id == CallItem.clause_id, Position.amendment_id == CallItem.amendment_id)
    said = and_(Position.call_id == Call.id, is_ours(Position.institution_id), about)
    left = and_(CallItem.call_id == Call.id, ~exists().where(said).correlate(Call, Membership, CallItem))
    answered = ~exists().where(left).correlate(Call, Membership)
    query = (
        select(Draft.slug, Draft.title, Draft.language, Call.number, Call.question, Call.deadline, received, answered)
        .join(Draft, Draft.id == Call.draft_id)
        .join(Membership, and_(Membership.draft_id == Call.draft_id, Membership.user_id == user_id))
        .where(
            Call.closed_at.is_(None), Call.revealed_at.is_(None), Call.opened_at <= now,
            or_(Call.deadline.is_(None), Call.deadline > now),
            or_(~received, and_(Call.rule != RuleKind.SILENCE.value, ~answered)),
            exists().where(
                Seat.draft_id == Call.draft_id, is_ours(Seat.institution_id), Seat.kind != "facilitating"
            ),
        )
        .order_by(Call.deadline.is_(None), Call.deadline, Draft.title, Call.number)
    )  # fmt: skip
    if draft_id is not None:
        query = query.where(Call.draft_id == draft_id)
    return [Waiting(*row) for row in session.execute(query, {"day": now.date()})]


def next_number(session: Session, draft_id: int) -> int:
    last = session.scalar(select(func.max(Call.number)).where(Call.draft_id == draft_id))
    return (last or 0) + 1


def rule_of(call: Call) -> Rule:
    """The rule that was fixed with the call."""
    share = Fraction(call.share_numerator, call.share_denominator)
    return Rule(RuleKind(call.rule), share, call.share_exceeded, call.of_seats)


TOLD = ("position_stated", "call_extended", "call_called_off")


def told_of(session: Session, draft_id: int, number: int) -> list[Event]:
    """What the record tells of a call between its opening and its end: answers, the end put off, called off."""
    asked = select(Event).where(
        Event.draft_id == draft_id, Event.kind.in_(TOLD), Event.facts["call"].as_integer() == number
    )
    return list(session.scalars(asked.order_by(Event.number)))
