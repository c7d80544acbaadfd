"""For whom an institution speaks at the table today: itself, and those that were merged into it."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.seats import Place, SeatKind, in_place_of, places, speaker
from app.store import institutions


def at_table(session: Session, draft_id: int, today: date) -> tuple[Place, ...]:
    """The seats that have a voice, counted or heard."""
    seats = places(institutions.bodies(session), institutions.seats_of(session, draft_id), today)
    return tuple(place for place in seats if place.kind is not SeatKind.FACILITATING)


def those_of(seats: tuple[Place, ...], institution_id: int | None) -> frozenset[int]:
    """The institutions in whose place one speaks, itself among them; none for one without a voice."""
    place = next((one for one in seats if one.institution == institution_id), None)
    return frozenset((place.institution, *place.formerly)) if place else frozenset()


def heir_of(session: Session, institution_id: int, today: date) -> int:
    """Who is to be told what concerns an institution: the one that speaks for it today."""
    return speaker(institutions.bodies(session), institution_id, today) or institution_id


def voices_of(session: Session, today: date, *institution_ids: int) -> list[int]:
    """Whose members are concerned by what concerns institutions: these, who speaks for them today, and whoever else was
    merged into that one."""
    lives = institutions.bodies(session)
    found = set(institution_ids)
    for id in institution_ids:
        speaking = speaker(lives, id, today)
        if speaking is not None:
            found |= {speaking, *in_place_of(lives, speaking, today)}
    return sorted(found)


def told(*institution_ids: int) -> list[str]:
    """Whom an event concerns beside those who follow its clause, as its facts say it and the news read it."""
    return [f"institution {id}" for id in sorted(set(institution_ids))]
