"""A backup as a ZIP, written row by row: no table is ever in memory."""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from types import TracebackType
from typing import IO, Self

from app.domain.backups import MANIFEST, SECRET_KEY, Manifest, TableSum

LEVEL = 5
"""Of compression: more takes twice as long and saves a fiftieth."""


class BackupFile:
    """An open file that is being written. No member says when it was written, nor by whom."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=LEVEL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def add_table(self, empty: TableSum, parts: Iterable[tuple[int, bytes]]) -> TableSum:
        """Write the rows of a table, given in parts with how many rows each has; the sum of what was written."""
        digest, rows, size = hashlib.sha256(), 0, 0
        with self._zip.open(_named(empty.member), "w", force_zip64=True) as file:
            for count, part in parts:
                digest.update(part)
                file.write(part)
                rows, size = rows + count, size + len(part)
        return replace(empty, rows=rows, bytes=size, sha256=digest.hexdigest())

    def add_secret_key(self, key: str) -> None:
        self._zip.writestr(_named(SECRET_KEY), key.encode())

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(_named(MANIFEST), manifest.written())


def _named(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)  # of 1980, as ZIP begins
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o600 << 16
    return found
