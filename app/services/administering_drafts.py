"""Drafts as an administrator of the installation sees them: that they are there, not what stands in them."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.services import importing, membering
from app.services.administering import check_administrator
from app.services.importing import Imported, SlugTaken
from app.services.pages_administration import DraftLine, Overview
from app.store import installation, memberships
from app.store.db import begin_writing
from app.store.drafts import Draft


class InItAlready(Outdated):
    def __init__(self, slug: str) -> None:
        super().__init__(f"You are a member of “{slug}” already.")


class AddressTaken(Invalid):
    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a draft at the address “{slug}” already: choose another one.")


class NoText(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose a Markdown file, or paste the text of the law.")


def every(session: Session, *, user_id: int | None) -> tuple[DraftLine, ...]:
    """All drafts by address. Raises NoSuchPage."""
    own = check_administrator(session, user_id)
    roles = {entry.draft.id: entry.role for entry in memberships.entries(session, own)}
    return tuple(
        DraftLine(draft.slug, draft.title, draft.language, version, count, draft.created_at, roles.get(draft.id))
        for draft, version, count in installation.every_draft(session)
    )


def overview(session: Session, *, user_id: int | None) -> Overview:
    """How many people, institutions and drafts there are. Raises NoSuchPage."""
    check_administrator(session, user_id)
    return Overview(*installation.totals(session))


def make(
    session: Session, *, data: bytes, slug: str, language: str, user_id: int | None, now: datetime
) -> Imported:  # fmt: skip
    """A new draft of a Markdown text, whose administrator one becomes.

    Raises NoSuchPage, NoText, NotALaw, LongerThanADraft, BadFrontMatter, AddressTaken.
    """
    own = check_administrator(session, user_id)
    if not data.strip():
        raise NoText

    def admit(draft: Draft) -> None:
        membering.join(session, draft, own, by=own, now=now)

    try:
        return importing.import_draft(
            session, data=data, slug=slug, language=language or None, now=now, progress=lambda _: None, admit=admit
        )
    except SlugTaken as taken:
        raise AddressTaken(slug) from taken


def join(session: Session, *, slug: str, user_id: int | None, now: datetime) -> None:
    """Make oneself an administrator of a draft; everybody in it can see that it happened. Raises NoSuchPage,
    NoSuchDraft, InItAlready."""
    own = check_administrator(session, user_id)
    begin_writing(session)
    draft = memberships.draft_to_write(session, slug)
    if any(entry.draft.id == draft.id for entry in memberships.entries(session, own)):
        raise InItAlready(slug)
    membering.join(session, draft, own, by=own, now=now)
    session.commit()
