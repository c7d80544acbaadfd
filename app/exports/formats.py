"""Every format in which a version leaves the house, by the name it has on the command line and in addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.domain.errors import Invalid
from app.exports import docx, docx_tables
from app.exports.document import Document
from app.exports.docx_package import MEDIA_TYPE as WORD


@dataclass(frozen=True, slots=True)
class Format:
    """`make` gives the file, in one piece or in several; `marked`: the document is to be marked up against another
    version, the one before where none is named."""

    make: Callable[[Document], bytes | Iterable[bytes]]
    media_type: str
    extension: str
    marked: bool = False


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


def written(document: Document, name: str) -> Iterable[bytes]:
    """A document in a format, in pieces. Raises NoSuchFormat."""
    made = format_named(name).make(document)
    return (made,) if isinstance(made, bytes) else made


def file_name(document: Document, name: str) -> str:
    """What a file is called: draft, version, the one it is compared with, language, and what it is."""
    wanted = format_named(name)
    against = f"-against-{document.base.number}" if wanted.marked and document.base else ""
    kind = f".{name.partition('-')[2]}" if "-" in name else ""
    return f"{document.slug}-{document.version.number}{against}.{document.language}{kind}.{wanted.extension}"
