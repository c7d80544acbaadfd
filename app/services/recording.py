"""Records: filled from what happened, edited by facilitators, and issued for good.

An issued record never changes. A correction is a new record; so is one that is filled in again.
"""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.record_facts import RecordKind
from app.domain.record_writing import LANGUAGES, title, written
from app.services import keeping_unsent
from app.services.recalling import recall
from app.services.showing_records import IssuedAlready
from app.services.sittings import enter_to_preside
from app.store import events, records, sittings
from app.store.amendments import LARGEST_NUMBER
from app.store.memberships import Entry
from app.store.records import RecordDocument
from app.store.sittings import NoSuchSession

LONGEST_BODY = 400_000


class UnknownRecord(Invalid):
    """What no form of ours sends."""

    def __init__(self) -> None:
        super().__init__("Choose what the record is of, and its language, from what the page offers.")


class EmptyRecord(Invalid):
    def __init__(self) -> None:
        super().__init__("A record without a word says nothing: write it, or discard it.")


class RecordChanged(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"Somebody else saved record {number} while you wrote. What they saved is shown below; what you typed is "
            "still in the form. Saving now puts yours in its place."
        )
        self.number = number


def start_record(
    session: Session, *, slug: str, kind: str, number: int | None, language: str, user_id: int | None, now: datetime
) -> int:
    """Fill a new record from what has happened up to now; its number. `number` is that of the session of a record of
    one. `now` is the time at the place of the group.

    Raises RoleMayNot, UnknownRecord, NoSuchSession, NotHeldYet, NothingHeld.
    """
    entry = enter_to_preside(session, slug, user_id)
    if kind not in list(RecordKind) or language not in LANGUAGES:
        raise UnknownRecord
    sitting = _sitting(session, entry, RecordKind(kind), number)
    facts = recall(
        session, slug=slug, kind=RecordKind(kind), number=number or 0, user_id=user_id, language=language, now=now
    )
    row = RecordDocument(
        draft_id=entry.draft.id, number=records.next_number(session, entry.draft.id), kind=kind, sitting_id=sitting,
        language=language, title=title(facts, language), body=written(facts, language), version=facts.version,
        made_by=entry.user_id, made_at=now, saved_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    made = row.number
    _record(
        session, entry, "record_started", row, now, session=number if sitting else None, language=language,
        version=row.version,
    )  # fmt: skip
    session.commit()
    return made


def save_record(
    session: Session, *, slug: str, number: int, body: str, revision: int, user_id: int | None, now: datetime
) -> None:
    """Store what a facilitator made of a record. `revision`: the one they had before them.

    Raises RoleMayNot, NoSuchRecord, IssuedAlready, RecordChanged, EmptyRecord, Unstorable.
    """
    entry = enter_to_preside(session, slug, user_id)
    row = _to_write(session, entry, number, revision)
    typed = _typed(body)
    keeping_unsent.forget(session, entry, place_of(number))
    if typed != row.body:
        row.body, row.revision, row.saved_at = typed, row.revision + 1, now
        _record(session, entry, "record_saved", row, now, revision=row.revision, sha256=sha256(typed.encode()))
    session.commit()


def issue_record(
    session: Session, *, slug: str, number: int, revision: int, user_id: int | None, now: datetime
) -> None:
    """Issue a record as it stands, for every reader of the draft and for good.

    Raises RoleMayNot, NoSuchRecord, IssuedAlready, RecordChanged.
    """
    entry = enter_to_preside(session, slug, user_id)
    row = _to_write(session, entry, number, revision)
    row.issued_at, row.issued_by, row.sha256 = now, entry.user_id, sha256(row.body.encode())
    held = {one.id: one.number for one in sittings.of_draft(session, entry.draft.id)}
    _record(
        session, entry, "record_issued", row, now, session=held.get(row.sitting_id or 0),
        sha256=row.sha256, version=row.version, language=row.language,
    )  # fmt: skip
    session.commit()


def discard_record(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """Give up a record that was not issued. Raises RoleMayNot, NoSuchRecord, IssuedAlready."""
    entry = enter_to_preside(session, slug, user_id)
    row = _to_write(session, entry, number, None)
    row.discarded_at = now
    keeping_unsent.forget(session, entry, place_of(number))
    _record(session, entry, "record_discarded", row, now)
    session.commit()


def place_of(number: int) -> str:
    """Where what is typed into a record is kept until it is saved."""
    return f"record/{number}"


def as_typed(body: str) -> str:
    """What a form sends as it is stored: one kind of line end, and one at the end."""
    return body.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


def _typed(body: str) -> str:
    typed = as_typed(body)
    if len(typed) > LONGEST_BODY or "\0" in typed:
        raise Unstorable(LONGEST_BODY)
    if not typed.strip():
        raise EmptyRecord
    return typed


def _sitting(session: Session, entry: Entry, kind: RecordKind, number: int | None) -> int | None:
    """The row of the session that a record is of; None for records of all."""
    if kind is not RecordKind.SESSION:
        return None
    if number is None:
        raise UnknownRecord
    if not 0 < number <= LARGEST_NUMBER:
        raise NoSuchSession(number)
    return sittings.find(session, entry.draft.id, number).id


def _to_write(session: Session, entry: Entry, number: int, revision: int | None) -> RecordDocument:
    """A record that is not issued, at the revision that somebody had before them (None: at whatever it is)."""
    row = records.find(session, entry.draft.id, number)
    if row.issued_at is not None:
        raise IssuedAlready(number)
    if revision not in (None, row.revision):
        raise RecordChanged(number)
    return row


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _record(db: Session, entry: Entry, event: str, row: RecordDocument, now: datetime, **facts: Any) -> None:
    events.record(
        db, entry.draft, event, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        record=row.number, kind=row.kind, **facts,
    )  # fmt: skip
