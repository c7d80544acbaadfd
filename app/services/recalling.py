"""Recalling what happened in sessions, for a record of it: facts from the record of events and the board's own counts.

Hidden calls say only that they were held. Who may be named is seen to where the record is written.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import State
from app.domain.errors import Outdated
from app.domain.lifecycle import OPEN
from app.domain.lifecycle import State as AmendmentState
from app.domain.record_facts import (
    AmendmentTold,
    BracketTold,
    Counts,
    GroupTold,
    MatterTold,
    Mode,
    RecordFacts,
    RecordKind,
)
from app.services import board_standing
from app.services.board_standing import Standing
from app.services.colliding import touched
from app.services.recalling_agreement import agreed, cited, objections, printed, provisional
from app.services.recalling_sessions import Recalled, call_told, recalled_session, session_told
from app.store import amendments, explanations, parked, records, sittings, small_groups
from app.store.amendments import AmendmentRow
from app.store.sittings import SittingRow


class NotHeldYet(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} has not begun, so there is nothing to record of it yet.")
        self.number = number


class NothingHeld(Outdated):
    def __init__(self) -> None:
        super().__init__("No session has been held yet, so there is nothing to record.")


def recall(
    session: Session, *, slug: str, kind: RecordKind, number: int, user_id: int | None, language: str, now: datetime
) -> RecordFacts:
    """Everything a record of a kind tells; `number` names the session of a record of one.

    The number of statements depends on that of the sessions alone. Raises NoSuchSession, NotHeldYet, NothingHeld.
    """
    found = board_standing.standing(session, slug=slug, user_id=user_id, language=language, now=now)
    held = [recalled_session(session, found, row) for row in _rows(session, found, kind, number)]
    numbers = _numbers(session, found)
    only = held[0] if kind is RecordKind.SESSION else None
    scope = only.clauses(found, numbers) if only else frozenset(line.id for line in found.text.lines)
    counts = Counter(found.state(line.id) for line in found.counted())
    return RecordFacts(
        kind, Mode(found.entry.draft.attribution), found.draft.title, found.text.number, now,
        tuple(session_told(session, one, found, numbers, now) for one in held),
        Counts(
            counts[State.AGREED], counts[State.AD_REFERENDUM], counts[State.CONTESTED],
            counts.total() - counts[State.AGREED] - counts[State.AD_REFERENDUM] - counts[State.CONTESTED],
        ),
        *agreed(found, scope), provisional(found, scope, now), _brackets(found, scope, numbers),
        objections(found, scope, [call for one in held for call in one.calls], numbers),
        printed(found, scope, explanations.of_draft(session, found.entry.draft.id)),
        _proposed(session, found, held, numbers), _groups(session, found, only), _matters(session, found, only),
        tuple(
            told
            for call in found.found.spoken.calls
            if (only is None or call.number in only.calls)
            and (told := call_told(found, call, numbers, now)).state == "open"
        ),
    )  # fmt: skip


def _rows(session: Session, found: Standing, kind: RecordKind, number: int) -> list[SittingRow]:
    if kind is RecordKind.SESSION:
        row = sittings.find(session, found.entry.draft.id, number)
        if row.opened_at is None:
            raise NotHeldYet(number)
        return [row]
    rows = [row for row in sittings.of_draft(session, found.entry.draft.id) if row.opened_at is not None]
    if not rows:
        raise NothingHeld
    return rows


Numbers = dict[int, tuple[AmendmentRow, frozenset[str]]]
"""Every amendment that was submitted, by row id, with the clauses it touches."""


def _numbers(session: Session, found: Standing) -> Numbers:
    edits = amendments.edits_of(session, found.entry.draft.id)
    rows = amendments.all_of(session, found.entry.draft.id)
    return {
        row.id: (row, frozenset(touched(edits.get(row.id, ()))))
        for row in rows
        if AmendmentState(row.state) is not AmendmentState.DRAFT
    }


def _told(found: Standing, row: AmendmentRow, clauses: frozenset[str]) -> AmendmentTold:
    by = found.table.by[row.number]
    parties = (by.institution, *by.sponsors)
    return AmendmentTold(
        row.number, by.title, ", ".join(cited(found, clauses)), tuple(one.name for one in parties if one)
    )


def _brackets(found: Standing, scope: frozenset[str], numbers: Numbers) -> tuple[BracketTold, ...]:
    """What is contested, and what open amendments would change."""
    about: dict[str, list[AmendmentTold]] = {}
    for row, clauses in numbers.values():
        if AmendmentState(row.state) in OPEN:
            for clause_id in clauses & scope:
                about.setdefault(clause_id, []).append(_told(found, row, clauses))
    return tuple(
        BracketTold(
            line.human, found.state(line.id) is State.CONTESTED, line.id in found.table.contested,
            tuple(sorted(about.get(line.id, ()), key=lambda one: one.number)),
        )
        for line in found.text.lines
        if line.id in scope and (line.id in about or found.state(line.id) is State.CONTESTED)
    )  # fmt: skip


def _proposed(
    session: Session, found: Standing, held: Sequence[Recalled], numbers: Numbers
) -> tuple[AmendmentTold, ...]:
    """What was submitted while a session was held."""
    spans = [(one.row.first_event or 0, one.row.last_event) for one in held]
    during = records.submitted_during(session, found.entry.draft.id, spans)
    those = sorted((row.number, row, clauses) for row, clauses in numbers.values() if row.number in during)
    return tuple(_told(found, row, clauses) for _, row, clauses in those)


def _groups(session: Session, found: Standing, only: Recalled | None) -> tuple[GroupTold, ...]:
    told, words = [], found.institutions.words
    for row in small_groups.of_draft(session, found.entry.draft.id):
        if only is not None and row.sitting_id != only.row.id and not only.covers(row.reported_at):
            continue
        members = tuple(mark.name for mark in found.marks(row.members))
        told.append(
            GroupTold(
                words(row.name), tuple(filter(None, map(found.text.human, row.clauses))), members, len(row.members),
                words(row.report), tuple(row.amendments), row.reported_at is not None,
            )
        )  # fmt: skip
    return tuple(told)


def _matters(session: Session, found: Standing, only: Recalled | None) -> tuple[MatterTold, ...]:
    return tuple(
        MatterTold(
            row.number, found.institutions.words(row.words), found.text.human(row.clause_id or ""),
            ", ".join(filter(None, (_owner(found, row.owner_id), row.owner_words))), row.due,
            found.institutions.words(row.settled_words) if row.settled_at else None,
        )
        for row in parked.of_draft(session, found.entry.draft.id)
        if only is None or row.sitting_id == only.row.id
    )  # fmt: skip


def _owner(found: Standing, owner_id: int | None) -> str:
    return found.institutions[owner_id].name if owner_id in found.institutions and owner_id is not None else ""
