"""Restoring a backup: into an empty database, in one transaction, and only when all of it is what was backed up."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.domain.backups import BrokenBackup, Manifest
from app.domain.errors import Invalid, Outdated
from app.domain.verifying import Fault
from app.imports.backup_file import BackupRead, opened
from app.services import verifying
from app.store import copying, jobs, letters, loading
from app.store.fingerprints import fingerprints
from app.store.loading import stored_fingerprints
from app.store.memberships import find_draft

HARMLESS = frozenset({Fault.UNKNOWN})
"""Rows that no event vouches for: those from before the record covered them (see `flask record cover`)."""
LETTER_PROBLEM = "Restored from a backup: it may have gone out before."
JOB_PROBLEM = "The installation was restored from a backup while this file was being made. Ask for it again."


class Migrations(Protocol):
    """The steps that lead from one structure of the database to the next (Alembic's)."""

    @property
    def latest(self) -> str: ...

    def is_known(self, revision: str) -> bool: ...

    def move(self, connection: Any, revision: str) -> None:
        """Up or down to a revision, in the transaction of the connection."""


class NotEmpty(Invalid):
    def __init__(self, drafts: int, people: int, rows: int) -> None:
        super().__init__(
            f"The database is not empty: it holds {drafts} drafts, {people} people, {rows} rows in all. Restore into a "
            "new one (KELISHIM_INSTANCE or DATABASE_URL names it), or give --replace to delete what this one holds."
        )


class NewerBackup(Outdated):
    def __init__(self, revision: str) -> None:
        super().__init__(
            f"A newer Kelishim made this backup (its database stood at {revision}, which this one does not know). "
            "Update Kelishim first. Nothing was changed."
        )


class RecordBroken(Invalid):
    def __init__(self, draft: str, sentence: str) -> None:
        super().__init__(
            f"The record of “{draft}” does not hold: {sentence} Nothing was changed. If it was so when the backup was "
            "made, give --although-broken to restore it all the same."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to restore: `replace` deletes what the database holds; `keep_letters` has letters that waited go out."""

    replace: bool = False
    keep_letters: bool = False
    although_broken: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """`letters` that waited and `jobs` that were open, now ended; `notes` are sentences on records that do not hold
    or do not cover everything; `secret_key` that of the backup, where it is in it."""

    manifest: Manifest
    drafts: int
    letters: int
    jobs: int
    notes: tuple[str, ...]
    secret_key: str | None


def restore(session: Session, *, path: Path, migrations: Migrations, wishes: Wishes, now: datetime) -> Restored:
    """Raises BrokenBackup, NewerBackup, NotEmpty, RecordBroken; then nothing was changed."""
    with opened(path) as backup:
        backup.check()
        if not migrations.is_known(backup.manifest.revision):
            raise NewerBackup(backup.manifest.revision)
        with loading.writing(session) as connection:
            _make_room(connection, wishes.replace)
            migrations.move(connection, backup.manifest.revision)
            _load(connection, backup)
            migrations.move(connection, migrations.latest)
            notes = _verify(connection, wishes.although_broken)
            ended_letters, ended_jobs = _end_what_was_open(connection, wishes.keep_letters, now)
        return Restored(
            backup.manifest, len(backup.manifest.records), ended_letters, ended_jobs, notes, backup.secret_key()
        )


def holds(session: Session) -> dict[str, int]:
    """How many rows the database holds, by table, before one decides to replace them."""
    with copying.snapshot(session) as connection:
        return loading.counts(connection, copying.structure(connection))


def _make_room(connection: Any, replace: bool) -> None:
    tables = copying.structure(connection)
    loading.hold(connection, tables)
    found = loading.counts(connection, tables)
    if found and not replace:
        raise NotEmpty(found.get("drafts", 0), found.get("users", 0), sum(found.values()))
    loading.empty(connection, tables)


def _load(connection: Any, backup: BackupRead) -> None:
    """Rows in, rows read back: their sums are those of the file."""
    tables = copying.structure(connection)
    expected = {table.name: table for table in backup.manifest.tables}
    _check_structure({table.name: copying.kinds_of(table) for table in tables}, backup.manifest)
    loading.load(connection, tables, lambda table: backup.rows(expected[table.name]))
    for table in tables:
        digest, rows = hashlib.sha256(), 0
        for count, part in copying.parts(connection, table):
            digest.update(part)
            rows += count
        if (rows, digest.hexdigest()) != (expected[table.name].rows, expected[table.name].sha256):
            raise BrokenBackup(f"the database gives back other rows of “{table.name}” than were put into it")
    if copying.record_ends(connection, tables) != backup.manifest.records:
        raise BrokenBackup("its records end with other events than its manifest says")
    if copying.text_sums(connection, tables) != backup.manifest.texts:
        raise BrokenBackup("its versions have other fingerprints than its manifest says")


def _check_structure(here: dict[str, Any], manifest: Manifest) -> None:
    there = {table.name: table.columns for table in manifest.tables}
    if strange := sorted(set(there) - set(here)):
        raise BrokenBackup(f"it has a table “{strange[0][:80]}”, which is unknown here")
    if missing := sorted(set(here) - set(there)):
        raise BrokenBackup(f"the table “{missing[0]}” is missing in it")
    for name, columns in there.items():
        if columns != here[name]:
            odd = sorted({one for one, _ in set(columns) ^ set(here[name])}) or ["their order"]
            raise BrokenBackup(f"the columns of “{name}” are others than here ({odd[0][:80]})")


def _verify(connection: Any, although_broken: bool) -> tuple[str, ...]:
    """Every record and every version's text; sentences on what does not hold and is let pass. Raises RecordBroken."""
    notes: list[str] = []
    with loading.session_in(connection) as session:
        for slug in verifying.slugs(session):
            found = verifying.verify(session, slug=slug)
            for finding, said in zip(found.findings, found.sentences, strict=True):
                if finding.fault not in HARMLESS and not although_broken:
                    raise RecordBroken(slug, said)
            _check_texts(session, slug, although_broken)
            if found.findings:
                notes.append(_note(slug, found.sentences))
    return tuple(notes)


def _check_texts(session: Session, slug: str, although_broken: bool) -> None:
    """Every version in every language is made of its clauses, byte for byte. Raises RecordBroken."""
    draft = find_draft(session, slug)
    now = fingerprints(session, draft.id)
    for (number, language), sha256 in stored_fingerprints(session, draft.id).items():
        if now.get((number, language)) != sha256 and not although_broken:
            said = f"Version {number} ({language}): its text is not the one with the stored fingerprint."
            raise RecordBroken(slug, said)


def _note(slug: str, sentences: Sequence[str]) -> str:
    more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
    return f"{slug}: {sentences[0]}{more} flask record verify {slug} tells all."


def _end_what_was_open(connection: Any, keep_letters: bool, now: datetime) -> tuple[int, int]:
    """Letters may have gone out, and files been made, since the backup was: of the place where it was made."""
    with loading.session_in(connection) as session:
        ended = 0 if keep_letters else letters.give_up_all(session, now, LETTER_PROBLEM)
        stopped = jobs.fail_all(session, now, JOB_PROBLEM)
        session.commit()
    return ended, stopped
