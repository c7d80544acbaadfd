"""Links that people see between amendments: one depends on another, or conflicts with it in substance."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.depending import way
from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.permissions import Action, check_can
from app.services.owning import find_open, may_link, word_of
from app.store import events, relations
from app.store.amendments import AmendmentRow
from app.store.memberships import enter_to_write

KINDS = ("depends_on", "conflicts_with")


class NotYoursToLink(NotAllowed):
    def __init__(self, number: int) -> None:
        super().__init__(f"Only the institution that proposed A{number}, or a facilitator, may link it to others.")


class NoKindOfLink(Invalid):
    def __init__(self) -> None:
        super().__init__("Say how they are linked: one depends on the other, or they conflict in substance.")


class LinkedWithItself(Invalid):
    def __init__(self) -> None:
        super().__init__("An amendment cannot be linked to itself.")


class LinkedAlready(Outdated):
    def __init__(self, number: int, other: int) -> None:
        super().__init__(f"A{number} and A{other} are linked in this way already.")


class DependsInACircle(Invalid):
    def __init__(self, chain: tuple[int, ...]) -> None:
        said = ", which depends on ".join(f"A{number}" for number in chain)
        super().__init__(f"That would go round in a circle: {said}.")
        self.chain = chain


def link(
    session: Session, *, slug: str, number: int, other: int, kind: str, reason: str, user_id: int | None, now: datetime
) -> None:
    """Link an amendment on the table to another one there.

    Raises NoSuchAmendment, NotOnTheTable, NotYoursToLink, NoKindOfLink, LinkedWithItself, NoWordOfReason,
    LinkedAlready, DependsInACircle.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    row = find_open(session, entry, number)
    if not may_link(entry, row):
        raise NotYoursToLink(number)
    entry = entry.hiding(row.author_id, row.institution_id)
    if kind not in KINDS:
        raise NoKindOfLink
    if other == number:
        raise LinkedWithItself
    word, to = word_of(reason, needed=True), find_open(session, entry, other)
    _check_new(session, row, to, kind)
    made = relations.link(
        session, draft_id=entry.draft.id, from_id=row.id, to_id=to.id, kind=kind, reason=word, user_id=entry.author_id,
        now=entry.told_at(now),
    )  # fmt: skip
    events.record(
        session, entry.draft, "amendments_linked", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id,
        amendment=number, other=other, link=made.id, link_kind=kind, reason=word,
    )  # fmt: skip
    session.commit()


def unlink(session: Session, *, slug: str, number: int, link_id: int, user_id: int | None, now: datetime) -> None:
    """Take a link away; that it was there stays in the record.

    Raises NoSuchAmendment, NotOnTheTable, NotYoursToLink, NoSuchLink.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    row = find_open(session, entry, number)
    if not may_link(entry, row):
        raise NotYoursToLink(number)
    entry = entry.hiding(row.author_id, row.institution_id)
    removed = relations.find_link(session, entry.draft.id, link_id)
    if removed.from_id != row.id or removed.kind not in KINDS:
        raise relations.NoSuchLink
    other = session.get_one(AmendmentRow, removed.to_id).number
    removed.removed_at = entry.told_at(now)
    events.record(
        session, entry.draft, "link_removed", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id,
        amendment=number, other=other, link=removed.id, link_kind=removed.kind,
    )  # fmt: skip
    session.commit()


def _check_new(session: Session, row: AmendmentRow, to: AmendmentRow, kind: str) -> None:
    """A conflict is one whichever end it was seen from; what depends on another may not be needed by it."""
    pairs = [(row.id, to.id), (to.id, row.id)] if kind == "conflicts_with" else [(row.id, to.id)]
    if any(relations.standing_link(session, one, other, kind) for one, other in pairs):
        raise LinkedAlready(row.number, to.number)
    if kind == "depends_on" and (back := way(relations.dependencies(session, row.draft_id), to.number, row.number)):
        raise DependsInACircle((row.number, *back))
