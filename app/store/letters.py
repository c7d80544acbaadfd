"""The outbox: letters that are to go out by e-mail. They wait here while the mail server is down.

A letter that was sent, or given up, keeps no text and no address: only that it was. Whoever sends one puts off when it
is due, by one UPDATE, so that of several processes one has it; when that one is killed, the letter is due again then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, Index, String, Text, func, select
from sqlalchemy import update as changing
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"
HELD_FOR = timedelta(minutes=10)
"""How long one process has a letter: much longer than a mail server takes to answer."""


class LetterRow(Base):
    """`kind` says what it is (invitation, way_back, confirm_address, digest, consultation); `due_at` when it is to be
    tried next; `tries` how often it was."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    unsubscribe: Mapped[str] = mapped_column(Text, default="")  # the address that ends such letters
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    problem: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name="state_known"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index("ix_letters_due", "state", "due_at"),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is written: `html` may be empty, `unsubscribe` too."""

    kind: str
    address: str
    subject: str
    text: str
    html: str = ""
    unsubscribe: str = ""


def put(session: Session, letter: Letter, now: datetime) -> None:
    """Lay a letter into the outbox, in the transaction of what it tells of."""
    session.add(
        LetterRow(
            kind=letter.kind, address=letter.address, subject=letter.subject, text=letter.text, html=letter.html,
            unsubscribe=letter.unsubscribe, due_at=now,
        )
    )  # fmt: skip
    session.flush()


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that is this process's until it is due again. `tries` counts this one."""

    id: int
    letter: Letter
    tries: int


@dataclass(frozen=True, slots=True)
class LetterLine:
    """What may be seen of a letter by whoever looks after the outbox: neither to whom it goes nor what it says."""

    id: int
    kind: str
    state: str
    tries: int
    due_at: datetime
    ended_at: datetime | None
    problem: str


def is_any_due(session: Session, now: datetime) -> bool:
    return session.scalar(select(LetterRow.id).where(_is_due(now)).limit(1)) is not None


def take(session: Session, now: datetime) -> Taken | None:
    """Take the letter that is due for longest; None where none is, or another process was first."""
    first = select(LetterRow.id).where(_is_due(now)).order_by(LetterRow.due_at, LetterRow.id).limit(1)
    found = session.execute(
        changing(LetterRow)
        .where(LetterRow.id == first.with_for_update(skip_locked=True).scalar_subquery(), _is_due(now))
        .values(tries=LetterRow.tries + 1, due_at=now + HELD_FOR)
        .returning(
            LetterRow.id, LetterRow.tries, LetterRow.kind, LetterRow.address, LetterRow.subject, LetterRow.text,
            LetterRow.html, LetterRow.unsubscribe,
        )
        .execution_options(synchronize_session=False)
    ).first()  # fmt: skip
    return Taken(found.id, Letter(*found[2:8]), found.tries) if found else None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (LetterRow.state == WAITING) & (LetterRow.due_at <= now)


def note_sent(session: Session, taken: Taken, now: datetime) -> None:
    """Also when another process took it meanwhile: it went out."""
    _end(session, taken, SENT, now, "")


def give_up(session: Session, taken: Taken, now: datetime, problem: str) -> None:
    """With the sentence of what stood in the way, which names no address."""
    _end(session, taken, GIVEN_UP, now, problem)


def give_up_all(session: Session, now: datetime, problem: str) -> int:
    """Give up whatever waits; how many letters these are."""
    return _end_those(session, LetterRow.state == WAITING, GIVEN_UP, now, problem)


def _end(session: Session, taken: Taken, state: str, now: datetime, problem: str) -> None:
    _end_those(session, (LetterRow.id == taken.id) & (LetterRow.state == WAITING), state, now, problem)


def _end_those(session: Session, which: ColumnElement[bool], state: str, now: datetime, problem: str) -> int:
    ended = session.execute(
        changing(LetterRow)
        .where(which)
        .values(
            state=state, ended_at=now, problem=problem, address="", subject="", text="", html="", unsubscribe=""
        )
        .returning(LetterRow.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return len(ended.all())


def put_back(session: Session, taken: Taken, due_at: datetime, problem: str) -> None:
    """To be tried again, unless another process has it by now."""
    session.execute(
        changing(LetterRow)
        .where(LetterRow.id == taken.id, LetterRow.state == WAITING, LetterRow.tries == taken.tries)
        .values(due_at=due_at, problem=problem)
        .execution_options(synchronize_session=False)
    )


def hasten(session: Session, now: datetime) -> int:
    """What waits for another try is due at once; how many these are."""
    found = session.execute(
        changing(LetterRow)
        .where(LetterRow.state == WAITING, LetterRow.due_at > now)
        .values(due_at=now)
        .returning(LetterRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(found.all())


def counts(session: Session) -> dict[str, int]:
    """How many letters there are, by state."""
    rows = session.execute(select(LetterRow.state, func.count()).group_by(LetterRow.state))
    return {WAITING: 0, SENT: 0, GIVEN_UP: 0, **{row[0]: row[1] for row in rows}}


def newest(session: Session, states: tuple[str, ...], limit: int) -> list[LetterLine]:
    """Letters in some states, the newest first."""
    rows = session.execute(
        select(
            LetterRow.id, LetterRow.kind, LetterRow.state, LetterRow.tries, LetterRow.due_at, LetterRow.ended_at,
            LetterRow.problem,
        )
        .where(LetterRow.state.in_(states))
        .order_by(LetterRow.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [LetterLine(*row) for row in rows]
