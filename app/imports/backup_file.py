"""A backup read: everything about the file is checked before a row of it is used.

Only the names that the manifest has are read, none is ever a path of the machine; a member that unpacks to
disproportionately more than it takes, or to more than the manifest says, is not unpacked further.
"""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from app.domain.backups import MANIFEST, SECRET_KEY, BrokenBackup, Manifest, TableSum

LONGEST_MANIFEST = 64 * 2**20
LONGEST_ROW = 128 * 2**20
LONGEST_KEY = 1000
PIECE = 2**20
SUSPICIOUS_BYTES, SUSPICIOUS_RATIO = 16 * 2**20, 400
"""Rows shrink to a fifth, now and then to a hundredth; a bomb to a thousandth."""
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip


class BackupRead:
    """A backup whose members are those of its manifest. `sha256` of the file is worked out where it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        names = [one.filename for one in archive.infolist()]
        if len(set(names)) != len(names):
            raise BrokenBackup("it has two members of one name")
        if MANIFEST not in names:
            raise BrokenBackup("it is no backup of Kelishim")
        self.manifest = Manifest.of(self._whole(MANIFEST, LONGEST_MANIFEST))
        self._check_names(set(names))

    def _check_names(self, names: set[str]) -> None:
        tables = self.manifest.tables
        expected = {MANIFEST, *(table.member for table in tables)} | (
            {SECRET_KEY} if self.manifest.secret_key else set()
        )
        if len({table.name for table in tables}) != len(tables):
            raise BrokenBackup("its manifest names a table twice")
        if missing := sorted(expected - names):
            raise BrokenBackup(f"“{missing[0]}” is missing in it")
        if strange := sorted(names - expected):
            raise BrokenBackup(f"it has a member “{strange[0][:80]}”, which no backup has")

    def check(self) -> None:
        """Read every table to its end. Raises BrokenBackup."""
        for table in self.manifest.tables:
            self._check_table(table)
        self.secret_key()

    def _check_table(self, table: TableSum) -> None:
        info = self._zip.getinfo(table.member)
        if info.file_size > SUSPICIOUS_BYTES and info.file_size > SUSPICIOUS_RATIO * max(info.compress_size, 1):
            raise BrokenBackup(f"“{table.member}” would unpack to {info.file_size // 2**20} MB, out of all proportion")
        digest, rows, size = hashlib.sha256(), 0, 0
        with self._opened(table.member) as file:
            while piece := file.read(PIECE):
                size += len(piece)
                if size > table.bytes:
                    break
                digest.update(piece)
                rows += piece.count(b"\n")
        if (size, rows, digest.hexdigest()) != (table.bytes, table.rows, table.sha256):
            raise BrokenBackup(f"“{table.member}” is not what was written into it")

    def rows(self, table: TableSum) -> Iterator[list[Any]]:
        """The rows of a table as they are written. Raises BrokenBackup."""
        with self._opened(table.member) as file:
            while line := file.readline(LONGEST_ROW + 1):
                yield _row(line, table)

    def secret_key(self) -> str | None:
        """The key of the installation, where it is in the file."""
        if not self.manifest.secret_key:
            return None
        key = self._whole(SECRET_KEY, LONGEST_KEY)
        if not key.isascii() or not key.strip():
            raise BrokenBackup("its secret key is none")
        return key.decode().strip()

    def _whole(self, name: str, longest: int) -> bytes:
        with self._opened(name) as file:
            data = file.read(longest + 1)
        if len(data) > longest:
            raise BrokenBackup(f"“{name}” in it is too long")
        return data

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as raw, io.BufferedReader(cast(io.RawIOBase, raw), PIECE) as file:
                yield file
        except UNREADABLE as error:
            raise BrokenBackup(f"“{name}” in it is cut or damaged") from error


@contextmanager
def opened(path: Path) -> Iterator[BackupRead]:
    """A backup to read from. Raises BrokenBackup."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise BrokenBackup(f"it cannot be read ({error.strerror or error})") from error
    except UNREADABLE as error:
        raise BrokenBackup("it is no ZIP file, or its end is missing") from error
    with archive:
        yield BackupRead(archive)


def _row(line: bytes, table: TableSum) -> list[Any]:
    if len(line) > LONGEST_ROW:
        raise BrokenBackup(f"“{table.member}” has a row that is too long")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenBackup(f"“{table.member}” has a row that is none") from error
    if not isinstance(row, list) or len(row) != len(table.columns):
        raise BrokenBackup(f"“{table.member}” has a row with other columns")
    return row
