"""Attribution: who is told, and stored, as the author of a contribution. Fixed before the first contribution.

*Named*: everybody sees who wrote. *Institution only*: persons are stored, and told to nobody. *Unattributed* (the
strict mode): neither person nor institution is stored, and of the time only the day; the author holds a receipt.
"""

from datetime import datetime
from enum import StrEnum

from app.domain.sitting import DeedKind


class Mode(StrEnum):
    """How contributions are attributed, the least strict first."""

    NAMED = "named"
    INSTITUTION_ONLY = "institution_only"
    UNATTRIBUTED = "unattributed"


STRICTNESS = tuple(Mode)

CONTRIBUTIONS = frozenset({
    "comment_made", "comment_edited", "comment_withdrawn", "thread_resolved", "thread_reopened",
    "amendment_drafted", "amendment_submitted", "amendment_reworded", "amendment_withdrawn", "amendment_discarded",
    "amendment_accepted", "amendment_declined", "amendments_linked", "link_removed",
    "counter_text_offered", "counter_text_accepted", "counter_text_declined",
    "sponsor_invited", "sponsor_invitation_withdrawn", "sponsor_accepted", "sponsor_declined", "group_reported",
})  # fmt: skip
"""Events of what people say and propose. In the strict mode they carry neither person nor institution."""

DECLARED = frozenset({
    "position_stated", "position_taken_back", "position_confirmed", "explanation_attached", "explanation_withdrawn",
    "objection_maintained", "call_received",
})  # fmt: skip
"""Events of what institutions declare. In the strict mode they carry the institution, without which no agreement can
be computed, and no person."""

TIMED = frozenset({*DeedKind, "clause_reopened", "version_imported", "version_issued", "version_revoked"})
"""Events whose moment a rule reads: the clock of a session, since when positions count again. Everybody is there when
they happen. In the strict mode all other events of a draft have their day alone."""


def strictest(draft: str, sitting: str | None) -> Mode:
    """The mode that holds: the draft's, or that of the session being held (None: it has none of its own) where that is
    stricter."""
    return max(Mode(draft), Mode(sitting or Mode.NAMED), key=STRICTNESS.index)


def keeps_person(draft: str, sitting: str | None) -> bool:
    """Whether the person is stored. Where a session is stricter than its draft they are not: outside of the session
    nothing could tell any more that they are not to be named."""
    held = strictest(draft, sitting)
    return held is Mode(draft) and held is not Mode.UNATTRIBUTED


def keeps_institution(draft: str, sitting: str | None) -> bool:
    """Whether the institution of whoever says or proposes something is stored."""
    return strictest(draft, sitting) is not Mode.UNATTRIBUTED


def day_of(moment: datetime) -> datetime:
    """The beginning of a moment's day, in the place whose time it is given in."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def told_at(mode: Mode, moment: datetime, last: datetime | None) -> datetime:
    """When a contribution is said to have been made. In the strict mode the day alone; never before the `last` thing
    that was recorded, so that of one day only the order is left, which the numbers of the events tell anyway."""
    if mode is not Mode.UNATTRIBUTED:
        return moment
    return max(day_of(moment), last) if last else day_of(moment)
