"""Every format in which a version leaves the house, by the name it has on the command line and in addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.errors import NotFound
from app.exports import (
    act_docx,
    akn,
    akn_amendments,
    bundle_zip,
    docx,
    docx_tables,
    draft_json,
    git_bundle,
    html,
    lists_csv,
    note,
    pdf,
    pdf_brackets,
    pdf_tables,
    record,
    xlsx,
)
from app.exports.akn_xml import MEDIA_TYPE as AKOMA_NTOSO
from app.exports.bundle import MEDIA_TYPE as BUNDLE
from app.exports.document import Document
from app.exports.docx_package import MEDIA_TYPE as WORD
from app.exports.pdf_typst import MEDIA_TYPE as PDF


class Takes(StrEnum):
    """What a format is made of; `services.delivering` knows how each is gathered."""

    DOCUMENT = "document"
    LISTED = "listed"  # with the positions on it
    BRACKETS = "brackets"
    BILL = "bill"
    BUNDLE = "bundle"
    RECORD = "record"
    NOTE = "note"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Format:
    """`make` gives the file, in one piece or in several, from the value that `takes` names; `marked`: the document is
    to be marked up against another version, the one before where none is named; `language`: the one that is taken where
    none is named, if the version is written in it; `notes` says in sentences what did not fit the format;
    `plenary`: it can have a wide edge to write on and numbered lines."""

    make: Callable[[Any], bytes | Iterable[bytes]]
    media_type: str
    extension: str
    marked: bool = False
    takes: Takes = Takes.DOCUMENT
    language: str = ""
    plenary: bool = False
    notes: Callable[[Any], Iterable[str]] = lambda _: ()


def _markdown(document: Document) -> bytes:
    """The source, byte for byte."""
    return document.source.encode("utf-8")


FORMATS: Mapping[str, Format] = {
    "markdown": Format(_markdown, "text/markdown; charset=utf-8", "md"),
    "html": Format(html.page, html.MEDIA_TYPE, "html"),
    "pdf": Format(pdf.clean, PDF, "pdf", plenary=True),
    "pdf-redline": Format(pdf.redline, PDF, "pdf", marked=True),
    "pdf-brackets": Format(pdf_brackets.brackets, PDF, "pdf", takes=Takes.BRACKETS, plenary=True),
    "pdf-comparison": Format(pdf_tables.comparison_table, PDF, "pdf", marked=True),
    "docx": Format(docx.clean, WORD, "docx"),
    "docx-redline": Format(docx.redline, WORD, "docx", marked=True),
    "docx-comparison": Format(docx_tables.comparison_table, WORD, "docx", marked=True),
    "docx-disagreements": Format(docx_tables.disagreement_table, WORD, "docx"),
    "act-en": Format(act_docx.in_english, WORD, "docx", marked=True, language="en"),
    "act-ru": Format(act_docx.in_russian, WORD, "docx", marked=True, language="ru"),
    "act-ky": Format(act_docx.in_kyrgyz, WORD, "docx", marked=True, language="ky"),
    "akn": Format(akn.bill, AKOMA_NTOSO, "xml", takes=Takes.BILL, notes=akn.notes),
    "akn-amendments": Format(akn_amendments.amendment_list, AKOMA_NTOSO, "xml", takes=Takes.BILL),
    "amendments-csv": Format(lists_csv.amendments, lists_csv.MEDIA_TYPE, "csv"),
    "amendments-xlsx": Format(xlsx.workbook, xlsx.MEDIA_TYPE, "xlsx", takes=Takes.LISTED),
    "comments-csv": Format(lists_csv.comments, lists_csv.MEDIA_TYPE, "csv"),
    "positions-csv": Format(lists_csv.positions, lists_csv.MEDIA_TYPE, "csv", takes=Takes.LISTED),
    "json": Format(draft_json.write, draft_json.MEDIA_TYPE, "json", takes=Takes.LISTED),
    "record-docx": Format(record.docx, WORD, "docx", takes=Takes.RECORD),
    "record-pdf": Format(record.pdf, "application/pdf", "pdf", takes=Takes.RECORD),
    "note-docx": Format(note.docx, WORD, "docx", takes=Takes.NOTE),
    "note-pdf": Format(note.pdf, "application/pdf", "pdf", takes=Takes.NOTE),
    "git": Format(git_bundle.bundle, git_bundle.MEDIA_TYPE, "bundle", takes=Takes.HISTORY),
    "bundle": Format(bundle_zip.write, BUNDLE, "zip", takes=Takes.BUNDLE),
}


class NoSuchFormat(NotFound):
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


def file_name(
    name: str, slug: str, version: int, language: str, base: int | None = None, *, plenary: bool = False
) -> str:
    """What a file is called: draft, version, the one it is compared with, language, and what it is."""
    wanted = format_named(name)
    against = f"-against-{base}" if wanted.marked and base is not None else ""
    what = "-".join(part for part in name.split("-") if part != wanted.extension)
    kind = (f".{what}" if "-" in name else "") + (".plenary" if plenary else "")
    return f"{slug}-{version}{against}.{language}{kind}.{wanted.extension}"
