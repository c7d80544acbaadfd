"""The hash chain of a draft's events: each event's hash covers its facts and the hash before it.

Altering, removing, inserting or swapping an event breaks the chain at that place.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NO_PREVIOUS = "0" * 64
"""What the first event of a draft stands on."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it is chained. `facts` are JSON values; `happened_at` is aware; `digests` are those of the rows that
    were written with it, by table and primary key (see `domain.digests`)."""

    draft: str
    number: int
    kind: str
    user_id: int | None
    institution_id: int | None
    facts: Mapping[str, Any]
    happened_at: datetime
    previous_hash: str
    hash: str
    digests: Mapping[str, str] = field(default_factory=dict)
    salt: str = ""


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
    digests: Mapping[str, str] | None = None,
) -> str:
    """SHA-256 in hex over the canonical JSON (sorted keys, no spaces, UTF-8) of an event and the hash before it.

    `digests` stand in it where there are any: events that wrote no row, and those of before, have none.
    """
    record: dict[str, Any] = {
        "draft": draft,
        "number": number,
        "kind": kind,
        "user_id": user_id,
        "institution_id": institution_id,
        "facts": facts,
        "happened_at": happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous_hash": previous_hash,
    }
    if digests:
        record["digests"] = digests
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


ERASED = "personal_data_erased"
"""The event of a legal erasure: its fact `events` says of each event whose facts were emptied, by number, which hash it
had and which its facts have now. So the chain holds over it, and what stands in its place cannot be altered either."""


def first_broken_link(events: Iterable[RecordedEvent]) -> RecordedEvent | None:
    """The first event that does not follow from the one before it, or None when the chain holds."""
    events = tuple(events)
    erased = _erased(events)
    previous_hash = NO_PREVIOUS
    for number, event in enumerate(events, start=1):
        if event.number != number or event.previous_hash != previous_hash or not _says_its_hash(event, erased):
            return event
        previous_hash = event.hash
    return None


def fingerprint_of(event: RecordedEvent) -> str:
    """What the hash of an event is by what it says now."""
    return fingerprint(
        draft=event.draft,
        number=event.number,
        kind=event.kind,
        user_id=event.user_id,
        institution_id=event.institution_id,
        facts=event.facts,
        happened_at=event.happened_at,
        previous_hash=event.previous_hash,
        digests=event.digests,
    )


def _erased(events: Iterable[RecordedEvent]) -> dict[int, Mapping[str, str]]:
    """Of each event that was emptied what the last erasure says of it. (One that says no longer what its own hash says
    breaks the chain itself.)"""
    found: dict[int, Mapping[str, str]] = {}
    for event in events:
        if event.kind == ERASED:
            found |= {int(number): said for number, said in event.facts.get("events", {}).items()}
    return found


def _says_its_hash(event: RecordedEvent, erased: Mapping[int, Mapping[str, str]]) -> bool:
    now = fingerprint_of(event)
    if now == event.hash:
        return True
    said = erased.get(event.number)
    return said is not None and (said["hash"], said["now"]) == (event.hash, now)
