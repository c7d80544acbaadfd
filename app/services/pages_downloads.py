"""What the pages of files show: every format of a version, and the files that are being made for somebody."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.services.pages import DraftHead, VersionHead
from app.store.exported_files import Made


@dataclass(frozen=True, slots=True)
class FormatLine:
    """A format of the version in the chosen language. `is_long`: it is made by a job; `has_plenary`: there
    is a copy with a wide edge too; `made`: what is there already;
    `refusal`: why it cannot be had."""

    name: str
    extension: str
    language: str
    against: int | None
    is_marked: bool
    is_long: bool
    has_plenary: bool
    made: Made | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class JobLine:
    """A file that somebody asked for. `doing` is the format that is made for it now, the `done`th of `total`."""

    id: str
    format: str
    version: int
    against: int | None
    language: str
    state: str
    done: int
    total: int
    doing: str
    asked_at: datetime
    ended_at: datetime | None
    problem: str
    file_name: str
    sha256: str
    byte_count: int


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """`base` is the version that marked formats compare with; None where there is none."""

    draft: DraftHead
    version: VersionHead
    languages: tuple[str, ...]
    language: str
    base: int | None
    lines: tuple[FormatLine, ...]
    jobs: tuple[JobLine, ...]


@dataclass(frozen=True, slots=True)
class JobPage:
    """`ahead`: how many are made before it."""

    draft: DraftHead
    job: JobLine
    ahead: int
