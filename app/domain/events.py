"""The hash chain of a draft's events: each event's hash covers its facts and the hash before it.

Altering, removing, inserting or swapping an event breaks the chain at that place.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

NO_PREVIOUS = "0" * 64
"""What the first event of a draft stands on."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it is chained. `facts` are JSON values; `happened_at` is aware."""

    draft: str
    number: int
    kind: str
    user_id: int | None
    institution_id: int | None
    facts: Mapping[str, Any]
    happened_at: datetime
    previous_hash: str
    hash: str


def fingerprint(
    *,
    draft: str,
    number: int,
    kind: str,
    user_id: int | None,
    institution_id: int | None,
    facts: Mapping[str, Any],
    happened_at: datetime,
    previous_hash: str,
) -> str:
    """SHA-256 in hex over the canonical JSON (sorted keys, no spaces, UTF-8) of an event and the hash before it."""
    record = {
        "draft": draft,
        "number": number,
        "kind": kind,
        "user_id": user_id,
        "institution_id": institution_id,
        "facts": facts,
        "happened_at": happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous_hash": previous_hash,
    }
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken_link(events: Iterable[RecordedEvent]) -> RecordedEvent | None:
    """The first event that does not follow from the one before it, or None when the chain holds."""
    previous_hash = NO_PREVIOUS
    for number, event in enumerate(events, start=1):
        if event.number != number or event.previous_hash != previous_hash or event.hash != _fingerprint_of(event):
            return event
        previous_hash = event.hash
    return None


def _fingerprint_of(event: RecordedEvent) -> str:
    return fingerprint(
        draft=event.draft,
        number=event.number,
        kind=event.kind,
        user_id=event.user_id,
        institution_id=event.institution_id,
        facts=event.facts,
        happened_at=event.happened_at,
        previous_hash=event.previous_hash,
    )
