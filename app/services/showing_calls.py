"""From calls to what pages show of them: the list of a draft, and what waits for somebody's institution."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Action, can
from app.domain.rules import RuleKind
from app.services import showing
from app.services.agreeing import Spoken, is_called_off, is_hidden, is_over, spoken
from app.services.hearing import at_table
from app.services.pages_calls import CallHead, CallLine, CallsPage
from app.services.positioning import barred, seated_in
from app.store import calls
from app.store.calls import Call, CallItem, Waiting
from app.store.memberships import Entry, enter


def index(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> CallsPage:
    """The calls of a draft, newest first; those that go on, or wait to be closed, apart. Raises NoSuchDraft."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    said = spoken(session, entry.draft, now.date())
    names = showing.people(session, entry, {call.opened_by for call in said.calls if call.opened_by})
    lines = [_line(entry, said, call, names, now) for call in reversed(said.calls)]
    return CallsPage(
        head,
        tuple(line for line in lines if line.call.state in ("open", "over")),
        tuple(line for line in lines if line.call.state not in ("open", "over")),
        can(entry.role, Action.CALL),
    )


def _line(entry: Entry, said: Spoken, call: Call, names: Mapping[int, str], now: datetime) -> CallLine:
    seated = seated_in(at_table(said))
    received = {id for id in seated if id in said.receipts.get(call.id, frozenset())}
    answered = {row.institution_id for row in said.given if row.call_id == call.id} & seated.keys()
    items = said.items.get(call.id, [])
    head = head_of(call, items, names, now)
    ours = entry.institution_id
    silence = call.rule == RuleKind.SILENCE
    own = {
        (row.clause_id, row.amendment_id)
        for row in said.given
        if row.call_id == call.id and entry.speaks_in_place_of(row.institution_id)
    }  # fmt: skip
    waits = head.state == "open" and not barred(entry, seated) and (
        ours not in received or (len(own) < len(items) and not silence)
    )  # fmt: skip
    results = Counter(item.result for item in items if item.result)
    return CallLine(head, len(received), len(answered), len(seated), waits, tuple(results.items()))


def head_of(call: Call, items: list[CallItem], names: Mapping[int, str], now: datetime) -> CallHead:
    """A call with the terms that were fixed when it was opened."""
    return CallHead(
        call.number, call.question, call.rule, f"{call.share_numerator}/{call.share_denominator}", call.share_exceeded,
        call.of_seats, call.hidden, is_hidden(call), _state(call, items, now), call.version, len(items), call.opened_at,
        names.get(call.opened_by or 0, ""), call.deadline, call.confirm_until, call.revealed_at, call.closed_at,
    )  # fmt: skip


def _state(call: Call, items: list[CallItem], now: datetime) -> str:
    if call.closed_at is None:
        return "over" if is_over(call, now) else "open"
    return "called_off" if is_called_off(items) else "closed"


def asking(
    said: Spoken, words: str, now: datetime, *, clause_id: str | None = None, amendment_id: int | None = None
) -> tuple[CallHead, ...]:
    """The calls that ask about just these words of a clause, or of an amendment (its row id), and are not closed."""
    found = []
    for call in said.calls:
        items = said.items.get(call.id, [])
        wanted = (clause_id, amendment_id, words)
        about = any((item.clause_id, item.amendment_id, item.text_sha256) == wanted for item in items)
        if about and call.closed_at is None:
            found.append(head_of(call, items, {}, now))
    return tuple(found)


def waiting(session: Session, *, user_id: int | None, now: datetime, slug: str | None = None) -> list[Waiting]:
    """The open calls that wait for somebody's institution, of one draft or of all theirs."""
    if user_id is None:
        return []
    draft_id = None if slug is None else enter(session, slug, user_id).draft.id
    return calls.waiting_for(session, user_id, now, draft_id)
