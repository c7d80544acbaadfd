"""What of the record is told live to those who have a draft open, and how little of it.

A notice says that something is new and where, never who did it or what they said: a page shows that by its own rules.
What a draft's readers may not see is not told at all: unsent amendments, benches, receipts, hidden positions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.sitting import DeedKind


class Topic(StrEnum):
    COMMENTS = "comments"
    AMENDMENTS = "amendments"
    POSITIONS = "positions"
    CALLS = "calls"
    TEXT = "text"
    SESSION = "session"
    ANSWERS = "answers"


TOLD: Mapping[str, Topic] = {
    "comment_made": Topic.COMMENTS,
    "comment_edited": Topic.COMMENTS,
    "comment_withdrawn": Topic.COMMENTS,
    "thread_resolved": Topic.COMMENTS,
    "thread_reopened": Topic.COMMENTS,
    "amendment_submitted": Topic.AMENDMENTS,
    "amendment_reworded": Topic.AMENDMENTS,
    "amendment_withdrawn": Topic.AMENDMENTS,
    "amendment_accepted": Topic.AMENDMENTS,
    "amendment_declined": Topic.AMENDMENTS,
    "amendments_linked": Topic.AMENDMENTS,
    "link_removed": Topic.AMENDMENTS,
    "counter_text_offered": Topic.AMENDMENTS,
    "position_stated": Topic.POSITIONS,
    "position_confirmed": Topic.POSITIONS,
    "position_taken_back": Topic.POSITIONS,
    "objection_answered": Topic.POSITIONS,
    "objection_maintained": Topic.POSITIONS,
    "explanation_attached": Topic.POSITIONS,
    "explanation_withdrawn": Topic.POSITIONS,
    "clause_reopened": Topic.POSITIONS,
    "clauses_linked": Topic.POSITIONS,
    "package_dissolved": Topic.POSITIONS,
    "call_opened": Topic.CALLS,
    "call_extended": Topic.CALLS,
    "call_revealed": Topic.CALLS,
    "call_closed": Topic.CALLS,
    "call_called_off": Topic.CALLS,
    "version_imported": Topic.TEXT,
    "version_issued": Topic.TEXT,
    "version_revoked": Topic.TEXT,
    "version_published": Topic.TEXT,
    "publication_opened": Topic.TEXT,
    "publication_withdrawn": Topic.TEXT,
    **{kind.value: Topic.SESSION for kind in DeedKind if kind is not DeedKind.CALLED},
    "session_planned": Topic.SESSION,
    "session_replanned": Topic.SESSION,
    "session_called_off": Topic.SESSION,
    "agenda_changed": Topic.SESSION,
    "matter_parked": Topic.SESSION,
    "matter_changed": Topic.SESSION,
    "matter_settled": Topic.SESSION,
    "matter_reopened": Topic.SESSION,
    "group_formed": Topic.SESSION,
    "group_reported": Topic.SESSION,
    "group_dissolved": Topic.SESSION,
    "record_issued": Topic.SESSION,
}
ENDING = frozenset({"member_added", "member_changed", "member_removed"})
"""After these, who may listen is asked again."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Event `number` of a draft: what it is about. A clause by its id, the others by number."""

    number: int
    topic: Topic
    kind: str
    clause: str | None = None
    amendment: int | None = None
    version: int | None = None
    session: int | None = None


def notice(number: int, kind: str, facts: Mapping[str, Any]) -> Notice | None:
    """What readers are told of an event; None where they are not told of it."""
    topic = TOLD.get(kind)
    if topic is None:
        return None
    if "commitment" in facts:  # an answer in a hidden call: that there is one more, as the page of the call says too
        return Notice(number, Topic.ANSWERS, "call_answered")
    clause, amendment, version = facts.get("clause"), facts.get("amendment"), facts.get("version")
    session = facts.get("session")
    return Notice(
        number,
        topic,
        kind,
        clause if isinstance(clause, str) else None,
        amendment if isinstance(amendment, int) else None,
        version if isinstance(version, int) else None,
        session if isinstance(session, int) else None,
    )
