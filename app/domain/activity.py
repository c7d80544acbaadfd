"""What is told of the record on a draft's page of activity: in which group each kind of event stands, and who sees it.

What is not in the table is shown to nobody. That something was done to an amendment which its author alone may see is
told to nobody else either, whatever its kind: see `store.activity`.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from app.domain.events import ERASED
from app.domain.permissions import Action, Role, can


class Group(StrEnum):
    """What a reader may ask for, in the order in which it is offered."""

    TEXTS = "texts"
    AMENDMENTS = "amendments"
    COMMENTS = "comments"
    POSITIONS = "positions"
    CALLS = "calls"
    SESSIONS = "sessions"
    PEOPLE = "people"
    PUBLICATIONS = "publications"
    SETTINGS = "settings"


class Seen(StrEnum):
    """Who sees an event: every reader of the draft; those who lead the work on it, and whoever did it; the institution
    that did it alone (so nobody where it is not stored)."""

    BY_ALL = "by_all"
    BY_LEADING = "by_leading"
    BY_ITS_OWN = "by_its_own"


TABLE: Mapping[Group, Mapping[Seen, tuple[str, ...]]] = {
    Group.TEXTS: {
        Seen.BY_ALL: ("version_imported", "version_issued", "version_revoked"),
        Seen.BY_LEADING: ("bench_opened", "bench_shared", "bench_unshared", "bench_handed_over", "bench_closed"),
    },
    Group.AMENDMENTS: {
        Seen.BY_ALL: (
            "amendment_submitted", "amendment_reworded", "amendment_withdrawn", "amendment_accepted",
            "amendment_declined", "amendments_linked", "link_removed", "counter_text_offered", "counter_text_accepted",
            "counter_text_declined", "sponsor_invited", "sponsor_invitation_withdrawn", "sponsor_accepted",
            "sponsor_declined",
        ),
        Seen.BY_ITS_OWN: ("amendment_drafted", "amendment_discarded"),
    },
    Group.COMMENTS: {
        Seen.BY_ALL: ("comment_made", "comment_edited", "comment_withdrawn", "thread_resolved", "thread_reopened"),
    },
    Group.POSITIONS: {
        Seen.BY_ALL: (
            "position_stated", "position_taken_back", "position_confirmed", "objection_answered",
            "objection_maintained", "clause_reopened", "clauses_linked", "package_dissolved", "explanation_attached",
            "explanation_withdrawn",
        ),
    },
    Group.CALLS: {
        Seen.BY_ALL: ("call_opened", "call_extended", "call_revealed", "call_closed", "call_called_off"),
        Seen.BY_LEADING: ("call_reminded", "call_received"),
    },
    Group.SESSIONS: {
        Seen.BY_ALL: (
            "session_planned", "session_replanned", "session_called_off", "agenda_changed", "session_opened",
            "session_paused", "session_resumed", "session_closed", "session_time_added", "session_screen_changed",
            "session_item_taken_up", "session_item_decided", "session_matter_parked", "session_deed_undone",
            "session_institution_arrived", "session_institution_left", "session_floor_asked", "session_floor_given",
            "session_floor_ended", "session_floor_waived", "matter_parked", "matter_changed", "matter_settled",
            "matter_reopened", "group_formed", "group_reported", "group_dissolved", "record_issued",
        ),
        Seen.BY_LEADING: (
            "session_name_given", "session_name_withdrawn", "record_started", "record_saved", "record_discarded",
        ),
    },
    Group.PEOPLE: {
        Seen.BY_ALL: (
            "member_added", "member_changed", "member_joined", "member_removed", "delegation_handed_over", "seat_given",
            "seat_taken", "institution_abolished", "institution_period_set",
        ),
        Seen.BY_LEADING: (
            "member_invited", "invitation_renewed", "invitation_revoked", "guest_link_made", "way_back_made",
        ),
    },
    Group.PUBLICATIONS: {
        Seen.BY_ALL: (
            "version_published", "publication_opened", "publication_withdrawn", "consultation_opened",
            "consultation_prolonged", "consultation_closed",
        ),
        Seen.BY_LEADING: (
            "contribution_made", "contributions_accepted", "contributions_answered", "contributions_refused",
        ),
    },
    Group.SETTINGS: {
        Seen.BY_ALL: ("attribution_set", "title_set", "scale_set", "days_off_set", "record_covered", ERASED),
    },
}  # fmt: skip
"""Not told to all: drafts of amendments, the bench, who was reminded or answers to whom they heard, names of those who
came, records that are not issued, invitations, ways back, readers' contributions before they are accepted."""


def kinds_of(group: Group) -> frozenset[str]:
    return frozenset(kind for kinds in TABLE[group].values() for kind in kinds)


def kinds_seen(seen: Seen) -> frozenset[str]:
    return frozenset(kind for by_seen in TABLE.values() for kind in by_seen.get(seen, ()))


def kinds() -> Iterator[str]:
    """Every kind that the page has a place for."""
    return (kind for group in Group for kind in kinds_of(group))


def leads(role: Role) -> bool:
    """Whether somebody sees what is told to those who lead the work on a draft."""
    return can(role, Action.CONSOLIDATE)


NEUTRAL = frozenset({
    "amendment", "other", "offered_to", "revision", "base_version", "version", "revokes", "clause", "clauses", "call",
    "session", "publication", "record", "group", "comment", "comment_kind", "link_kind", "sha256", "attached",
    "visibility", "attribution", "rows", "deadline", "first_day", "last_day",
})  # fmt: skip
"""Facts of events that name nobody, and say nothing that somebody wrote."""
NEVER_WHOLE = (
    "comment_",
    "bench_",
    "record_",
    "session_name_",
    "session_floor_",
    "member_invited",
    "invitation_",
    "contribution",
)
"""Beginnings of the kinds whose other facts leave with no file: withdrawn, not shared, or naming somebody."""


def told_facts(kind: str, facts: Mapping[str, object], *, names: bool) -> dict[str, object]:
    """The facts of an event as a file may hold them: all where persons are named, else those that name nobody."""
    if names and not kind.startswith(NEVER_WHOLE):
        return dict(facts)
    return {name: value for name, value in facts.items() if name in NEUTRAL}
