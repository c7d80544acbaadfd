"""What each kind of file is opened with: it must open, hold nothing that a reader would run or fetch, and gives all its
words, those of its metadata too.

A format whose extension has no reader here has no test, so there must be one.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import docx as python_docx
import openpyxl
import pypdf
from dulwich.bundle import read_bundle
from dulwich.object_store import MemoryObjectStore
from lxml import etree
from lxml import html as lxml_html

RUNS = re.compile(r"[=+\-@\t\r＝＋－＠]")
"""What a cell begins with that a spreadsheet calculates."""


def _markdown(data: bytes) -> str:
    return data.decode("utf-8")


def _html(data: bytes) -> str:
    page = lxml_html.document_fromstring(data.decode("utf-8"))
    assert not list(page.iter("script", "iframe", "object", "embed", "form", "base", "img", "link"))
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on") or name in ("style", "src")]
    outside = [href for href in page.xpath("//@href") if re.match(r"[a-z]+:|//|\\", href.strip(), re.IGNORECASE)]
    assert not outside
    return f"{data.decode()}\n{page.text_content()}"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert container.testzip() is None
        names = container.namelist()
        assert len(names) == len(set(names))
        assert not [name for name in names if name.startswith("/") or ".." in name.split("/") or "\\" in name]
        return {name: container.read(name) for name in names}


def _xml(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    values = [value for one in root.iter(etree.Element) for value in one.attrib.values()]
    return "\n".join(["".join(root.itertext()), *values])


def _office(data: bytes) -> str:
    parts = _parts(data)
    outside = [name for name, content in parts.items() if b'TargetMode="External"' in content or "vba" in name.lower()]
    assert not outside
    return "\n".join(_xml(content) for name, content in parts.items() if name.endswith((".xml", ".rels")))


def _docx(data: bytes) -> str:
    opened = python_docx.Document(io.BytesIO(data))
    assert opened.paragraphs
    instructions = [one.text or "" for one in opened.element.iter() if str(one.tag).endswith("}instrText")]
    assert all(one.strip().startswith("TOC ") for one in instructions), "a field that Word would work out"
    return _office(data)


def _xlsx(data: bytes) -> str:
    opened = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    return "\n".join([_office(data), *(str(cell.value) for cell in cells if cell.value is not None)])


def _pdf(data: bytes) -> str:
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"[-\u00ad\u2010]\n", "", f"{words}\n{_around_pages(data)}")


def _around_pages(data: bytes) -> str:
    """What a PDF says beside its pages."""
    opened = pypdf.PdfReader(io.BytesIO(data))
    assert not [key for key in ("/OpenAction", "/AA") if key in opened.root_object]
    actions = [_action(one) for page in opened.pages for one in page.get("/Annots") or ()]
    assert set(actions) <= {None, "/GoTo"}
    about = [str(value) for value in (opened.metadata or {}).values()]
    xmp = opened.xmp_metadata
    about += [xmp.rdf_root.toxml()] if xmp is not None else []
    attached = [f"{name} {content!r}" for name, contents in opened.attachments.items() for content in contents]
    return "\n".join([*about, *attached, *_outline(opened.outline)])


def _action(annotation: Any) -> str | None:
    action = annotation.get_object().get("/A")
    return None if action is None else str(action.get_object().get("/S"))


def _outline(entries: Any) -> list[str]:
    return [word for one in entries for word in (_outline(one) if isinstance(one, list) else [str(one.title)])]


def _csv(data: bytes) -> str:
    text = data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if RUNS.match(cell)]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    return text


def _json(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False)


def _git(data: bytes) -> str:
    """The names of branches and tags, and every object that the pack has."""
    store = MemoryObjectStore()
    with read_bundle(io.BytesIO(data)) as found:
        found.store_objects(store)
        names = [name.decode() for name in found.references]
    kinds = {b"tree": "replace"}  # whose entries have hashes in them; everything else is text
    objects = [store[sha] for sha in store]
    return "\n".join(
        [*names, *(one.as_raw_string().decode("utf-8", kinds.get(one.type_name, "strict")) for one in objects)]
    )


def _zip(data: bytes, reading: Callable[[str, bytes], str] | None = None) -> str:
    parts = _parts(data).items()
    return "\n".join(f"{name}\n{(reading or read)(name.rpartition('.')[2], content)}" for name, content in parts)


READERS: Mapping[str, Callable[[bytes], str]] = {
    "md": _markdown,
    "txt": _markdown,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "xml": _xml,
    "csv": _csv,
    "json": _json,
    "bundle": _git,
    "zip": _zip,
}
"""By extension."""
SUMS = re.compile(r"(?:[0-9a-f]{64} {2}\S.*\n)+")


@cache
def read(extension: str, data: bytes) -> str:
    """All words of a file. A file that is in a bundle too is read once."""
    if extension not in READERS:
        assert SUMS.fullmatch(data.decode()), f"no reader for {extension}"
        return data.decode()
    return READERS[extension](data)


@cache
def skimmed(extension: str, data: bytes) -> str:
    """The same without the pages of PDFs, which take their reader long."""
    if extension == "pdf":
        return _around_pages(data)
    return _zip(data, skimmed) if extension == "zip" else read(extension, data)
