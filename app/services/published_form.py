"""The form to publish a version: what may be chosen, and what is written on it already."""

from sqlalchemy.orm import Session

from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.pages_publications import Choice, PublicationLine, PublishingPage
from app.services.published_formats import Former, former_of, offered
from app.services.published_titles import title_pages
from app.store import publications, versions


def publishing_page(session: Session, *, slug: str, version: int, user_id: int | None, language: str) -> PublishingPage:
    """A fixed number of statements. Raises NoSuchDraft, RoleMayNot, NoSuchVersion."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PUBLISH)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    found = versions.find(session, entry.draft, version)
    pages = title_pages(session, entry, found)
    former = former_of(session, entry.draft.id, version)
    return PublishingPage(
        head,
        next(one for one in head.versions if one.number == version),
        publications.latest_number(session, entry.draft.id) + 1,
        pages,
        publications.standing_of_version(session, found.id),
        offered(tuple(page.language for page in pages), former),
        _line(former) if former else None,
        entry.draft.attribution,
    )


def _line(former: Former) -> PublicationLine:
    row = former.line.row
    return PublicationLine(
        row.number, former.line.version, row.published_at, "", "", row.language, tuple(sorted(former.languages)),
        row.visibility,
    )  # fmt: skip


def proposed(page: PublishingPage) -> Choice:
    """What the form holds before anybody has chosen: all languages and formats that may be had, and no readers, since
    who may read it is to be decided each time."""
    free = tuple(one.language for one in page.title_pages if one.language not in page.taken)
    return Choice(
        "", free, tuple(one.name for one in page.formats if one.against is None),
        {one.language: one for one in page.title_pages}, page.number - 1,
    )  # fmt: skip
