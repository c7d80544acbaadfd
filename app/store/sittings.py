"""Sessions of a workshop: when they are, what is on their agenda, who came. What was done in one is in the record.

In code a session is a *sitting*: `session` is what the database's is called.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.domain.sitting import Deed, DeedKind
from app.store.db import Base, UTCDateTime
from app.store.events import Event

RUNS = text("opened_at IS NOT NULL AND closed_at IS NULL")


class SittingRow(Base):
    """A session of a draft. `first_event` and `last_event` bound its deeds in the record."""

    __tablename__ = "sittings"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # 1, 2, … within the draft
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    planned_for: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attribution: Mapped[str | None] = mapped_column(String(20))  # where it is stricter than the draft's
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int | None]  # the text that lay on the table when it was opened
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_event: Mapped[int | None]
    last_event: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        Index("ix_sittings_open", "draft_id", unique=True, sqlite_where=RUNS, postgresql_where=RUNS),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_after_opened"),
        CheckConstraint(
            "attribution IS NULL OR attribution IN ('named', 'institution_only', 'unattributed')",
            name="attribution_known",
        ),
    )


class AgendaItem(Base):
    """One item of an agenda: a clause with all below it, an amendment, or a matter in words (`title`).

    `number` names it for good, `place` is where it stands; `reading` 1 or 2; `minutes` is its time box.
    """

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sittings.id"))
    number: Mapped[int]
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    title: Mapped[str] = mapped_column(Text, default="")
    reading: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[int | None]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("sitting_id", "number"),
        CheckConstraint("kind IN ('clause', 'amendment', 'matter')", name="kind_known"),
        CheckConstraint("(kind = 'clause') = (clause_id IS NOT NULL)", name="clause_named"),
        CheckConstraint("(kind = 'amendment') = (amendment_id IS NOT NULL)", name="amendment_named"),
        CheckConstraint("reading IN (1, 2)", name="reading_first_or_second"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 600", name="minutes_of_a_day"),
    )


class Attendance(Base):
    """A person whom the record may name as having come for an institution: they consented, and may take that back."""

    __tablename__ = "attendances"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sittings.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(Text)
    consented_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class NoSuchSession(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no session {number} in this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> SittingRow:
    """Raises NoSuchSession."""
    row = session.scalars(
        select(SittingRow).where(SittingRow.draft_id == draft_id, SittingRow.number == number)
    ).first()
    if row is None:
        raise NoSuchSession(number)
    return row


def of_draft(session: Session, draft_id: int) -> list[SittingRow]:
    """Every session of a draft by its number."""
    return list(session.scalars(select(SittingRow).where(SittingRow.draft_id == draft_id).order_by(SittingRow.number)))


def open_one(session: Session, draft_id: int) -> SittingRow | None:
    """The session that is being held."""
    asked = select(SittingRow).where(
        SittingRow.draft_id == draft_id, SittingRow.opened_at.is_not(None), SittingRow.closed_at.is_(None)
    )
    return session.scalars(asked).first()


def next_number(session: Session, draft_id: int) -> int:
    return (session.scalar(select(func.max(SittingRow.number)).where(SittingRow.draft_id == draft_id)) or 0) + 1


def agenda_of(session: Session, sitting_id: int) -> list[AgendaItem]:
    """The agenda in its order, without what was taken off it."""
    return agendas_of(session, [sitting_id]).get(sitting_id, [])


def agendas_of(session: Session, sitting_ids: Collection[int]) -> dict[int, list[AgendaItem]]:
    """The same of several sessions, by session."""
    found: dict[int, list[AgendaItem]] = {}
    rows = session.scalars(
        select(AgendaItem)
        .where(AgendaItem.sitting_id.in_(sitting_ids), AgendaItem.removed_at.is_(None))
        .order_by(AgendaItem.sitting_id, AgendaItem.place, AgendaItem.number)
    )
    for item in rows:
        found.setdefault(item.sitting_id, []).append(item)
    return found


def next_item_number(session: Session, sitting_id: int) -> int:
    """The number of the next item of an agenda; those taken off it keep theirs."""
    return (session.scalar(select(func.max(AgendaItem.number)).where(AgendaItem.sitting_id == sitting_id)) or 0) + 1


def deeds_of(session: Session, sitting: SittingRow) -> list[Deed]:
    """What was done in a session, in the order of the record. Read from its own stretch of the record alone."""
    if sitting.first_event is None:
        return []
    asked = select(Event.number, Event.kind, Event.happened_at, Event.facts).where(
        Event.draft_id == sitting.draft_id,
        Event.number >= sitting.first_event,
        Event.kind.in_([kind.value for kind in DeedKind]),
    )
    if sitting.last_event is not None:
        asked = asked.where(Event.number <= sitting.last_event)
    rows = session.execute(asked.order_by(Event.number))
    return [
        Deed(number, DeedKind(kind), at, facts)
        for number, kind, at, facts in rows
        if facts.get("session") == sitting.number
    ]


def decisions_by_session(session: Session, draft_id: int, since: int) -> dict[int, int]:
    """How many items were decided in each session of a draft, by its number; `since`: the first event to look at."""
    asked = (
        select(Event.number, Event.kind, Event.facts)
        .where(Event.draft_id == draft_id, Event.number >= since)
        .where(Event.kind.in_([DeedKind.DECIDED.value, DeedKind.UNDONE.value]))
        .order_by(Event.number)
    )
    made: dict[int, tuple[int, int]] = {}
    for number, kind, facts in session.execute(asked):
        if kind == DeedKind.UNDONE:
            made.pop(facts["of"], None)
        else:
            made[number] = (facts["session"], facts["item"])
    return Counter(sitting for sitting, _ in set(made.values()))


def names_in(session: Session, sitting_id: int) -> list[Attendance]:
    """Those whom the record of a session may name, in the order in which they agreed."""
    asked = select(Attendance).where(Attendance.sitting_id == sitting_id, Attendance.withdrawn_at.is_(None))
    return list(session.scalars(asked.order_by(Attendance.consented_at, Attendance.id)))
