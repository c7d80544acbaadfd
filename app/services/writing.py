"""Writing texts out, for the command line: no person is signed in there, the operator may see every draft."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.store import amendments, versions
from app.store.memberships import all_drafts, find_draft


@dataclass(frozen=True, slots=True)
class ListedDraft:
    slug: str
    title: str
    language: str
    number: int


def markdown(session: Session, *, slug: str, number: int | None) -> bytes:
    """A version's file (None: the latest), byte for byte. Raises NoSuchDraft, NoSuchVersion."""
    draft = find_draft(session, slug)
    latest = versions.latest_number(session, draft.id)
    version = versions.find(session, draft, latest if number is None else number)
    return versions.markdown(session, draft.id, draft.language, version.number)


def drafts(session: Session) -> list[ListedDraft]:
    """Every draft, by slug."""
    return [
        ListedDraft(draft.slug, draft.title, draft.language, versions.latest_number(session, draft.id))
        for draft in all_drafts(session)
    ]


def has_amendments(session: Session, *, slug: str) -> bool:
    return bool(amendments.all_of(session, find_draft(session, slug).id))
