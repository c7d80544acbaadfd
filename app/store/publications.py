"""Publications of a draft, numbered 1, 2, 3…, with a title page per language and the files made when they were issued.

Nothing of a publication changes afterwards but who may see it, and that it was withdrawn.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, Text, and_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.amendments import LARGEST_NUMBER
from app.store.db import Base
from app.store.drafts import ClauseText, Draft, Publication, Version, VersionText
from app.store.files import File
from app.store.versions import valid_in

__all__ = ["Draft", "Publication", "Version"]


class PublicationText(Base):
    """The title page in one language."""

    __tablename__ = "publication_texts"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int]  # 0, 1, 2, … in the order they are offered
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)  # what it is and how far: “Draft law, second reading”
    issuer: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


class PublicationFile(Base):
    """A file of a publication. `format` is its name in the table of formats as it was then."""

    __tablename__ = "publication_files"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200), primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    format: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file with what its row in `files` knows of it."""

    language: str
    format: str
    file_name: str
    media_type: str
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """A publication in a list: the row and the number of its version."""

    row: Publication
    version: int


def of_draft(session: Session, draft_id: int) -> list[Line]:
    """All publications of a draft, newest first."""
    rows = session.execute(
        select(Publication, Version.number)
        .join(Version, Version.id == Publication.version_id)
        .where(Publication.draft_id == draft_id)
        .order_by(Publication.number.desc())
    )
    return [Line(row, version) for row, version in rows]


def by_number(session: Session, draft_id: int, number: int) -> Publication | None:
    if number > LARGEST_NUMBER:
        return None
    asked = select(Publication).where(Publication.draft_id == draft_id, Publication.number == number)
    return session.scalars(asked).first()


def by_token(session: Session, token: str) -> tuple[Draft, Publication] | None:
    """What stands at an address by link, or stood there."""
    found = session.execute(
        select(Draft, Publication).join(Publication, Publication.draft_id == Draft.id).where(Publication.token == token)
    ).first()
    return (found[0], found[1]) if found else None


def standing_of_version(session: Session, version_id: int) -> dict[str, int]:
    """The languages in which a version is published and not withdrawn, each with the publication's number."""
    rows = session.execute(
        select(PublicationText.language, Publication.number)
        .join(Publication, Publication.id == PublicationText.publication_id)
        .where(Publication.version_id == version_id, Publication.withdrawn_at.is_(None))
    )
    return {row.language: row.number for row in rows}


def latest_number(session: Session, draft_id: int) -> int:
    return session.scalar(select(func.max(Publication.number)).where(Publication.draft_id == draft_id)) or 0


def texts_of(session: Session, publication_ids: Collection[int]) -> dict[int, list[PublicationText]]:
    """The title pages of each publication, in their order."""
    found: dict[int, list[PublicationText]] = {}
    asked = select(PublicationText).where(PublicationText.publication_id.in_(publication_ids))
    for text in session.scalars(asked.order_by(PublicationText.publication_id, PublicationText.position)):
        found.setdefault(text.publication_id, []).append(text)
    return found


def sources_of(session: Session, version_id: int) -> dict[str, str]:
    """The SHA-256 of the Markdown of a version by language."""
    asked = select(VersionText.language, VersionText.sha256).where(VersionText.version_id == version_id)
    return {row.language: row.sha256 for row in session.execute(asked)}


def titles_in(session: Session, draft_id: int, version: int) -> dict[str, str]:
    """The title of the law in each language of a version, where it has one."""
    asked = select(ClauseText.language, ClauseText.body).where(
        ClauseText.draft_id == draft_id, ClauseText.kind == "title", valid_in(version)
    )
    found: dict[str, str] = {}
    for row in session.execute(asked.order_by(ClauseText.language, ClauseText.position)):
        found.setdefault(row.language, row.body)
    return found


def last_texts(session: Session, draft_id: int) -> list[PublicationText]:
    """The last title page in every language."""
    last = (
        select(PublicationText.language, func.max(Publication.number).label("number"))
        .join(Publication, Publication.id == PublicationText.publication_id)
        .where(Publication.draft_id == draft_id)
        .group_by(PublicationText.language)
        .subquery()
    )
    asked = (
        select(PublicationText)
        .join(Publication, Publication.id == PublicationText.publication_id)
        .join(last, and_(last.c.language == PublicationText.language, last.c.number == Publication.number))
        .where(Publication.draft_id == draft_id)
    )
    return list(session.scalars(asked))


def files_of(session: Session, publication_id: int) -> list[FileLine]:
    """The files of a publication in their order."""
    asked = _FILES.where(PublicationFile.publication_id == publication_id).order_by(PublicationFile.position)
    return [FileLine(*row) for row in session.execute(asked)]


def file_named(session: Session, publication_id: int, file_name: str) -> FileLine | None:
    asked = _FILES.where(PublicationFile.publication_id == publication_id, PublicationFile.file_name == file_name)
    row = session.execute(asked).first()
    return FileLine(*row) if row else None


def with_file(session: Session, sha256: str) -> list[tuple[Draft, Publication, str]]:
    """Every publication that has a file with these bytes, and the file's name in it; newest first."""
    rows = session.execute(
        select(Draft, Publication, PublicationFile.file_name)
        .join(Publication, Publication.draft_id == Draft.id)
        .join(PublicationFile, PublicationFile.publication_id == Publication.id)
        .where(PublicationFile.sha256 == sha256)
        .order_by(Publication.published_at.desc(), Publication.id.desc(), PublicationFile.position)
    )
    return [(draft, row, name) for draft, row, name in rows]


def add(
    session: Session, publication: Publication, texts: Iterable[PublicationText], files: Iterable[PublicationFile]
) -> None:
    """Store a publication with its title pages and files, in the order they are given."""
    session.add(publication)
    session.flush()
    for position, text in enumerate(texts):
        text.publication_id, text.position = publication.id, position
        session.add(text)
    for position, file in enumerate(files):
        file.publication_id, file.position = publication.id, position
        session.add(file)
    session.flush()


_FILES = select(
    PublicationFile.language, PublicationFile.format, PublicationFile.file_name, File.media_type, File.byte_count,
    File.sha256,
).join(File, File.sha256 == PublicationFile.sha256)  # fmt: skip
