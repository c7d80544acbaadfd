"""A version in all formats and languages as one ZIP file that is used from a USB stick without any network.

`index.html` leads to the files, `SHA256SUMS` has their checksums as `sha256sum -c` reads them, `README.txt` says in
three languages how to open and to check them. The same files give the same bytes.
"""

import hashlib
from dataclasses import dataclass, field

from app.exports.document import Issued

MEDIA_TYPE = "application/zip"
INDEX, README, SUMS = "index.html", "README.txt", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Part:
    """A file: the format, the language it is in, where it stands in the bundle, its bytes."""

    name: str
    language: str
    path: str
    data: bytes
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A format that does not apply. `reason` is the name of the refusal, `sentence` what it says in English."""

    name: str
    language: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """`language` is that of the index; `languages` are those of the version, that one first."""

    slug: str
    title: str
    language: str
    version: Issued
    languages: tuple[str, ...]
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...] = ()
    base: Issued | None = None
