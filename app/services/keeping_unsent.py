"""Keeping what somebody types before it is sent, so that another browser, or this one after a crash, has it again.

It is theirs alone: nobody else is ever shown it, no event records it, and it goes when the form is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.domain.permissions import Action, RoleMayNot, can
from app.store import unsent
from app.store.memberships import Entry, enter, enter_to_write

LARGEST = 200_000
"""Characters of one form, the names of its fields counted too."""
LONGEST_PLACE = 120
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """The fields of a form as they were left."""

    fields: Fields
    saved_at: datetime


class NowhereToKeep(Invalid):
    def __init__(self) -> None:
        super().__init__("Nothing is kept for this form: it does not say where it stands.")


class KeptInBrowserAlone(Outdated):
    """What was typed would tell who wrote it."""

    def __init__(self) -> None:
        super().__init__("Contributions are not attributed here, so unsent text is kept in this browser alone.")


class TooMuchToKeep(Invalid):
    def __init__(self) -> None:
        super().__init__(f"The form holds more than {LARGEST} characters, so it is kept in this browser alone.")


def keep(session: Session, *, slug: str, place: str, fields: Fields, user_id: int | None, now: datetime) -> None:
    """Keep the fields of a form as they stand; what was kept for it before goes.

    Raises NoSuchDraft, RoleMayNot, NowhereToKeep, KeptInBrowserAlone, TooMuchToKeep.
    """
    entry = enter_to_write(session, slug, user_id)
    _check(entry, place)
    if entry.author_id is None:
        raise KeptInBrowserAlone
    if "\0" in "".join([*fields, *(value for values in fields.values() for value in values)]):
        raise NowhereToKeep
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LARGEST:
        raise TooMuchToKeep
    unsent.keep(
        session, entry.user_id, entry.draft.id, place, {name: list(values) for name, values in fields.items()}, now
    )
    session.commit()


def kept(session: Session, *, slug: str, place: str, user_id: int | None) -> Unsent | None:
    """What this person typed into a form and has not sent. Raises NoSuchDraft, RoleMayNot, NowhereToKeep."""
    entry = enter(session, slug, user_id)
    _check(entry, place)
    row = unsent.find(session, entry.user_id, entry.draft.id, place)
    return Unsent(row.fields, row.saved_at) if row else None


def discard(session: Session, *, slug: str, place: str, user_id: int | None) -> None:
    """Forget it because its author says so. Raises NoSuchDraft, RoleMayNot, NowhereToKeep."""
    entry = enter_to_write(session, slug, user_id)
    _check(entry, place)
    forget(session, entry, place)
    session.commit()


def forget(session: Session, entry: Entry, place: str) -> None:
    """Forget it in the transaction that stores what was sent. Nothing is kept at an empty place."""
    if place:
        unsent.forget(session, entry.user_id, entry.draft.id, place)


def _check(entry: Entry, place: str) -> None:
    if not (can(entry.role, Action.COMMENT) or can(entry.role, Action.PROPOSE)):
        raise RoleMayNot(entry.role, Action.PROPOSE)
    if not place or len(place) > LONGEST_PLACE or "\0" in place:
        raise NowhereToKeep
