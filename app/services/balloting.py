"""Entering what institutions said on paper: a facilitator types the ballot's code, and the position is stated for them.

A ballot counts for the words that were printed on it. Where an item of the agenda has a call that goes on, a ballot on
the item answers the call: whoever takes a position on a whole text takes it on each clause of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.ballots import About, Code, check_of
from app.domain.errors import Invalid
from app.domain.permissions import Action, check_can
from app.services import positioning
from app.services.agreeing import is_over
from app.services.ballot_subjects import Asked, Known, known, of_call, of_item, open_calls
from app.services.conducting import CallIsOver
from app.services.positioning import LONGEST_AD_REFERENDUM_DAYS, NoSuchSeat, Stance, WordsChanged, latest_text
from app.services.sittings import Held, held
from app.store import institutions
from app.store.memberships import Entry, enter_to_write


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked on a ballot. `days`: within how many days what is given ad referendum is confirmed; None where
    the ballot does not say, because the call does."""

    step: int
    reason: str = ""
    ad_referendum: bool = False
    days: int | None = None


class NothingPrintedSo(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"No ballot of this session has the code {code}: look at the number of the item or the call.")
        self.code = code


class OtherSession(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"This ballot is of session {number}: enter it there.")
        self.number = number


class NoCheck(Invalid):
    def __init__(self) -> None:
        super().__init__("Type the six characters of the words too: they are printed beside the code of the ballot.")


def enter_ballot(
    session: Session, *, slug: str, number: int, code: Code, marked: Marked, user_id: int | None, now: datetime,
    today: date,
) -> str:  # fmt: skip
    """Record what stands on a ballot, as from paper; how what it is about is cited.

    Raises NoSuchSession, OtherSession, NothingPrintedSo, NoSuchSeat, NoCheck, WordsChanged, CallIsOver, and what
    `positioning.state` raises.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    found = held(session, entry, number)
    institution = _institution(session, entry, code, today)
    facts = known(session, entry.draft.id, latest_text(session, entry))
    printed = _printed(found, facts, code, now)
    if not code.check:
        raise NoCheck
    is_gone = printed.clauses is None and printed.amendment is None
    if is_gone or code.check != check_of(printed.subject.words):
        raise WordsChanged
    answered = _answered(found, facts, printed, now)
    for one in answered:
        stance = _stance(marked, one, code.institution)
        positioning.state(session, entry, facts.text, one.subject, stance, institution, now)
    human = f"A{printed.amendment}" if printed.amendment else facts.text.human(printed.subject.which)
    session.commit()
    return human


def _institution(session: Session, entry: Entry, code: Code, today: date) -> int:
    """The one that a code names, in whichever case it was typed."""
    known_codes = {one.upper(): one for one in institutions.codes(session).values()}
    if code.institution.upper() not in known_codes:
        raise NoSuchSeat(code.institution)
    return positioning.speaking_for(session, entry, known_codes[code.institution.upper()], today)


def _printed(found: Held, facts: Known, code: Code, now: datetime) -> Asked:
    """What the ballot with a code is about."""
    asked: Asked | None = None
    if code.about is About.ITEM:
        if code.number != found.row.number:
            raise OtherSession(code.number)
        item = found.agenda.get(code.ordinal)
        asked = of_item(found, facts, item) if item else None
    elif code.number in facts.calls:
        call = facts.calls[code.number]
        if is_over(call, now):
            raise CallIsOver(code.number)
        asked = next((one for one in of_call(facts, call, 0) if one.ordinal == code.ordinal), None)
    if asked is None:
        raise NothingPrintedSo(str(code))
    return asked


def _answered(found: Held, facts: Known, printed: Asked, now: datetime) -> tuple[Asked, ...]:
    """What is stated by it: of an item with a call that goes on, what this asks about the item."""
    if printed.about is About.CALL:
        return (printed,)
    for call in reversed(open_calls(found, facts, printed.item, now)):
        inside = tuple(one for one in of_call(facts, call, printed.item) if _is_inside(one, printed))
        if inside:
            return inside
    return (printed,)


def _is_inside(one: Asked, printed: Asked) -> bool:
    if printed.clauses is None or one.clauses is None:
        return one.amendment is not None and one.amendment == printed.amendment
    return printed.clauses[0] <= one.clauses[0] and one.clauses[1] <= printed.clauses[1]


def _stance(marked: Marked, asked: Asked, institution: str) -> Stance:
    days = None
    if marked.ad_referendum:
        fixed = asked.call is not None and asked.call.confirm_until is not None
        days = marked.days if marked.days is not None else LONGEST_AD_REFERENDUM_DAYS if fixed else 0
    return Stance(marked.step, marked.reason, days, entered_for=institution, on_paper=True)
