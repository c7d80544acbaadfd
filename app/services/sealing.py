"""What the record holds of positions: in plain words, or, while a hidden call goes on, sealed.

A sealed position binds its giver and tells nothing. What opens the seal is published when the call is revealed, so that
anybody can check that nothing was altered in between.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint
from app.domain.errors import Outdated
from app.domain.scale import step
from app.services.agreeing import is_hidden, is_over, scale_for
from app.services.texts import IssuedText, below
from app.store import amendments, calls, events, positions
from app.store.calls import Call, CallItem
from app.store.memberships import Entry
from app.store.positions import Position


class AnswersSealed(Outdated):
    """Nothing is said on what a hidden call asked about between its end and its reveal."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"The time to answer call {number} is over, and its answers are not revealed yet. Once they are, this can "
            "be done."
        )
        self.number = number


class AskedHidden(Outdated):
    """A position on a whole part would show too early what a hidden call asks about."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Call {number} asks about clauses in it, and its answers are hidden until they are revealed: answer "
            "there, clause by clause."
        )
        self.number = number


def call_asking(session: Session, text: IssuedText, row: Position, now: datetime) -> Call | None:
    """The open call that a position answers: the one that asks about just this text.

    Raises AnswersSealed, AskedHidden where a hidden call does not let it be stated openly.
    """
    items = calls.items_of(session, row.draft_id)
    open_calls = [call for call in calls.of_draft(session, row.draft_id) if call.closed_at is None]
    for call in reversed(open_calls):
        if _within_it(call, items.get(call.id, ()), text, row):
            raise AskedHidden(call.number)
        if not any(_same(item, row) for item in items.get(call.id, ())):
            continue
        if not is_over(call, now):
            return call
        if is_hidden(call):
            raise AnswersSealed(call.number)
    return None


def _same(item: CallItem, row: Position) -> bool:
    same = item.clause_id == row.clause_id and item.amendment_id == row.amendment_id
    return same and row.about in ("clause", "amendment") and item.text_sha256 == row.text_sha256


def _within_it(call: Call, items: Collection[CallItem], text: IssuedText, row: Position) -> bool:
    """Whether a position on a part or a version speaks of what a hidden call asks about."""
    if row.about not in ("below", "version") or not is_hidden(call):
        return False
    start, end = below(text, row.clause_id) if row.clause_id else (0, len(text.lines))
    spoken_of = {line.id for line in text.lines[start:end]}
    return any(item.clause_id in spoken_of for item in items)


def store_sealed(
    session: Session, entry: Entry, row: Position, call: Call, now: datetime, *, on_paper: bool = False
) -> int:
    """Store a position in a hidden call. Whatever it says, stating, changing, confirming or taking back: the event is
    the same, and holds a commitment alone."""
    row.call_id, row.nonce = call.id, secrets.token_hex(32)
    positions.add(session, row)
    record(session, entry, row, "position_stated", {"commitment": commitment(row)}, now, call, on_paper=on_paper)
    return row.id


def commitment(row: Position) -> str:
    """What the record holds of a hidden position."""
    return fingerprint(sealed_words(row))


def sealed_words(row: Position) -> str:
    """What a commitment is the fingerprint of: nonce, step, until when to confirm, when confirmed, reason."""
    return f"{row.nonce}|{row.step}|{_moment(row.confirm_until)}|{_moment(row.confirmed_at)}|{row.reason}"


def _moment(at: datetime | None) -> str:
    """The same whatever the time zone in which it was said."""
    return at.astimezone(UTC).isoformat() if at else ""


def hidden_call(session: Session, row: Position) -> Call | None:
    """The call of a position that is hidden still."""
    if row.call_id is None:
        return None
    call = next((one for one in calls.of_draft(session, row.draft_id) if one.id == row.call_id), None)
    return call if call is not None and is_hidden(call) else None


def facts_of(entry: Entry, row: Position) -> dict[str, object]:
    """What an open position tells the record: its step by number and name, its reason."""
    return {
        "step": row.step,
        "stance": step(scale_for(entry.draft), row.step).name if row.step else "",
        "reason": row.reason,
        "confirm_until": row.confirm_until.isoformat() if row.confirm_until else None,
    }


def record(
    session: Session,
    entry: Entry,
    row: Position,
    kind: str,
    facts: Mapping[str, object],
    now: datetime,
    call: Call | None = None,
    *,
    on_paper: bool = False,
) -> None:
    """Record what was done about a position; `on_paper`: entered from a printed ballot."""
    amendment = amendments.number_by_id(session, row.amendment_id) if row.amendment_id else None
    how = {"on_paper": True} if on_paper else {}
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=row.institution_id,
        position=row.id, about=row.about, clause=row.clause_id, amendment=amendment, version=row.version,
        words=row.text_sha256, call=call.number if call else None, entered_for=row.entered_for, **how, **facts,
    )  # fmt: skip
