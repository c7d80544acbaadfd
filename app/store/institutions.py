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


def since(session: Session, code: str) -> date | None:
    """The first day of the institution with a code; None where it has none, or there is no such institution."""
    found = find(session, code)
    return found.exists_from if found else None


def every(session: Session) -> list[Institution]:
    """Every institution, by code."""
    return list(session.scalars(select(Institution).order_by(Institution.code)))


def names(session: Session) -> dict[int, dict[str, str]]:
    """What every institution is called, by id and language."""
    found: dict[int, dict[str, str]] = {}
    rows = session.execute(select(InstitutionName.institution_id, InstitutionName.language, InstitutionName.name))
    for institution_id, language, name in rows:
        found.setdefault(institution_id, {})[language] = name
    return found


def set_names(session: Session, institution_id: int, names: Mapping[str, str]) -> None:
    """Call an institution so in these languages; an empty name takes the one in that language away."""
    for language, name in names.items():
        key = {"institution_id": institution_id, "language": language}
        row = session.get(InstitutionName, key) or InstitutionName(**key)
        row.name = name
        if name:
            session.add(row)
        elif row in session:
            session.delete(row)
    session.flush()


def seat_rows(session: Session, draft_id: int, institution_id: int | None = None) -> list[Seat]:
    """The seats of a draft, or of one institution in it, in the order in which they were given."""
    asked = select(Seat).where(Seat.draft_id == draft_id).order_by(Seat.id)
    if institution_id is not None:
        asked = asked.where(Seat.institution_id == institution_id)
    return list(session.scalars(asked))


def add_seat(session: Session, draft_id: int, institution_id: int) -> Seat:
    """A further seat, whose kind and period are still to be said."""
    seat = Seat(draft_id=draft_id, institution_id=institution_id)
    session.add(seat)
    return seat


def drafts_with(session: Session, institution_id: int) -> list[str]:
    """The drafts at whose table an institution has or had a seat, always in the same order: whoever locks them all
    waits for nobody who does the same."""
    seated = select(Seat.draft_id).where(Seat.institution_id == institution_id)
    return list(session.scalars(select(Draft.slug).where(Draft.id.in_(seated)).order_by(Draft.id)))


def seated_in(session: Session) -> dict[int, list[str]]:
    """The drafts in which each institution has or had a seat, by its id."""
    found: dict[int, list[str]] = {}
    asked = select(Seat.institution_id, Draft.slug).join(Draft, Draft.id == Seat.draft_id).distinct()
    for institution_id, slug in session.execute(asked.order_by(Draft.slug)):
        found.setdefault(institution_id, []).append(slug)
    return found
