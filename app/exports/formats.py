"""Every format in which a version leaves the house, by the name it has on the command line and in addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.errors import Invalid
from app.exports import docx, docx_tables
from app.exports.document import Document
from app.exports.docx_package import MEDIA_TYPE as WORD


class Takes(StrEnum):
    """What a format is made of; `services.delivering` knows how each is gathered."""

    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Format:
    """`make` gives the file, in one piece or in several, from the value that `takes` names; `marked`: the document is
    to be marked up against another version, the one before where none is named."""

    make: Callable[[Any], bytes | Iterable[bytes]]
    media_type: str
    extension: str
    marked: bool = False
    takes: Takes = Takes.DOCUMENT


def _markdown(document: Document) -> bytes:
    """The source, byte for byte."""
    return document.source.encode("utf-8")


FORMATS: Mapping[str, Format] = {
    "markdown": Format(_markdown, "text/markdown; charset=utf-8", "md"),
    "docx": Format(docx.clean, WORD, "docx"),
    "docx-redline": Format(docx.redline, WORD, "docx", marked=True),
    "docx-comparison": Format(docx_tables.comparison_table, WORD, "docx", marked=True),
    "docx-disagreements": Format(docx_tables.disagreement_table, WORD, "docx"),
}


class NoSuchFormat(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no format “{name}”; there are {', '.join(FORMATS)}.")
        self.name = name


def format_named(name: str) -> Format:
    """Raises NoSuchFormat."""
    found = FORMATS.get(name)
    if found is None:
        raise NoSuchFormat(name)
    return found


def written(value: Any, name: str) -> Iterable[bytes]:
    """What a format takes, written in it, in pieces. Raises NoSuchFormat."""
    made = format_named(name).make(value)
    return (made,) if isinstance(made, bytes) else made


def file_name(name: str, slug: str, version: int, language: str, base: int | None = None) -> str:
    """What a file is called: draft, version, the one it is compared with, language, and what it is."""
    wanted = format_named(name)
    against = f"-against-{base}" if wanted.marked and base is not None else ""
    kind = f".{name.partition('-')[2]}" if "-" in name else ""
    return f"{slug}-{version}{against}.{language}{kind}.{wanted.extension}"
