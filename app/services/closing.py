"""Revealing what was said in a hidden call, all at once, and closing a call with what its rule makes of the answers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Outdated
from app.domain.permissions import Action, check_can
from app.domain.scale import step
from app.services import showing
from app.services.agreeing import Spoken, is_hidden, is_over, spoken
from app.services.conducting import find_unclosed
from app.services.hearing import Heard, heard, silent_seats
from app.services.texts import issued
from app.store import events, institutions
from app.store.calls import CHANGED, Call
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Position


class TooEarly(Outdated):
    """Whoever has yet to answer would see, or no longer say, what the others may."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(f"The time to answer is not over, and these have not answered everything: {', '.join(codes)}.")
        self.codes = codes


class NothingToReveal(Outdated):
    def __init__(self) -> None:
        super().__init__("Nothing is hidden in this call, or it was revealed already.")


class NotRevealed(Outdated):
    def __init__(self) -> None:
        super().__init__("Reveal the answers first: a call is closed on what everybody can see.")


@dataclass(frozen=True, slots=True)
class _Conducted:
    """A call with everything said in it."""

    entry: Entry
    call: Call
    said: Spoken
    heard: tuple[Heard, ...]


def reveal(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime, today: date) -> None:
    """Show everybody at once what was chosen in a hidden call. With it the record gets what opens every commitment.

    Raises NoSuchCall, CallIsClosed, NothingToReveal, TooEarly.
    """
    conducted = _conducted(session, slug, number, user_id, now, today)
    entry, call = conducted.entry, conducted.call
    if not is_hidden(call):
        raise NothingToReveal
    _check_time(session, conducted, now)
    sealed = [row for row in conducted.said.given if row.call_id == call.id and row.nonce]
    call.revealed_at = now
    events.record(
        session, entry.draft, "call_revealed", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        call=number, revealed=[_opened(conducted.said, row) for row in sealed],
    )  # fmt: skip
    session.commit()


def _opened(said: Spoken, row: Position) -> dict[str, object]:
    """What a commitment was made of."""
    return {
        "position": row.id,
        "nonce": row.nonce,
        "step": row.step,
        "stance": step(said.scale, row.step).name if row.step else "",
        "reason": row.reason,
        "confirm_until": row.confirm_until.isoformat() if row.confirm_until else None,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
    }


def close(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime, today: date) -> None:
    """Record what the rule gives for everything the call asked about. A clause closes as agreed only when each
    objection to it was answered; what was changed before the end is neither agreed nor refused.

    Raises NoSuchCall, CallIsClosed, NotRevealed, TooEarly.
    """
    conducted = _conducted(session, slug, number, user_id, now, today)
    entry, call = conducted.entry, conducted.call
    if is_hidden(call):
        raise NotRevealed
    _check_time(session, conducted, now)
    for one in conducted.heard:
        one.item.result = CHANGED if one.void or one.decision is None else one.decision.result.value
    call.closed_at, call.closed_by = now, entry.user_id
    events.record(
        session, entry.draft, "call_closed", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        call=number, results=[one.item.result for one in conducted.heard],
        clauses=[one.item.clause_id for one in conducted.heard if one.item.clause_id],
    )  # fmt: skip
    session.commit()


def _conducted(session: Session, slug: str, number: int, user_id: int | None, now: datetime, today: date) -> _Conducted:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    call = find_unclosed(session, entry, number)
    said = spoken(session, entry.draft, today)
    head = showing.draft_head(session, entry)
    text = issued(session, entry.draft, head.latest)
    return _Conducted(
        entry, call, said, heard(session, entry.draft, text, head.versions, said, call, now=now, closing=True)
    )  # fmt: skip


def _check_time(session: Session, conducted: _Conducted, now: datetime) -> None:
    """Before its end a call is revealed or closed only when every full seat has answered everything."""
    call = conducted.call
    if call.deadline is None or is_over(call, now):
        return
    silent = silent_seats(conducted.said, call, conducted.heard)
    if silent:
        codes = institutions.codes(session)
        raise TooEarly(tuple(sorted(codes[id] for id in silent)))
