"""Public consultations on publications: what readers say on a published text, apart from the comments of the table.

Of a reader is kept what is needed to answer: an e-mail address until the answer or the refusal went there, and a keyed
hash of it, or of the account, as long as the contribution waits. Days are kept, never moments.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime
from app.store.drafts import ClauseText, Draft, Publication, Version

DECIDED = ("accepted", "refused")


class Consultation(Base):
    """Of a publication there is at most one. `closed_on`: when it was closed before its last day."""

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), unique=True)
    question: Mapped[str] = mapped_column(Text)
    first_day: Mapped[date]
    last_day: Mapped[date]
    ends_when_superseded: Mapped[bool]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("first_day <= last_day", name="days_in_order"),)


class ConsultationReply(Base):
    """What the drafters answer in public, to one contribution or several."""

    __tablename__ = "consultation_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]


class Contribution(Base):
    """What a reader says. `number` counts those that arrived; `clause_id` is empty for one on the whole.

    `reader_key` is the keyed hash by which a reader's waiting contributions are counted; empty once it is decided.
    """

    __tablename__ = "contributions"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int | None]
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))
    body: Mapped[str] = mapped_column(Text)
    shown_name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))  # in which the reader is written to
    made_on: Mapped[date]
    email: Mapped[str] = mapped_column(String(254), default="")
    reader_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    confirm_until: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(20), default="")
    reason_words: Mapped[str] = mapped_column(Text, default="")
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_replies.id"))

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("state IN ('unconfirmed', 'waiting', 'accepted', 'refused')", name="state_known"),
        CheckConstraint("(state = 'unconfirmed') = (number IS NULL)", name="arrived_with_number"),
        CheckConstraint("(state = 'unconfirmed') = (token_hash IS NOT NULL)", name="unconfirmed_with_token"),
        CheckConstraint("(token_hash IS NULL) = (confirm_until IS NULL)", name="token_runs_out"),
        CheckConstraint("(state = 'refused') = (reason <> '')", name="refused_with_reason"),
        CheckConstraint("state IN ('accepted', 'refused') OR reply_id IS NULL", name="decided_before_reply"),
        CheckConstraint("state IN ('unconfirmed', 'waiting') OR reader_key = ''", name="decided_without_reader"),
        Index("ix_contributions_listed", "consultation_id", "state", "clause_id", "number"),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution with its reply; `of_clause` says how many were accepted on the same clause."""

    row: Contribution
    reply: ConsultationReply | None
    of_clause: int = 0


def of_publication(session: Session, publication_id: int) -> Consultation | None:
    return session.scalars(select(Consultation).where(Consultation.publication_id == publication_id)).first()


def of_draft(session: Session, draft_id: int) -> list[tuple[Publication, Consultation]]:
    """All consultations on publications of a draft, that on the newest publication first."""
    rows = session.execute(
        select(Publication, Consultation)
        .join(Consultation, Consultation.publication_id == Publication.id)
        .where(Publication.draft_id == draft_id)
        .order_by(Publication.number.desc())
    )
    return [(publication, row) for publication, row in rows]


def of_address(session: Session, slug: str, number: int) -> tuple[Publication, Consultation] | None:
    """The consultation on the publication of a draft with a number."""
    found = session.execute(
        select(Publication, Consultation)
        .join(Draft, Draft.id == Publication.draft_id)
        .join(Consultation, Consultation.publication_id == Publication.id)
        .where(Draft.slug == slug, Publication.number == number)
    ).first()
    return (found[0], found[1]) if found else None


def last_over(session: Session, draft_id: int, version: int, today: date) -> Consultation | None:
    """The consultation on the newest publication of a version up to this one that has ended."""
    asked = (
        select(Consultation)
        .join(Publication, Publication.id == Consultation.publication_id)
        .join(Version, Version.id == Publication.version_id)
        .where(
            Publication.draft_id == draft_id,
            Version.number <= version,
            or_(Consultation.closed_on.is_not(None), Consultation.last_day < today),
        )
    )
    return session.scalars(asked.order_by(Publication.number.desc()).limit(1)).first()


def is_superseded(session: Session, publication: Publication) -> bool:
    """Whether another version was published since, for more than the members, and stands."""
    newer = exists().where(
        Publication.draft_id == publication.draft_id,
        Publication.number > publication.number,
        Publication.version_id != publication.version_id,
        Publication.withdrawn_at.is_(None),
        Publication.visibility != "members",
    )
    return bool(session.scalar(select(newer)))


def stands_in(session: Session, version_id: int, clause_id: str) -> bool:
    """Whether a clause can be read in a version, in any language."""
    found = exists().where(
        Version.id == version_id,
        ClauseText.draft_id == Version.draft_id,
        ClauseText.clause_id == clause_id,
        ClauseText.kind != "front_matter",
        ClauseText.first_version <= Version.number,
        or_(ClauseText.last_version.is_(None), ClauseText.last_version >= Version.number),
    )
    return bool(session.scalar(select(found)))


def with_contribution(session: Session, contribution: Contribution) -> tuple[Draft, Publication, Consultation]:
    """What a contribution was said on."""
    found = session.execute(
        select(Draft, Publication, Consultation)
        .join(Publication, Publication.draft_id == Draft.id)
        .join(Consultation, Consultation.publication_id == Publication.id)
        .where(Consultation.id == contribution.consultation_id)
    ).one()
    return found[0], found[1], found[2]


def counts(session: Session, consultation_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """How many contributions of each consultation are in which state, and `answered`: accepted ones with a reply."""
    rows = session.execute(
        select(Contribution.consultation_id, Contribution.state, func.count(), func.count(Contribution.reply_id))
        .where(Contribution.consultation_id.in_(consultation_ids))
        .group_by(Contribution.consultation_id, Contribution.state)
    )
    found: dict[int, dict[str, int]] = {}
    for consultation_id, state, count, answered in rows:
        one = found.setdefault(consultation_id, {})
        one[state] = count
        one["answered"] = one.get("answered", 0) + answered
    return found


def counts_by_clause(session: Session, consultation_id: int, state: str) -> dict[str | None, int]:
    """How many contributions in a state stand on each clause, and under None on the whole."""
    rows = session.execute(
        select(Contribution.clause_id, func.count())
        .where(Contribution.consultation_id == consultation_id, Contribution.state == state)
        .group_by(Contribution.clause_id)
    )
    return {row[0]: row[1] for row in rows}


def beside_clauses(session: Session, consultation_id: int, most: int) -> list[Said]:
    """The accepted contributions of a consultation, the first `most` of each clause, in the order they arrived."""
    standing = (
        select(
            Contribution.id,
            func.row_number().over(partition_by=Contribution.clause_id, order_by=Contribution.number).label("place"),
            func.count().over(partition_by=Contribution.clause_id).label("together"),
        )
        .where(Contribution.consultation_id == consultation_id, Contribution.state == "accepted")
        .subquery()
    )
    rows = session.execute(
        select(Contribution, ConsultationReply, standing.c.together)
        .join(standing, standing.c.id == Contribution.id)
        .outerjoin(ConsultationReply, ConsultationReply.id == Contribution.reply_id)
        .where(standing.c.place <= most)
        .order_by(Contribution.number)
    )
    return [Said(*row) for row in rows]


def listed(
    session: Session, consultation_id: int, states: Sequence[str], *, clause_id: str | None = None, whole: bool = False,
    after: int = 0, limit: int | None = None,
) -> list[Said]:  # fmt: skip
    """Contributions that arrived, in their order: all of them, those on a clause, or those on the whole; from behind
    the number `after`, `limit` at the most."""
    asked = (
        select(Contribution, ConsultationReply, func.count().over())
        .outerjoin(ConsultationReply, ConsultationReply.id == Contribution.reply_id)
        .where(
            Contribution.consultation_id == consultation_id,
            Contribution.state.in_(states),
            Contribution.number > after,
        )
    )
    if clause_id is not None or whole:
        asked = asked.where(Contribution.clause_id == clause_id)  # None: on the whole
    return [Said(*row) for row in session.execute(asked.order_by(Contribution.number).limit(limit))]


def numbered(session: Session, consultation_id: int, numbers: Collection[int]) -> list[Contribution]:
    """Those contributions that arrived under these numbers."""
    asked = select(Contribution).where(
        Contribution.consultation_id == consultation_id, Contribution.number.in_(numbers)
    )
    return list(session.scalars(asked.order_by(Contribution.number)))


def with_token(session: Session, token_hash: str, now: datetime) -> Contribution | None:
    """The contribution that waits for this link, unless the link ran out."""
    asked = select(Contribution).where(Contribution.token_hash == token_hash, Contribution.confirm_until > now)
    return session.scalars(asked).first()


def pending_of(session: Session, reader_key: str) -> int:
    """How many contributions of a reader wait to be decided, in all consultations."""
    asked = select(func.count()).where(Contribution.reader_key == reader_key, Contribution.state == "waiting")
    return session.scalar(asked.select_from(Contribution)) or 0


def unconfirmed_on(session: Session, reader_key: str, day: date) -> int:
    """How many letters went to an address on a day whose links were not used."""
    asked = select(func.count()).where(
        Contribution.reader_key == reader_key, Contribution.state == "unconfirmed", Contribution.made_on == day
    )
    return session.scalar(asked.select_from(Contribution)) or 0


def next_number(session: Session, consultation_id: int) -> int:
    """For a contribution that arrives, the draft's row held."""
    last = select(func.max(Contribution.number)).where(Contribution.consultation_id == consultation_id)
    return (session.scalar(last) or 0) + 1


def add(session: Session, row: Consultation | Contribution | ConsultationReply) -> None:
    session.add(row)
    session.flush()


def forget(session: Session, now: datetime, ended_before: date) -> None:
    """Delete contributions whose links ran out, and the addresses in consultations that ended before a day."""
    session.execute(delete(Contribution).where(Contribution.confirm_until <= now))
    ended = select(Consultation.id).where(
        or_(Consultation.last_day < ended_before, Consultation.closed_on < ended_before)
    )
    gone = and_(Contribution.email != "", Contribution.state.in_(DECIDED), Contribution.consultation_id.in_(ended))
    session.execute(update(Contribution).where(gone).values(email=""))
