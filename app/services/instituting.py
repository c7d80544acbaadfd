"""Institutions and their seats, set by the operator of an installation: they come, sit down, are abolished, merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.seats import SeatKind
from app.store import events, institutions
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.institutions import Institution
from app.store.memberships import draft_to_write

LONGEST_CODE = 20


class UnusableCode(Invalid):
    def __init__(self) -> None:
        super().__init__(f"The code of an institution has 1 to {LONGEST_CODE} letters, digits, - or _.")


class CodeTaken(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is an institution “{code}” already.")


class NoSuchInstitution(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is no institution “{code}”.")


class SuccessorGone(Invalid):
    """Two that succeed each other would leave nobody to speak."""

    def __init__(self, code: str, successor: str) -> None:
        super().__init__(f"“{successor}” cannot take over from “{code}”: it is the same, or abolished itself.")


class EndsBeforeItBegins(Invalid):
    def __init__(self) -> None:
        super().__init__("The last day lies before the first.")


@dataclass(frozen=True, slots=True)
class ListedInstitution:
    code: str
    kind: str
    until: date | None
    successor: str


def every(session: Session) -> list[ListedInstitution]:
    """Every institution, by code."""
    codes = institutions.codes(session)
    return [
        ListedInstitution(one.code, one.kind, one.exists_until, codes.get(one.successor_id or 0, ""))
        for one in institutions.every(session)
    ]


def add(session: Session, *, code: str, kind: str, names: Mapping[str, str]) -> None:
    """Make an institution known to the installation. Raises UnusableCode, CodeTaken."""
    if not 1 <= len(code) <= LONGEST_CODE or not code.replace("-", "").replace("_", "").isalnum():
        raise UnusableCode
    begin_writing(session)
    if institutions.find(session, code) is not None:
        raise CodeTaken(code)
    institutions.add(session, code=code, kind=kind, names=names)
    session.commit()


def seat(
    session: Session, *, slug: str, code: str, kind: SeatKind, since: date | None, until: date | None, now: datetime
) -> None:
    """Seat an institution at a draft's table, or change its seat. Raises NoSuchDraft, NoSuchInstitution,
    EndsBeforeItBegins."""
    if since and until and until < since:
        raise EndsBeforeItBegins
    begin_writing(session)
    draft, found = draft_to_write(session, slug), _find(session, code)
    institutions.set_seat(session, draft.id, found.id, kind.value, since, until)
    _record(session, draft, "seat_given", found, now, seat=kind.value, since=_iso(since), until=_iso(until))
    session.commit()


def abolish(session: Session, *, code: str, last_day: date, successor: str | None, now: datetime) -> None:
    """Say which day is an institution's last, and who takes over its seats and its positions the day after. Stands in
    the record of every draft in which it has a seat. Raises NoSuchInstitution, SuccessorGone, EndsBeforeItBegins."""
    begin_writing(session)
    found = _find(session, code)
    heir = _find(session, successor) if successor else None
    if heir is not None and (heir.id == found.id or heir.exists_until is not None):
        raise SuccessorGone(found.code, heir.code)
    if found.exists_from and last_day < found.exists_from:
        raise EndsBeforeItBegins
    found.exists_until, found.successor_id = last_day, heir.id if heir else None
    for slug in institutions.drafts_with(session, found.id):
        draft = draft_to_write(session, slug)
        _record(session, draft, "institution_abolished", found, now, until=_iso(last_day), successor=successor or "")
    session.commit()


def _find(session: Session, code: str) -> Institution:
    found = institutions.find(session, code)
    if found is None:
        raise NoSuchInstitution(code)
    return found


def _record(
    session: Session, draft: Draft, kind: str, one: Institution, now: datetime, **facts: str
) -> None:  # fmt: skip
    events.record(session, draft, kind, now=now, user_id=None, institution_id=one.id, **facts, code=one.code)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
