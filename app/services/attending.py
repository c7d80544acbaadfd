"""Who is named in the record of a session: people who agreed to it, in their own words, until they take it back.

The record of events says that a name was given or taken back, never which. A name that is taken back is forgotten.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound, Outdated
from app.domain.permissions import Action, check_can
from app.domain.seats import places
from app.services import showing
from app.services.marks import Marks
from app.services.pages_convening import AttendancePage, NamedLine
from app.services.showing_session import session_head
from app.services.sittings import LONGEST_NAME, is_presiding, seated, typed
from app.store import events, institutions, records, sittings, users
from app.store.memberships import Entry, enter_to_write
from app.store.sittings import Attendance, SittingRow


class NoNamesTaken(Invalid):
    def __init__(self) -> None:
        super().__init__("Nobody is named in this draft, so no names are taken for the records of its sessions.")


class NotBegun(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} has not begun: names are taken when it is opened.")
        self.number = number


class NotHeld(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Session {number} was called off, so nobody came to it.")
        self.number = number


class NoName(Invalid):
    def __init__(self) -> None:
        super().__init__("Type the name as it is to stand in the record.")


class NoConsent(Invalid):
    def __init__(self) -> None:
        super().__init__("Nobody is named who did not agree to it: tick that they did.")


class NoSuchName(NotFound):
    def __init__(self) -> None:
        super().__init__("This name is not, or no longer, among those for the record.")


def give_name(session: Session, *, slug: str, number: int, name: str, user_id: int | None, now: datetime) -> None:
    """Let the record of a session name oneself, for one's institution; given again, the name replaces the former.

    Raises NoSuchSession, NoNamesTaken, NotBegun, NotHeld, NoName.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.READ)
    row = _taking(session, entry, number)
    said = _named(name)
    own = next((one for one in sittings.names_in(session, row.id) if one.user_id == entry.user_id), None)
    if own is not None:
        own.name, own.consented_at = said, now
    else:
        _add(session, row, entry.institution_id, entry.user_id, said, now)
    _record(session, entry, row, "session_name_given", entry.institution_id, now)
    session.commit()


def add_name(
    session: Session, *, slug: str, number: int, name: str, institution: str, consented: bool, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Let the record name somebody without an account who agreed to it; `institution`: its code, empty for none.

    Raises NoSuchSession, RoleMayNot, NoNamesTaken, NotBegun, NotHeld, NoName, NoConsent, NobodyNamed.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    row = _taking(session, entry, number)
    said = _named(name)
    if not consented:
        raise NoConsent
    who = seated(session, entry, institution, now.date()) if institution else None
    _add(session, row, who, None, said, now)
    _record(session, entry, row, "session_name_given", who, now)
    session.commit()


def take_back(session: Session, *, slug: str, number: int, named: int, user_id: int | None, now: datetime) -> None:
    """Take a name back: one's own, or for whoever presides one that a facilitator added. It is forgotten; a record that
    was issued before keeps it. Raises NoSuchSession, NoSuchName."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.READ)
    row = sittings.find(session, entry.draft.id, number)
    found = next((one for one in sittings.names_in(session, row.id) if one.id == named), None)
    if found is None or not _is_ours(entry, found):
        raise NoSuchName
    found.withdrawn_at, found.name = now, ""
    _record(session, entry, row, "session_name_withdrawn", found.institution_id, now)
    session.commit()


def attendance_page(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> AttendancePage:
    """Raises NoSuchDraft, RoleMayNot, NoSuchSession."""
    entry = showing.enter_to_read(session, slug, user_id)
    marks = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, marks)
    row = sittings.find(session, entry.draft.id, number)
    rows = sittings.names_in(session, row.id)
    shown = tuple(_line(entry, one, marks) for one in rows if _may_see(entry, one))
    own = next((line for line in shown if line.own), None)
    seats = places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), now.date())
    return AttendancePage(
        head, session_head(row), shown, own, len(rows), users.full_names(session, {entry.user_id})[entry.user_id],
        tuple(marks.seats[place.institution] for place in seats), is_presiding(entry), _barred(entry, row),
        any(one.sitting_id == row.id and one.issued_at for one in records.of_draft(session, entry.draft.id)),
    )  # fmt: skip


def _barred(entry: Entry, row: SittingRow) -> str:
    """Why no names are taken; empty where they are."""
    if entry.draft.attribution == "unattributed":
        return "unattributed"
    if row.called_off_at is not None:
        return "called_off"
    return "not_begun" if row.opened_at is None else ""


def _taking(session: Session, entry: Entry, number: int) -> SittingRow:
    """A session for whose record names are taken."""
    row = sittings.find(session, entry.draft.id, number)
    barred = _barred(entry, row)
    if barred == "unattributed":
        raise NoNamesTaken
    if barred:
        raise NotHeld(number) if barred == "called_off" else NotBegun(number)
    return row


def _named(name: str) -> str:
    said = " ".join(typed(name, LONGEST_NAME).split())
    if not said:
        raise NoName
    return said


def _may_see(entry: Entry, row: Attendance) -> bool:
    """Before the record is issued, a name is seen by whoever gave it and by those who preside."""
    return is_presiding(entry) or row.user_id == entry.user_id


def _is_ours(entry: Entry, row: Attendance) -> bool:
    return row.user_id == entry.user_id or (row.user_id is None and is_presiding(entry))


def _line(entry: Entry, row: Attendance, marks: Marks) -> NamedLine:
    return NamedLine(
        row.id, row.name, marks.seats.get(row.institution_id or 0), row.consented_at, _is_ours(entry, row),
        row.user_id == entry.user_id,
    )  # fmt: skip


def _add(
    session: Session, row: SittingRow, institution_id: int | None, user_id: int | None, name: str, now: datetime
) -> None:
    session.add(
        Attendance(sitting_id=row.id, institution_id=institution_id, user_id=user_id, name=name, consented_at=now)
    )


def _record(
    session: Session, entry: Entry, row: SittingRow, kind: str, institution_id: int | None, now: datetime
) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        session=row.number, institution=institution_id,
    )  # fmt: skip
