"""Institutions as an administrator of the installation sees and sets them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.services import instituting
from app.services.administering import check_administrator
from app.services.pages_administration import InstitutionLine
from app.store import institutions


class NoInstitutionHere(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such institution here.")


def every(session: Session, *, user_id: int | None, language: str) -> tuple[InstitutionLine, ...]:
    """All institutions by code. Raises NoSuchPage."""
    check_administrator(session, user_id)
    rows, names, seated = institutions.every(session), institutions.names(session), institutions.seated_in(session)
    codes = {row.id: row.code for row in rows}
    return tuple(
        InstitutionLine(
            row.code, row.kind, _called(names.get(row.id, {}), language, row.code), names.get(row.id, {}),
            row.exists_from, row.exists_until, codes.get(row.successor_id or 0, ""), tuple(seated.get(row.id, ())),
            tuple(other.code for other in rows if other.successor_id == row.id),
        )
        for row in rows
    )  # fmt: skip


def found_in(lines: Iterable[InstitutionLine], code: str) -> InstitutionLine:
    """The one with a code. Raises NoInstitutionHere."""
    found = next((line for line in lines if line.code == code), None)
    if found is None:
        raise NoInstitutionHere
    return found


def add(session: Session, *, code: str, kind: str, names: Mapping[str, str], user_id: int | None) -> None:
    """Raises NoSuchPage and what instituting.add raises."""
    check_administrator(session, user_id)
    instituting.add(session, code=code.strip(), kind=kind, names=names)


def rename(session: Session, *, code: str, kind: str, names: Mapping[str, str], user_id: int | None) -> None:
    """Raises NoSuchPage and what instituting.rename raises."""
    check_administrator(session, user_id)
    instituting.rename(session, code=code, names=names, kind=kind)


def set_period(
    session: Session, *, code: str, since: date | None, until: date | None, successor: str, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Raises NoSuchPage and what instituting.set_period raises."""
    own = check_administrator(session, user_id)
    instituting.set_period(
        session, code=code, since=since, until=until, successor=successor or None, now=now, user_id=own
    )


def _called(names: Mapping[str, str], language: str, code: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()), code)
