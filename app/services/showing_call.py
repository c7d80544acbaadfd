"""The page of one call: what it asks with the exact words, who was reached, what was said, what follows from it.

While a call is hidden nobody is shown what others chose: what is worked out here comes from the positions that whoever
looks may see, and what the rule makes of them is not worked out at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.diff import diff
from app.domain.edits import Edit
from app.domain.permissions import Action, can
from app.domain.rules import Voice
from app.domain.scale import step
from app.domain.seats import InstitutionId, Place
from app.services import sealing, showing, texts
from app.services.agreeing import Bound, Spoken, last_word, spoken
from app.services.amending import Text, changes_of, past, text_as_issued
from app.services.hearing import Heard, answered_by, at_table, heard, missing, silent_seats
from app.services.marks import Marks
from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_calls import (
    AmendmentAsked,
    CallHead,
    CallPage,
    ExtensionLine,
    ItemShown,
    ReachedLine,
    SaidLine,
    SealLine,
)
from app.services.positioning import ENTERING, barred, seated_in
from app.services.showing_calls import head_of
from app.services.texts import IssuedText
from app.store import amendments, calls, versions
from app.store.amendments import AmendmentRow
from app.store.calls import Call
from app.store.events import Event
from app.store.memberships import Entry
from app.store.positions import Position


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page is made from, read once."""

    entry: Entry
    institutions: Marks
    head: DraftHead
    text: IssuedText
    said: Spoken
    call: Call
    shown: CallHead
    heard: tuple[Heard, ...]
    names: Mapping[int, str]
    rows: Mapping[int, AmendmentRow]  # the amendments that are asked about, by row id
    edits: Mapping[int, tuple[Edit, ...]]
    bases: Mapping[int, Text]
    visible: frozenset[int]  # the positions that everybody sees
    then: Mapping[str, str]  # the words asked about, of clauses that read otherwise now

    def marks(self, ids: Iterable[InstitutionId]) -> tuple[InstitutionMark, ...]:
        return self.institutions.those(ids)


def call_page(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> CallPage:
    """Raises NoSuchDraft, NoSuchCall."""
    entry = showing.enter_to_read(session, slug, user_id)
    read = _read(session, entry, showing.contributors(session, entry, language), number, now)
    said, call = read.said, read.call
    seated = seated_in(at_table(said))
    why, open_to = barred(entry, seated), read.shown.state == "open"
    waited_for = missing(said, call, read.heard) if open_to else ()
    early = silent_seats(said, call, read.heard) if open_to and call.deadline is not None else ()
    received, told = calls.receipts_at(session, call.id), calls.told_of(session, entry.draft.id, number)
    return CallPage(
        read.head,
        read.shown,
        tuple(_item(read, one, open_to and not why) for one in read.heard),
        _reached(read, received),
        read.marks(waited_for),
        read.marks(early),
        _seals(read, told),
        said.scale,
        why,
        tuple(read.institutions.seats[id] for id in seated) if open_to and entry.role in ENTERING else (),
        can(entry.role, Action.CALL),
        entry.institution_id in received,
        next((read.institutions.words(one.facts["reason"]) for one in told if one.kind == "call_called_off"), ""),
        tuple(
            ExtensionLine(
                event.happened_at,
                datetime.fromisoformat(event.facts["former"]),
                read.institutions.words(event.facts["reason"]),
            )
            for event in told
            if event.kind == "call_extended"
        ),
    )


def _read(session: Session, entry: Entry, institutions: Marks, number: int, now: datetime) -> _Read:
    """A fixed number of statements, however much is asked and was said."""
    call = calls.find(session, entry.draft.id, number)
    head = showing.draft_head(session, entry, institutions)
    text = texts.issued(session, entry.draft, head.latest)
    said = spoken(session, entry.draft, now.date())
    found = heard(
        session, entry.draft, text, head.versions, said, call, now=now, reader=entry.institution_id
    )  # fmt: skip
    authors = {row.author_id for one in found for row, _ in one.pairs}
    names = showing.people(session, entry, {id for id in (*authors, call.opened_by) if id})
    asked = {one.item.amendment_id for one in found if one.item.amendment_id}
    rows = {row.id: row for row in amendments.all_of(session, entry.draft.id) if row.id in asked} if asked else {}
    return _Read(
        entry, institutions, head, text, said, call, head_of(call, said.items.get(call.id, []), names, now), found,
        names, rows, amendments.edits_of(session, entry.draft.id) if asked else {},
        _bases(session, entry, head, text, rows), frozenset(row.id for row in said.visible),
        _then(session, entry, call, found),
    )  # fmt: skip


def _bases(
    session: Session, entry: Entry, head: DraftHead, text: IssuedText, rows: Mapping[int, AmendmentRow]
) -> Mapping[int, Text]:
    numbers = {row.base_version for row in rows.values()}
    older = past(session, entry, head, numbers - {text.number})
    return {**older, text.number: text_as_issued(text)}


def _then(session: Session, entry: Entry, call: Call, found: Iterable[Heard]) -> Mapping[str, str]:
    if not any(one.differs and one.item.clause_id for one in found):
        return {}
    return versions.bodies_in(session, entry.draft.id, entry.draft.language, {call.version})[call.version]


def _item(read: _Read, one: Heard, may_answer: bool) -> ItemShown:
    clause_id, text, decision = one.item.clause_id, read.text, one.decision
    here = text.lines[text.places[clause_id]] if clause_id and clause_id in text.places else None
    amendment = _amendment(read, one.item.amendment_id) if one.item.amendment_id else None
    lines = _all_said(read, one)
    own = next((line for line in lines if line.ours and line.step), None)
    shown = ItemShown(
        one.item.ordinal,
        f"A{amendment.number}" if amendment else text.human(clause_id or ""),
        clause_id,
        here if here and not one.differs else None,
        amendment,
        one.differs,
        one.void,
        diff(read.then.get(clause_id or "", ""), here.body) if here and one.differs else None,
        decision.result.value if decision and not one.void and read.call.closed_at is None else "",
        one.item.result or "",
        lines,
        own,
        may_answer and not one.differs,
    )
    return _with_decision(read, shown, one) if decision and not one.void else shown


def _with_decision(read: _Read, shown: ItemShown, one: Heard) -> ItemShown:
    made = one.decision
    if made is None:
        return shown
    return replace(
        shown,
        votes=made.votes,
        blocking=read.marks(made.blocking),
        unanswered=read.marks(made.unanswered),
        asking=read.marks(made.asking),
        waiting=read.marks(made.waiting),
        reserved=read.marks(made.reserved),
    )


def _amendment(read: _Read, row_id: int) -> AmendmentAsked:
    row = read.rows[row_id]
    changes = changes_of(read.edits.get(row_id, ()), read.bases[row.base_version])
    mark = read.institutions.get(row.institution_id or 0)
    return AmendmentAsked(row.number, read.institutions.words(row.title), mark, row.state, changes)


def _all_said(read: _Read, one: Heard) -> tuple[SaidLine, ...]:
    """In the order of the table. Where institutions are not told, one's own and then what the others said, in an order
    that says nothing of whose it is."""
    lines = tuple(_said(read, one, place) for place in at_table(read.said))
    if not read.institutions.hides:
        return lines
    untold = (replace(line, kind="", inherited=None) for line in lines if not line.ours)
    return (*(line for line in lines if line.ours), *sorted(untold, key=_said_first))


def _said_first(line: SaidLine) -> tuple[int, str]:
    """What needs attention first, then by its words."""
    return -line.step.number if line.step else 0, line.reason


def _said(read: _Read, one: Heard, place: Place) -> SaidLine:
    """What a seat says, as whoever looks may know it."""
    marks, voice, ours = read.institutions, _voice(one, place), place.institution == read.entry.institution_id
    mark = (marks.seats if ours else marks)[place.institution]
    pair = last_word(read.said, place, one.pairs)
    row = pair[0] if pair else None
    if pair is None or row is None or row.step is None:
        return SaidLine(mark, place.kind.value, ours=ours)
    return SaidLine(
        mark, place.kind.value, step(read.said.scale, row.step), row.reason if ours else marks.words(row.reason),
        read.names.get(row.author_id or 0, ""), row.entered_for and not marks.hides, marks.when(row.created_at),
        row.confirm_until, marks.when(row.confirmed_at) if row.confirmed_at else None, bool(voice and voice.answered),
        _lapsed(one, pair, voice), marks.get(row.institution_id) if row.institution_id != place.institution else None,
        _hidden(read, row), row.id, ours,
    )  # fmt: skip


def _voice(one: Heard, place: Place) -> Voice | None:
    return next((voice for voice in one.voices if voice.institution == place.institution), None)


def _lapsed(one: Heard, pair: Bound, voice: Voice | None) -> bool:
    return pair[1] != one.item.text_sha256 or bool(voice and voice.lapsed)


def _hidden(read: _Read, row: Position) -> bool:
    return row.id not in read.visible


def _reached(read: _Read, received: Mapping[int, datetime]) -> tuple[ReachedLine, ...]:
    """Where institutions are not told, one's own; of the others only counts are made of it."""
    answered, marks = answered_by(read.said, read.call, read.heard), read.institutions

    def reached(place: Place, *, ours: bool) -> ReachedLine:
        at = next((received[id] for id in (place.institution, *place.formerly) if id in received), None)
        mark = (marks.seats if ours else marks)[place.institution]
        return ReachedLine(
            mark, place.kind.value, marks.when(at) if at else None, len(answered[place.institution]), ours
        )

    lines = tuple(reached(one, ours=one.institution == read.entry.institution_id) for one in at_table(read.said))
    if not marks.hides:
        return lines
    return tuple(sorted(lines, key=lambda line: (not line.ours, line.received_at is None, -line.answered)))


def _seals(read: _Read, told: Iterable[Event]) -> tuple[SealLine, ...]:
    """The commitments in the record of a hidden call; with what they were made of, once that is revealed."""
    if not read.call.hidden:
        return ()
    opened = {row.id: row for row in read.said.given if row.call_id == read.call.id and not read.shown.sealed}
    found = []
    for event in (one for one in told if "commitment" in one.facts):
        row, number = opened.get(event.facts["position"]), event.facts.get("amendment")
        found.append(
            SealLine(
                event.number, read.institutions.get(event.institution_id or 0),
                f"A{number}" if number else read.text.human(event.facts.get("clause") or ""),
                read.institutions.when(event.happened_at), event.facts["commitment"],
                sealing.sealed_words(row) if row and not read.institutions.hides else "",
                step(read.said.scale, row.step) if row and row.step else None,
                row is not None and sealing.commitment(row) == event.facts["commitment"],
            )
        )  # fmt: skip
    return tuple(found)
