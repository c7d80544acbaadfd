"""Positions: an institution's stance on the exact text of a clause, a part, a version or an amendment.

Every change is a new row; the last one of an institution about a thing counts.

Beside them what is said about agreement: answers to objections, explanations to be printed, reopenings, linked clauses.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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
    """How the group answered an objection: with a reply, or with a change of the text."""

    __tablename__ = "objection_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("kind IN ('reply', 'change')", name="kind_known"),)


class Explanation(Base):
    """A reservation or an explanation of position that an institution attaches to a clause, to be printed with it."""

    __tablename__ = "explanations"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("kind IN ('reservation', 'explanation')", name="kind_known"),)


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


class Package(Base):
    """Clauses that are agreed together or not at all."""

    __tablename__ = "packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PackageClause(Base):
    """One of the clauses of a package."""

    __tablename__ = "package_clauses"

    package_id: Mapped[int] = mapped_column(ForeignKey("packages.id"), primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"), primary_key=True)


def add(session: Session, row: Position) -> None:
    session.add(row)
    session.flush()


def find(session: Session, draft_id: int, position_id: int) -> Position | None:
    return session.scalars(select(Position).where(Position.draft_id == draft_id, Position.id == position_id)).first()


def of_draft(session: Session, draft_id: int) -> list[Position]:
    """Every position ever given in a draft, in the order they were given."""
    return list(session.scalars(select(Position).where(Position.draft_id == draft_id).order_by(Position.id)))


def answers_of(session: Session, draft_id: int) -> dict[int, list[ObjectionAnswer]]:
    """The answers to objections, by position."""
    found: dict[int, list[ObjectionAnswer]] = {}
    rows = session.scalars(
        select(ObjectionAnswer)
        .join(Position, Position.id == ObjectionAnswer.position_id)
        .where(Position.draft_id == draft_id)
        .order_by(ObjectionAnswer.id)
    )
    for answer in rows:
        found.setdefault(answer.position_id, []).append(answer)
    return found


def reopenings_of(session: Session, draft_id: int) -> dict[str, Reopening]:
    """The last reopening of every clause that was ever reopened."""
    rows = session.scalars(select(Reopening).where(Reopening.draft_id == draft_id).order_by(Reopening.id))
    return {row.clause_id: row for row in rows}


def packages_of(session: Session, draft_id: int) -> dict[int, tuple[Package, tuple[str, ...]]]:
    """The packages that stand with their clauses."""
    rows = session.execute(
        select(Package, PackageClause.clause_id)
        .join(PackageClause, PackageClause.package_id == Package.id)
        .where(Package.draft_id == draft_id, Package.removed_at.is_(None))
        .order_by(Package.id, PackageClause.clause_id)
    )
    found: dict[int, tuple[Package, tuple[str, ...]]] = {}
    for package, clause_id in rows:
        found[package.id] = (package, (*found.get(package.id, (package, ()))[1], clause_id))
    return found
