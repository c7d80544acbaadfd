"""The list of speakers, and who is in the room: by institutions, never by the names of people."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Outdated
from app.domain.permissions import Action
from app.domain.sitting import DeedKind
from app.services.sittings import LONGEST_NAME, Held, NobodyNamed, do, holding, is_presiding, seated, typed
from app.store import institutions


class OnTheListAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This institution is on the list of speakers already.")


class NoSuchTurn(Outdated):
    def __init__(self) -> None:
        super().__init__("This turn is not on the list of speakers any more.")


def ask_floor(
    session: Session, *, slug: str, number: int, code: str, name: str, user_id: int | None, now: datetime, today: date
) -> None:
    """Put somebody on the list of speakers: a facilitator anybody, everybody else their own institution.

    Raises SessionNotOpen, RoleMayNot, NobodyNamed, OnTheListAlready, Unstorable.
    """
    found = holding(session, slug, number, user_id, Action.POSITION)
    who, called = _speaker(session, found, code, typed(name, LONGEST_NAME), today)
    if who is not None and any(turn.institution == who for turn in found.sitting.speakers):
        raise OnTheListAlready
    do(session, found, DeedKind.ASKED_FLOOR, now, institution=who, name=called)
    session.commit()


def _speaker(session: Session, found: Held, code: str, name: str, today: date) -> tuple[int | None, str]:
    if not is_presiding(found.entry):
        if found.entry.institution_id is None:
            raise NobodyNamed
        return found.entry.institution_id, ""
    if code:
        return seated(session, found.entry, code, today), ""
    if not name:
        raise NobodyNamed
    return None, name


def waive_floor(session: Session, *, slug: str, number: int, turn: int, user_id: int | None, now: datetime) -> None:
    """Take a turn off the list: a facilitator any, everybody else that of their own institution.

    Raises SessionNotOpen, NoSuchTurn.
    """
    found = holding(session, slug, number, user_id, Action.POSITION)
    ours = found.entry.institution_id
    standing = {
        one.number
        for one in found.sitting.speakers
        if is_presiding(found.entry) or (ours is not None and one.institution == ours)
    }
    if turn not in standing:
        raise NoSuchTurn
    do(session, found, DeedKind.WAIVED_FLOOR, now, turn=turn)
    session.commit()


def give_floor(session: Session, *, slug: str, number: int, turn: int, user_id: int | None, now: datetime) -> None:
    """Let somebody on the list speak; whoever spoke before has ended. Raises SessionNotOpen, NoSuchTurn."""
    found = holding(session, slug, number, user_id)
    if turn not in {one.number for one in found.sitting.speakers}:
        raise NoSuchTurn
    do(session, found, DeedKind.GIVEN_FLOOR, now, turn=turn)
    session.commit()


def end_floor(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """Whoever has the floor has ended. Raises SessionNotOpen."""
    found = holding(session, slug, number, user_id)
    if found.sitting.floor is not None:
        do(session, found, DeedKind.ENDED_FLOOR, now)
        session.commit()


def attend(
    session: Session, *, slug: str, number: int, code: str, here: bool, user_id: int | None, now: datetime, today: date
) -> None:
    """Note that an institution came or left: a facilitator for anybody, everybody else for their own (empty code).

    Raises SessionNotOpen, NobodyNamed.
    """
    found = holding(session, slug, number, user_id, Action.POSITION)
    if not (code and is_presiding(found.entry)):
        code = institutions.codes(session).get(found.entry.institution_id or 0, "")
    who = seated(session, found.entry, code, today)
    if here != (who in found.sitting.present):
        do(session, found, DeedKind.ARRIVED if here else DeedKind.LEFT, now, institution=who)
        session.commit()
