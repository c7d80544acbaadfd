"""Whether a file is one that was published: found by its SHA-256 among the files of publications."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services.pages_publications import Checked
from app.services.published_access import Reader
from app.store import publications
from app.store.publications import Publication

FINGERPRINT = re.compile(r"\b[0-9a-fA-F]{64}\b")


class NoFingerprint(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose a file, or paste its SHA-256: 64 characters, each 0 to 9 or a to f.")


def fingerprint_in(text: str) -> str:
    """The fingerprint in what somebody pasted: alone, or as a command wrote it with the file's name.
    Raises NoFingerprint."""
    found = FINGERPRINT.search("".join(text.split()) if _is_grouped(text) else text)
    if found is None:
        raise NoFingerprint
    return found[0].lower()


def _is_grouped(text: str) -> bool:
    """Whether it is written in groups, as older systems do."""
    return len("".join(text.split())) == 64


def checked(session: Session, reader: Reader, row: Publication, fingerprint: str) -> Checked:
    """Where these bytes were published: in this publication, and in others that the reader may see."""
    here, elsewhere = [], []
    for draft, other, name in publications.with_file(session, fingerprint):
        if other.id == row.id:
            here.append(name)
        elif other.visibility == "public" or (draft.id == reader.draft.id and reader.entry is not None):
            elsewhere.append((draft.slug, other.number, name))
    return Checked(fingerprint, tuple(here), tuple(elsewhere))


def published_as(session: Session, fingerprint: str) -> Iterable[tuple[str, int, str]]:
    """Every publication that has a file with these bytes, for the operator: draft, number, file name."""
    return [(draft.slug, row.number, name) for draft, row, name in publications.with_file(session, fingerprint)]
