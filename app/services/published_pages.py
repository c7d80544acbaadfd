"""The pages of publications: the list of a draft's, one of them, and its files byte for byte."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from app.services import published_agreement, showing
from app.services.pages_publications import (
    IssuedVersion,
    PublicationFile,
    PublicationLine,
    PublicationPage,
    PublicationsPage,
    TitlePage,
)
from app.services.published_access import Address, NoSuchPublication, Reader, find, reader_of
from app.services.published_checking import checked
from app.store import files, publications, versions
from app.store.drafts import Draft
from app.store.publications import FileLine, Line, Publication, PublicationText


def publications_page(session: Session, *, slug: str, user_id: int | None, preferred: str) -> PublicationsPage:
    """Those that somebody may see. `preferred`: the language in which titles are wanted.

    Raises NoSuchPublication where a stranger may see none of them.
    """
    reader = reader_of(session, slug, user_id)
    rows = _visible(session, reader)
    if not rows and reader.entry is None:
        raise NoSuchPublication
    texts = publications.texts_of(session, [line.row.id for line in rows])
    latest = versions.latest_number(session, reader.draft.id)
    is_new = latest and all(line.version != latest or line.row.withdrawn_at for line in rows)
    lines = tuple(_line(line, texts[line.row.id], rows, preferred) for line in rows)
    head = lines[0] if lines and reader.entry is None else None
    return PublicationsPage(
        slug,
        head.title if head else reader.draft.title,
        head.language if head else reader.draft.language,
        lines,
        reader.entry is not None,
        latest if is_new and reader.manages else None,
    )


def publication(
    session: Session, *, at: Address, user_id: int | None, preferred: str, language: str = "", fingerprint: str = ""
) -> PublicationPage:
    """A publication in `language`, or in the reader's own where it has that, or in its first. `fingerprint` is one to
    be looked for. A fixed number of statements. Raises NoSuchPublication."""
    reader, row = find(session, at, user_id)
    return _page(session, reader, row, language, preferred, fingerprint)


def sums(session: Session, *, at: Address, user_id: int | None) -> bytes:
    """The fingerprints of all files as `sha256sum --check` reads them. Raises NoSuchPublication."""
    row = find(session, at, user_id)[1]
    found = publications.files_of(session, row.id)
    return "".join(f"{line.sha256}  {line.file_name}\n" for line in found).encode("ascii")


def file(session: Session, *, at: Address, name: str, user_id: int | None) -> PublicationFile:
    """One of the files. Raises NoSuchPublication."""
    row = find(session, at, user_id)[1]
    found = publications.file_named(session, row.id, name)
    if found is None:
        raise NoSuchPublication
    return shown_file(found, row.visibility)


def pieces(session: Session, wanted: PublicationFile) -> Iterator[bytes]:
    """The bytes of a file, read while they are sent."""
    return files.pieces(session, wanted.sha256)


def shown_file(line: FileLine, visibility: str) -> PublicationFile:
    return PublicationFile(
        line.language, line.format, line.file_name, line.media_type, line.byte_count, line.sha256, visibility
    )


def _page(
    session: Session, reader: Reader, row: Publication, wanted: str, preferred: str, fingerprint: str
) -> PublicationPage:
    draft = reader.draft
    rows = _visible(session, reader)
    own = next(line for line in rows if line.row.id == row.id)
    texts = publications.texts_of(session, [row.id])[row.id]
    text = _text_in(texts, wanted, preferred)
    stored = versions.clauses_of(session, draft.id, text.language, own.version)
    return PublicationPage(
        draft.slug,
        draft.title,
        _line(own, texts, rows, text.language),
        _title_page(text),
        tuple(map(_title_page, texts)),
        publications.sources_of(session, row.version_id)[text.language],
        showing.clause_lines(stored),
        showing.front_matter(stored),
        tuple(shown_file(line, row.visibility) for line in publications.files_of(session, row.id)),
        _way_to(session, draft, own, rows),
        published_agreement.shown(row.agreement, text.language),
        row.token if row.visibility == "link" and (reader.manages or reader.token) else None,
        reader.token is not None,
        reader.entry is not None,
        reader.manages,
        checked(session, reader, row, fingerprint) if fingerprint else None,
    )


def _visible(session: Session, reader: Reader) -> list[Line]:
    """Newest first."""
    return [line for line in publications.of_draft(session, reader.draft.id) if reader.may_read(line.row)]


def _line(own: Line, texts: Sequence[PublicationText], rows: Sequence[Line], preferred: str) -> PublicationLine:
    row, text = own.row, _text_in(texts, "", preferred)
    return PublicationLine(
        row.number, own.version, row.published_at, text.title, text.kind, text.language,
        tuple(one.language for one in texts), row.visibility, row.former, _newer(own, rows), row.withdrawn_at,
        row.withdrawn_because,
    )  # fmt: skip


def _newer(own: Line, rows: Sequence[Line]) -> int | None:
    """The newest that stands. (Another publication of the same version takes no place of anything: its text is the
    same.)"""
    standing = (line for line in rows if line.row.withdrawn_at is None and line.row.number > own.row.number)
    newest = next((line for line in standing if line.version != own.version or own.row.withdrawn_at), None)
    return newest.row.number if newest else None


def _text_in(texts: Sequence[PublicationText], wanted: str, preferred: str) -> PublicationText:
    known: Mapping[str, PublicationText] = {text.language: text for text in texts}
    return known.get(wanted) or known.get(preferred) or texts[0]


def _title_page(text: PublicationText) -> TitlePage:
    return TitlePage(text.language, text.title, text.kind, text.issuer, text.place, text.note)


def _way_to(session: Session, draft: Draft, own: Line, rows: Sequence[Line]) -> tuple[IssuedVersion, ...]:
    """The versions up to the published one, newest first, with the publications of them that the reader sees."""
    known = {line.version: line.row.number for line in reversed(rows) if line.row.withdrawn_at is None}
    return tuple(
        IssuedVersion(
            head.version.number, head.version.created_at, head.text.sha256, known.get(head.version.number)
        )
        for head in versions.heads(session, draft)
        if head.version.number <= own.version
    )  # fmt: skip
