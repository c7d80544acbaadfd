"""The ZIP container of a Word document. The same parts give the same bytes: order and dates are fixed."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from app.exports.document import Document
from app.exports.docx_xml import HEAD, clean, moment
from app.exports.words import language_tag

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first date that ZIP knows: an entry's date says nothing about a document."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class PartType:
    content_type: str
    relation: str


PARTS = {
    "styles.xml": PartType(f"{_WORD}.styles+xml", f"{_OFFICE}/styles"),
    "settings.xml": PartType(f"{_WORD}.settings+xml", f"{_OFFICE}/settings"),
    "header1.xml": PartType(f"{_WORD}.header+xml", f"{_OFFICE}/header"),
    "footer1.xml": PartType(f"{_WORD}.footer+xml", f"{_OFFICE}/footer"),
    "comments.xml": PartType(f"{_WORD}.comments+xml", f"{_OFFICE}/comments"),
    "commentsExtended.xml": PartType(
        f"{_WORD}.commentsExtended+xml", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    ),
}
"""Parts that a document may have, in the order of their relations; `word/document.xml` has them all."""


def relation_id(name: str) -> str:
    """How `word/document.xml` calls another part."""
    return f"rId{list(PARTS).index(name) + 1}"


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: who made it is the installation and no person; `at` is when it was issued."""

    title: str
    subject: str
    identifier: str
    language: str
    at: datetime
    version: str = ""


def package(document: Document, subject: str, parts: Mapping[str, str]) -> bytes:
    """A version of a draft as a .docx of `document.xml` and any of `PARTS`."""
    version = document.version
    identifier = f"{document.slug}/{version.number} sha256:{version.sha256}"
    return packed(About(document.title, subject, identifier, document.language, version.at, str(version.number)), parts)


def packed(about: About, parts: Mapping[str, str]) -> bytes:
    """A .docx of `document.xml` and any of `PARTS`."""
    names = [name for name in PARTS if name in parts]
    files = {
        "[Content_Types].xml": _content_types(names),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(about),
        "word/document.xml": parts["document.xml"],
        "word/_rels/document.xml.rels": _relations(
            (relation_id(name), PARTS[name].relation, name) for name in names
        ),
        **{f"word/{name}": parts[name] for name in names},
    }  # fmt: skip
    return zipped({name: content.encode("utf-8") for name, content in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file whose bytes follow from its contents alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            container.writestr(entry, content)
    return out.getvalue()


def _content_types(names: list[str]) -> str:
    overrides = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        **{f"/word/{name}": PARTS[name].content_type for name in names},
    }
    said = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in overrides.items())
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _root_relations() -> str:
    return _relations(
        (
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        )
    )


def _relations(found: Iterable[tuple[str, str, str]]) -> str:
    said = "".join(
        f"<Relationship Id={quoteattr(id)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for id, kind, target in found
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _core(about: About) -> str:
    facts = {
        "dc:title": about.title,
        "dc:subject": about.subject,
        "dc:creator": "Kelishim",
        "dc:identifier": about.identifier,
        "dc:language": language_tag(about.language),
        "cp:version": about.version,
    }
    said = "".join(f"<{name}>{escape(clean(value))}</{name}>" for name, value in facts.items() if value)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment(about.at)}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{said}{dates}</cp:coreProperties>'
    )
