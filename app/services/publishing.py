"""Publishing: a version issued to the outside, with its files, under an address and a number that never change.

Who may read a publication may be changed later, and it may be withdrawn; its text, files and number stay as they are.
The files are made before anything is locked, and stored with the publication in one transaction.
"""

import secrets
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.permissions import Action, check_can
from app.services import published_titles, showing
from app.services.exporting import enter_as_operator
from app.services.pages_publications import VISIBILITIES, Choice, TitlePage
from app.services.published_access import NoSuchPublication
from app.services.published_files import MadeFile
from app.services.published_formats import FormerIsHidden, is_narrower
from app.services.published_making import (
    NobodyChosen,
    PublishedMeanwhile,
    Ready,
    check_free,
    check_storable,
    make_ready,
)
from app.store import events, files, publications, versions
from app.store.db import begin_writing
from app.store.memberships import Entry, draft_to_write, enter_to_write
from app.store.publications import Publication, PublicationFile, PublicationText


class NoReasonToWithdraw(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why it is withdrawn: whoever comes to its address will ask.")


class WithdrawnAlready(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Publication {number} is withdrawn already.")


class ReadersAsBefore(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing was changed: publication {number} has these readers already.")


@dataclass(frozen=True, slots=True)
class Stored:
    """What was published: its number, the token of its link if it has one, and its files with their SHA-256."""

    number: int
    token: str | None
    files: tuple[tuple[str, str], ...]


def publish(
    session: Session, *, slug: str, version: int, choice: Choice, user_id: int | None, now: datetime, zone: tzinfo
) -> int:
    """Publish a version; the publication's number. `now` is the time at the place of the group.

    Raises NoSuchDraft, RoleMayNot, and what `make_ready` raises.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PUBLISH)
    made = make_ready(session, entry, version, choice, now, zone)
    writer = enter_to_write(session, slug, user_id)
    check_can(writer.role, Action.PUBLISH)
    return _store(session, writer, version, made, now).number


def publish_as_operator(
    session: Session, *, slug: str, version: int, choice: Choice, now: datetime, zone: tzinfo
) -> Stored:
    """The same for the command line, where nobody is signed in. What the choice leaves open is taken as the form offers
    it: the draft's own language, and all that stands on title pages (one for no language says it for all)."""
    entry = enter_as_operator(session, slug)
    offered = published_titles.title_pages(session, entry, versions.find(session, entry.draft, version))
    languages = choice.languages or (entry.draft.language,)
    said = choice.title_pages
    typed = {page.language: _overlaid(page, said.get(page.language) or said.get("")) for page in offered}
    whole = replace(choice, languages=languages, title_pages=typed)
    made = make_ready(session, entry, version, whole, now, zone)
    begin_writing(session)
    writer = replace(entry, draft=draft_to_write(session, slug))
    return _store(session, writer, version, made, now)


def change_readers(
    session: Session, *, slug: str, number: int, visibility: str, user_id: int | None, now: datetime
) -> None:
    """Let others read a publication than before. An address by link that was given once stays the same.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, NobodyChosen, ReadersAsBefore, FormerIsHidden.
    """
    entry, row = enter_to_change(session, slug, number, user_id)
    if visibility not in VISIBILITIES:
        raise NobodyChosen
    if visibility == row.visibility:
        raise ReadersAsBefore(number)
    _check_former(session, entry.draft.id, row.former, visibility)
    before, row.visibility = row.visibility, visibility
    if visibility == "link":
        row.token = row.token or secrets.token_urlsafe(24)
    _record(session, entry, "publication_opened", row, now, visibility=visibility, before=before)
    session.commit()


def withdraw(session: Session, *, slug: str, number: int, reason: str, user_id: int | None, now: datetime) -> None:
    """Mark a publication as withdrawn. It stays at its address, which says so and why; its version may be published
    again.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, WithdrawnAlready, NoReasonToWithdraw, Unstorable.
    """
    entry, row = enter_to_change(session, slug, number, user_id)
    if row.withdrawn_at is not None:
        raise WithdrawnAlready(number)
    if not reason.strip():
        raise NoReasonToWithdraw
    check_storable((reason,))
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now, entry.user_id, reason.strip()
    _record(session, entry, "publication_withdrawn", row, now, reason=row.withdrawn_because)
    session.commit()


def _overlaid(page: TitlePage, typed: TitlePage | None) -> TitlePage:
    """A title page with what somebody said otherwise."""
    said = (
        {field.name: getattr(typed, field.name) for field in fields(page) if field.name != "language"} if typed else {}
    )
    return replace(page, **{name: text for name, text in said.items() if text})


def _store(session: Session, entry: Entry, version: int, made: Ready, now: datetime) -> Stored:
    """Number it and store it, unless somebody else has published meanwhile."""
    found = versions.find(session, entry.draft, version)
    choice, last = made.choice, publications.latest_number(session, entry.draft.id)
    check_free(session, found.id, version, choice.languages)
    if last != made.last:
        raise PublishedMeanwhile(last)
    _check_former(session, entry.draft.id, made.former, choice.visibility)
    sources = publications.sources_of(session, found.id)
    row = Publication(
        draft_id=entry.draft.id, version_id=found.id, number=last + 1, language=choice.languages[0],
        sha256=sources[choice.languages[0]], published_by=entry.user_id or None, published_at=now,
        visibility=choice.visibility, former=made.former, agreement=made.agreement,
        token=secrets.token_urlsafe(24) if choice.visibility == "link" else None,
    )  # fmt: skip
    kept = [_kept(session, entry.draft.slug, row, file) for file in made.files]
    publications.add(session, row, [_text(choice.title_pages[one]) for one in choice.languages], kept)
    _record(
        session, entry, "version_published", row, now, version=version, sha256=row.sha256,
        visibility=row.visibility, languages=list(choice.languages),
        files={file.file_name: file.sha256 for file in kept},
    )  # fmt: skip
    stored = Stored(row.number, row.token, tuple((file.file_name, file.sha256) for file in kept))
    session.commit()
    return stored


def _check_former(session: Session, draft_id: int, number: int | None, visibility: str) -> None:
    """Files that compare tell the words of the former publication too."""
    former = publications.by_number(session, draft_id, number) if number is not None else None
    if former is not None and is_narrower(former.visibility, visibility):
        raise FormerIsHidden(former.number)


def _kept(session: Session, slug: str, row: Publication, file: MadeFile) -> PublicationFile:
    stored = files.keep(session, (file.data,), file.media_type)
    name = file.name(slug, row.number, row.former)
    return PublicationFile(file_name=name, language=file.language, format=file.format, sha256=stored.sha256)


def _text(page: TitlePage) -> PublicationText:
    return PublicationText(
        language=page.language, title=page.title, kind=page.kind, issuer=page.issuer, place=page.place, note=page.note
    )


def enter_to_change(session: Session, slug: str, number: int, user_id: int | None) -> tuple[Entry, Publication]:
    """A publication for somebody who may publish, the draft's row held.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PUBLISH)
    row = publications.by_number(session, entry.draft.id, number)
    if row is None:
        raise NoSuchPublication
    return entry, row


def _record(session: Session, entry: Entry, kind: str, row: Publication, now: datetime, **facts: object) -> None:
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id or None, institution_id=entry.institution_id,
        publication=row.number, **facts,
    )  # fmt: skip
