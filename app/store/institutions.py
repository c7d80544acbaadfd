"""Institutions: who sits at the table. They are abolished and merged, so they have periods and successors."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.seats import Body, SeatHeld, SeatKind
from app.store.db import Base
from app.store.drafts import Draft


class Institution(Base):
    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)  # the short code on pages: MVD, CSO
    kind: Mapped[str] = mapped_column(String(40))
    exists_from: Mapped[date | None]
    exists_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))

    __table_args__ = (
        CheckConstraint("exists_until IS NULL OR exists_from IS NULL OR exists_until >= exists_from", name="period"),
        CheckConstraint("successor_id IS NULL OR successor_id <> id", name="own_successor"),
    )


class InstitutionName(Base):
    """What an institution is called in one language."""

    __tablename__ = "institution_names"

    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Seat(Base):
    """An institution's place at the table of one draft, for a period."""

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    kind: Mapped[str] = mapped_column(String(20))
    held_from: Mapped[date | None]
    held_until: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("draft_id", "institution_id", "held_from"),
        CheckConstraint("kind IN ('full', 'advisory', 'facilitating')", name="kind_known"),
    )


def add(session: Session, *, code: str, kind: str, names: Mapping[str, str]) -> None:
    """Store an institution with its names by language, where its code is not known yet."""
    if session.scalars(select(Institution).where(Institution.code == code)).first() is not None:
        return
    institution = Institution(code=code, kind=kind)
    session.add(institution)
    session.flush()
    session.add_all(
        InstitutionName(institution_id=institution.id, language=lang, name=name) for lang, name in names.items()
    )
    session.flush()


def give_seat(session: Session, draft_id: int, code: str, kind: str) -> None:
    """Seat an institution at a draft's table, where it has no seat yet."""
    institution_id = session.scalars(select(Institution.id).where(Institution.code == code)).one()
    held = select(Seat).where(Seat.draft_id == draft_id, Seat.institution_id == institution_id)
    if session.scalars(held).first() is None:
        session.add(Seat(draft_id=draft_id, institution_id=institution_id, kind=kind))


def bodies(session: Session) -> dict[int, Body]:
    """The life of every institution, by id."""
    columns = (Institution.id, Institution.exists_from, Institution.exists_until, Institution.successor_id)
    return {row[0]: Body(*row) for row in session.execute(select(*columns))}


def seats_of(session: Session, draft_id: int) -> list[SeatHeld]:
    """Who sits at a draft's table, and when; in the order in which they were seated."""
    columns = (Seat.institution_id, Seat.kind, Seat.held_from, Seat.held_until)
    rows = session.execute(select(*columns).where(Seat.draft_id == draft_id).order_by(Seat.id))
    return [SeatHeld(institution, SeatKind(kind), since, until) for institution, kind, since, until in rows]


def codes(session: Session) -> dict[int, str]:
    """The short code of every institution, by id."""
    return {row[0]: row[1] for row in session.execute(select(Institution.id, Institution.code))}


def id_of(session: Session, code: str) -> int | None:
    """The institution with a code. No code has a null character in it."""
    return session.scalar(select(Institution.id).where(Institution.code == code)) if "\0" not in code else None


def find(session: Session, code: str) -> Institution | None:
    """The same, whole."""
    return session.scalars(select(Institution).where(Institution.code == code)).first() if "\0" not in code else None


def every(session: Session) -> list[Institution]:
    """Every institution, by code."""
    return list(session.scalars(select(Institution).order_by(Institution.code)))


def set_seat(
    session: Session, draft_id: int, institution_id: int, kind: str, since: date | None, until: date | None
) -> None:
    """Give an institution its seat at a draft's table, or another one than the last it had there."""
    held = select(Seat).where(Seat.draft_id == draft_id, Seat.institution_id == institution_id)
    seat = session.scalars(held.order_by(Seat.id.desc())).first() or Seat(
        draft_id=draft_id, institution_id=institution_id
    )
    seat.kind, seat.held_from, seat.held_until = kind, since, until
    session.add(seat)
    session.flush()


def drafts_with(session: Session, institution_id: int) -> list[str]:
    """The drafts at whose table an institution has or had a seat, always in the same order: whoever locks them all
    waits for nobody who does the same."""
    seated = select(Seat.draft_id).where(Seat.institution_id == institution_id)
    return list(session.scalars(select(Draft.slug).where(Draft.id.in_(seated)).order_by(Draft.id)))
