"""Publishing: a version issued to the outside, for everybody to read and to check."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.pages import PublicationPage
from app.store import events, publications, versions
from app.store.memberships import NoSuchDraft, enter_to_write, find_draft


class NoSuchPublication(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such publication.")


class PublishedAlready(Invalid):
    def __init__(self, version: int, number: int) -> None:
        super().__init__(f"Version {version} was published already, as publication {number}.")


def publish(session: Session, *, slug: str, version: int, user_id: int | None, now: datetime) -> int:
    """Publish a version; the publication's number. Raises NoSuchVersion, PublishedAlready, RoleMayNot."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PUBLISH)
    found = versions.find(session, entry.draft, version)
    before = publications.of_version(session, found.id, entry.draft.language)
    if before is not None:
        raise PublishedAlready(version, before.number)
    text = versions.text(session, found.id, entry.draft.language)
    number = publications.add(session, entry.draft, found.id, text.sha256, entry.user_id, now)
    events.record(
        session, entry.draft, "version_published", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        version=version, publication=number, sha256=text.sha256,
    )  # fmt: skip
    session.commit()
    return number


def publication(session: Session, *, slug: str, number: int) -> PublicationPage:
    """What everybody may read. Raises NoSuchPublication, for unknown drafts too."""
    draft, found = _find(session, slug, number)
    heads = {head.version.id: head for head in versions.heads(session, draft)}
    head = heads[found.version_id]
    stored = versions.clauses_of(session, draft.id, found.language, head.version.number)
    newest = publications.latest_number(session, draft.id)
    return PublicationPage(
        slug,
        draft.title,
        number,
        found.language,
        showing.version_head(head),
        found.published_at,
        found.sha256,
        head.text.byte_count,
        file_name(slug, number, found.language),
        showing.clause_lines(stored),
        showing.front_matter(stored),
        newest if newest > number else None,
    )


def markdown(session: Session, *, slug: str, number: int) -> tuple[bytes, str]:
    """The published file, byte for byte, and its name. Raises NoSuchPublication."""
    draft, found = _find(session, slug, number)
    version = versions.by_id(session, found.version_id)
    data = versions.markdown(session, draft.id, found.language, version.number)
    return data, file_name(slug, number, found.language)


def file_name(slug: str, number: int, language: str) -> str:
    return f"{slug}-{number}.{language}.md"


def _find(session: Session, slug: str, number: int) -> tuple[publications.Draft, publications.Publication]:
    try:
        draft = find_draft(session, slug)
    except NoSuchDraft:
        raise NoSuchPublication from None
    found = publications.by_number(session, draft.id, number)
    if found is None:
        raise NoSuchPublication
    return draft, found
