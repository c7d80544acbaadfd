"""Fetching: a version's files, each made once from what it is made of and kept under that key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.exports.formats import format_named
from app.services import delivering, exporting, file_keys, showing
from app.services.bundling import Progress, in_silence
from app.services.exporting import Wanted
from app.store import exported_files, files
from app.store.db import begin_writing
from app.store.exported_files import NOTED_EVERY, Made
from app.store.memberships import Entry

MOST_FILES, MOST_BYTES = 400, 1 << 30
"""How many files are kept beyond those of publications and jobs, and of how many bytes together."""
LONG_SECONDS = 4.0
"""What is expected to take longer is not made while a browser waits, but by a job."""
SECONDS_A_MEGABYTE: Mapping[str, float] = {
    "markdown": 1, "html": 1.5, "docx": 1.5, "docx-redline": 2.5, "docx-comparison": 2.5, "docx-disagreements": 1,
    "pdf": 6, "pdf-redline": 12, "pdf-brackets": 8, "pdf-comparison": 9, "act-en": 3.5, "act-ru": 5, "act-ky": 5,
    "git": 3,
}  # fmt: skip
USUALLY, BUNDLED = 3.0, 90.0
"""Seconds for a megabyte of Markdown on two cores of 2.5 GHz; of formats that are not named; of a bundle."""
OWN_SECONDS: Mapping[str, float] = {"bundle": LONG_SECONDS}
"""What a format takes whatever the size of the law: a bundle is a job always."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file; the database is read for each of its pieces when that is asked for."""

    file_name: str
    media_type: str
    sha256: str
    byte_count: int
    pieces: Iterator[bytes]


def expected_seconds(name: str, byte_count: int, versions: int) -> float:
    """About how long a format of a text of this size takes to make; Git writes every version."""
    rate = BUNDLED if name == "bundle" else SECONDS_A_MEGABYTE.get(name, USUALLY)
    return OWN_SECONDS.get(name, 0) + rate * byte_count / 1e6 * (versions if name == "git" else 1)


def is_long(name: str, byte_count: int, versions: int) -> bool:
    """Whether it is made by a job."""
    return expected_seconds(name, byte_count, versions) >= LONG_SECONDS


def fetch(session: Session, *, name: str, wanted: Wanted, user_id: int | None, now: datetime) -> Fetched | None:
    """A file for somebody who may read the draft; None where it is to be made by a job first.

    Raises NoSuchDraft, RoleMayNot, NoSuchFormat, NoSuchVersion, NothingBefore, NotInLanguage, and what a format says
    for itself.
    """
    exporting.enter(session, wanted.slug, user_id)
    format_named(name)
    entry = exporting.enter_as_operator(session, wanted.slug)
    exact, key, known = _sought(session, entry, name, wanted, now)
    if known is not None:
        return _noted(session, key, known, now)
    sizes = exported_files.text_sizes(session, entry.draft.id, exact.version or 0)
    versions = len(showing.draft_head(session, entry).versions)
    if is_long(name, max(sizes.values()), versions):
        return None
    return make(session, name, exact, now)


def make(session: Session, name: str, wanted: Wanted, now: datetime, told: Progress = in_silence) -> Fetched:
    """Make a file and keep it, or take the one that is kept. `told` hears how far it is. Raises as `fetch`."""
    exported_files.begin_reading(session)
    entry = exporting.enter_as_operator(session, wanted.slug)
    exact, key, known = _sought(session, entry, name, wanted, now)
    if known is not None:
        return _noted(session, key, known, now)
    draft_id = entry.draft.id
    file = delivering.deliver(session, name, exact, entry, told)
    data = b"".join(file.pieces)
    begin_writing(session)
    kept = files.keep(session, (data,), file.media_type)
    exported_files.add(session, key, draft_id, file.file_name, file.media_type, kept.sha256, now)
    exported_files.prune(session, MOST_FILES, MOST_BYTES)
    session.commit()
    return Fetched(file.file_name, file.media_type, kept.sha256, kept.byte_count, iter((data,)))


def _sought(
    session: Session, entry: Entry, name: str, wanted: Wanted, now: datetime
) -> tuple[Wanted, str, Made | None]:
    """What is asked for with everything named, its key, and the file of this key where one is kept."""
    exact = file_keys.exact(session, entry, name, wanted, now)
    key = file_keys.keys(session, entry.draft, {name: exact})[name]
    return exact, key, exported_files.made(session, (key,)).get(key)


def prune(session: Session, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> tuple[int, int, int]:
    """Take out what was not fetched for longest, beyond these bounds: how many went; how many are left, of how many
    bytes."""
    begin_writing(session)
    gone = exported_files.prune(session, most_files, most_bytes)
    left = exported_files.kept_altogether(session)
    session.commit()
    return gone, *left


def kept(session: Session, name: str, sha256: str, file_name: str) -> Fetched:
    """A file that was made in a format before, by its fingerprint."""
    found = files.find(session, sha256)
    byte_count = found.byte_count if found else 0
    return Fetched(file_name, format_named(name).media_type, sha256, byte_count, _read(session, sha256))


def _noted(session: Session, key: str, known: Made, now: datetime) -> Fetched:
    if now - known.fetched_at > NOTED_EVERY:
        begin_writing(session)
        exported_files.note_fetched(session, key, now)
        session.commit()
    pieces = _read(session, known.sha256)
    return Fetched(known.file_name, known.media_type, known.sha256, known.byte_count, pieces)


def _read(session: Session, sha256: str) -> Iterator[bytes]:
    """By a session of its own, for it is read when the one that asked is over. Between two pieces no transaction stays
    open, however slow the line is."""
    engine = session.get_bind()

    def pieces() -> Iterator[bytes]:
        with Session(engine) as own:
            for piece in files.pieces(own, sha256):
                own.rollback()
                yield piece

    return pieces()
