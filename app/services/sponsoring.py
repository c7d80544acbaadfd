"""Proposing together: the proposer's institution invites others, they accept or decline, and may step back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated
from app.domain.permissions import Action, check_can
from app.domain.seats import SeatKind, places
from app.services.owning import find_mine, find_open, speaks_for, word_of
from app.store import events, institutions, marks, relations
from app.store.amendments import AmendmentRow
from app.store.drafts import Draft
from app.store.memberships import Entry, enter_to_write

ANSWERS = ("accepted", "declined")


class NotSeated(NotFound):
    def __init__(self, code: str) -> None:
        super().__init__(f"“{code}” has no seat at this table, or proposes this amendment already.")


class InvitedAlready(Outdated):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} was invited already, and has not declined.")


class NotInvited(NotAllowed):
    def __init__(self, number: int) -> None:
        super().__init__(f"Your institution was not invited to propose A{number} too, or is so no longer.")


class AnsweredAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This was answered in the same way already.")


class InvitationAnswered(Outdated):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} has answered this invitation: it can no longer be taken back.")


class NobodyProposes(Outdated):
    """Proposing together is putting names to it."""

    def __init__(self) -> None:
        super().__init__(
            "Amendments are not attributed here: no institution is stored as proposing one, so none can propose it "
            "too. An institution states its position on it instead."
        )


class NoAnswer(Invalid):
    def __init__(self) -> None:
        super().__init__("Say whether you accept or decline.")


def seated(session: Session, draft: Draft, proposer: int | None, now: datetime) -> tuple[int, ...]:
    """The institutions that can be invited: who is heard at the table today, without the proposer's own."""
    at_table = places(institutions.bodies(session), institutions.seats_of(session, draft.id), now.date())
    heard = (place.institution for place in at_table if place.kind is not SeatKind.FACILITATING)
    return tuple(institution for institution in heard if institution != proposer)


def check_named(entry: Entry) -> None:
    """Raises NobodyProposes in the strict mode."""
    if entry.attribution is Mode.UNATTRIBUTED:
        raise NobodyProposes


def invite(session: Session, *, slug: str, number: int, institution: str, user_id: int | None, now: datetime) -> None:
    """Ask an institution (its code) to propose an amendment too.

    Raises NobodyProposes, NoSuchAmendment, NotTheProposer, NotOnTheTable, NotSeated, InvitedAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    check_named(entry)
    row = find_mine(session, entry, number)
    invited = _of_code(session, institution)
    if invited not in seated(session, entry.draft, row.institution_id, now):
        raise NotSeated(institution)
    asked = relations.sponsorship(session, row.id, invited)
    if asked is not None and asked.answer != "declined":
        raise InvitedAlready(institution)
    relations.invite(session, amendment_id=row.id, institution_id=invited, user_id=entry.author_id, now=now)
    _record(session, entry, "sponsor_invited", row, institution, now)
    session.commit()


def take_back(
    session: Session, *, slug: str, number: int, institution: str, user_id: int | None, now: datetime
) -> None:
    """Withdraw an invitation that was not answered yet.

    Raises NobodyProposes, NoSuchAmendment, NotTheProposer, NotOnTheTable, NotSeated, InvitationAnswered.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    check_named(entry)
    row = find_mine(session, entry, number)
    asked = relations.sponsorship(session, row.id, _of_code(session, institution))
    if asked is None:
        raise NotSeated(institution)
    if asked.answer != "invited":
        raise InvitationAnswered(institution)
    relations.take_invitation_back(session, asked)
    _record(session, entry, "sponsor_invitation_withdrawn", row, institution, now)
    session.commit()


def answer(
    session: Session, *, slug: str, number: int, answer: str, reason: str, user_id: int | None, now: datetime
) -> None:
    """Accept or decline to propose an amendment too, or step back later: the answer of one's own institution.

    Raises NobodyProposes, NoSuchAmendment, NotOnTheTable, NotInvited, NoAnswer, AnsweredAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    check_named(entry)
    row = find_open(session, entry, number)
    asked = relations.sponsorship(session, row.id, entry.institution_id)
    if asked is None or not speaks_for(entry, asked.institution_id):
        raise NotInvited(number)
    if answer not in ANSWERS:
        raise NoAnswer
    if asked.answer == answer:
        raise AnsweredAlready
    asked.answer, asked.reason = answer, word_of(reason, needed=False)
    asked.answered_by, asked.answered_at = entry.author_id, now
    code = marks.marks(session, entry.draft.language)[asked.institution_id][0]
    _record(session, entry, f"sponsor_{answer}", row, code, now, reason=asked.reason)
    session.commit()


def _of_code(session: Session, code: str) -> int:
    """Raises NotSeated."""
    found = institutions.id_of(session, code)
    if found is None:
        raise NotSeated(code)
    return found


def _record(
    session: Session, entry: Entry, kind: str, row: AmendmentRow, code: str, now: datetime, **facts: str
) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        amendment=row.number, revision=row.revision, sponsor=code, **facts,
    )  # fmt: skip
