"""Whether the record of a draft holds: its chain of events, and every row and text that the events vouch for."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.events import NO_PREVIOUS
from app.domain.verifying import Finding, findings, sentence
from app.store import digests, events
from app.store.fingerprints import fingerprints
from app.store.memberships import all_drafts, find_draft


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of a draft's record; `last_hash` is that of its newest event."""

    slug: str
    count: int
    last_hash: str
    findings: tuple[Finding, ...]
    sentences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


def verify(session: Session, *, slug: str) -> Verified:
    """Read everything of a draft in one transaction. Raises NoSuchDraft."""
    draft = find_draft(session, slug)
    chain = events.chain(session, draft)
    texts, newest = fingerprints(session, draft.id), events.newest_hash(session, draft.id)
    found = findings(chain, digests.stored(session, draft.id), texts, newest)
    by_number = {event.number: event for event in chain}
    said = tuple(sentence(one, by_number) for one in found)
    return Verified(slug, len(chain), chain[-1].hash if chain else NO_PREVIOUS, tuple(found), said)


def slugs(session: Session) -> list[str]:
    """Every draft there is a record of."""
    return [draft.slug for draft in all_drafts(session)]
