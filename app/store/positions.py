"""Positions: an institution's stance on the exact text of a clause, a part, a version or an amendment.

Every change is a new row; the last one of an institution about a thing counts.

Beside them what the group answered to objections, and which clauses were reopened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, func, literal, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.answering import is_answer
from app.domain.errors import NotFound
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.db import Base, UTCDateTime


class Position(Base):
    """`about`: one clause, a clause with all `below` it, a whole `version`, or an `amendment`. `text_sha256` binds it
    to the words it was given on (of a part: as they stand in `version`); `step` of the draft's scale, 1 the most in
    favour, None where it was taken back. `nonce` makes the commitment in the record of a hidden call."""

    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    about: Mapped[str] = mapped_column(String(20))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_for: Mapped[bool] = mapped_column(default=False)  # by a facilitator, from paper or by word of mouth
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"))
    step: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    nonce: Mapped[str] = mapped_column(String(64), default="")
    confirm_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # given ad referendum
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("about IN ('clause', 'below', 'version', 'amendment')", name="about_known"),
        CheckConstraint("(about IN ('clause', 'below')) = (clause_id IS NOT NULL)", name="about_a_clause"),
        CheckConstraint("(about = 'amendment') = (amendment_id IS NOT NULL)", name="about_an_amendment"),
        CheckConstraint("step IS NULL OR step BETWEEN 1 AND 9", name="step_on_scale"),
        Index("ix_positions_draft", "draft_id", "id"),
        Index("ix_positions_clause", "clause_id", "institution_id"),
        Index("ix_positions_amendment", "amendment_id", "institution_id"),
    )


class ObjectionAnswer(Base):
    """How the group answered an objection: with a reply, or with a change of the text, which is an amendment or stands
    in a version. `maintained_at`: the institution said that it objects all the same."""

    __tablename__ = "objection_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    version: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    maintained_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    maintained_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (
        CheckConstraint("kind IN ('reply', 'change')", name="kind_known"),
        CheckConstraint(
            "(kind = 'change') = (amendment_id IS NOT NULL OR version IS NOT NULL)", name="change_is_named"
        ),
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the amendment that it names: its number and how far that is."""

    row: ObjectionAnswer
    amendment: int | None = None
    state: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the objection has its answer with it."""
        return is_answer(self.state)


class Reopening(Base):
    """An agreed clause taken up again, with a reason: what was said before must be said again."""

    __tablename__ = "reopenings"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"))
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


def add(session: Session, row: Position) -> None:
    session.add(row)
    session.flush()


def said_of_amendments(session: Session, draft_id: int) -> tuple[dict[int, int], frozenset[int]]:
    """By the ids of a draft's amendments, in one statement: how many comments each has, withdrawn ones left out, and
    of which of them an institution ever stated a position."""
    commented = (
        select(Comment.amendment_id, func.count(), literal("comments"))
        .where(Comment.draft_id == draft_id, Comment.amendment_id.is_not(None), Comment.withdrawn_at.is_(None))
        .group_by(Comment.amendment_id)
    )
    spoken = (
        select(Position.amendment_id, func.count(), literal("positions"))
        .where(Position.draft_id == draft_id, Position.amendment_id.is_not(None))
        .group_by(Position.amendment_id)
    )
    rows = session.execute(union_all(commented, spoken)).all()
    counts = {about: count for about, count, of in rows if about is not None and of == "comments"}
    return counts, frozenset(about for about, _, of in rows if about is not None and of == "positions")


def find(session: Session, draft_id: int, position_id: int) -> Position | None:
    return session.scalars(select(Position).where(Position.draft_id == draft_id, Position.id == position_id)).first()


def of_draft(session: Session, draft_id: int) -> list[Position]:
    """Every position ever given in a draft, in the order they were given."""
    return list(session.scalars(select(Position).where(Position.draft_id == draft_id).order_by(Position.id)))


def answers_of(session: Session, draft_id: int) -> dict[int, list[Answered]]:
    """The answers to objections, by position."""
    found: dict[int, list[Answered]] = {}
    rows = session.execute(
        select(ObjectionAnswer, AmendmentRow.number, AmendmentRow.state)
        .join(Position, Position.id == ObjectionAnswer.position_id)
        .outerjoin(AmendmentRow, AmendmentRow.id == ObjectionAnswer.amendment_id)
        .where(Position.draft_id == draft_id)
        .order_by(ObjectionAnswer.id)
    )
    for answer, amendment, state in rows:
        found.setdefault(answer.position_id, []).append(Answered(answer, amendment, state))
    return found


def copy_answers(session: Session, same: Mapping[int, int]) -> None:
    """Give the answers to objections to those that repeat them on a text that was only set otherwise: position ids."""
    asked = select(ObjectionAnswer).where(ObjectionAnswer.position_id.in_(same)).order_by(ObjectionAnswer.id)
    for row in session.scalars(asked).all():
        session.add(
            ObjectionAnswer(
                position_id=same[row.position_id], kind=row.kind, text=row.text, amendment_id=row.amendment_id,
                version=row.version, author_id=row.author_id, created_at=row.created_at,
                maintained_at=row.maintained_at, maintained_by=row.maintained_by,
            )
        )  # fmt: skip
    session.flush()


class NoSuchAnswer(NotFound):
    def __init__(self) -> None:
        super().__init__("This answer is not in the draft.")


def find_answer(session: Session, draft_id: int, answer_id: int) -> tuple[ObjectionAnswer, Position]:
    """An answer with the objection that it answers. Raises NoSuchAnswer."""
    asked = select(ObjectionAnswer, Position).join(Position, Position.id == ObjectionAnswer.position_id)
    found = session.execute(asked.where(Position.draft_id == draft_id, ObjectionAnswer.id == answer_id)).first()
    if found is None:
        raise NoSuchAnswer
    return found[0], found[1]


def reopenings_of(session: Session, draft_id: int) -> dict[str, Reopening]:
    """The last reopening of every clause that was ever reopened."""
    rows = session.scalars(select(Reopening).where(Reopening.draft_id == draft_id).order_by(Reopening.id))
    return {row.clause_id: row for row in rows}
