"""Consulting the public on a publication: opened for some days, prolonged, closed earlier, by whoever may publish."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.consulting import LONGEST, a_month_after
from app.domain.errors import Invalid, Outdated, Unstorable
from app.services.consult_standing import KEPT, to_manage
from app.services.publishing import enter_to_change
from app.store import consultations, events
from app.store.consultations import Consultation
from app.store.db import begin_writing
from app.store.memberships import Entry
from app.store.publications import Publication

LONGEST_QUESTION = 5000


class NothingAsked(Invalid):
    def __init__(self) -> None:
        super().__init__("Write what the public is asked: readers see it first.")


class DaysInDisorder(Invalid):
    def __init__(self) -> None:
        super().__init__("The last day of a consultation is not before its first, and not past already.")


class TooManyDays(Invalid):
    def __init__(self) -> None:
        super().__init__("A consultation takes two years at the most: look at its last day again.")


class ConsultedAlready(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is a consultation on publication {number} already.")
        self.number = number


class NotPublic(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"Publication {number} is withdrawn, or only members may read it: let others read it before you consult "
            "them on it."
        )
        self.number = number


class ClosedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("This consultation has ended already.")


class NotLater(Invalid):
    def __init__(self, last_day: date) -> None:
        super().__init__(f"It is open until {last_day} already: choose a later day.")
        self.last_day = last_day


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody typed. Without days it begins today, and takes a month."""

    question: str
    first_day: date | None = None
    last_day: date | None = None
    ends_when_superseded: bool = False


def open_consultation(
    session: Session, *, slug: str, number: int, plan: Plan, user_id: int | None, now: datetime
) -> None:
    """Ask the public what it says of a publication. `now` is the time at the place of the group.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, ConsultedAlready, NotPublic, NothingAsked, DaysInDisorder,
    TooManyDays, Unstorable.
    """
    entry, publication = enter_to_change(session, slug, number, user_id)
    if consultations.of_publication(session, publication.id) is not None:
        raise ConsultedAlready(number)
    if publication.withdrawn_at is not None or publication.visibility == "members":
        raise NotPublic(number)
    row = _planned(plan, now.date())
    row.publication_id, row.opened_by, row.opened_at = publication.id, entry.user_id, now
    consultations.add(session, row)
    facts = {"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat(), "question": row.question}
    _record(session, entry, publication, "consultation_opened", now, **facts)
    session.commit()


def close(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """End it before its last day. Raises NoSuchDraft, RoleMayNot, NoSuchPublication, NoSuchConsultation,
    ClosedAlready."""
    entry, publication, row = to_manage(session, slug, number, user_id)
    if row.closed_on is not None or row.last_day < now.date():
        raise ClosedAlready
    row.closed_on = now.date()
    _record(session, entry, publication, "consultation_closed", now, day=row.closed_on.isoformat())
    session.commit()


def prolong(
    session: Session, *, slug: str, number: int, last_day: date | None, user_id: int | None, now: datetime
) -> None:
    """Give it a later last day; one that has ended is open again.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, NoSuchConsultation, DaysInDisorder, NotLater, TooManyDays.
    """
    entry, publication, row = to_manage(session, slug, number, user_id)
    if last_day is None or last_day < max(now.date(), row.first_day):
        raise DaysInDisorder
    if last_day <= row.last_day and row.closed_on is None:
        raise NotLater(row.last_day)
    _check_length(row.first_day, last_day)
    before, row.last_day, row.closed_on = row.last_day, last_day, None
    days = {"last_day": last_day.isoformat(), "before": before.isoformat()}
    _record(session, entry, publication, "consultation_prolonged", now, **days)
    session.commit()


def forget(session: Session, *, now: datetime) -> None:
    """Delete what is kept of readers no longer than needed: contributions that nobody confirmed in time, addresses of
    consultations that are long over."""
    begin_writing(session)
    consultations.forget(session, now, (now - KEPT).date())
    session.commit()


def _planned(plan: Plan, today: date) -> Consultation:
    question = plan.question.strip()
    if not question:
        raise NothingAsked
    if len(question) > LONGEST_QUESTION or "\0" in question:
        raise Unstorable(LONGEST_QUESTION)
    first_day = plan.first_day or today
    last_day = plan.last_day or a_month_after(first_day)
    if last_day < max(first_day, today):
        raise DaysInDisorder
    _check_length(first_day, last_day)
    return Consultation(
        question=question, first_day=first_day, last_day=last_day, ends_when_superseded=plan.ends_when_superseded
    )


def _check_length(first_day: date, last_day: date) -> None:
    if last_day - first_day > LONGEST:
        raise TooManyDays


def _record(session: Session, entry: Entry, publication: Publication, kind: str, now: datetime, **facts: Any) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        publication=publication.number, **facts,
    )  # fmt: skip
