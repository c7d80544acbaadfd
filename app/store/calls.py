"""Calls for positions: what a group is asked about, by which rule, until when, and whether answers are hidden."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.domain.rules import Rule, RuleKind
from app.store.db import Base, UTCDateTime


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
    """One thing a call asks about, and the text it asks about. `result` is what the rule gave when it was closed."""

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


def next_number(session: Session, draft_id: int) -> int:
    last = session.scalar(select(func.max(Call.number)).where(Call.draft_id == draft_id))
    return (last or 0) + 1


def rule_of(call: Call) -> Rule:
    """The rule that was fixed with the call."""
    share = Fraction(call.share_numerator, call.share_denominator)
    return Rule(RuleKind(call.rule), share, call.share_exceeded, call.of_seats)
