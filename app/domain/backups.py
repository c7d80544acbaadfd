"""What a backup holds, as its manifest says it: `Manifest.of(manifest.written()) == manifest`.

A backup is a ZIP: a file of JSON lines for every table, and `manifest.json`, written last. A line is a row, a list of
values in the order of the columns that the manifest names; how a value is written follows from the kind of its column.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.errors import Invalid

FORMAT = 1
MANIFEST = "manifest.json"
SECRET_KEY = "secret_key"  # noqa: S105  (the name of a member)


class BrokenBackup(Invalid):
    """The file is no backup, or not the whole one that was written."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This file cannot be restored: {why}. Nothing was changed.")


class Kind(StrEnum):
    """How the values of a column are written. Nothing at all is null in every kind."""

    INTEGER = "integer"
    TEXT = "text"
    TRUTH = "truth"
    MOMENT = "moment"
    """ISO 8601 in UTC, to the microsecond."""
    DAY = "day"
    """ISO 8601."""
    BYTES = "bytes"
    """Base64 (RFC 4648)."""
    JSON = "json"
    """A string with the JSON as the database has it, so that not a digit changes."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """A table and its file: the columns by name, the rows, the bytes and their SHA-256."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: int
    bytes: int
    sha256: str

    @property
    def member(self) -> str:
        return member(self.name)


@dataclass(frozen=True, slots=True, order=True)
class RecordEnd:
    """The newest event of a draft."""

    draft: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True, order=True)
class TextSum:
    """The text of a version in one language, with its SHA-256."""

    draft: str
    version: int
    language: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`revision` is that of the database's structure; `program` the version that wrote the file. `secret_key`: whether
    the installation's key is in it."""

    revision: str
    program: str
    made_at: datetime
    tables: tuple[TableSum, ...]
    records: tuple[RecordEnd, ...]
    texts: tuple[TextSum, ...]
    secret_key: bool = False

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def written(self) -> bytes:
        said = {"kelishim_backup": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    @classmethod
    def of(cls, data: bytes) -> "Manifest":
        """Raises BrokenBackup."""
        try:
            return _manifest(json.loads(data))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BrokenBackup("its manifest is not one of Kelishim") from error


def member(table: str) -> str:
    """The name under which the rows of a table stand in the file."""
    return f"tables/{table}.jsonl"


def _manifest(said: Any) -> Manifest:
    if not isinstance(said, Mapping) or "kelishim_backup" not in said:
        raise BrokenBackup("it is no backup of Kelishim")
    if said["kelishim_backup"] != FORMAT:
        raise BrokenBackup("a newer Kelishim wrote it in a form that this one does not know: update Kelishim first")
    return Manifest(
        revision=_text(said["revision"]),
        program=_text(said["program"]),
        made_at=_aware(datetime.fromisoformat(said["made_at"])),
        tables=tuple(map(_table, said["tables"])),
        records=tuple(
            RecordEnd(_text(one["draft"]), _count(one["number"]), _text(one["hash"])) for one in said["records"]
        ),
        texts=tuple(
            TextSum(_text(one["draft"]), _count(one["version"]), _text(one["language"]), _text(one["sha256"]))
            for one in said["texts"]
        ),
        secret_key=bool(said["secret_key"]),
    )


def _table(said: Any) -> TableSum:
    columns = tuple((_text(name), Kind(kind)) for name, kind in said["columns"])
    return TableSum(
        _text(said["name"]), columns, _count(said["rows"]), _count(said["bytes"]), _text(said["sha256"])
    )  # fmt: skip


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError
    return said


def _count(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise TypeError
    return said


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError
    return moment
