"""What binds amendments and institutions together: co-sponsors, and links between amendments with their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.domain.errors import NotFound
from app.store.amendments import LARGEST_NUMBER, AmendmentRow
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


class NoSuchLink(NotFound):
    def __init__(self) -> None:
        super().__init__("These amendments are not linked in this way, or are so no longer.")


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


def accepted(session: Session, draft_id: int) -> dict[int, list[int]]:
    """The institutions that propose amendments of a draft too, by amendment id; one statement."""
    rows = session.execute(
        select(Sponsorship.amendment_id, Sponsorship.institution_id)
        .join(AmendmentRow, AmendmentRow.id == Sponsorship.amendment_id)
        .where(AmendmentRow.draft_id == draft_id, Sponsorship.answer == "accepted")
        .order_by(Sponsorship.id)
    )
    found: dict[int, list[int]] = {}
    for amendment_id, institution_id in rows:
        found.setdefault(amendment_id, []).append(institution_id)
    return found


def sponsorship(session: Session, amendment_id: int, institution_id: int | None) -> Sponsorship | None:
    """The invitation of an institution to an amendment, whatever it answered."""
    asked = select(Sponsorship).where(
        Sponsorship.amendment_id == amendment_id, Sponsorship.institution_id == institution_id
    )
    return session.scalars(asked).first()


def invite(
    session: Session, *, amendment_id: int, institution_id: int, user_id: int | None, now: datetime
) -> Sponsorship:
    """Ask an institution to propose an amendment too; one that declined is asked anew."""
    asked = sponsorship(session, amendment_id, institution_id)
    if asked is None:
        asked = Sponsorship(amendment_id=amendment_id, institution_id=institution_id)
        session.add(asked)
    asked.answer, asked.reason, asked.answered_by, asked.answered_at = "invited", "", None, None
    asked.invited_by, asked.invited_at = user_id, now
    session.flush()
    return asked


def take_invitation_back(session: Session, invitation: Sponsorship) -> None:
    """The events keep that it was made."""
    session.delete(invitation)
    session.flush()


def ask_again(session: Session, amendment_id: int) -> list[int]:
    """The words of an amendment are others now: who accepted to propose the former ones is asked again.

    The ids of those institutions. The event of the rewording is to name them: they are told by it.
    """
    accepted = select(Sponsorship).where(Sponsorship.amendment_id == amendment_id, Sponsorship.answer == "accepted")
    asked = list(session.scalars(accepted.order_by(Sponsorship.id)))
    for one in asked:
        one.answer, one.reason, one.answered_by, one.answered_at = "invited", "", None, None
    session.flush()
    return [one.institution_id for one in asked]


def link(
    session: Session, *, draft_id: int, from_id: int, to_id: int, kind: str, user_id: int | None, now: datetime,
    reason: str = "",
) -> AmendmentLink:  # fmt: skip
    """Link one amendment to another."""
    made = AmendmentLink(
        draft_id=draft_id, from_id=from_id, to_id=to_id, kind=kind, reason=reason, author_id=user_id, created_at=now
    )
    session.add(made)
    session.flush()
    return made


def standing_link(session: Session, from_id: int, to_id: int, kind: str) -> AmendmentLink | None:
    """The link of a kind from one amendment to another, where there is one and it was not removed."""
    asked = select(AmendmentLink).where(
        AmendmentLink.from_id == from_id,
        AmendmentLink.to_id == to_id,
        AmendmentLink.kind == kind,
        AmendmentLink.removed_at.is_(None),
    )
    return session.scalars(asked.order_by(AmendmentLink.id.desc())).first()


def find_link(session: Session, draft_id: int, link_id: int) -> AmendmentLink:
    """Raises NoSuchLink, also for one that was removed."""
    asked = select(AmendmentLink).where(
        AmendmentLink.id == link_id, AmendmentLink.draft_id == draft_id, AmendmentLink.removed_at.is_(None)
    )
    found = session.scalars(asked).first() if link_id <= LARGEST_NUMBER else None
    if found is None:
        raise NoSuchLink
    return found


def dependencies(session: Session, draft_id: int) -> dict[int, list[int]]:
    """What every amendment of a draft depends on, by number."""
    asking, needed = aliased(AmendmentRow), aliased(AmendmentRow)
    rows = session.execute(
        select(asking.number, needed.number)
        .join(AmendmentLink, AmendmentLink.from_id == asking.id)
        .join(needed, needed.id == AmendmentLink.to_id)
        .where(
            AmendmentLink.draft_id == draft_id,
            AmendmentLink.kind == "depends_on",
            AmendmentLink.removed_at.is_(None),
        )
    )
    found: dict[int, list[int]] = {}
    for one, other in rows:
        found.setdefault(one, []).append(other)
    return found
