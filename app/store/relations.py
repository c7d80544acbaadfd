"""What binds amendments and institutions together: co-sponsors, and links between amendments with their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.amendments import AmendmentRow
from app.store.db import Base, UTCDateTime


class Sponsorship(Base):
    """An institution invited to propose an amendment together with its proposer, and its answer."""

    __tablename__ = "sponsorships"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    answer: Mapped[str] = mapped_column(String(20), default="invited")
    reason: Mapped[str] = mapped_column(Text, default="")
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("amendment_id", "institution_id"),
        CheckConstraint("answer IN ('invited', 'accepted', 'declined')", name="answer_known"),
    )


class AmendmentLink(Base):
    """One amendment's relation to another, made by people. `bridges`: a counter-text offered to the proposer of
    `to_id`, who accepts or declines; `amends`: other words for what `to_id` proposes, which its proposer may accept."""

    __tablename__ = "amendment_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str | None] = mapped_column(String(20))
    answer_reason: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        Index("ix_amendment_links_from_id", "from_id"),
        Index("ix_amendment_links_to_id", "to_id"),
        CheckConstraint("kind IN ('depends_on', 'conflicts_with', 'bridges', 'amends')", name="kind_known"),
        CheckConstraint("answer IS NULL OR answer IN ('accepted', 'declined')", name="answer_known"),
        CheckConstraint("from_id <> to_id", name="not_with_itself"),
    )


@dataclass(frozen=True, slots=True)
class Relations:
    """All relations of a draft's amendments that hold; links by the row id of the amendment they start from and of the
    one they lead to."""

    sponsors: Mapping[int, tuple[Sponsorship, ...]]
    links_from: Mapping[int, tuple[AmendmentLink, ...]]
    links_to: Mapping[int, tuple[AmendmentLink, ...]]


def relations(session: Session, draft_id: int) -> Relations:
    """Two statements, however many there are."""
    sponsors: dict[int, tuple[Sponsorship, ...]] = {}
    invited = (
        select(Sponsorship)
        .join(AmendmentRow, AmendmentRow.id == Sponsorship.amendment_id)
        .where(AmendmentRow.draft_id == draft_id)
        .order_by(Sponsorship.id)
    )
    for sponsorship in session.scalars(invited):
        sponsors[sponsorship.amendment_id] = (*sponsors.get(sponsorship.amendment_id, ()), sponsorship)
    links_from: dict[int, tuple[AmendmentLink, ...]] = {}
    links_to: dict[int, tuple[AmendmentLink, ...]] = {}
    standing = (
        select(AmendmentLink)
        .where(AmendmentLink.draft_id == draft_id, AmendmentLink.removed_at.is_(None))
        .order_by(AmendmentLink.id)
    )
    for link in session.scalars(standing):
        links_from[link.from_id] = (*links_from.get(link.from_id, ()), link)
        links_to[link.to_id] = (*links_to.get(link.to_id, ()), link)
    return Relations(sponsors, links_from, links_to)
