"""Whether what the database says of a draft is what its record vouches for.

The chain of events is followed first: an event that was altered, removed, inserted or swapped breaks it at its place.
Then every row that an event wrote is held against the digest in the last event that wrote it, and the text of every
version against its fingerprint in the event that made it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.digests import REMOVED, digest
from app.domain.events import RecordedEvent, first_broken_link

Rows = Sequence[Mapping[str, Any]]
MAKE_VERSIONS = frozenset({"version_imported", "version_issued", "version_revoked"})


class Fault(StrEnum):
    CHAIN = "chain"
    """The event does not follow from the one before it."""
    END = "end"
    """The newest event is not the one that the draft says was the last."""
    ALTERED = "altered"
    """A row says something else than when its event was recorded."""
    MISSING = "missing"
    """A row that an event wrote is gone."""
    UNKNOWN = "unknown"
    """A row that no event wrote."""
    TEXT = "text"
    """The text of a version is not the one with the recorded fingerprint."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not hold: at which event (None: at none), and of which row or text, by its key."""

    fault: Fault
    event: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Vouched:
    """The digest of a row in the last event that wrote it. Without a salt what it said was erased."""

    event: int
    salt: str
    digest: str


MANY = ("clause_texts", "ended_texts")
"""Texts of clauses, many to a key: see `store.digests.written`."""
NAMES = {
    "version": "version", "versions": "version", "version_texts": "fingerprint of a version",
    "amendments": "amendment", "edits": "words of an amendment", "sponsorships": "sponsor of an amendment",
    "amendment_links": "link between amendments", "comments": "comment",
    "comment_wordings": "former wording of comment", "resolutions": "settling of the thread of comment",
    "positions": "position", "reopenings": "reopening",
    "objection_answers": "answer to an objection", "calls": "call", "call_items": "item of a call",
    "receipts": "receipt of a call", "fates": "what became of an amendment", "kept_brackets": "words kept in brackets",
    "explanations": "explanation", "packages": "package", "package_clauses": "clause of a package",
    "publications": "publication", "publication_texts": "title page of a publication",
    "publication_files": "file of a publication", "records": "record document", "sittings": "session",
    "agenda_items": "item of an agenda", "parked_matters": "parked matter", "small_groups": "small group",
}  # fmt: skip
"""What the rows of a table are, for whoever reads what was found."""


def sentence(finding: Finding, events: Mapping[int, RecordedEvent]) -> str:
    """A finding in a sentence, with the event that it is at."""
    event = events.get(finding.event or 0)
    at = f"event {event.number} ({event.kind}, {event.happened_at:%Y-%m-%d})" if event else "no event"
    what = _named(finding.key)
    match finding.fault:
        case Fault.CHAIN:
            return f"The chain breaks at {at}: it was altered, or an event was removed, inserted or moved there."
        case Fault.END:
            return f"The record ends with {at}, which is not the event that was recorded last: others are gone."
        case Fault.ALTERED:
            return f"{what} {_was(finding.key)} altered after {at} recorded it."
        case Fault.MISSING:
            return f"{what} is gone; {at} recorded it."
        case Fault.UNKNOWN:
            return f"{what} {_was(finding.key)} stored past the record: {at} wrote it."
        case Fault.TEXT:
            return f"{what}: its text is not the one that {at} recorded."


def _was(key: str) -> str:
    return "were" if key.startswith(MANY) else "was"


def _named(key: str) -> str:
    table, _, rest = key.partition(":")
    if table in MANY:
        language, _, number = rest.partition(":")
        which = (
            "the texts of clauses that begin in" if table == "clause_texts" else "the texts of clauses that end before"
        )
        return f"{which.capitalize()} version {number} ({language})"
    if table == "drafts":
        return "The draft itself (its title, language, attribution or scale)"
    name = NAMES.get(table, table)
    return f"{name[:1].upper()}{name[1:]} {rest.replace(':', ', ')}"


def findings(
    events: Sequence[RecordedEvent], rows: Iterable[tuple[str, Rows]], texts: Mapping[tuple[int, str], str],
    newest: str | None = None,
) -> list[Finding]:  # fmt: skip
    """Everything that does not hold, what the chain says first, then by event.

    `rows`: those of the database, by key; `texts`: SHA-256 of the source of each version, by number and language;
    `newest`: the hash of the last event as the draft says it.
    """
    broken = first_broken_link(events)
    chain = [Finding(Fault.CHAIN, broken.number)] if broken else []
    if newest is not None and (not events or events[-1].hash != newest):
        chain.append(Finding(Fault.END, events[-1].number if events else None))
    others = [*_of_rows(vouched(events), rows), *_of_texts(events, texts)]
    return chain + sorted(others, key=lambda one: (one.event is None, one.event or 0, one.key))


def vouched(events: Iterable[RecordedEvent]) -> dict[str, Vouched]:
    """What the record says of each row that it wrote last, by key."""
    return {key: Vouched(event.number, event.salt, said) for event in events for key, said in event.digests.items()}


def _of_rows(said: dict[str, Vouched], rows: Iterable[tuple[str, Rows]]) -> Iterator[Finding]:
    found: set[str] = set()
    for key, row in rows:
        found.add(key)
        known = said.get(key)
        if known is None or known.digest == REMOVED:
            yield Finding(Fault.UNKNOWN, known.event if known else None, key)
        elif digest(known.salt, row) != known.digest:
            yield Finding(Fault.ALTERED, known.event, key)
    for key, known in said.items():
        if known.digest != REMOVED and key not in found:
            yield Finding(Fault.MISSING, known.event, key)


def _of_texts(events: Iterable[RecordedEvent], texts: Mapping[tuple[int, str], str]) -> Iterator[Finding]:
    """The event that made a version says its fingerprint in the authentic language."""
    for event in events:
        number, sha256 = event.facts.get("version"), event.facts.get("sha256")
        if event.kind not in MAKE_VERSIONS or number is None or sha256 is None:
            continue
        if sha256 not in [text for (version, _), text in texts.items() if version == number]:
            yield Finding(Fault.TEXT, event.number, f"version:{number}")
