"""Whose amendment it is: who may reword it, take it back, answer for it."""

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated, Unstorable
from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, Role, can
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry

LONGEST_WORD = 2_000
"""Of a word of reason: for an answer, a link."""


def is_mine(entry: Entry, row: AmendmentRow) -> bool:
    """Whether somebody may take an amendment back: the institution that proposed it, or who did it without one; where
    the author is not stored, who holds the receipt."""
    if entry.holds(row.receipt_hash):
        return True
    if row.institution_id is None:
        return row.author_id == entry.user_id
    return entry.speaks_in_place_of(row.institution_id) and entry.role is not Role.OBSERVER


def may_take_out(entry: Entry, row: AmendmentRow) -> bool:
    """Whether somebody may take off the table, for the sake of order, an amendment whose author nobody knows."""
    unknown = row.institution_id is None and row.author_id is None
    return unknown and State(row.state) is not State.DRAFT and can(entry.role, Action.CONSOLIDATE)


def speaks_for(entry: Entry, institution_id: int) -> bool:
    """Whether somebody answers in the name of an institution."""
    return entry.speaks_in_place_of(institution_id) and can(entry.role, Action.PROPOSE)


def may_link(entry: Entry, row: AmendmentRow) -> bool:
    """Whether somebody may link an amendment to another one: its proposer, or who consolidates."""
    return is_mine(entry, row) or can(entry.role, Action.CONSOLIDATE)


def may_know(entry: Entry, row: AmendmentRow) -> bool:
    """Whether somebody may know of an amendment at all: what is not submitted yet is its institution's alone, and what
    was discarded before is nobody's any more."""
    return row.discarded_at is None and (State(row.state) is not State.DRAFT or is_mine(entry, row))


class NotYours(NotAllowed):
    def __init__(self, number: int) -> None:
        super().__init__(f"Only the institution that proposed A{number} may withdraw it.")


class NotTheProposer(NotAllowed):
    def __init__(self, number: int) -> None:
        super().__init__(f"Only the institution that proposed A{number} may do this.")


class NotOnTheTable(Outdated):
    """What is not submitted, withdrawn or decided is no longer answered, linked or joined."""

    def __init__(self, number: int, state: State) -> None:
        super().__init__(f"Amendment A{number} is {state.value.replace('_', ' ')}, so this can no longer be done.")
        self.number, self.state = number, state


class NoWordOfReason(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why, in a word: the others will read it.")


def find_known(session: Session, entry: Entry, number: int) -> AmendmentRow:
    """An amendment that somebody may know of. Raises NoSuchAmendment."""
    row = amendments.find(session, entry.draft.id, number)
    if not may_know(entry, row):
        raise amendments.NoSuchAmendment(number)
    return row


def find_open(session: Session, entry: Entry, number: int) -> AmendmentRow:
    """An amendment on the table. Raises NoSuchAmendment (as for one that is not submitted), NotOnTheTable."""
    row = find_known(session, entry, number)
    state = State(row.state)
    if state not in OPEN:
        raise NotOnTheTable(number, state)
    return row


def find_mine(session: Session, entry: Entry, number: int) -> AmendmentRow:
    """The same of one's own institution. Raises NotTheProposer too."""
    if not is_mine(entry, find_known(session, entry, number)):
        raise NotTheProposer(number)
    return find_open(session, entry, number)


def word_of(reason: str, *, needed: bool) -> str:
    """A word of reason as it is stored. Raises NoWordOfReason, Unstorable."""
    word = reason.strip()
    if needed and not word:
        raise NoWordOfReason
    if len(word) > LONGEST_WORD or "\0" in word:
        raise Unstorable(LONGEST_WORD)
    return word
