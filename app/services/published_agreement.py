"""How far agreement was when a version was published. It is kept with the publication and never changes again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.services import board_standing, showing
from app.services.attributing import UNATTRIBUTED
from app.services.board_cells import says
from app.services.board_standing import Standing
from app.services.marks import Marks
from app.services.pages_publications import AgreedBy, AgreementThen
from app.store.memberships import Entry

WORST_FIRST = ("lapsed", "objects", "asks", "abstains", "reserved", "in_favour", "nothing")
"""What a seat says of one clause, where its cell says several."""


def agreement_of(
    session: Session, entry: Entry, version: int, languages: Iterable[str], now: datetime
) -> dict[str, Any] | None:
    """What everybody at the table sees of it, of the latest text only: nobody asks about earlier ones any more."""
    found = board_standing.standing_of(session, entry, language=entry.draft.language, now=now)
    if found.text.number != version:
        return None
    states = Counter(found.state(line.id).value for line in found.counted())
    named = entry.draft.attribution != UNATTRIBUTED
    names = {language: showing.institution_marks(session, language) for language in languages} if named else {}
    return {"states": dict(sorted(states.items())), "institutions": list(_seats(found, names)) if named else []}


def _seats(found: Standing, names: Mapping[str, Marks]) -> Iterable[dict[str, Any]]:
    rows = [found.row(line) for line in found.counted()]
    for at, place in enumerate(found.seats):
        said = Counter(_one(says(row[at], found.found.spoken.scale)) for row in rows)
        yield {
            "code": found.institutions[place.institution].code,
            "names": {language: marks[place.institution].name for language, marks in names.items()},
            "kind": place.kind.value,
            "said": dict(sorted(said.items())),
        }


def _one(said: frozenset[str]) -> str:
    return next((one for one in WORST_FIRST if one in said), "nothing")


def shown(stored: Mapping[str, Any] | None, language: str) -> AgreementThen | None:
    """As it was stored; institutions named in the language of the text."""
    if stored is None:
        return None
    seats = tuple(
        AgreedBy(one["code"], one["names"].get(language) or one["code"], one["kind"], one["said"])
        for one in stored["institutions"]
    )
    return AgreementThen(stored["states"], seats)
