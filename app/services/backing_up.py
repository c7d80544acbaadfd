"""Backups: one file with everything that an installation holds, the same for both databases.

It is made while people work and shows one moment of the database; a file is there whole and checked, or not at all.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from app.domain.backups import Manifest, TableSum
from app.domain.errors import Invalid
from app.exports.backup_file import BackupFile
from app.imports.backup_file import opened
from app.services import file_keys
from app.services.administering import check_administrator
from app.store import copying

LAST = "last_backup"
"""The file in the instance folder that says when the last backup was made; `flask doctor` looks at it too."""
OLD_AFTER = timedelta(days=7)


class FileThere(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is a file {name} already. Choose another name, or give --force to replace it.")


class NoFileNamed(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "Name a file for the backup: it is read back when it is written, so it needs a place on a disk."
        )


class NoPlace(Invalid):
    """The disk is full, the folder is not there, or it may not be written to."""

    def __init__(self, name: str, told: str) -> None:
        super().__init__(f"The backup could not be written to {name}: {told}. Nothing was left there.")


class NotMigrated(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "There is nothing to back up: the database has no tables yet. Make them with flask db upgrade."
        )


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written, read back and found whole; `sha256` is that of the file."""

    manifest: Manifest
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupPage:
    """When the last backup was made, and how large it was; None where none ever was."""

    made_at: datetime | None
    bytes: int
    is_old: bool


def back_up(
    session: Session, *, path: Path, instance: Path, secret_key: str | None, force: bool, now: datetime
) -> BackedUp:
    """Write a backup; `secret_key` goes into it where it is given. Only the owner may read the file.

    Raises NoFileNamed, FileThere, NoPlace, NotMigrated, BrokenBackup (what was written cannot be read back).
    """
    if path.name in ("", "-"):
        raise NoFileNamed
    if path.exists() and not force:
        raise FileThere(str(path))
    with _partial(path) as partial:
        with _to_write(partial) as file:
            write(session, file, secret_key=secret_key, now=now)
            file.flush()
            os.fsync(file.fileno())
        done = check(partial)
        partial.replace(path)
        _keep_entry(path.parent)
    note(instance, done, now)
    return done


def write(session: Session, target: IO[bytes], *, secret_key: str | None, now: datetime) -> None:
    """Everything as it is at one moment, row by row. Raises NotMigrated."""
    with copying.snapshot(session) as connection, BackupFile(target) as file:
        revision = copying.revision(connection)
        if not revision:
            raise NotMigrated
        tables = copying.structure(connection)
        sums = [
            file.add_table(TableSum(table.name, copying.kinds_of(table), 0, 0, ""), copying.parts(connection, table))
            for table in tables
        ]
        if secret_key is not None:
            file.add_secret_key(secret_key)
        file.finish(
            Manifest(
                revision=revision, program=file_keys.program(), made_at=now, tables=tuple(sums),
                records=copying.record_ends(connection, tables), texts=copying.text_sums(connection, tables),
                secret_key=secret_key is not None,
            )
        )  # fmt: skip


def check(path: Path) -> BackedUp:
    """Read a backup to its end and hold it against its manifest. Raises BrokenBackup."""
    with opened(path) as backup:
        backup.check()
        manifest = backup.manifest
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return BackedUp(manifest, path.stat().st_size, sha256)


def note(instance: Path, done: BackedUp, now: datetime) -> None:
    """Keep when the last backup was made, so that the administration can say that it is long ago. Where that cannot be
    written the backup counts all the same."""
    with suppress(OSError):
        partial = instance / f"{LAST}.{os.getpid()}"
        partial.write_text(json.dumps({"made_at": now.isoformat(), "bytes": done.bytes}))
        partial.replace(instance / LAST)


def take(session: Session, *, instance: Path, user_id: int | None, now: datetime) -> tuple[BackedUp, IO[bytes]]:
    """A backup made for an administrator's browser, without the secret key; the file is gone when it is closed.

    Raises NoSuchPage, NoPlace.
    """
    check_administrator(session, user_id)
    session.rollback()  # no transaction of this request waits while it is written
    path = instance / f"backup.{os.getpid()}.{now:%Y%m%d%H%M%S%f}.zip"
    with _partial(path) as partial:
        with _to_write(partial) as file:
            write(session, file, secret_key=None, now=now)
        done = check(partial)
        taken = partial.open("rb")  # stays readable after its name is gone
    note(instance, done, now)
    return done, taken


def page(session: Session, *, instance: Path, user_id: int | None, now: datetime) -> BackupPage:
    """Raises NoSuchPage."""
    check_administrator(session, user_id)
    return standing(instance, now)


def standing(instance: Path, now: datetime) -> BackupPage:
    """What is known of the last backup, without asking the database."""
    try:
        said = json.loads((instance / LAST).read_text())
        made_at, size = datetime.fromisoformat(said["made_at"]), int(said["bytes"])
    except (OSError, ValueError, KeyError, TypeError):
        return BackupPage(None, 0, is_old=True)
    return BackupPage(made_at, size, is_old=made_at < now - OLD_AFTER)


@contextmanager
def _partial(path: Path) -> Iterator[Path]:
    """The file beside the one that is wanted; it goes, unless it took its name. Raises NoPlace."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        yield partial
    except OSError as error:
        raise NoPlace(str(path), error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def _to_write(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)  # left by one that was killed
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _keep_entry(folder: Path) -> None:
    """Have the disk keep the new name as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
