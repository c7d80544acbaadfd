"""What was said about each thing that a call asks about, who has yet to speak, and what the call's rule makes of it.

A call is about the text as it stood when it was opened. What is said after its end is no answer to it; an objection may
be answered, and what was given ad referendum confirmed, until it is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import Asked, fingerprint, fingerprint_of_edits, voices
from app.domain.rules import Decision, RuleKind, Voice, decide
from app.domain.seats import Place, SeatKind
from app.services.agreeing import Bound, Spoken, by_clause, fingerprints, is_hidden, is_over, standing
from app.services.pages import VersionHead
from app.services.texts import IssuedText
from app.store import amendments, calls, versions
from app.store.calls import CHANGED, Call, CallItem
from app.store.drafts import Draft
from app.store.positions import Position


@dataclass(frozen=True, slots=True)
class Heard:
    """`pairs`: the positions about it that the reader sees, until the end. `decision`: None while the call is hidden.
    `differs`: it reads otherwise now; `void`: it did so before the call was over, which therefore decides nothing."""

    item: CallItem
    pairs: tuple[Bound, ...]
    voices: tuple[Voice, ...]
    decision: Decision | None
    differs: bool
    void: bool


def heard(
    session: Session, draft: Draft, text: IssuedText, issued: Sequence[VersionHead], said: Spoken, call: Call, *,
    now: datetime, reader: int | None = None, closing: bool = False,
) -> tuple[Heard, ...]:  # fmt: skip
    """What was said about everything that a call asks about, in its order; in a fixed number of statements. `issued`:
    the versions of the draft, newest first; `reader`: the institution of whoever looks."""
    items, end = said.items.get(call.id, ()), end_of(call, now)
    shown = said.shown_to(reader)
    bound = by_clause(session, draft, text, shown, fingerprints(text))
    of_edits = _edits_now(session, draft, items)
    then = _words_at(session, draft, text, issued, call, items, end)
    open_to_all = {row.id for row in said.visible}
    found = []
    for item in items:
        pairs = [pair for pair in _pairs(shown, item, bound) if pair[0].created_at <= end]
        counted = [pair for pair in pairs if pair[0].id in open_to_all]
        speaking = _voices(said, call, item, counted, now)
        words = of_edits.get(item.amendment_id or 0) or fingerprints(text).get(item.clause_id or "")
        found.append(
            Heard(
                item, tuple(pairs), speaking, _decision(call, speaking, now, closing), words != item.text_sha256,
                item.result == CHANGED or (item.result is None and _void(item, words, then)),
            )
        )  # fmt: skip
    return tuple(found)


def end_of(call: Call, now: datetime) -> datetime:
    """Until when what is said answers the call: its deadline or its closing, whichever was first; or now."""
    return min(moment for moment in (call.deadline, call.closed_at, now) if moment is not None)


def _pairs(shown: Sequence[Position], item: CallItem, bound: Mapping[str, Sequence[Bound]]) -> Sequence[Bound]:
    if item.clause_id and item.clause_id in bound:
        return bound[item.clause_id]
    return [
        (row, row.text_sha256)
        for row in shown
        if (row.clause_id, row.amendment_id) == (item.clause_id, item.amendment_id) and row.about != "below"
    ]


def _voices(said: Spoken, call: Call, item: CallItem, pairs: Sequence[Bound], now: datetime) -> tuple[Voice, ...]:
    reopened = said.reopenings.get(item.clause_id or "")
    received = said.receipts.get(call.id, frozenset())
    asked = Asked(item.text_sha256, now, reopened.created_at if reopened else None, received)
    return voices(said.places, standing(pairs, said.answered), said.scale, asked)


def _decision(call: Call, speaking: Sequence[Voice], now: datetime, closing: bool) -> Decision | None:
    if is_hidden(call):
        return None
    return decide(calls.rule_of(call), speaking, closed=closing or is_over(call, now))


def _edits_now(session: Session, draft: Draft, items: Sequence[CallItem]) -> dict[int, str]:
    """The fingerprints of the amendments that are asked about, as they are worded now."""
    wanted = {item.amendment_id for item in items if item.amendment_id}
    edits = amendments.edits_of(session, draft.id) if wanted else {}
    return {id: fingerprint_of_edits(edits.get(id, ())) for id in wanted}


def _words_at(
    session: Session, draft: Draft, text: IssuedText, issued: Sequence[VersionHead], call: Call,
    items: Sequence[CallItem], end: datetime,
) -> Mapping[str, str]:  # fmt: skip
    """How the clauses read at a moment, where that was another version than the latest and matters."""
    number = max((one.number for one in issued if one.created_at <= end), default=call.version)
    now = fingerprints(text)
    clauses = [item for item in items if item.clause_id]
    if number == text.number or all(now.get(item.clause_id or "") == item.text_sha256 for item in clauses):
        return now
    bodies = versions.bodies_in(session, draft.id, draft.language, {number})[number]
    return {item.clause_id: fingerprint(bodies[item.clause_id]) for item in clauses if item.clause_id in bodies}


def _void(item: CallItem, words: str | None, then: Mapping[str, str]) -> bool:
    return (then.get(item.clause_id) if item.clause_id else words) != item.text_sha256


def answered_by(said: Spoken, call: Call, all_heard: Sequence[Heard]) -> dict[int, frozenset[int]]:
    """By institution that has a voice, the ordinals of what it answered. Of a hidden call whoever said anything has,
    whatever it was; what was taken back is told apart only once the call is revealed."""
    return {
        place.institution: frozenset(
            one.item.ordinal for one in all_heard if _has_spoken(said, call, place, one)
        )
        for place in at_table(said)
    }  # fmt: skip


def at_table(said: Spoken) -> tuple[Place, ...]:
    """The seats that have a voice."""
    return tuple(place for place in said.places if place.kind is not SeatKind.FACILITATING)


def _has_spoken(said: Spoken, call: Call, place: Place, one: Heard) -> bool:
    if any(voice.institution == place.institution and voice.says is not None for voice in one.voices):
        return True
    if not is_hidden(call):
        return False
    item = one.item
    return any(
        row.call_id == call.id
        and row.institution_id in (place.institution, *place.formerly)
        and (row.clause_id, row.amendment_id) == (item.clause_id, item.amendment_id)
        for row in said.given
    )


def missing(said: Spoken, call: Call, all_heard: Sequence[Heard]) -> tuple[int, ...]:
    """Who has not confirmed that the call reached it, or has not answered all of it. Silence may be an answer."""
    unfinished = _unfinished(said, call, all_heard)
    received = said.receipts.get(call.id, frozenset())
    return tuple(
        place.institution
        for place in at_table(said)
        if not received & {place.institution, *place.formerly}
        or (call.rule != RuleKind.SILENCE and place.institution in unfinished)
    )


def silent_seats(said: Spoken, call: Call, all_heard: Sequence[Heard]) -> tuple[int, ...]:
    """The full seats that have not answered all of it."""
    unfinished = _unfinished(said, call, all_heard)
    return tuple(
        place.institution
        for place in said.places
        if place.kind is SeatKind.FULL and place.institution in unfinished
    )  # fmt: skip


def _unfinished(said: Spoken, call: Call, all_heard: Sequence[Heard]) -> frozenset[int]:
    """Who has not answered everything that can still be answered: what was changed meanwhile cannot."""
    wanted = {one.item.ordinal for one in all_heard if not one.differs}
    answered = answered_by(said, call, all_heard)
    return frozenset(id for id, ordinals in answered.items() if wanted - ordinals)
