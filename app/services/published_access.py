"""Who may read a publication: everybody a public one, whoever has its link one by link, members of the draft all."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.permissions import Action, can
from app.store import publications
from app.store.memberships import Entry, NoSuchDraft, enter, find_draft
from app.store.publications import Draft, Publication


class NoSuchPublication(NotFound):
    """There is none, or none that this person may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("There is no such publication.")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody before the publications of a draft; `entry`: of its members. `token`: of the address they came by."""

    draft: Draft
    entry: Entry | None
    token: str | None = None

    @property
    def manages(self) -> bool:
        return self.entry is not None and can(self.entry.role, Action.PUBLISH)

    def may_read(self, row: Publication) -> bool:
        by_link = row.visibility == "link" and self.token is not None and row.token == self.token
        return self.entry is not None or row.visibility == "public" or by_link


def reader_of(session: Session, slug: str, user_id: int | None) -> Reader:
    """Raises NoSuchPublication for unknown drafts."""
    try:
        entry = enter(session, slug, user_id)
        return Reader(entry.draft, entry if can(entry.role, Action.READ) else None)
    except NoSuchDraft:
        pass
    try:
        return Reader(find_draft(session, slug), None)
    except NoSuchDraft:
        raise NoSuchPublication from None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a publication stands: by its number in a draft, or by its link."""

    slug: str = ""
    number: int = 0
    token: str = ""


def find(session: Session, at: Address, user_id: int | None) -> tuple[Reader, Publication]:
    """A publication for whoever may read it. By its link one that everybody may read meanwhile is found still; one that
    only members may read is gone for the others. Raises NoSuchPublication."""
    reader, row = _by_link(session, at, user_id) if at.token else _by_number(session, at, user_id)
    if row is None or not reader.may_read(row):
        raise NoSuchPublication
    return reader, row


def _by_number(session: Session, at: Address, user_id: int | None) -> tuple[Reader, Publication | None]:
    reader = reader_of(session, at.slug, user_id)
    return reader, publications.by_number(session, reader.draft.id, at.number)


def _by_link(session: Session, at: Address, user_id: int | None) -> tuple[Reader, Publication]:
    found = publications.by_token(session, at.token)
    if found is None:
        raise NoSuchPublication
    draft, row = found
    return Reader(draft, reader_of(session, draft.slug, user_id).entry, at.token), row
