"""Whose amendment it is: who may reword it, take it back, answer for it."""

from app.domain.errors import NotAllowed
from app.domain.permissions import Role
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry


def is_mine(entry: Entry, row: AmendmentRow) -> bool:
    """Whether somebody may take an amendment back: the institution that proposed it, or who did it without one."""
    if row.institution_id is None:
        return row.author_id == entry.user_id
    return row.institution_id == entry.institution_id and entry.role is not Role.OBSERVER


class NotYours(NotAllowed):
    def __init__(self, number: int) -> None:
        super().__init__(f"Only the institution that proposed A{number} may withdraw it.")
