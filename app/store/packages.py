"""Linked clauses: what is agreed together or not at all."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.db import Base, UTCDateTime


class Package(Base):
    """Clauses that are agreed together or not at all, each with all that stands below it."""

    __tablename__ = "packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_reason: Mapped[str] = mapped_column(Text, default="")


class PackageClause(Base):
    """One of the clauses of a package."""

    __tablename__ = "package_clauses"

    package_id: Mapped[int] = mapped_column(ForeignKey("packages.id"), primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clauses.id"), primary_key=True)


class NoSuchPackage(NotFound):
    def __init__(self) -> None:
        super().__init__("These clauses are not linked, or are so no longer.")


def add(session: Session, package: Package, clause_ids: Iterable[str]) -> None:
    session.add(package)
    session.flush()
    session.add_all(PackageClause(package_id=package.id, clause_id=clause_id) for clause_id in clause_ids)
    session.flush()


def find_standing(session: Session, draft_id: int, package_id: int) -> Package:
    """A package that was not dissolved. Raises NoSuchPackage."""
    asked = select(Package).where(
        Package.draft_id == draft_id, Package.id == package_id, Package.removed_at.is_(None)
    )  # fmt: skip
    row = session.scalars(asked).first()
    if row is None:
        raise NoSuchPackage
    return row


def clauses_in(session: Session, package_id: int) -> list[str]:
    """The clauses of a package."""
    asked = select(PackageClause.clause_id).where(PackageClause.package_id == package_id)
    return sorted(session.scalars(asked))


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
