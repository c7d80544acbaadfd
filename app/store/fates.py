"""What a version made of amendments, and what it kept in brackets; from it a revoked version gives them back."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.amendments import AmendmentRow
from app.store.db import Base

BRACKETED, BRACKETED_IN_PART, RETURNED = "bracketed", "bracketed_in_part", "returned"
"""Outcomes beside fates and ways of being carried: kept in brackets; the same while a part of it was decided against;
given back the state it had, by a version that revokes the one before."""


class FateRow(Base):
    """One amendment at one version. `outcome` is its fate when it was chosen, how it was carried when it was not, or
    one of those above; the rest is how it stood before."""

    __tablename__ = "fates"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    state_before: Mapped[str] = mapped_column(String(20))
    carried_before: Mapped[str | None] = mapped_column(String(20))
    base_before: Mapped[int]
    partly_before: Mapped[int | None]


class KeptBracket(Base):
    """Words left in brackets in a version: what the base says, and what each side would say. Several rows of one
    version are in the order of the text."""

    __tablename__ = "kept_brackets"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    reason: Mapped[str] = mapped_column(String(20))  # what the collision is about, as merging says
    base: Mapped[str] = mapped_column(Text)
    sides: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # {"text": …, "amendments": [1, 2]}


def of_version(session: Session, draft_id: int, version: int) -> list[FateRow]:
    return list(
        session.scalars(
            select(FateRow)
            .where(FateRow.draft_id == draft_id, FateRow.version == version)
            .order_by(FateRow.amendment_id)
        )
    )


def of_amendment(session: Session, amendment_id: int) -> list[FateRow]:
    """Everything versions made of one amendment, in their order."""
    return list(session.scalars(select(FateRow).where(FateRow.amendment_id == amendment_id).order_by(FateRow.version)))


def kept_in(session: Session, draft_id: int, version: int) -> list[KeptBracket]:
    return list(
        session.scalars(
            select(KeptBracket)
            .where(KeptBracket.draft_id == draft_id, KeptBracket.version == version)
            .order_by(KeptBracket.ordinal)
        )
    )


def as_it_stands(row: AmendmentRow, version: int, outcome: str) -> FateRow:
    """What a version makes of an amendment; to be made before the amendment's own row is changed."""
    return FateRow(
        draft_id=row.draft_id, version=version, amendment_id=row.id, outcome=outcome, state_before=row.state,
        carried_before=row.carried, base_before=row.base_version, partly_before=row.partly_since,
    )  # fmt: skip


def revisions_at(session: Session, draft_id: int, version: int) -> dict[int, int]:
    """Which wording of each amendment a version found, by the amendment's number."""
    asked = (
        select(AmendmentRow.number, AmendmentRow.revision)
        .join(FateRow, FateRow.amendment_id == AmendmentRow.id)
        .where(FateRow.draft_id == draft_id, FateRow.version == version)
    )
    return dict(session.execute(asked).all())


def versions_with(session: Session, draft_id: int, outcomes: Iterable[str]) -> dict[int, set[int]]:
    """The versions that made one of these outcomes of an amendment, by amendment id."""
    found: dict[int, set[int]] = {}
    asked = select(FateRow.amendment_id, FateRow.version).where(
        FateRow.draft_id == draft_id, FateRow.outcome.in_(list(outcomes))
    )
    for amendment_id, version in session.execute(asked):
        found.setdefault(amendment_id, set()).add(version)
    return found


def add_all(session: Session, rows: Iterable[FateRow | KeptBracket]) -> None:
    session.add_all(rows)
    session.flush()
