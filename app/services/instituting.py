"""Institutions, set by the operator or an administrator of an installation: they come, are abolished, merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Unstorable
from app.domain.seats import Body, SeatKind
from app.services.giving_seats import EndsBeforeItBegins, NoSuchInstitution, place
from app.store import events, institutions
from app.store.db import begin_writing
from app.store.institutions import Institution
from app.store.memberships import draft_to_write

LONGEST_CODE, LONGEST_KIND, LONGEST_NAME = 20, 40, 200


class UnusableCode(Invalid):
    def __init__(self) -> None:
        super().__init__(f"The code of an institution has 1 to {LONGEST_CODE} letters, digits, - or _.")


class CodeTaken(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is an institution “{code}” already.")


class SuccessorGone(Invalid):
    """Two that succeed each other would leave nobody to speak."""

    def __init__(self, code: str, successor: str) -> None:
        super().__init__(f"“{successor}” cannot take over from “{code}”: it is the same, or abolished itself.")


class NoLastDay(Invalid):
    def __init__(self) -> None:
        super().__init__("A successor takes over the day after the last one: say which day that is.")


class NoName(Invalid):
    def __init__(self) -> None:
        super().__init__("An institution needs a name in one language at least.")


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
    """Make an institution known to the installation. Raises UnusableCode, CodeTaken, NoName, Unstorable."""
    if not 1 <= len(code) <= LONGEST_CODE or not code.replace("-", "").replace("_", "").isalnum():
        raise UnusableCode
    said = {language: name for language, name in _usable(names).items() if name}
    begin_writing(session)
    if institutions.find(session, code) is not None:
        raise CodeTaken(code)
    if not said:
        raise NoName
    institutions.add(session, code=code, kind=_usable_kind(kind), names=said)
    session.commit()


def rename(session: Session, *, code: str, names: Mapping[str, str], kind: str | None = None) -> None:
    """Call an institution so in these languages (empty: no more in that one), and say what kind of body it is.

    Raises NoSuchInstitution, NoName, Unstorable.
    """
    said = _usable(names)
    begin_writing(session)
    found = _find(session, code)
    if kind is not None:
        found.kind = _usable_kind(kind)
    institutions.set_names(session, found.id, said)
    if not institutions.names(session).get(found.id):
        raise NoName
    session.commit()


def seat(
    session: Session, *, slug: str, code: str, kind: SeatKind, since: date | None, until: date | None, now: datetime
) -> None:
    """Seat an institution at a draft's table. A period that meets the one of a seat it has changes that seat; one that
    meets none is a further seat. Raises NoSuchDraft, NoSuchInstitution, EndsBeforeItBegins, SeatsOverlap."""
    begin_writing(session)
    draft, found = draft_to_write(session, slug), _find(session, code)
    place(session, draft, found, kind, (since, until), user_id=None, now=now)
    session.commit()


def abolish(session: Session, *, code: str, last_day: date, successor: str | None, now: datetime) -> None:
    """Say which day is an institution's last, and who takes over its seats and its positions the day after.
    Raises NoSuchInstitution, SuccessorGone, EndsBeforeItBegins."""
    since = institutions.since(session, code)
    set_period(session, code=code, since=since, until=last_day, successor=successor, now=now)


def set_period(
    session: Session, *, code: str, since: date | None, until: date | None, successor: str | None, now: datetime,
    user_id: int | None = None,
) -> None:  # fmt: skip
    """From when until when an institution is there, and who succeeds it. Stands in the record of every draft in which
    it has a seat. Raises NoSuchInstitution, NoLastDay, SuccessorGone, EndsBeforeItBegins."""
    begin_writing(session)
    found = _find(session, code)
    heir = _find(session, successor) if successor else None
    if heir is not None:
        _check_heir(session, found, heir, until)
    if since and until and until < since:
        raise EndsBeforeItBegins
    found.exists_from, found.exists_until, found.successor_id = since, until, heir.id if heir else None
    kind = "institution_abolished" if until else "institution_period_set"
    facts: dict[str, Any] = {"since": _iso(since), "until": _iso(until), "successor": successor or ""}
    for slug in institutions.drafts_with(session, found.id):
        draft = draft_to_write(session, slug)
        events.record(session, draft, kind, now=now, user_id=user_id, institution_id=found.id, code=code, **facts)
    session.commit()


def _check_heir(session: Session, found: Institution, heir: Institution, until: date | None) -> None:
    """A successor is there on the day after, and what succeeds it never leads back."""
    if until is None:
        raise NoLastDay
    is_gone = heir.exists_until is not None and heir.exists_until <= until
    if is_gone or _leads_back(institutions.bodies(session), heir.id, found.id):
        raise SuccessorGone(found.code, heir.code)


def _leads_back(bodies: Mapping[int, Body], start: int, to: int) -> bool:
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        if at == to:
            return True
        seen.add(at)
        at = bodies[at].successor
    return False


def _usable(names: Mapping[str, str]) -> dict[str, str]:
    said = {language: " ".join(name.split()) for language, name in names.items()}
    if any(len(name) > LONGEST_NAME or "\0" in name for name in said.values()):
        raise Unstorable(LONGEST_NAME)
    return said


def _usable_kind(kind: str) -> str:
    if not 1 <= len(kind) <= LONGEST_KIND or "\0" in kind:
        raise Unstorable(LONGEST_KIND)
    return kind


def _find(session: Session, code: str) -> Institution:
    found = institutions.find(session, code)
    if found is None:
        raise NoSuchInstitution(code)
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
